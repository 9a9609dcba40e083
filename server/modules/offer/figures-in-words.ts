import { type Decimal, ZERO } from "../../domain/money/decimal";
import type { PhaseFigures, PriceFigures, QuoteFigures } from "../../domain/quote/quote-figures";
import type { OfferAmounts, OfferHighlight, OfferInvoices, OfferTotals } from "../../integrations/pdf/offer-document";
import type { OfferWriter } from "./offer-writer";

/** What the offer holds that its totals have to say something about. */
export type TotalsFacts = {
  readonly hasUsage: boolean;
  /** Usage then counts towards what is owed anyway. */
  readonly hasMinimum: boolean;
  /** Lines whose prices have the tax in them. */
  readonly taxInclusive: readonly string[];
  readonly isAllTaxInclusive: boolean;
};

export const amountsInWords = ({ list, discount, net }: PriceFigures, write: OfferWriter): OfferAmounts => ({
  list: write.amount(list),
  discount: discount.isZero() ? write.amount(discount) : write.amount(discount.negated()),
  net: write.amount(net),
});

export function totalsInWords(figures: QuoteFigures, facts: TotalsFacts, write: OfferWriter): OfferTotals {
  const { words } = write;
  return {
    phases: figures.phases.map((phase) => ({
      name: phase.name,
      days: write.shortSpan(phase.period),
      ...amountsInWords(phase, write),
    })),
    years: figures.years.map((year) => ({
      name: words.year(year.ordinal),
      days: write.shortSpan(year.period),
      ...amountsInWords(year, write),
    })),
    total: { name: words.figures.total, days: write.length(figures.term), ...amountsInWords(figures.total, write) },
    remarks: [
      ...(figures.hasEnd ? [] : [words.figures.withoutEnd(write.span(figures.term))]),
      ...usageRemark(facts, "above", write),
      taxRemark(facts, write),
    ],
  };
}

function taxRemark({ taxInclusive, isAllTaxInclusive }: TotalsFacts, { words }: OfferWriter): string {
  if (isAllTaxInclusive) return words.figures.withTax;
  return taxInclusive.length === 0 ? words.figures.withoutTax : words.figures.someWithTax(taxInclusive);
}

/** The prices stand between the cover and the totals. */
function usageRemark(
  { hasUsage, hasMinimum }: TotalsFacts,
  pricesAre: "above" | "below",
  { words: { figures } }: OfferWriter,
): string[] {
  if (!hasUsage) return [];
  return [hasMinimum ? figures.usageCounts(pricesAre) : figures.withoutUsage(pricesAre)];
}

/** The value of the whole, and what comes each month. */
export function highlightsInWords(figures: QuoteFigures, facts: TotalsFacts, write: OfferWriter): OfferHighlight[] {
  const { words } = write;
  const note = [words.figures.overTerm(write.spanWithLength(figures.term)), taxRemark(facts, write)];
  return [
    {
      label: words.figures.total,
      value: write.amount(figures.total.net),
      note: [...note, ...usageRemark(facts, "below", write)].join(" "),
    },
    ...monthly(figures.phases, write),
  ];
}

/** Of the first phase in which something recurs, by its name where another phase has another amount. */
function monthly(phases: readonly PhaseFigures[], write: OfferWriter): OfferHighlight[] {
  const amounts = phases.map(({ monthlyRecurring }) => monthlyRecurring);
  const isSame = (amount: Decimal) => amounts.every((other) => other.equals(amount));
  const first = phases.find(({ monthlyRecurring }) => !monthlyRecurring.isZero());
  if (!first) return [];
  const { figures } = write.words;
  const label = figures.monthly(isSame(first.monthlyRecurring) ? null : first.name);
  return [{ label, value: write.amount(first.monthlyRecurring), note: null }];
}

export function invoicesInWords(
  figures: QuoteFigures,
  { hasUsage }: TotalsFacts,
  write: OfferWriter,
): OfferInvoices | null {
  const { invoices } = figures;
  if (invoices.length === 0) return null;
  const { words } = write;
  return {
    invoices: invoices.map(({ billsOn, net }) => ({ on: write.day(billsOn), amount: write.amount(net) })),
    remarks: [
      ...(hasUsage ? [words.figures.invoicesByUsage] : []),
      ...(hasMoreInvoices(figures) ? [words.figures.invoicesMore] : []),
    ],
  };
}

/** Those that are shown do not come to the whole. */
const hasMoreInvoices = ({ hasEnd, invoices, total }: QuoteFigures): boolean =>
  !hasEnd || !invoices.reduce((sum, { net }) => sum.plus(net), ZERO).equals(total.net);
