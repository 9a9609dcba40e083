import { type Cadence, cadenceOfMonths, isRecurring, monthsIn } from "../calendar/cadence";
import { checkPrice } from "../pricing/check-price";
import type { Discount } from "../pricing/discount";
import type { PriceModelName } from "../pricing/price";
import { at } from "../problem";
import type { Charge } from "./contract";
import { type ContractProblem, problem } from "./contract-problem";

const UNMETERED_MODELS: readonly PriceModelName[] = ["flat", "seat", "one_time"];
const METERED_MODELS: readonly PriceModelName[] = ["percentage", "graduated_percentage", "matrix"];

/** Everything that keeps a charge from being billed, placed within the charge. */
export function checkCharge(charge: Charge): ContractProblem[] {
  return [
    ...at(["price"], checkPrice(charge.price)),
    ...checkDiscounts(charge.discounts),
    ...(charge.quantity.lt(0) ? [problem("QUANTITY_NEGATIVE", ["quantity"], charge.quantity.toFixed())] : []),
    ...checkCadence(charge.cadence),
    ...checkOverageCadence(charge),
    ...checkMetric(charge),
  ];
}

/** Named ones, and whole months from 1 to 120. */
export function checkCadence(cadence: Cadence): ContractProblem[] {
  const isKnown = !isRecurring(cadence) || cadenceOfMonths(monthsIn(cadence)).ok;
  return isKnown ? [] : [problem("CADENCE_UNKNOWN", ["cadence"], cadence)];
}

/** More seats than were billed in advance fall due within the period that they were billed for. */
function checkOverageCadence({ price, cadence, timing }: Charge): ContractProblem[] {
  if (price.model !== "seat" || !price.overageCadence) return [];
  const path = ["price", "overageCadence"];
  if (checkCadence(price.overageCadence).length > 0) return [problem("CADENCE_UNKNOWN", path, price.overageCadence)];
  const [inner, outer] = [monthsIn(price.overageCadence), isRecurring(cadence) ? monthsIn(cadence) : 0];
  return timing === "in_advance" && inner < outer && outer % inner === 0
    ? []
    : [problem("OVERAGE_CADENCE_NOT_WITHIN", path, price.overageCadence)];
}

function checkMetric({ price, metricId, timing, cadence }: Charge): ContractProblem[] {
  const problems: ContractProblem[] = [];
  if (metricId === null && METERED_MODELS.includes(price.model)) problems.push(problem("METRIC_MISSING", ["metricId"]));
  if (price.model === "one_time" && cadence !== "one_time") {
    problems.push(problem("ONE_TIME_PRICE_RECURRING", ["cadence"], cadence));
  }
  if (metricId === null) return problems;
  if (UNMETERED_MODELS.includes(price.model)) problems.push(problem("METRIC_NOT_APPLICABLE", ["metricId"], metricId));
  if (timing === "in_advance") problems.push(problem("METERED_IN_ADVANCE", ["timing"], timing));
  if (cadence === "one_time") problems.push(problem("METERED_ONE_TIME", ["cadence"], cadence));
  return problems;
}

function checkDiscounts(discounts: readonly Discount[]): ContractProblem[] {
  const ids = new Set<string>();
  return discounts.flatMap((discount, index) => {
    const problems: ContractProblem[] = [];
    if (discount.kind === "fixed" && discount.amount.lt(0)) {
      problems.push(problem("NEGATIVE", ["discounts", index, "amount"], discount.amount.toFixed()));
    }
    if (ids.has(discount.id)) problems.push(problem("DISCOUNT_TWICE", ["discounts", index, "id"], discount.id));
    ids.add(discount.id);
    return problems;
  });
}
