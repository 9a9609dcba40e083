import { formatDay } from "../calendar/format";
import type { PlainDate } from "../calendar/plain-date";
import { type Field, field, optional, type QuotedPrices, TEN_YEARS, wholeFrom } from "./cell";
import { numberOf, numberText } from "./cell-number";
import { customPriceOf, isSameBut, listedScalar, pricedAs, scalarsOf, withScalar } from "./cell-price";
import { HEADLINE, readScalar } from "./cells-of-price";
import type { QuoteLine, QuoteRampStep } from "./quote-terms";

export function nameOfStep({ startsOn, afterMonths }: QuoteRampStep): string {
  if (startsOn !== null) return `Step of ${formatDay(startsOn)}`;
  return `Step after ${afterMonths ?? 0} months`;
}

/** The cells of one step of a ramp; they are written in the line, whose price the step's own starts from. */
export function fieldsOfRampStep(step: QuoteRampStep, line: QuoteLine, prices: QuotedPrices): Field<QuoteLine>[] {
  const write: StepWrite = (change) => (old, text) => ({
    ...old,
    ramp: old.ramp.map((each) => (each.id === step.id ? change(each, text, old) : each)),
  });
  return [
    field({
      name: "startsOn",
      title: "From",
      format: optional("day"),
      value: step.startsOn,
      write: write((old, day) => ({ ...old, startsOn: day as PlainDate | null })),
    }),
    field({
      name: "afterMonths",
      title: "After months",
      format: wholeFrom(0, TEN_YEARS.months),
      value: numberText(step.afterMonths),
      write: write((old, months) => ({ ...old, afterMonths: numberOf(months) })),
    }),
    field({
      name: "quantity",
      title: "Quantity",
      format: optional("decimal"),
      value: step.quantity,
      write: write((old, quantity) => ({ ...old, quantity })),
    }),
    ...headlineOfStep(step, line, prices, write),
  ];
}

type StepWrite = (
  change: (old: QuoteRampStep, text: string | null, of: QuoteLine) => QuoteRampStep,
) => Field<QuoteLine>["write"];

/**
 * What a step costs. A step without a price of its own gets that of its line with another amount, and loses it again
 * with the amount; a step with another price keeps it.
 */
function headlineOfStep(
  step: QuoteRampStep,
  line: QuoteLine,
  prices: QuotedPrices,
  write: StepWrite,
): Field<QuoteLine>[] {
  const own = step.priceId === null ? null : pricedAs({ ...step, priceId: step.priceId }, prices);
  const ofLine = pricedAs(line, prices);
  const agreed = own?.agreed ?? ofLine?.agreed;
  const headline = agreed && scalarsOf(agreed).find(({ name }) => name === HEADLINE);
  if (!agreed || !ofLine || !headline) return [];
  const { at, format, title } = headline;
  const isBorrowed = step.priceId === null || (step.priceId === line.priceId && isSameBut(at, agreed, ofLine.agreed));
  return [
    field({
      name: HEADLINE,
      title,
      format: isBorrowed ? { ...format, isOptional: true } : format,
      value: own && readScalar(own.agreed.terms, at),
      standard: own && !isBorrowed ? listedScalar(own, at) : null,
      write: write((old, text, of) => {
        if (text === null) return { ...old, priceId: null, customPrice: null };
        const priced = pricedAs(old.priceId === null ? of : { ...old, priceId: old.priceId }, prices);
        if (!priced) return old;
        const changed = withScalar(priced.agreed, at, text);
        return { ...old, priceId: old.priceId ?? of.priceId, customPrice: customPriceOf(changed, priced.listed) };
      }),
    }),
  ];
}
