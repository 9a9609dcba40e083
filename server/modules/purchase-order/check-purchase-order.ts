import { currency } from "../../domain/money/currency";
import { InputProblems } from "../../platform/input-problems";
import type { NewPurchaseOrder } from "./purchase-order";

const NUMBER_LENGTH = 100;
/** Fifteen digits before the point, as amounts are kept. */
const AMOUNT_LIMIT = "1e15";

export function checkPurchaseOrderTerms(order: NewPurchaseOrder, problems = new InputProblems()): InputProblems {
  const { minorUnits, code } = currency(order.currency);
  problems.checkText(order.number, "The number", NUMBER_LENGTH, "number");
  problems.checkOptionalText(order.note, "The note", 500, "note");
  if (order.amountLimit !== null && (order.amountLimit.lte(0) || order.amountLimit.gte(AMOUNT_LIMIT))) {
    const message = `A limit is above zero and below ${AMOUNT_LIMIT}; leave it out for none.`;
    problems.report("AMOUNT_OUT_OF_RANGE", message, "amountLimit");
  } else if (order.amountLimit !== null && order.amountLimit.decimalPlaces() > minorUnits) {
    problems.report("AMOUNT_TOO_PRECISE", `${code} has ${minorUnits} decimals.`, "amountLimit");
  }
  if (order.startsOn !== null && order.endsBefore !== null && order.endsBefore <= order.startsOn) {
    problems.report(
      "PERIOD_WITHOUT_DAYS",
      `No day lies from ${order.startsOn} to before ${order.endsBefore}.`,
      "endsBefore",
    );
  }
  return problems;
}
