import type { PaymentTerms } from "../calendar/payment-terms";
import { addMonths, daysBetween, type PlainDate } from "../calendar/plain-date";
import type { Contract, LateUsagePolicy } from "../contract/contract";
import { Decimal, ONE, ZERO } from "../money/decimal";
import { monthsOf } from "./figures-term";
import type { QuoteFigures } from "./quote-figures";
import type {
  AmendmentTerms,
  CustomPrice,
  LineDiscount,
  QuoteChange,
  QuotePhase,
  QuoteRenewal,
  QuoteTrial,
  SaleTerms,
} from "./quote-terms";

/** What rules look at. null, or an empty list: there is no such thing in the quote. */
export type ApprovalFacts = {
  /** Whom the quote is to: what was approved for one is not approved for another. */
  readonly party: string;
  readonly currency: string;
  readonly baseCurrency: string;
  readonly total: TotalFact | null;
  /** `months` null: until further notice. */
  readonly term: { readonly months: Decimal | null } | null;
  readonly discounts: readonly DiscountFact[];
  readonly paymentDays: number | null;
  readonly customPrices: readonly ItemFact[];
  readonly notes: string | null;
  /** `rule` null: it ends with its term. */
  readonly renewal: { readonly rule: QuoteRenewal | null } | null;
  readonly trials: readonly TrialFact[];
  readonly lateUsage: LateUsagePolicy | null;
  readonly guardRails: readonly GuardRailFact[];
};

/** The total contract value; `inBase` null: there is no rate to turn it into the base currency. */
export type TotalFact = { readonly amount: Decimal; readonly inBase: Decimal | null };

/** A part of a quote: `id` stays over versions, `basis` says canonically what it is. */
export type ItemFact = { readonly id: string; readonly name: string; readonly basis: string };

export type DiscountFact = ItemFact & { readonly of: "overall" | "line"; readonly percent: Decimal };

export type TrialFact = ItemFact & { readonly days: number; readonly percentOff: Decimal };

/** Something that a price book allows with an approval alone, in words; `degree`: how far it goes; null: it is so. */
export type GuardRailFact = Omit<ItemFact, "name"> & { readonly degree: Decimal | null; readonly reason: string };

/** What the terms leave to the customer and the organization, and what is known beside them. */
export type ApprovalSurroundings = {
  readonly party: string;
  readonly baseCurrency: string;
  /** Of the customer, else of the organization: where the terms say nothing. */
  readonly paymentTerms: PaymentTerms;
  /** What one unit of the quote's currency is in the base currency; null: nobody knows. */
  readonly rateToBase: Decimal | null;
  readonly guardRails: readonly GuardRailFact[];
};

/** The facts of a new contract. The figures are those of the same terms. */
export function factsOfSale(
  terms: SaleTerms,
  figures: QuoteFigures,
  { party, baseCurrency, paymentTerms, rateToBase, guardRails }: ApprovalSurroundings,
): ApprovalFacts {
  const { net } = figures.total;
  return {
    party,
    currency: terms.currency,
    baseCurrency,
    total: { amount: net, inBase: rateToBase && net.times(rateToBase) },
    term: { months: figures.hasEnd ? figures.termMonths : null },
    discounts: saleDiscounts(terms, figures),
    paymentDays: longestDays(terms.paymentTerms ?? paymentTerms),
    customPrices: linesOf(terms, figures).flatMap(({ line, ...item }) =>
      line.customPrice || line.ramp.some(({ customPrice }) => customPrice) ? [item] : [],
    ),
    notes: terms.notes,
    renewal: { rule: terms.renewal },
    trials: terms.phases.flatMap((phase) => trialsOf(phase, figures)),
    lateUsage: terms.lateUsage,
    guardRails,
  };
}

/** A contract as it is and as amended, and what the amendment adds to its total. */
export type AmendedSurroundings = Pick<ApprovalSurroundings, "party" | "baseCurrency" | "rateToBase"> & {
  readonly before: Pick<Contract, "endsBefore">;
  readonly after: Pick<Contract, "endsBefore">;
  readonly added: Decimal;
  /** How people call the line that a change is about, by the id of the change. */
  readonly names: ReadonlyMap<string, string>;
};

/** The facts of a change of a running contract: of what it changes alone, so that the total is what it adds. */
export function factsOfAmendment(
  terms: AmendmentTerms,
  { party, baseCurrency, rateToBase, before, after, added, names }: AmendedSurroundings,
): ApprovalFacts {
  const lines = terms.changes.flatMap((change) => changedLine(change, names.get(change.id) ?? "a line"));
  return {
    party,
    currency: terms.currency,
    baseCurrency,
    total: { amount: added, inBase: rateToBase && added.times(rateToBase) },
    term: addedTerm(before.endsBefore, after.endsBefore),
    discounts: [
      ...lines.map(({ id, name, basis, discounts }) => ({
        id,
        name,
        basis,
        of: "line" as const,
        percent: stackedPercent(discounts),
      })),
      ...terms.changes.flatMap((change) =>
        change.kind === "add_discount" ? discountOverLines(change.discount, terms.currency) : [],
      ),
    ],
    paymentDays: null,
    customPrices: lines.flatMap(({ id, name, basis, isCustom }) => (isCustom ? [{ id, name, basis }] : [])),
    notes: terms.notes,
    renewal: null,
    trials: [],
    lateUsage: null,
    guardRails: [],
  };
}

// ── Discounts ────────────────────────────────────────────────────────────────────────────────────────────────────────

function saleDiscounts(terms: SaleTerms, figures: QuoteFigures): DiscountFact[] {
  const overall = effectivePercent(figures.total.discountPercent);
  const lines = linesOf(terms, figures).map(({ line, ...item }) => {
    const figure = figures.lines.find(({ lineId }) => lineId === line.id);
    const effective = effectivePercent(figure?.discountPercent ?? null);
    return { ...item, of: "line" as const, percent: Decimal.max(stackedPercent(line.discounts), effective) };
  });
  return [
    { id: "overall", name: "", basis: terms.currency, of: "overall", percent: overall },
    ...terms.discounts.flatMap((discount) => discountOverLines(discount, terms.currency)),
    ...lines,
  ];
}

/** What is off the list price, by tenths of a percent: cents that are rounded ask for nobody's approval. */
const effectivePercent = (percent: Decimal | null): Decimal => percent?.toDecimalPlaces(1) ?? ZERO;

/**
 * What percentages take off together: 10 % then 5 % are 14.5 %. Those of a short time count like those of the whole term,
 * and those on usage, of which nobody knows how much it is, count as well.
 */
function stackedPercent(discounts: readonly Pick<LineDiscount, "percent">[]): Decimal {
  const left = discounts.reduce((rest, { percent }) => rest.times(ONE.minus(new Decimal(percent ?? 0).div(100))), ONE);
  return ONE.minus(left).times(100);
}

/** A percentage over several lines; how far an amount goes is seen overall. */
function discountOverLines(discount: SaleTerms["discounts"][number], currency: string): DiscountFact[] {
  if (discount.percent === null) return [];
  const { id, description: name, scope, percent } = discount;
  const of = scope.kind === "invoice" ? "overall" : "line";
  return [{ id, name, of, basis: canonical({ currency, scope }), percent: new Decimal(percent) }];
}

// ── Lines ────────────────────────────────────────────────────────────────────────────────────────────────────────────

function linesOf({ phases }: SaleTerms, figures: QuoteFigures) {
  return phases.flatMap(({ lines }) =>
    lines.map((line) => ({
      line,
      id: line.id,
      name: nameOf(line, figures),
      basis: canonical({
        priceId: line.priceId,
        customPrice: line.customPrice,
        ramp: line.ramp.flatMap(({ priceId, customPrice }) => (priceId ? [{ priceId, customPrice }] : [])),
      }),
    })),
  );
}

const nameOf = ({ id, description }: { id: string; description: string | null }, { lines }: QuoteFigures): string =>
  description ?? lines.find(({ lineId }) => lineId === id)?.description ?? "a line";

function trialsOf({ startsOn, lines }: QuotePhase, figures: QuoteFigures): TrialFact[] {
  return lines.flatMap((line) => {
    if (line.trial === null) return [];
    const { id, priceId } = line;
    const percentOff = new Decimal(line.trial.percentOff);
    return [{ id, name: nameOf(line, figures), basis: priceId, days: trialDays(line.trial, startsOn), percentOff }];
  });
}

const trialDays = ({ days, months }: QuoteTrial, startsOn: PlainDate): number =>
  days ?? daysBetween(startsOn, addMonths(startsOn, months ?? 0));

/** To the end of a month it can be 30 days more. */
const longestDays = ({ kind, days }: PaymentTerms): number => (kind === "end_of_month" ? days + 30 : days);

// ── Changes ──────────────────────────────────────────────────────────────────────────────────────────────────────────

type ChangedLineFact = ItemFact & { readonly discounts: readonly LineDiscount[]; readonly isCustom: boolean };

function changedLine(change: QuoteChange, name: string): ChangedLineFact[] {
  const { id } = change;
  switch (change.kind) {
    case "add_line":
    case "replace_line":
      return [{ id, name, ...pricedAs(change.line), discounts: change.line.discounts }];
    case "change_price":
      return [{ id, name, ...pricedAs(change), discounts: [] }];
    case "change_discounts": {
      const { lineageId, discounts } = change;
      return [{ id, name, basis: canonical({ lineageId }), discounts, isCustom: false }];
    }
    default:
      return [];
  }
}

type Priced = { readonly priceId: string | null; readonly customPrice: CustomPrice | null };
const pricedAs = ({ priceId, customPrice }: Priced) => ({
  basis: canonical({ priceId, customPrice }),
  isCustom: customPrice !== null,
});

/** The months that are agreed on beside those that were; null: none, such as where the end comes earlier. */
function addedTerm(before: PlainDate | null, after: PlainDate | null): ApprovalFacts["term"] {
  if (before === after || before === null) return null;
  if (after === null) return { months: null };
  return after > before ? { months: monthsOf({ startsOn: before, endsBefore: after }) } : null;
}

/** The same text for the same data, whatever the order in which its fields were written. */
export const canonical = (data: object): string =>
  JSON.stringify(data, (_key, value: unknown) =>
    value !== null && typeof value === "object" && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
