import { formatDay } from "../../domain/calendar/format";
import type { PaymentTerms } from "../../domain/calendar/payment-terms";
import type { PlainDate } from "../../domain/calendar/plain-date";
import { checkContract } from "../../domain/contract/check-contract";
import type { Currency } from "../../domain/money/currency";
import type { Decimal } from "../../domain/money/decimal";
import { type Percent, percentWarnings } from "../../domain/money/percent";
import { InputProblems } from "../../platform/input-problems";
import type { Problem } from "../../platform/refusal";
import { toInputProblem } from "./contract-problems";
import { currencyOf, type DraftedContract, type Named } from "./draft-contract";
import type { MoneyAsked, NewCharge, NewContract, NewDiscount, NewMinimum } from "./new-contract";

export const NAME_LENGTH = 200;
export const PO_NUMBER_LENGTH = 100;
const NUMBER_LENGTH = 50;

/** What every part of the input is held against, and where its problems go. */
type Check = { readonly named: Named; readonly currency: Currency | null; readonly problems: InputProblems };
type Path = readonly string[];

/** Everything that is wrong with a new contract, all at once: what it names, what it says, and how it would be billed. */
export function checkNewContract(input: NewContract, named: Named, draft: DraftedContract): Problem[] {
  const check = { named, currency: currencyOf(input, named.customer), problems: new InputProblems() };
  checkHead(input, check);
  input.phases.forEach((phase, index) => {
    const path = ["phases", String(index)];
    check.problems.checkOptionalText(phase.name, `The name of phase ${index + 1}`, NAME_LENGTH, ...path, "name");
    phase.charges.forEach((charge, place) =>
      checkCharge(charge, phase.startsOn, [...path, "charges", String(place)], check),
    );
  });
  input.minimums.forEach((minimum, index) => checkMinimum(minimum, ["minimums", String(index)], check));
  return [...check.problems.found, ...checkContract(draft).map(toInputProblem)];
}

function checkHead(input: NewContract, { named, currency, problems }: Check): void {
  if (!named.customer) problems.report("CUSTOMER_NOT_FOUND", `There is no customer ${input.customerId}.`, "customerId");
  if (!currency && input.currency !== null) {
    problems.report(
      "CURRENCY_UNKNOWN",
      `"${input.currency}" is not an ISO 4217 currency code. Send one such as "EUR".`,
      "currency",
    );
  }
  problems.checkText(input.name, "The name", NAME_LENGTH, "name");
  problems.checkOptionalText(input.number, "The number", NUMBER_LENGTH, "number");
  problems.checkOptionalText(input.poNumber, "The PO number", PO_NUMBER_LENGTH, "poNumber");
  checkPaymentTerms(input.paymentTerms, problems);
}

export function checkPaymentTerms(terms: PaymentTerms | null, problems: InputProblems): void {
  if (terms && (terms.days < 0 || terms.days > 365)) {
    const message = `Payment terms are 0 to 365 days, not ${terms.days}.`;
    problems.report("PAYMENT_DAYS_OUT_OF_RANGE", message, "paymentTerms", "days");
  }
}

function checkCharge(charge: NewCharge, startsOn: PlainDate, path: Path, check: Check): void {
  const { named, currency, problems } = check;
  const price = named.prices.get(charge.priceId);
  if (!price) problems.report("PRICE_NOT_FOUND", `There is no price ${charge.priceId}.`, ...path, "priceId");
  if (price && currency && price.currency !== currency.code) {
    problems.report(
      "CURRENCY_MISMATCH",
      `The price "${price.name}" is in ${price.currency}, the contract in ${currency.code}. Use a price in ${currency.code}.`,
      ...path,
      "priceId",
    );
  }
  if (price && price.effectiveOn > startsOn) {
    problems.report(
      "PRICE_NOT_YET_EFFECTIVE",
      `The price "${price.name}" is effective from ${formatDay(price.effectiveOn)}; the phase starts before that, on ` +
        `${formatDay(startsOn)}. Use an earlier version of the price.`,
      ...path,
      "priceId",
    );
  }
  problems.checkOptionalText(charge.description, "The description", NAME_LENGTH, ...path, "description");
  if (charge.quantity && !fits(charge.quantity, QUANTITY_DIGITS)) {
    problems.report(
      "QUANTITY_TOO_LARGE",
      `A quantity has at most ${QUANTITY_DIGITS} digits before the point.`,
      ...path,
      "quantity",
    );
  }
  charge.discounts.forEach((discount, index) => checkDiscount(discount, [...path, "discounts", String(index)], check));
}

function checkDiscount({ description, percent, amount }: NewDiscount, path: Path, check: Check): void {
  const { problems } = check;
  problems.checkText(description, "The description", NAME_LENGTH, ...path, "description");
  if ((percent === null) === (amount === null)) {
    problems.report(
      "PERCENT_OR_AMOUNT",
      "A discount is either a percent or an amount. Send exactly one of them.",
      ...path,
    );
  }
  if (percent && (percent.lt(0) || percent.gt(100))) {
    problems.report(
      "PERCENT_OUT_OF_RANGE",
      `A discount is 0 to 100 percent, not ${percent.toFixed()}.`,
      ...path,
      "percent",
    );
  }
  if (amount) checkAmount(amount, [...path, "amount"], check);
}

function checkMinimum({ description, productId, lineageIds, amount }: NewMinimum, path: Path, check: Check): void {
  const { named, problems } = check;
  problems.checkText(description, "The description", NAME_LENGTH, ...path, "description");
  if (!named.products.has(productId)) {
    problems.report("PRODUCT_NOT_FOUND", `There is no product ${productId}.`, ...path, "productId");
  }
  if (lineageIds?.length === 0) {
    const message = "The minimum covers nothing. Name price lineages, or leave lineageIds out for all of the contract.";
    problems.report("LINEAGES_MISSING", message, ...path, "lineageIds");
  }
  checkAmount(amount, [...path, "amount"], check);
}

function checkAmount({ amount, currency: given }: MoneyAsked, path: Path, { currency, problems }: Check): void {
  if (!fits(amount, AMOUNT_DIGITS)) {
    problems.report(
      "AMOUNT_TOO_LARGE",
      `An amount has at most ${AMOUNT_DIGITS} digits before the point.`,
      ...path,
      "amount",
    );
  }
  if (!currency) return;
  const { code, minorUnits } = currency;
  if (given !== code) {
    problems.report(
      "CURRENCY_MISMATCH",
      `The amount is in ${given}, the contract in ${code}. Send it in ${code}.`,
      ...path,
      "currency",
    );
  } else if (amount.decimalPlaces() > minorUnits) {
    const message = `${amount.toFixed()} has more decimals than ${code}, which has ${minorUnits}.`;
    problems.report("AMOUNT_TOO_PRECISE", message, ...path, "amount");
  }
}

/** What numeric(28,12) and numeric(19,4) hold before the point. */
const QUANTITY_DIGITS = 16;
const AMOUNT_DIGITS = 15;
const fits = (value: Decimal, digits: number): boolean => value.abs().lt(`1e${digits}`);

/** What is taken as it is and may yet be a slip. */
export function warningsOf({ phases }: NewContract): Problem[] {
  const percents = phases.flatMap((phase, index) =>
    phase.charges.flatMap(({ discounts }, place) =>
      discounts.flatMap(({ percent }, rank) =>
        percent
          ? [{ percent, path: ["phases", index, "charges", place, "discounts", rank, "percent"].map(String) }]
          : [],
      ),
    ),
  );
  return percents.flatMap(({ percent, path }) =>
    percentWarnings(percent as Percent).map((code) => {
      const [given, meant] = [percent.toFixed(), percent.times(100).toFixed()];
      return { code, message: `"${given}" means ${given} %. If you meant ${meant} %, send "${meant}".`, path };
    }),
  );
}
