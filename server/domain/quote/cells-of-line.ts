import { type Field, field, optional, type QuotedPrices, TEN_YEARS, wholeFrom } from "./cell";
import { numberOf, numberText } from "./cell-number";
import { listedScalar, pricedAs, repriced, scalarsOf, withScalar } from "./cell-price";
import { fieldsOfDue } from "./cells-of-due";
import { discountPercentOf } from "./cells-of-line-discount";
import { readScalar } from "./cells-of-price";
import type { QuoteLine, QuoteTrial } from "./quote-terms";

/** What a line is called: as on invoices. */
export const nameOfLine = ({ description, priceId }: QuoteLine, prices: QuotedPrices): string =>
  description ?? prices.get(priceId)?.name ?? "Line";

/** The cells of a line itself; its discounts and ramp have their own. */
export function fieldsOfLine(line: QuoteLine, prices: QuotedPrices): Field<QuoteLine>[] {
  return [
    field({
      name: "description",
      title: "Description",
      format: optional("text"),
      value: line.description,
      standard: prices.get(line.priceId)?.name ?? null,
      write: (old, description) => ({ ...old, description }),
    }),
    field({
      name: "quantity",
      title: "Quantity",
      format: optional("decimal"),
      value: line.quantity,
      write: (old, quantity) => ({ ...old, quantity }),
    }),
    ...fieldsOfPrice(line, prices),
    ...fieldsOfDue(line, prices),
    discountPercentOf(line),
    ...fieldsOfTrial(line),
  ];
}

function fieldsOfPrice(line: QuoteLine, prices: QuotedPrices): Field<QuoteLine>[] {
  const priced = pricedAs(line, prices);
  if (!priced) return [];
  const { agreed } = priced;
  return scalarsOf(agreed).map(({ at, name, title, format, lock }) =>
    field({
      name,
      title,
      format,
      lock,
      value: readScalar(agreed.terms, at),
      standard: listedScalar(priced, at),
      write: (old, text) => repriced(old, prices, (now) => withScalar(now, at, text)),
    }),
  );
}

/** Stands in for a trial while its cells are written one by one; settleLine takes it away. */
const NO_TRIAL: QuoteTrial = { days: null, months: null, percentOff: "100" };

function fieldsOfTrial({ trial }: QuoteLine): Field<QuoteLine>[] {
  const write =
    (change: (old: QuoteTrial, text: string | null) => QuoteTrial): Field<QuoteLine>["write"] =>
    (old, text) => ({ ...old, trial: change(old.trial ?? NO_TRIAL, text) });
  return [
    field({
      name: "trial.days",
      title: "Trial, days",
      format: wholeFrom(1, TEN_YEARS.days),
      value: numberText(trial?.days ?? null),
      write: write((old, days) => ({ ...old, days: numberOf(days) })),
    }),
    field({
      name: "trial.months",
      title: "Trial, months",
      format: wholeFrom(1, TEN_YEARS.months),
      value: numberText(trial?.months ?? null),
      write: write((old, months) => ({ ...old, months: numberOf(months) })),
    }),
    field({
      name: "trial.percentOff",
      title: "Trial, percent off",
      format: optional("percent"),
      value: trial?.percentOff ?? null,
      write: write((old, percentOff) => ({ ...old, percentOff: percentOff ?? NO_TRIAL.percentOff })),
    }),
  ];
}

/** A trial is one that lasts. */
export const settleLine = (line: QuoteLine): QuoteLine =>
  line.trial && line.trial.days === null && line.trial.months === null ? { ...line, trial: null } : line;
