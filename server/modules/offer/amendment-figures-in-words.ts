import type { AmendmentFigures, Change } from "../../domain/quote/amendment-figures";
import type { OfferFact, OfferHighlight } from "../../integrations/pdf/offer-document";
import type { OfferWriter } from "./offer-writer";

/** What the changes come to: what the contract is worth more or less, and what comes each month from then on. */
export function amendmentHighlights(
  { total, monthlyRecurring }: AmendmentFigures,
  includesTax: boolean,
  write: OfferWriter,
): OfferHighlight[] {
  const { figures } = write.words;
  const remarks = [figures.committed, includesTax ? figures.withTax : figures.withoutTax];
  return [
    { label: figures.totalChange, value: signed(total, write), note: remarks.join(" ") },
    { label: figures.monthlyAfter, value: write.amount(monthlyRecurring.after), note: null },
  ];
}

/** "£7,800.00 before, £8,925.00 after" */
export function amendmentTotals({ total, monthlyRecurring }: AmendmentFigures, write: OfferWriter): OfferFact[] {
  const { figures } = write.words;
  const value = ({ before, after }: Change) => figures.beforeAndAfter(write.amount(before), write.amount(after));
  return [
    { label: figures.total, value: value(total) },
    { label: figures.monthly(null), value: value(monthlyRecurring) },
  ];
}

const signed = ({ difference }: Change, write: OfferWriter): string =>
  difference.isPositive() && !difference.isZero() ? `+${write.amount(difference)}` : write.amount(difference);
