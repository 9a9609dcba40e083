import { addMonths } from "../../domain/calendar/plain-date";
import { monthOf, monthsBetween } from "../../domain/calendar/plain-month";
import type { CurrencyCode } from "../../domain/money/currency";
import { priceFromTerms } from "../../domain/pricing/price-terms";
import { endOfPhase } from "../../domain/quote/phase-end";
import type {
  AmendmentTerms,
  CustomPrice,
  LineDiscount,
  QuoteBound,
  QuoteDiscount,
  QuoteLine,
  QuotePhase,
  QuoteRampStep,
  QuoteTerms,
  SaleTerms,
} from "../../domain/quote/quote-terms";
import { toMoney } from "../../platform/graphql/scalars";
import { askFor, toPriceTerms } from "../catalog";

/** Terms as the API shows them: as they are kept, with money in its currency and defaults said. */
export function toShownTerms(terms: QuoteTerms): object {
  switch (terms.kind) {
    case "sale":
      return shownSale(terms);
    case "amendment":
      return shownAmendment(terms);
  }
}

function shownSale(terms: SaleTerms): object {
  const currency = terms.currency as CurrencyCode;
  return {
    ...terms,
    __typename: "QuoteSaleTerms",
    termMonths: wholeMonths(terms),
    phases: terms.phases.map((phase, index) => shownPhase(phase, index, terms)),
    minimums: terms.minimums.map((bound) => shownBound(bound, currency)),
    maximums: terms.maximums.map((bound) => shownBound(bound, currency)),
    discounts: terms.discounts.map((discount) => shownDiscount(discount, currency)),
  };
}

const shownAmendment = (terms: AmendmentTerms): object => ({ ...terms, __typename: "QuoteAmendmentTerms" });

function wholeMonths({ startsOn, endsBefore }: SaleTerms): number | null {
  if (endsBefore === null) return null;
  const months = monthsBetween(monthOf(startsOn), monthOf(endsBefore));
  return months > 0 && addMonths(startsOn, months) === endsBefore ? months : null;
}

function shownPhase(phase: QuotePhase, index: number, terms: SaleTerms): object {
  return {
    ...phase,
    name: nameOfPhase(phase, index),
    endsBefore: endOfPhase(terms, index),
    lines: phase.lines.map((line) => shownLine(line, terms.currency as CurrencyCode)),
  };
}

const nameOfPhase = ({ name }: QuotePhase, index: number): string => name ?? `Phase ${index + 1}`;

export const shownLine = (line: QuoteLine, currency: CurrencyCode): object => ({
  ...line,
  customTerms: shownCustomTerms(line.customPrice),
  discounts: line.discounts.map((discount) => shownLineDiscount(discount, currency)),
  ramp: line.ramp.map(shownRampStep),
});

const shownRampStep = (step: QuoteRampStep): object => ({ ...step, customTerms: shownCustomTerms(step.customPrice) });

export function shownCustomTerms(custom: CustomPrice | null): object | null {
  if (custom === null) return null;
  const price = priceFromTerms(custom.model, custom.terms);
  const { includedUnits = null, minimum = null, maximum = null } = price;
  const cadence = custom.cadence ? askFor(custom.cadence) : null;
  return {
    model: custom.model,
    terms: toPriceTerms(price),
    includedUnits,
    minimum,
    maximum,
    cadence: cadence?.cadence ?? null,
    cadenceMonths: cadence?.months ?? null,
    timing: custom.timing ?? null,
  };
}

export const shownLineDiscount = (discount: LineDiscount, currency: CurrencyCode): LineDiscountShown => ({
  ...discount,
  amount: discount.amount === null ? null : toMoney(discount.amount, currency),
});
type LineDiscountShown = Omit<LineDiscount, "amount"> & { readonly amount: ReturnType<typeof toMoney> | null };

/** As a minimum or maximum of a contract is shown. */
export const shownBound = (bound: QuoteBound, currency: CurrencyCode): object => ({
  ...bound,
  currency,
  lineageIds: bound.lineageIds ?? "all",
});

/** As a discount of a contract is shown. */
export function shownDiscount(discount: QuoteDiscount, currency: CurrencyCode): object {
  const { scope } = discount;
  const cadence = discount.cadence === null ? null : askFor(discount.cadence);
  return {
    ...discount,
    scope: {
      kind: scope.kind,
      lineageIds: scope.kind === "group" ? scope.lineageIds : null,
      boundId: scope.kind === "commitment" ? scope.boundId : null,
    },
    amount: discount.amount === null ? null : toMoney(discount.amount, currency),
    cadence: cadence?.cadence ?? null,
    cadenceMonths: cadence?.months ?? null,
    position: discount.position ?? (scope.kind === "invoice" ? "after_minimum" : "before_minimum"),
  };
}
