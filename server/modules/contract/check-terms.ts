import { formatDay } from "../../domain/calendar/format";
import { addMonths, type PlainDate } from "../../domain/calendar/plain-date";
import type { Currency } from "../../domain/money/currency";
import type { Decimal } from "../../domain/money/decimal";
import type { InputProblems } from "../../platform/input-problems";
import { type CustomTerms, type Price, readCadence, readCustomTerms } from "../catalog";
import type { Named } from "./named";
import type {
  MoneyAsked,
  NewBound,
  NewCharge,
  NewContractDiscount,
  NewDiscount,
  NewRampStep,
  NewTrial,
} from "./new-contract";

export const NAME_LENGTH = 200;

/** What every part of the input is held against, and where its problems go. */
export type Check = {
  readonly named: Named;
  readonly currency: Currency | null;
  readonly problems: InputProblems;
  /** The contract that exists already; null: a new one. */
  readonly contractId: string | null;
};
export type Path = readonly string[];

export function checkCharge(charge: NewCharge, startsOn: PlainDate, path: Path, check: Check): void {
  const { problems } = check;
  const price = checkPriceNamed(charge, startsOn, path, check);
  problems.checkOptionalText(charge.description, "The description", NAME_LENGTH, ...path, "description");
  if (charge.quantity) checkQuantityFits(charge.quantity, [...path, "quantity"], check);
  checkChargeDiscounts(charge.discounts, [...path, "discounts"], check);
  if (charge.trial) checkTrial(charge.trial, [...path, "trial"], check);
  charge.ramp.forEach((step, index) => checkRampStep(step, price, startsOn, [...path, "ramp", String(index)], check));
}

/**
 * A price of the catalog, or of this contract alone, in its currency and effective on the day; with terms of its own that
 * fit it, as those make it. Null where there is none.
 */
export function checkPriceNamed(
  { priceId, customTerms }: Pick<NewCharge, "priceId" | "customTerms">,
  startsOn: PlainDate,
  path: Path,
  check: Check,
): Price | null {
  const { named, currency, problems, contractId } = check;
  const place = [...path, "priceId"];
  const price = named.prices.get(priceId);
  if (!price || (price.contractId !== null && price.contractId !== contractId)) {
    problems.report("PRICE_NOT_FOUND", `There is no price ${priceId}.`, ...place);
    return null;
  }
  if (currency && price.currency !== currency.code) {
    problems.report(
      "CURRENCY_MISMATCH",
      `The price "${price.name}" is in ${price.currency}, the contract in ${currency.code}. Use a price in ${currency.code}.`,
      ...place,
    );
  }
  if (price.effectiveOn > startsOn) {
    problems.report(
      "PRICE_NOT_YET_EFFECTIVE",
      `The price "${price.name}" is effective from ${formatDay(price.effectiveOn)}, the charge starts before that, on ` +
        `${formatDay(startsOn)}. Use an earlier version of the price.`,
      ...place,
    );
  }
  return customTerms ? checkCustomTerms(customTerms, price, [...path, "customTerms"], check) : price;
}

function checkCustomTerms(terms: CustomTerms, price: Price, path: Path, { named, problems }: Check): Price | null {
  const read = readCustomTerms(price, terms, named.metrics.get(price.metricId ?? "") ?? null);
  if (read.ok) return { ...price, ...read.value };
  for (const { code, message, path: within } of read.error) problems.report(code, message, ...path, ...within);
  return null;
}

/** All prices of a contract say alike whether the tax is in them; otherwise its totals would mean two things. */
export function checkTaxInclusive(
  prices: readonly { readonly price: Price; readonly path: Path }[],
  contractIncludesTax: boolean | null,
  { problems }: Check,
): void {
  const expected = contractIncludesTax ?? prices[0]?.price.taxInclusive;
  for (const { price, path } of prices) {
    if (price.taxInclusive === expected) continue;
    const [this_, others] = price.taxInclusive ? ["includes", "do not"] : ["does not include", "do"];
    problems.report(
      "TAX_INCLUSIVE_MIXED",
      `The price "${price.name}" ${this_} the tax, other prices of the contract ${others}. Use prices that agree.`,
      ...path,
      "priceId",
    );
  }
}

export function checkQuantityFits(quantity: Decimal, path: Path, { problems }: Check): void {
  if (fits(quantity, QUANTITY_DIGITS)) return;
  problems.report("QUANTITY_TOO_LARGE", `A quantity has at most ${QUANTITY_DIGITS} digits before the point.`, ...path);
}

export function checkChargeDiscounts(discounts: readonly NewDiscount[], path: Path, check: Check): void {
  discounts.forEach((discount, index) => checkPercentOrAmount(discount, [...path, String(index)], check));
}

type Deduction = Pick<NewDiscount, "description" | "percent" | "amount">;

function checkPercentOrAmount({ description, percent, amount }: Deduction, path: Path, check: Check): void {
  const { problems } = check;
  problems.checkText(description, "The description", NAME_LENGTH, ...path, "description");
  if ((percent === null) === (amount === null)) {
    problems.report(
      "PERCENT_OR_AMOUNT",
      "A discount is either a percent or an amount. Send exactly one of them.",
      ...path,
    );
  }
  if (percent) checkPercent(percent, "A discount", [...path, "percent"], problems);
  if (amount) checkAmount(amount, [...path, "amount"], check);
}

export function checkPercent(percent: Decimal, what: string, path: Path, problems: InputProblems): void {
  if (percent.gte(0) && percent.lte(100)) return;
  problems.report("PERCENT_OUT_OF_RANGE", `${what} is 0 to 100 percent, not ${percent.toFixed()}.`, ...path);
}

function checkTrial({ days, months, percentOff }: NewTrial, path: Path, check: Check): void {
  if ((days === null) === (months === null)) {
    const message = "A trial lasts so many days, or so many months. Send exactly one of them.";
    check.problems.report("DAYS_OR_MONTHS", message, ...path);
  }
  checkPercent(percentOff, "A trial's discount", [...path, "percentOff"], check.problems);
}

function checkRampStep(step: NewRampStep, of: Price | null, startsOn: PlainDate, path: Path, check: Check): void {
  const { problems } = check;
  const { quantity, priceId, customTerms, afterMonths } = step;
  if ((step.startsOn === null) === (afterMonths === null)) {
    const message = "A step of a ramp starts on a day, or after so many months. Send exactly one of them.";
    problems.report("DAY_OR_MONTHS", message, ...path);
  }
  if (quantity === null && priceId === null) {
    problems.report("QUANTITY_OR_PRICE", "A step of a ramp has another quantity, another price, or both.", ...path);
  }
  if (quantity) {
    checkQuantityFits(quantity, [...path, "quantity"], check);
    if (quantity.lt(0)) {
      const message = `A quantity of ${quantity.toFixed()} cannot be billed. Send 0 or more.`;
      problems.report("QUANTITY_NEGATIVE", message, ...path, "quantity");
    }
  }
  if (priceId !== null) {
    const price = checkPriceNamed({ priceId, customTerms }, dayOf(step, startsOn), path, check);
    if (price && of) checkAlike(price, of, [...path, "priceId"], check);
  } else if (customTerms) {
    const message = "Terms of its own stand in the place of a price's. Say of which: send priceId.";
    problems.report("PRICE_MISSING", message, ...path, "priceId");
  }
}

/** Months that lead nowhere are refused by the domain. */
const dayOf = ({ startsOn, afterMonths }: NewRampStep, phaseStartsOn: PlainDate): PlainDate =>
  startsOn ?? addMonths(phaseStartsOn, Math.min(Math.max(afterMonths ?? 0, 0), 120));

/** Another price in the place of one changes the amount alone; what it is and when it falls due stay, as agreed before. */
export function checkAlike(price: Price, of: Price, path: Path, { problems }: Check): void {
  const different = ALIKE.filter(([field]) => price[field] !== of[field]).map(([, name]) => name);
  if (different.length === 0) return;
  problems.report(
    "PRICE_NOT_ALIKE",
    `The price "${price.name}" has another ${different.join(" and ")} than "${of.name}" has here, in whose place it ` +
      "comes. Use a price that has the same, or terms of its own that do.",
    ...path,
  );
}
const ALIKE = [
  ["productId", "product"],
  ["cadence", "cadence"],
  ["timing", "timing"],
  ["proration", "proration"],
  ["metricId", "metric"],
] as const;

export function checkBound(bound: NewBound, path: Path, check: Check): void {
  const { named, problems } = check;
  problems.checkText(bound.description, "The description", NAME_LENGTH, ...path, "description");
  if (!named.products.has(bound.productId)) {
    problems.report("PRODUCT_NOT_FOUND", `There is no product ${bound.productId}.`, ...path, "productId");
  }
  if (bound.lineageIds) checkLineagesNamed(bound.lineageIds, [...path, "lineageIds"], check);
  const { cadence, cadenceMonths: months } = bound;
  checkCadence({ cadence: cadence === "term" ? "one_time" : cadence, months }, path, check);
  checkAmount(bound.amount, [...path, "amount"], check);
}

function checkLineagesNamed(lineageIds: readonly string[], path: Path, { problems }: Check): void {
  if (lineageIds.length > 0) return;
  const message = "It covers nothing. Name price lineages, or leave them out for all of the contract.";
  problems.report("LINEAGES_MISSING", message, ...path);
}

function checkCadence(asked: Parameters<typeof readCadence>[0], path: Path, { problems }: Check): void {
  const read = readCadence(asked);
  if (!read.ok) problems.report(read.error.code, read.error.message, ...path, "cadenceMonths");
}

export function checkContractDiscount(discount: NewContractDiscount, path: Path, check: Check): void {
  const { problems } = check;
  checkPercentOrAmount(discount, path, check);
  const { scope, percent, cadence, cadenceMonths: months } = discount;
  const scopes = [scope.invoice, scope.group !== null, scope.commitment !== null].filter((is) => is);
  if (scopes.length > 1) {
    const message = "A discount has one scope: the invoice, a group of prices, or a commitment. Send one of them.";
    problems.report("NOT_ONE_SCOPE", message, ...path, "scope");
  }
  if (scope.group) checkLineagesNamed(scope.group.lineageIds, [...path, "scope", "group", "lineageIds"], check);
  if (scope.commitment && (scope.commitment.key === null) === (scope.commitment.boundId === null)) {
    const message = "A commitment is named by its key in this input, or by its id in the contract. Send one of them.";
    problems.report("KEY_OR_ID", message, ...path, "scope", "commitment");
  }
  if (percent !== null && cadence !== null) {
    const message = "A percentage is taken from whatever falls due. Leave the cadence out.";
    problems.report("CADENCE_NOT_APPLICABLE", message, ...path, "cadence");
  }
  if (percent === null && cadence === null) {
    const message = "An amount is given once per period. Say by its cadence how long that is.";
    problems.report("CADENCE_MISSING", message, ...path, "cadence");
  }
  if (cadence !== null) checkCadence({ cadence, months }, path, check);
}

/** A key names one minimum or maximum of the input. */
export function checkKeys(bounds: readonly { readonly key: string | null; readonly path: Path }[], check: Check): void {
  const known = new Set<string>();
  for (const { key, path } of bounds) {
    if (key === null) continue;
    check.problems.checkText(key, "The key", NAME_LENGTH, ...path, "key");
    if (known.has(key)) {
      const message = `Another minimum or maximum has the key "${key}" already. Use each once.`;
      check.problems.report("KEY_TWICE", message, ...path, "key");
    }
    known.add(key);
  }
}

export function checkAmount({ amount, currency: given }: MoneyAsked, path: Path, { currency, problems }: Check): void {
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
