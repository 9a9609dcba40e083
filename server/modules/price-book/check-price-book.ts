import { type CurrencyCode, parseCurrency } from "../../domain/money/currency";
import type { Decimal } from "../../domain/money/decimal";
import type { GuardRail } from "../../domain/quote/guard-rails";
import { InputProblems } from "../../platform/input-problems";
import { conflict, type Problem } from "../../platform/refusal";
import { catalogPricesByLineage } from "../catalog";
import type { PriceBookTerms } from "./price-book";

export function checkTerms(terms: PriceBookTerms, problems: InputProblems): void {
  problems.checkText(terms.name, "The name", 200, "name");
  problems.checkOptionalText(terms.description, "The description", 2_000, "description");
  const { startsOn, endsBefore } = terms;
  if (startsOn !== null && endsBefore !== null && endsBefore <= startsOn) {
    const message = `The price book has no days: endsBefore, ${endsBefore}, is the day after its last day and must be later than startsOn.`;
    problems.report("VALIDITY_WITHOUT_DAYS", message, "endsBefore");
  }
}

export function checkCurrency(currency: string, problems: InputProblems): void {
  if (parseCurrency(currency).ok) return;
  const message = `"${currency}" is not an ISO 4217 currency code. Send one such as "EUR".`;
  problems.report("CURRENCY_UNKNOWN", message, "currency");
}

/** What is wrong with the entries of a price book, in one statement. */
export async function checkEntries(entries: readonly GuardRail[], currency: CurrencyCode): Promise<readonly Problem[]> {
  const problems = new InputProblems();
  const versions = await catalogPricesByLineage([...new Set(entries.map(({ lineageId }) => lineageId))]);
  const seen = new Set<string>();
  entries.forEach((entry, index) => {
    const path = ["entries", String(index)];
    const { lineageId } = entry;
    const prices = versions.get(lineageId) ?? [];
    if (prices.length === 0) {
      problems.report("PRICE_NOT_FOUND", `There is no price lineage ${lineageId}.`, ...path, "lineageId");
    } else if (!prices.some((price) => price.currency === currency)) {
      const message = `"${prices[0]?.name}" has no price in ${currency}, the currency of the price book.`;
      problems.report("CURRENCY_MISMATCH", message, ...path, "lineageId");
    }
    if (seen.has(lineageId)) {
      problems.report("LINEAGE_TWICE", "The price is in the price book already. Send it once.", ...path, "lineageId");
    }
    seen.add(lineageId);
    checkPercents(entry, path, problems);
    checkQuantities(entry, path, problems);
    checkFits(entry.floorUnitAmount, "A floor", [...path, "floorUnitAmount"], problems);
  });
  return problems.found;
}

function checkPercents(entry: GuardRail, path: readonly string[], problems: InputProblems): void {
  const { discountLimitPercent: limit, discountMaximumPercent: maximum } = entry;
  const check = (percent: Decimal | null, field: string) => {
    if (percent === null || (percent.gte(0) && percent.lte(100))) return;
    const message = `A discount is 0 to 100 percent, not ${percent.toFixed()}.`;
    problems.report("PERCENT_OUT_OF_RANGE", message, ...path, field);
  };
  check(limit, "discountLimitPercent");
  check(maximum, "discountMaximumPercent");
  if (limit && maximum && limit.gt(maximum)) {
    const message = `Beyond ${maximum.toFixed()} % there is no quote, so none can need approval beyond ${limit.toFixed()} %.`;
    problems.report("LIMIT_ABOVE_MAXIMUM", message, ...path, "discountLimitPercent");
  }
}

function checkQuantities(entry: GuardRail, path: readonly string[], problems: InputProblems): void {
  const { minimumQuantity: minimum, maximumQuantity: maximum } = entry;
  checkFits(minimum, "A quantity", [...path, "minimumQuantity"], problems);
  checkFits(maximum, "A quantity", [...path, "maximumQuantity"], problems);
  if (minimum && maximum && minimum.gt(maximum)) {
    const message = `No quantity is at least ${minimum.toFixed()} and at most ${maximum.toFixed()}.`;
    problems.report("MINIMUM_ABOVE_MAXIMUM", message, ...path, "minimumQuantity");
  }
}

function checkFits(value: Decimal | null, what: string, path: readonly string[], problems: InputProblems): void {
  if (value === null) return;
  if (value.lt(0)) problems.report("NEGATIVE", `${what} is 0 or more, not ${value.toFixed()}.`, ...path);
  if (value.gte("1e16")) problems.report("TOO_LARGE", `${what} has at most 16 digits before the point.`, ...path);
}

export const nameTaken = (name: string) =>
  conflict("NAME_TAKEN", `There is another price book with the name "${name}".`, ["name"]);
