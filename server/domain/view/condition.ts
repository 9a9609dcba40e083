import type { PlainDate } from "../calendar/plain-date";
import type { PlainMonth } from "../calendar/plain-month";
import type { CurrencyCode } from "../money/currency";

/** What a filter may ask of fields that have one of few values; all of them, so that "not" can name the others. */
export const CLOSED_SETS = {
  status: ["in_progress", "draft", "finalized", "sent", "voided"],
  paymentStatus: ["unpaid", "partially_paid", "paid", "uncollectible"],
  documentKind: ["invoice", "credit_note"],
  origin: ["schedule", "one_off"],
} as const;

/** In whole billing months, seen from the organization's today. */
export type RelativeMonths = "this_month" | "last_month" | "months_ago" | "last_n_months" | "year_to_date";

export type MonthTest =
  | { readonly kind: "between"; readonly from: PlainMonth | null; readonly through: PlainMonth | null }
  /** months: of months_ago and last_n_months alone, else 0 */
  | { readonly kind: "relative"; readonly to: RelativeMonths; readonly months: number };

/** Days seen from the organization's today. */
export type RelativeDays =
  | "today"
  | "this_month"
  | "last_month"
  | "year_to_date"
  | "before_today"
  | "after_today"
  | "last_n_days"
  | "next_n_days"
  | "more_than_n_days_ago";

export type DayTest =
  | { readonly kind: "between"; readonly from: PlainDate | null; readonly through: PlainDate | null }
  /** days: of those with an n alone, else 0 */
  | { readonly kind: "relative"; readonly to: RelativeDays; readonly days: number };

/** Bounds are decimal text and included; a currency asks for it as well, as amounts of two cannot be compared. */
export type AmountTest = {
  readonly from: string | null;
  readonly through: string | null;
  readonly currency: CurrencyCode | null;
};

/** Case counts; from and through go by the order of characters, so that numbers of one series are in their order. */
export type NumberTest = {
  readonly prefix: string | null;
  readonly from: string | null;
  readonly through: string | null;
};

export type TextTest = {
  readonly exists: boolean | null;
  readonly equals: string | null;
  readonly prefix: string | null;
};

/** All that is not null holds of one value: of the field's own, or of one in its list, as tags are kept. */
export type CustomFieldTest = {
  readonly key: string;
  readonly exists: boolean | null;
  readonly in: readonly string[] | null;
  readonly numberFrom: string | null;
  readonly numberThrough: string | null;
  readonly dayFrom: PlainDate | null;
  readonly dayThrough: PlainDate | null;
};

/** What a filter may ask, by field. A list asks for one of its values. */
export type Tests = {
  readonly status: readonly (typeof CLOSED_SETS.status)[number][];
  readonly paymentStatus: readonly (typeof CLOSED_SETS.paymentStatus)[number][];
  readonly documentKind: readonly (typeof CLOSED_SETS.documentKind)[number][];
  readonly origin: readonly (typeof CLOSED_SETS.origin)[number][];
  readonly customerIds: readonly string[];
  readonly customerName: string;
  readonly customField: CustomFieldTest;
  readonly contractIds: readonly string[];
  readonly productIds: readonly string[];
  readonly currencies: readonly CurrencyCode[];
  readonly billingMonth: MonthTest;
  readonly net: AmountTest;
  readonly gross: AmountTest;
  /** what is still to be paid of what is issued */
  readonly due: AmountTest;
  readonly number: NumberTest;
  readonly issuedOn: DayTest;
  readonly dueOn: DayTest;
  readonly billsOn: DayTest;
  /** a day of service lies in it */
  readonly servedOn: DayTest;
  readonly poNumber: TextTest;
  /** in the number or the customer's name, in any case */
  readonly search: string;
  readonly isStale: boolean;
  readonly staleReasons: readonly string[];
  readonly isBlocked: boolean;
  readonly blockers: readonly string[];
  readonly isDisputed: boolean;
  readonly isPromised: boolean;
  readonly isSent: boolean;
  readonly hasFailedMail: boolean;
  readonly isOverdue: boolean;
  /** the two that a comparison with another month answers */
  readonly flagged: boolean;
  readonly isSignedOff: boolean;
};

export type Field = keyof Tests;
export type Test = {
  readonly [F in Field]: { readonly kind: "test"; readonly field: F; readonly test: Tests[F] };
}[Field];
export type TestOf<F extends Field> = Extract<Test, { readonly field: F }>;

/** A tree of tests. `all` of nothing is everything, `any` of nothing is nothing. */
export type Condition =
  | { readonly kind: "all"; readonly of: readonly Condition[] }
  | { readonly kind: "any"; readonly of: readonly Condition[] }
  | { readonly kind: "not"; readonly of: Condition }
  | Test;

export const EVERYTHING: Condition = { kind: "all", of: [] };
export const NOTHING: Condition = { kind: "any", of: [] };

export const all = (...of: readonly Condition[]): Condition => ({ kind: "all", of });
export const any = (...of: readonly Condition[]): Condition => ({ kind: "any", of });
export const not = (of: Condition): Condition => ({ kind: "not", of });
/** A test by its field: `test("status", ["draft"])`. */
export const test = <F extends Field>(field: F, asked: Tests[F]): Condition =>
  ({ kind: "test", field, test: asked }) as Condition;

export const isEverything = (condition: Condition): boolean => condition.kind === "all" && condition.of.length === 0;
export const isNothing = (condition: Condition): boolean => condition.kind === "any" && condition.of.length === 0;

/** All tests of a tree, in their order. */
export function testsOf(condition: Condition): Test[] {
  if (condition.kind === "test") return [condition];
  return condition.kind === "not" ? testsOf(condition.of) : condition.of.flatMap(testsOf);
}
