import type { PlainDate } from "../calendar/plain-date";
import type { PlainMonth } from "../calendar/plain-month";
import type { CurrencyCode } from "../money/currency";
import { Decimal } from "../money/decimal";
import { unreachable } from "../unreachable";
import type { AmountTest, Condition, CustomFieldTest, DayTest, Test, Tests } from "./condition";
import { daysOf, monthsOf, type Range } from "./ranges";

/** What a filter looks at, of one invoice or of a bill that nobody has made. Amounts are decimal text. */
export type InvoiceFacts = {
  readonly status: Tests["status"][number];
  readonly paymentStatus: Tests["paymentStatus"][number];
  readonly documentKind: Tests["documentKind"][number];
  readonly origin: Tests["origin"][number];
  readonly customerId: string;
  readonly customerName: string;
  readonly customFields: Readonly<Record<string, unknown>>;
  readonly contractIds: readonly string[];
  readonly productIds: readonly string[];
  readonly currency: CurrencyCode;
  readonly billingMonth: PlainMonth;
  readonly netTotal: string;
  readonly grossTotal: string;
  readonly settledTotal: string;
  /** null: not issued */
  readonly number: string | null;
  readonly issuedOn: PlainDate | null;
  readonly dueOn: PlainDate | null;
  readonly billsOn: PlainDate;
  readonly serviceStartsOn: PlainDate;
  readonly serviceEndsBefore: PlainDate;
  readonly poNumber: string | null;
  readonly staleReasons: readonly string[];
  readonly blockers: readonly string[];
  readonly isDisputed: boolean;
  readonly isPromised: boolean;
  readonly isSent: boolean;
  readonly hasFailedMail: boolean;
  /** of the comparison */
  readonly isFlagged: boolean;
  readonly isSignedOff: boolean;
};

/** Whether a filter selects an invoice on a day: what the SQL of a filter means, said without a database. */
export function matches(condition: Condition, facts: InvoiceFacts, today: PlainDate): boolean {
  switch (condition.kind) {
    case "all":
      return condition.of.every((part) => matches(part, facts, today));
    case "any":
      return condition.of.some((part) => matches(part, facts, today));
    case "not":
      return !matches(condition.of, facts, today);
    default:
      return passes(condition, facts, today);
  }
}

function passes(asked: Test, facts: InvoiceFacts, today: PlainDate): boolean {
  switch (asked.field) {
    case "status":
      return asked.test.includes(facts.status);
    case "paymentStatus":
      return asked.test.includes(facts.paymentStatus);
    case "documentKind":
      return asked.test.includes(facts.documentKind);
    case "origin":
      return asked.test.includes(facts.origin);
    case "customerIds":
      return asked.test.includes(facts.customerId);
    case "customerName":
      return contains(facts.customerName, asked.test);
    case "customField":
      return passesCustomField(asked.test, facts.customFields[asked.test.key]);
    case "contractIds":
      return facts.contractIds.some((id) => asked.test.includes(id));
    case "productIds":
      return facts.productIds.some((id) => asked.test.includes(id));
    case "currencies":
      return asked.test.includes(facts.currency);
    case "billingMonth":
      return isWithin(monthsOf(asked.test, today), facts.billingMonth);
    case "net":
      return isAmount(asked.test, facts.netTotal, facts.currency);
    case "gross":
      return isAmount(asked.test, facts.grossTotal, facts.currency);
    case "due":
      return isAmount(asked.test, dueAmount(facts), facts.currency);
    case "number": {
      const { prefix, from, through } = asked.test;
      return (
        facts.number !== null && facts.number.startsWith(prefix ?? "") && isWithin({ from, through }, facts.number)
      );
    }
    case "issuedOn":
      return isDay(asked.test, facts.issuedOn, today);
    case "dueOn":
      return isDay(asked.test, facts.dueOn, today);
    case "billsOn":
      return isDay(asked.test, facts.billsOn, today);
    case "servedOn": {
      const { from, through } = daysOf(asked.test, today);
      return (
        (through === null || facts.serviceStartsOn <= through) && (from === null || facts.serviceEndsBefore > from)
      );
    }
    case "poNumber": {
      const { exists, equals, prefix } = asked.test;
      const text = facts.poNumber;
      return (
        (exists === null || (text !== null) === exists) &&
        (equals === null || text === equals) &&
        (prefix === null || (text?.startsWith(prefix) ?? false))
      );
    }
    case "search":
      return contains(facts.customerName, asked.test) || contains(facts.number ?? "", asked.test);
    case "isStale":
      return facts.staleReasons.length > 0 === asked.test;
    case "staleReasons":
      return facts.staleReasons.some((reason) => asked.test.includes(reason));
    case "isBlocked":
      return facts.blockers.length > 0 === asked.test;
    case "blockers":
      return facts.blockers.some((blocker) => asked.test.includes(blocker));
    case "isDisputed":
      return facts.isDisputed === asked.test;
    case "isPromised":
      return facts.isPromised === asked.test;
    case "isSent":
      return facts.isSent === asked.test;
    case "hasFailedMail":
      return facts.hasFailedMail === asked.test;
    case "isOverdue":
      return isOverdue(facts, today) === asked.test;
    case "flagged":
      return facts.isFlagged === asked.test;
    case "isSignedOff":
      return facts.isSignedOff === asked.test;
    default:
      return unreachable(asked);
  }
}

/** Issued, asking for money that has not all come, and its day has passed. What was written off is asked for no more. */
const isOverdue = ({ status, documentKind, paymentStatus, dueOn }: InvoiceFacts, today: PlainDate): boolean =>
  (status === "finalized" || status === "sent") &&
  documentKind === "invoice" &&
  (paymentStatus === "unpaid" || paymentStatus === "partially_paid") &&
  dueOn !== null &&
  dueOn < today;

/** Nothing is due on what is not issued, or voided. */
const dueAmount = ({ number, status, grossTotal, settledTotal }: InvoiceFacts): string =>
  number === null || status === "voided" ? "0" : new Decimal(grossTotal).minus(settledTotal).toFixed();

const contains = (text: string, part: string): boolean => text.toLowerCase().includes(part.toLowerCase());

const isWithin = <T extends string>({ from, through }: Range<T>, value: T): boolean =>
  (from === null || value >= from) && (through === null || value <= through);

const isDay = (test: DayTest, day: PlainDate | null, today: PlainDate): boolean =>
  day !== null && isWithin(daysOf(test, today), day);

const isAmount = ({ from, through, currency }: AmountTest, amount: string, own: CurrencyCode): boolean =>
  (currency === null || currency === own) && isBetween(amount, from, through);

const isBetween = (amount: string, from: string | null, through: string | null): boolean =>
  (from === null || new Decimal(amount).greaterThanOrEqualTo(from)) &&
  (through === null || new Decimal(amount).lessThanOrEqualTo(through));

function passesCustomField(asked: CustomFieldTest, value: unknown): boolean {
  const isThere = value !== undefined && value !== null;
  if (asked.exists !== null && asked.exists !== isThere) return false;
  if (asked.in === null && !asksNumber(asked) && !asksDay(asked)) return true;
  const values = Array.isArray(value) ? value : [value];
  return values.some((each) => passesValue(asked, textOf(each), typeof each === "number"));
}

const asksNumber = ({ numberFrom, numberThrough }: CustomFieldTest) => numberFrom !== null || numberThrough !== null;
const asksDay = ({ dayFrom, dayThrough }: CustomFieldTest) => dayFrom !== null || dayThrough !== null;

/** As text, whatever it is; null for what is no single value. */
function textOf(value: unknown): string | null {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return String(value);
  return typeof value === "number" ? new Decimal(value).toFixed() : null;
}

/** Custom fields are the customer's own: what is kept as text counts as the number or the day that it reads as. */
export const NUMBER_TEXT = /^-?\d{1,28}(\.\d{1,12})?$/;
export const DAY_TEXT = /^[1-9]\d{3}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

function passesValue(asked: CustomFieldTest, text: string | null, isNumber: boolean): boolean {
  if (text === null || (asked.in !== null && !asked.in.includes(text))) return false;
  const { numberFrom, numberThrough, dayFrom: from, dayThrough: through } = asked;
  if (asksNumber(asked) && !((isNumber || NUMBER_TEXT.test(text)) && isBetween(text, numberFrom, numberThrough)))
    return false;
  return !asksDay(asked) || (DAY_TEXT.test(text) && isWithin({ from, through }, text as PlainDate));
}
