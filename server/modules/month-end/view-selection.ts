import type { PlainDate } from "../../domain/calendar/plain-date";
import { firstDayOf, type PlainMonth } from "../../domain/calendar/plain-month";
import type { Condition } from "../../domain/view/condition";
import { type InvoiceFacts, matches } from "../../domain/view/matches";
import { type SplitFilter, splitFilter } from "../../domain/view/split";
import { selectedOfMonths } from "../view";
import type { Bill } from "./shared-bill";

/** What a view's filter selects of a month, and of the months that it is compared with. */
export type ViewSelection = Pick<SplitFilter, "flagged" | "isSignedOff"> & {
  /** invoices of all these months that belong to the population; null: all do */
  readonly members: ReadonlySet<string> | null;
  /** invoices of the month that are in the state asked for; null: all are */
  readonly inState: ReadonlySet<string> | null;
  readonly state: Condition;
  readonly today: PlainDate;
};

/** Selections of several filters, in their order, in one statement. The first month is the one that is looked at. */
export async function selectionsOf(
  filters: readonly Condition[],
  { months, today }: { readonly months: readonly [PlainMonth, ...PlainMonth[]]; readonly today: PlainDate },
): Promise<ViewSelection[]> {
  const parts = filters.map(splitFilter);
  const selected = await selectedOfMonths(
    parts.flatMap(({ population, state }) => [
      { condition: population, months },
      { condition: state, months: [months[0]] },
    ]),
    today,
  );
  return parts.map(({ state, flagged, isSignedOff }, index) => ({
    members: selected[2 * index] ?? null,
    inState: selected[2 * index + 1] ?? null,
    state,
    flagged,
    isSignedOff,
    today,
  }));
}

/** Whether a bill is in the state that is asked for, flags and sign-offs aside. */
export const isInState = (bill: Bill, { inState, state, today }: ViewSelection): boolean =>
  bill.invoice ? inState === null || inState.has(bill.invoice.id) : matches(state, missingFacts(bill), today);

/** A missing bill is a draft that nobody has made. */
function missingFacts({ customerId, customerName, currency, month }: Bill): InvoiceFacts {
  const firstDay = firstDayOf(month);
  return {
    status: "draft",
    paymentStatus: "unpaid",
    documentKind: "invoice",
    origin: "schedule",
    customerId,
    customerName,
    customFields: {},
    contractIds: [],
    productIds: [],
    currency,
    billingMonth: month,
    netTotal: "0",
    grossTotal: "0",
    settledTotal: "0",
    number: null,
    issuedOn: null,
    dueOn: null,
    billsOn: firstDay,
    serviceStartsOn: firstDay,
    serviceEndsBefore: firstDay,
    poNumber: null,
    staleReasons: [],
    blockers: [],
    isDisputed: false,
    isPromised: false,
    isSent: false,
    hasFailedMail: false,
    isFlagged: false,
    isSignedOff: false,
  };
}
