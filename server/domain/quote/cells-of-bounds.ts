import type { PlainDate } from "../calendar/plain-date";
import { cadenceAmong, type Field, field, oneOf, oneOfOrNone, optional, required } from "./cell";
import { deducted, describedBy, endingBefore, OTHER_KIND, POSITIONS } from "./cells-of-deductions";
import type { QuoteBound, QuoteDiscount } from "./quote-terms";

export const CADENCES = ["monthly", "quarterly", "half_yearly", "annual"] as const;
const PRORATIONS = ["by_days", "full", "whole_months_then_days"] as const;

/** The cells of a minimum or maximum. */
export function fieldsOfBound(bound: QuoteBound): Field<QuoteBound>[] {
  return [
    describedBy(bound),
    field({
      name: "amount",
      title: "Amount",
      format: required("money"),
      value: bound.amount,
      write: (old, amount) => ({ ...old, amount: amount ?? "0" }),
    }),
    field({
      name: "cadence",
      title: "Per",
      format: cadenceAmong([...CADENCES, "term"]),
      value: bound.cadence,
      write: (old, cadence) => ({ ...old, cadence: cadence as QuoteBound["cadence"] }),
    }),
    ...heldOver(bound),
    field({
      name: "proration",
      title: "Parts of a period",
      format: oneOf(PRORATIONS),
      value: bound.proration,
      write: (old, proration) => ({ ...old, proration: proration as QuoteBound["proration"] }),
    }),
  ];
}

/** The cells of a discount over several lines. */
export function fieldsOfDiscount(discount: QuoteDiscount): Field<QuoteDiscount>[] {
  return [
    describedBy(discount),
    ...deducted(discount),
    field({
      name: "cadence",
      title: "Per",
      format: cadenceAmong([...CADENCES, "one_time"]),
      value: discount.cadence,
      lock: discount.amount === null ? OTHER_KIND : null,
      write: (old, cadence) => ({ ...old, cadence: cadence as QuoteDiscount["cadence"] }),
    }),
    ...heldOver(discount),
    field({
      name: "position",
      title: "Taken",
      format: oneOfOrNone(POSITIONS),
      value: discount.position,
      write: (old, position) => ({ ...old, position: position as QuoteDiscount["position"] }),
    }),
  ];
}

type Held = { readonly startsOn: PlainDate | null; readonly endsBefore: PlainDate | null };

const heldOver = <Part extends Held>(part: Part): Field<Part>[] => [
  field({
    name: "startsOn",
    title: "From",
    format: optional("day"),
    value: part.startsOn,
    write: (old, day) => ({ ...old, startsOn: day as PlainDate | null }),
  }),
  endingBefore(part),
];
