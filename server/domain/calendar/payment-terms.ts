import { unreachable } from "../unreachable";
import { lastDayOf } from "./period";
import { addDays, type PlainDate } from "./plain-date";
import { monthOf, periodOf } from "./plain-month";

/**
 * `net_days`: so many days after issue. `end_of_month`: so many days after issue, then to the last day of that month;
 * with 0 days the last day of the month of issue.
 */
export type PaymentTerms =
  | { readonly kind: "net_days"; readonly days: number }
  | { readonly kind: "end_of_month"; readonly days: number };

/** The day by which a document issued on a day is to be paid. */
export function dueOn(issuedOn: PlainDate, terms: PaymentTerms): PlainDate {
  switch (terms.kind) {
    case "net_days":
      return addDays(issuedOn, terms.days);
    case "end_of_month":
      return lastDayOf(periodOf(monthOf(addDays(issuedOn, terms.days))));
    default:
      return unreachable(terms);
  }
}
