import { isRecurring } from "../../domain/calendar/cadence";
import type { PaymentTerms } from "../../domain/calendar/payment-terms";
import { partsOf } from "../../domain/calendar/plain-date";
import type { QuoteBound, QuoteDiscount, SaleTerms } from "../../domain/quote/quote-terms";
import { unreachable } from "../../domain/unreachable";
import type { OfferCommitment, OfferFact } from "../../integrations/pdf/offer-document";
import { type Catalog, offeredPrice } from "./line-in-words";
import type { OfferWriter } from "./offer-writer";

/** Term, billing, payment, renewal and the like, each in a sentence. */
export function termsInWords(
  terms: SaleTerms,
  { catalog, paymentTerms }: { readonly catalog: Catalog; readonly paymentTerms: PaymentTerms },
  write: OfferWriter,
): OfferFact[] {
  const { words } = write;
  const { facts } = words;
  const { startsOn, endsBefore, renewal } = terms;
  const term = endsBefore === null ? words.termWithoutEnd(write.day(startsOn)) : write.spanWithLength(terms);
  const uplift = renewal?.upliftPercent ? write.percent(renewal.upliftPercent) : null;
  return [
    { label: facts.term, value: term },
    ...billingInWords(terms, catalog, write),
    { label: facts.payment, value: words.payment[paymentTerms.kind](paymentTerms.days) },
    ...(renewal
      ? [{ label: facts.renewal, value: words.renewal.automatic(renewal.months, renewal.noticeDays, uplift) }]
      : endsBefore === null
        ? []
        : [{ label: facts.renewal, value: words.renewal.none }]),
    { label: facts.currency, value: terms.currency },
    ...(terms.poNumber === null ? [] : [{ label: facts.poNumber, value: terms.poNumber }]),
  ];
}

/** "Monthly in advance: Platform fee and Seat. Monthly in arrears: API calls." */
function billingInWords(terms: SaleTerms, { prices }: Catalog, write: OfferWriter): OfferFact[] {
  const { words } = write;
  const rhythms = new Map<string, Set<string>>();
  let hasPeriods = false;
  for (const line of terms.phases.flatMap(({ lines }) => lines)) {
    const listed = prices.get(line.priceId);
    if (!listed) continue;
    const price = offeredPrice(listed, line.customPrice);
    hasPeriods ||= isRecurring(price.cadence);
    const rhythm = words.rhythm(price.cadence, price.timing === "in_advance");
    rhythms.set(rhythm, (rhythms.get(rhythm) ?? new Set()).add(line.description ?? price.name));
  }
  if (rhythms.size === 0) return [];
  const [only] = rhythms.keys();
  const billing =
    rhythms.size === 1 && only
      ? words.rhythmOfAll(only)
      : [...rhythms].map(([rhythm, lines]) => words.rhythmOf(rhythm, [...lines])).join(" ");
  const periods =
    terms.firstPeriod === "calendar"
      ? words.calendarPeriods
      : words.anchor(partsOf(terms.anchorOn ?? terms.startsOn).day);
  return [
    { label: words.facts.billing, value: billing },
    ...(hasPeriods ? [{ label: words.facts.billingDay, value: periods }] : []),
  ];
}

/** Minimums, maximums and discounts over several lines. */
export function commitmentsInWords(terms: SaleTerms, catalog: Catalog, write: OfferWriter): OfferCommitment[] {
  const { bounds } = write.words;
  const lines = lineNames(terms, catalog);
  const bound = (kind: "minimum" | "maximum") => (own: QuoteBound) => ({
    kind: bounds[kind],
    description: own.description,
    sentence: boundInWords(own, kind, lines, write),
  });
  return [
    ...terms.minimums.map(bound("minimum")),
    ...terms.maximums.map(bound("maximum")),
    ...terms.discounts.map((own) => ({
      kind: bounds.discount,
      description: own.description,
      sentence: sharedDiscountInWords(own, { lines, bounds: [...terms.minimums, ...terms.maximums] }, write),
    })),
  ];
}

/** "At least £1,000.00 per month for everything on this quote; …" */
export function boundInWords(
  own: QuoteBound,
  kind: "minimum" | "maximum",
  lines: ReadonlyMap<string, string>,
  write: OfferWriter,
): string {
  const { atLeast, atMost } = write.words.bounds;
  const say = kind === "minimum" ? atLeast : atMost;
  return [say(write.price(own.amount), own.cadence, scopeOf(own.lineageIds, lines, write)), ...held(own, write)].join(
    " ",
  );
}

/** "5% off Seats and API calls. Holds 1 January – 31 December 2027." */
export function sharedDiscountInWords(
  own: QuoteDiscount,
  named: {
    readonly lines: ReadonlyMap<string, string>;
    readonly bounds: readonly Pick<QuoteBound, "id" | "description">[];
  },
  write: OfferWriter,
): string {
  const { discounts } = write.words;
  const what =
    own.percent === null
      ? discounts.fixed(write.price(own.amount ?? "0"), own.cadence ?? "one_time")
      : discounts.percent(write.percent(own.percent));
  return [`${discounts.of(what, discountScope(own, named, write))}.`, ...held(own, write)].join(" ");
}

function discountScope(
  { scope }: QuoteDiscount,
  { lines, bounds }: Parameters<typeof sharedDiscountInWords>[1],
  write: OfferWriter,
): string {
  const { discounts } = write.words;
  switch (scope.kind) {
    case "invoice":
      return discounts.everything;
    case "group":
      return scopeOf(scope.lineageIds, lines, write);
    case "commitment": {
      const bound = bounds.find(({ id }) => id === scope.boundId);
      return discounts.commitment(bound?.description ?? "");
    }
    default:
      return unreachable(scope);
  }
}

const scopeOf = (
  lineageIds: readonly string[] | null,
  lines: ReadonlyMap<string, string>,
  { words }: OfferWriter,
): string =>
  lineageIds === null
    ? words.bounds.everything
    : words.listed([...new Set(lineageIds.flatMap((id) => lines.get(id) ?? []))]);

const held = (own: Pick<QuoteBound, "startsOn" | "endsBefore">, write: OfferWriter): string[] => {
  const { startsOn, endsBefore } = own;
  const { words } = write;
  if (startsOn !== null) return [words.bounds.held(write.span({ startsOn, endsBefore }))];
  return endsBefore === null ? [] : [words.bounds.held(words.until(write.lastDay(endsBefore)))];
};

/** What the lines of a lineage are called, by lineage. */
export function lineNames(terms: SaleTerms, { prices }: Catalog): ReadonlyMap<string, string> {
  return new Map(
    terms.phases.flatMap(({ lines }) =>
      lines.flatMap((line) => {
        const price = prices.get(line.priceId);
        return price ? [[price.lineageId, line.description ?? price.name] as const] : [];
      }),
    ),
  );
}
