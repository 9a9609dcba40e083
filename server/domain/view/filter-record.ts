import type { PlainDate } from "../calendar/plain-date";
import type { PlainMonth } from "../calendar/plain-month";
import { Decimal } from "../money/decimal";
import type { Condition, RelativeDays, RelativeMonths, Test, Tests } from "./condition";

type Given<T> = T | null | undefined;

export type MonthRecord = {
  readonly equals?: Given<PlainMonth>;
  readonly from?: Given<PlainMonth>;
  readonly through?: Given<PlainMonth>;
  readonly relative?: Given<RelativeMonths>;
  readonly months?: Given<number>;
};

export type DayRecord = {
  readonly equals?: Given<PlainDate>;
  readonly from?: Given<PlainDate>;
  readonly through?: Given<PlainDate>;
  readonly relative?: Given<RelativeDays>;
  readonly days?: Given<number>;
};

export type AmountRecord = {
  readonly from?: Given<Decimal>;
  readonly through?: Given<Decimal>;
  readonly currency?: Given<string>;
};

export type CustomFieldRecord = {
  readonly key: string;
  readonly exists?: Given<boolean>;
  readonly equals?: Given<string>;
  readonly in?: Given<readonly string[]>;
  readonly numberFrom?: Given<Decimal>;
  readonly numberThrough?: Given<Decimal>;
  readonly dayFrom?: Given<PlainDate>;
  readonly dayThrough?: Given<PlainDate>;
};

/** Fields that travel as they are tested. */
type Plain = Pick<
  Tests,
  | "status"
  | "paymentStatus"
  | "documentKind"
  | "origin"
  | "customerIds"
  | "contractIds"
  | "productIds"
  | "staleReasons"
  | "blockers"
  | "customerName"
  | "search"
  | "isStale"
  | "isBlocked"
  | "isDisputed"
  | "isPromised"
  | "isSent"
  | "hasFailedMail"
  | "isOverdue"
  | "flagged"
  | "isSignedOff"
>;

/**
 * A filter as people and programs write it: what is said of an invoice in one record must all hold; and, or, not join
 * further records to it. What is left out, null or an empty list does not narrow: it is what a form sends for "any".
 */
export type FilterRecord = { readonly [F in keyof Plain]?: Given<Plain[F]> } & {
  /** the short form of billingMonth.equals */
  readonly month?: Given<PlainMonth>;
  readonly billingMonth?: Given<MonthRecord>;
  readonly currencies?: Given<readonly string[]>;
  readonly customFields?: Given<readonly CustomFieldRecord[]>;
  readonly net?: Given<AmountRecord>;
  readonly gross?: Given<AmountRecord>;
  readonly due?: Given<AmountRecord>;
  readonly number?: Given<{
    readonly prefix?: Given<string>;
    readonly from?: Given<string>;
    readonly through?: Given<string>;
  }>;
  readonly poNumber?: Given<{
    readonly exists?: Given<boolean>;
    readonly equals?: Given<string>;
    readonly prefix?: Given<string>;
  }>;
  readonly issuedOn?: Given<DayRecord>;
  readonly dueOn?: Given<DayRecord>;
  readonly billsOn?: Given<DayRecord>;
  readonly servedOn?: Given<DayRecord>;
  readonly and?: Given<readonly FilterRecord[]>;
  readonly or?: Given<readonly FilterRecord[]>;
  readonly not?: Given<FilterRecord>;
};

/** A condition as the record that reads as it, for whoever edits a filter. */
export function recordOf(condition: Condition): FilterRecord {
  if (condition.kind === "test") return recordOfTest(condition);
  if (condition.kind === "not") return { not: recordOf(condition.of) };
  if (condition.kind === "any") return { or: condition.of.map(recordOf) };
  const parts = condition.of.map(recordOf);
  const keys = parts.flatMap((part) => Object.keys(part));
  const canBeOne = new Set(keys).size === keys.length;
  if (canBeOne) return Object.assign({}, ...parts);
  const custom = parts.flatMap((part) => part.customFields ?? []);
  const others = parts.filter((part) => !part.customFields || Object.keys(part).length > 1);
  const otherKeys = others.flatMap((part) => Object.keys(part));
  return new Set(otherKeys).size === otherKeys.length && !otherKeys.includes("customFields")
    ? Object.assign({}, ...others, { customFields: custom })
    : { and: parts };
}

function recordOfTest(asked: Test): FilterRecord {
  switch (asked.field) {
    case "billingMonth": {
      const { test } = asked;
      if (test.kind === "relative") return { billingMonth: { relative: test.to, months: test.months || null } };
      return { billingMonth: between(test) };
    }
    case "issuedOn":
    case "dueOn":
    case "billsOn":
    case "servedOn": {
      const { test } = asked;
      if (test.kind === "relative") return { [asked.field]: { relative: test.to, days: test.days || null } };
      return { [asked.field]: between(test) };
    }
    case "net":
    case "gross":
    case "due": {
      const { from, through, currency } = asked.test;
      return { [asked.field]: { from: decimal(from), through: decimal(through), currency } };
    }
    case "customField": {
      const { numberFrom, numberThrough, ...rest } = asked.test;
      return {
        customFields: [{ ...rest, numberFrom: decimal(numberFrom), numberThrough: decimal(numberThrough) }],
      };
    }
    default:
      return { [asked.field]: asked.test };
  }
}

const decimal = (text: string | null): Decimal | null => (text === null ? null : new Decimal(text));

const between = <T>({ from, through }: { readonly from: T | null; readonly through: T | null }) =>
  from !== null && from === through ? { equals: from } : { from, through };
