import { formatDay, formatMonth } from "../calendar/format";
import type { PlainDate } from "../calendar/plain-date";
import type { PlainMonth } from "../calendar/plain-month";
import { unreachable } from "../unreachable";
import type { AmountTest, Condition, CustomFieldTest, DayTest, MonthTest, Test } from "./condition";
import type { Range } from "./ranges";

/** What people call the records that a filter names by id. */
export type FilterNames = {
  readonly customers: (id: string) => string | null;
  readonly contracts: (id: string) => string | null;
  readonly products: (id: string) => string | null;
};

const STATUS_WORDS = {
  in_progress: "invoices in progress",
  draft: "drafts",
  finalized: "finalized invoices",
  sent: "sent invoices",
  voided: "voided invoices",
} as const;

const NAMED_AT_MOST = 3;

/**
 * A filter as a person would say it: "Drafts in GBP", "Flagged invoices of Acme Ltd", "Sent invoices; either overdue
 * invoices, or disputed invoices; but not invoices of Acme Ltd", "All invoices".
 */
export function filterInWords(condition: Condition, names: FilterNames): string {
  const said = phrase(condition, names);
  return said === "invoices" ? "All invoices" : said.charAt(0).toUpperCase() + said.slice(1);
}

type Words = {
  readonly states: string[];
  readonly subjects: string[];
  readonly places: string[];
  readonly clauses: string[];
};

function phrase(condition: Condition, names: FilterNames): string {
  const words: Words = { states: [], subjects: [], places: [], clauses: [] };
  collect(condition, words, names);
  const subject = words.subjects.length === 0 ? "invoices" : words.subjects.join(" that are ");
  return [[...words.states, subject, ...words.places].join(" "), ...words.clauses].join("; ");
}

/** In brackets where it has clauses of its own, which would be taken for those of the whole. */
function nested(condition: Condition, names: FilterNames): string {
  const said = phrase(condition, names);
  return said.includes("; ") ? `(${said})` : said;
}

function collect(condition: Condition, words: Words, names: FilterNames): void {
  switch (condition.kind) {
    case "all":
      for (const part of condition.of) collect(part, words, names);
      return;
    case "any":
      if (condition.of.length === 0) words.clauses.push("of which there are none");
      else if (condition.of.length === 1)
        condition.of.forEach((part) => {
          collect(part, words, names);
        });
      else words.clauses.push(`either ${condition.of.map((part) => nested(part, names)).join(", or ")}`);
      return;
    case "not":
      words.clauses.push(`but not ${nested(condition.of, names)}`);
      return;
    default:
      say(condition, words, names);
  }
}

function say(asked: Test, { states, subjects, places }: Words, names: FilterNames): void {
  const answer = (isAsked: boolean, yes: string, no: string) => states.push(isAsked ? yes : no);
  switch (asked.field) {
    case "status":
      subjects.push(
        inARow(
          asked.test.map((status) => STATUS_WORDS[status]),
          "or nothing",
        ),
      );
      return;
    case "paymentStatus":
      states.push(
        inARow(
          asked.test.map((status) => status.replace("_", " ")),
          "",
          "or",
        ),
      );
      return;
    case "documentKind":
      subjects.push(inARow(asked.test.map((kind) => (kind === "invoice" ? "invoices" : "credit notes"))));
      return;
    case "origin":
      states.push(
        inARow(
          asked.test.map((origin) => (origin === "one_off" ? "one-off" : "scheduled")),
          "",
          "or",
        ),
      );
      return;
    case "customerIds":
      places.push(`of ${named(asked.test, names.customers, "customers")}`);
      return;
    case "customerName":
      places.push(`of customers named “${asked.test}”`);
      return;
    case "customField":
      places.push(customFieldInWords(asked.test));
      return;
    case "contractIds":
      places.push(`under ${named(asked.test, names.contracts, "contracts")}`);
      return;
    case "productIds":
      places.push(`with ${named(asked.test, names.products, "products")}`);
      return;
    case "currencies":
      places.push(`in ${inARow(asked.test)}`);
      return;
    case "billingMonth":
      places.push(`for ${monthsInWords(asked.test)}`);
      return;
    case "net":
    case "gross":
    case "due":
      places.push(`with ${asked.field} ${amountInWords(asked.test)}`);
      return;
    case "number": {
      const { prefix, from, through } = asked.test;
      if (prefix !== null) places.push(`numbered ${prefix}…`);
      if (from !== null || through !== null) places.push(`numbered ${rangeInWords({ from, through }, (text) => text)}`);
      return;
    }
    case "issuedOn":
      places.push(`issued ${daysInWords(asked.test)}`);
      return;
    case "dueOn":
      places.push(`due ${daysInWords(asked.test)}`);
      return;
    case "billsOn":
      places.push(`billed ${daysInWords(asked.test)}`);
      return;
    case "servedOn":
      places.push(`serving ${daysInWords(asked.test)}`);
      return;
    case "poNumber": {
      const { exists, equals, prefix } = asked.test;
      if (exists !== null) places.push(exists ? "with a PO number" : "without a PO number");
      if (equals !== null) places.push(`with PO number ${equals}`);
      if (prefix !== null) places.push(`with PO number ${prefix}…`);
      return;
    }
    case "search":
      places.push(`matching “${asked.test}”`);
      return;
    case "isStale":
      answer(asked.test, "stale", "up-to-date");
      return;
    case "staleReasons":
      places.push(`stale by ${inARow(asked.test.map(spaced), "", "or")}`);
      return;
    case "isBlocked":
      answer(asked.test, "blocked", "unblocked");
      return;
    case "blockers":
      places.push(`blocked by ${inARow(asked.test.map(spaced), "", "or")}`);
      return;
    case "isDisputed":
      answer(asked.test, "disputed", "undisputed");
      return;
    case "isPromised":
      answer(asked.test, "promised", "unpromised");
      return;
    case "isSent":
      answer(asked.test, "mailed", "unmailed");
      return;
    case "hasFailedMail":
      places.push(asked.test ? "whose mail failed" : "without failed mail");
      return;
    case "isOverdue":
      answer(asked.test, "overdue", "not overdue");
      return;
    case "flagged":
      // First, as flags are what a reviewer looks for.
      states.unshift(asked.test ? "flagged" : "unflagged");
      return;
    case "isSignedOff":
      answer(asked.test, "signed-off", "unsigned");
      return;
    default:
      unreachable(asked);
  }
}

function customFieldInWords({ key, exists, ...asked }: CustomFieldTest): string {
  const said = [
    asked.in && inARow(asked.in, "", "or"),
    rangeInWords({ from: asked.numberFrom, through: asked.numberThrough }, grouped),
    rangeInWords({ from: asked.dayFrom, through: asked.dayThrough }, formatDay),
  ].filter((words) => words !== null && words !== "");
  if (said.length > 0) return `of customers with ${key} ${said.join(" and ")}`;
  return exists === false ? `of customers without ${key}` : `of customers with ${key}`;
}

function monthsInWords(asked: MonthTest): string {
  if (asked.kind === "between") return rangeInWords<PlainMonth>(asked, formatMonth);
  switch (asked.to) {
    case "this_month":
      return "this month";
    case "last_month":
      return "last month";
    case "months_ago":
      return asked.months === 1 ? "last month" : `the month ${asked.months} months ago`;
    case "last_n_months":
      return asked.months === 1 ? "last month" : `the last ${asked.months} months`;
    case "year_to_date":
      return "this year to date";
    default:
      return unreachable(asked.to);
  }
}

function daysInWords(asked: DayTest): string {
  if (asked.kind === "between") {
    const isOneDay = asked.from !== null && asked.from === asked.through;
    return `${isOneDay ? "on " : ""}${rangeInWords<PlainDate>(asked, formatDay)}`;
  }
  switch (asked.to) {
    case "today":
      return "today";
    case "this_month":
      return "this month";
    case "last_month":
      return "last month";
    case "year_to_date":
      return "this year to date";
    case "before_today":
      return "before today";
    case "after_today":
      return "after today";
    case "last_n_days":
      return `in the last ${days(asked.days)}`;
    case "next_n_days":
      return `in the next ${days(asked.days)}`;
    case "more_than_n_days_ago":
      return `more than ${days(asked.days)} ago`;
    default:
      return unreachable(asked.to);
  }
}

const days = (count: number): string => (count === 1 ? "1 day" : `${count} days`);

function amountInWords({ from, through, currency }: AmountTest): string {
  const range = rangeInWords({ from, through }, grouped);
  return [range, currency].filter((words) => words !== null && words !== "").join(" ");
}

/** "from 100 to 200", "from 100", "to 200", "100"; empty where there is no bound. */
function rangeInWords<T extends string>({ from, through }: Range<T>, write: (value: T) => string): string {
  if (from !== null && from === through) return write(from);
  return [from !== null ? `from ${write(from)}` : "", through !== null ? `to ${write(through)}` : ""]
    .filter((words) => words !== "")
    .join(" ");
}

const grouped = (amount: string): string => {
  const [whole = "", fraction] = amount.split(".");
  const thousands = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? thousands : `${thousands}.${fraction}`;
};

const spaced = (word: string): string => word.replaceAll("_", " ");

function inARow(words: readonly string[], none = "", last: "and" | "or" = "and"): string {
  if (words.length === 0) return none;
  return words.length === 1 ? (words[0] as string) : `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}`;
}

function named(ids: readonly string[], nameOf: (id: string) => string | null, plural: string): string {
  const names = ids.map(nameOf).filter((name) => name !== null);
  return ids.length > NAMED_AT_MOST || names.length === 0 ? `${ids.length} ${plural}` : inARow(names);
}
