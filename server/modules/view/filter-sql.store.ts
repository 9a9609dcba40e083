import type { PlainDate } from "../../domain/calendar/plain-date";
import { firstDayOf, type PlainMonth } from "../../domain/calendar/plain-month";
import { unreachable } from "../../domain/unreachable";
import type { AmountTest, Condition, CustomFieldTest, DayTest, Test, TestOf } from "../../domain/view/condition";
import { DAY_TEXT, NUMBER_TEXT } from "../../domain/view/matches";
import { daysOf, monthsOf, type Range } from "../../domain/view/ranges";
import { query } from "../../platform/database/transaction";
import { isId } from "../../platform/ids";

/**
 * The one way from a filter to SQL. Everything that came from outside is a parameter, column and operators are written
 * here. What an index shall find is asked with leakproof operators alone (equality, days, text in the order of
 * characters, ids), as under row-level security no other one reaches an index; numbers, lists and JSON are looked at
 * row by row within what those leave over.
 */

/** The values of a statement, in the order of their places. */
export class Parameters {
  readonly values: unknown[] = [];

  add(value: unknown, type: string): string {
    this.values.push(value);
    return `$${this.values.length}::${type}`;
  }
}

type CustomerTest = TestOf<"customerName"> | TestOf<"customField"> | TestOf<"search">;

/** Who passes the tests of customers: their ids where they are few, "many" otherwise. */
export type CustomersFound = ReadonlyMap<string, readonly string[] | "many">;

/** What a filter is read with. */
export type FilterScope = {
  readonly today: PlainDate;
  readonly customers: CustomersFound;
  /** whether `customer` is joined to the invoice, as it is where it decides the order */
  readonly isCustomerJoined?: boolean;
};

/** From here on invoices are walked through and their customers looked up, instead of customers and their invoices. */
const FEW_CUSTOMERS = 500;

/**
 * Looks up the customers that these filters speak of by name or custom field, in one statement. They are far fewer than
 * invoices, and knowing how many they are decides how invoices are found best.
 */
export async function customersOfFilters(conditions: readonly Condition[]): Promise<CustomersFound> {
  const tests = new Map(conditions.flatMap(customerTests).map((asked) => [keyOf(asked), asked]));
  if (tests.size === 0) return new Map();
  const parameters = new Parameters();
  const columns = [...tests.values()].map(
    (asked) =>
      `ARRAY(SELECT customer.id FROM customer WHERE ${customerSql(asked, parameters)} LIMIT ${FEW_CUSTOMERS + 1})`,
  );
  const { rows } = await query<{ found: string[][] }>(
    `SELECT ARRAY[${columns.map((column) => `array_to_json(${column})`).join(", ")}]::json[] AS found`,
    parameters.values,
  );
  const found = rows[0]?.found ?? [];
  return new Map(
    [...tests.keys()].map((key, index) => {
      const ids = found[index] ?? [];
      return [key, ids.length > FEW_CUSTOMERS ? "many" : ids];
    }),
  );
}

function customerTests(condition: Condition): CustomerTest[] {
  if (condition.kind === "not") return customerTests(condition.of);
  if (condition.kind !== "test") return condition.of.flatMap(customerTests);
  const isOfCustomers = ["customerName", "customField", "search"].includes(condition.field);
  return isOfCustomers ? [condition as CustomerTest] : [];
}

const keyOf = ({ field, test }: CustomerTest): string =>
  JSON.stringify([field === "search" ? "customerName" : field, test]);

function customerSql(asked: CustomerTest, parameters: Parameters): string {
  return asked.field === "customField"
    ? customFieldSql(asked.test, parameters)
    : `position(lower(${parameters.add(asked.test, "text")}) IN lower(customer.legal_name)) > 0`;
}

/** A condition over `invoice`. Null counts as false where it is asked for, and as true where it is not. */
export function whereSql(condition: Condition, parameters: Parameters, scope: FilterScope): string {
  switch (condition.kind) {
    case "all":
      return joined(condition.of, " AND ", "true");
    case "any":
      return joined(condition.of, " OR ", "false");
    case "not":
      return `(${whereSql(condition.of, parameters, scope)}) IS NOT TRUE`;
    default:
      return testSql(condition, parameters, scope);
  }

  function joined(parts: readonly Condition[], word: string, none: string): string {
    if (parts.length === 0) return none;
    return `(${parts.map((part) => whereSql(part, parameters, scope)).join(word)})`;
  }
}

function testSql(asked: Test, parameters: Parameters, scope: FilterScope): string {
  const text = (value: string) => parameters.add(value, "text");
  const oneOf = (column: string, values: readonly string[], type = "text") =>
    values.length === 1
      ? `${column} = ${parameters.add(values[0], type)}`
      : `${column} = ANY (${parameters.add(values, `${type}[]`)})`;
  const oneOfIds = (column: string, ids: readonly string[]) => {
    const known = ids.filter(isId);
    return known.length === 0 ? "false" : oneOf(column, known, "uuid");
  };
  switch (asked.field) {
    case "status":
      return oneOf("invoice.status", asked.test);
    case "paymentStatus":
      return oneOf("invoice.payment_status", asked.test);
    case "documentKind":
      return oneOf("invoice.document_kind", asked.test);
    case "origin":
      return oneOf("invoice.origin", asked.test);
    case "currencies":
      return oneOf("invoice.currency", asked.test, "bpchar");
    case "customerIds":
      return oneOfIds("invoice.customer_id", asked.test);
    case "customerName":
    case "customField":
      return ofCustomers(asked, parameters, scope);
    case "search":
      return `(${ofCustomers(asked, parameters, scope)} OR position(lower(${text(asked.test)}) IN lower(invoice.number)) > 0)`;
    case "contractIds":
      // A document of several contracts names them on its lines.
      return `(${oneOfIds("invoice.contract_id", asked.test)} OR invoice.contract_id IS NULL AND invoice.id = ANY (ARRAY(
        SELECT line.invoice_id FROM invoice_line AS line WHERE ${oneOfIds("line.contract_id", asked.test)})))`;
    case "productIds":
      return `EXISTS (SELECT FROM invoice_line AS line WHERE line.organization_id = invoice.organization_id AND line.invoice_id = invoice.id
        AND ${oneOfIds("line.product_id", asked.test)})`;
    case "billingMonth": {
      const { from, through } = monthsOf(asked.test, scope.today);
      const first = (month: PlainMonth | null) => month && firstDayOf(month);
      return between("invoice.billing_month", { from: first(from), through: first(through) }, "date", parameters);
    }
    case "net":
      return amountSql("invoice.net_total", asked.test, parameters);
    case "gross":
      return amountSql("invoice.gross_total", asked.test, parameters);
    case "due":
      return amountSql(
        "CASE WHEN invoice.number IS NULL OR invoice.status = 'voided' THEN 0 ELSE invoice.gross_total - invoice.settled_total END",
        asked.test,
        parameters,
      );
    case "number": {
      const { prefix, from, through } = asked.test;
      const column = 'invoice.number COLLATE "C"';
      // No character comes after the last one, so what begins with the prefix lies before it.
      const ofPrefix =
        prefix === null ? [] : [between(column, { from: prefix, through: `${prefix}\u{10FFFF}` }, "text", parameters)];
      const ofRange = from === null && through === null ? [] : [between(column, { from, through }, "text", parameters)];
      return both([...ofPrefix, ...ofRange]);
    }
    case "issuedOn":
      return dayColumn("invoice.issued_on", asked.test, parameters, scope);
    case "dueOn":
      return dayColumn("invoice.due_on", asked.test, parameters, scope);
    case "billsOn":
      return dayColumn("invoice.bills_on", asked.test, parameters, scope);
    case "servedOn": {
      const { from, through } = daysOf(asked.test, scope.today);
      const bounds = [
        ...(through === null ? [] : [`invoice.service_starts_on <= ${parameters.add(through, "date")}`]),
        ...(from === null ? [] : [`invoice.service_ends_before > ${parameters.add(from, "date")}`]),
      ];
      return both(bounds);
    }
    case "poNumber": {
      const { exists, equals, prefix } = asked.test;
      const asks = [
        ...(exists === null ? [] : [`invoice.po_number IS ${exists ? "NOT NULL" : "NULL"}`]),
        ...(equals === null ? [] : [`invoice.po_number = ${text(equals)}`]),
        ...(prefix === null ? [] : [`starts_with(invoice.po_number, ${text(prefix)})`]),
      ];
      return both(asks);
    }
    case "isStale":
      return `invoice.stale_since IS ${asked.test ? "NOT NULL" : "NULL"}`;
    case "staleReasons":
      return `(invoice.stale_since IS NOT NULL AND invoice.stale_reasons && ${parameters.add(asked.test, "text[]")})`;
    case "isBlocked":
      return `invoice.blockers ${asked.test ? "<>" : "="} '{}'`;
    case "blockers":
      return `(invoice.number IS NULL AND invoice.blockers && ${parameters.add(asked.test, "text[]")})`;
    case "isDisputed":
      return `invoice.disputed_at IS ${asked.test ? "NOT NULL" : "NULL"}`;
    case "isPromised":
      return `invoice.promised_on IS ${asked.test ? "NOT NULL" : "NULL"}`;
    case "isSent":
      return `invoice.sent_at IS ${asked.test ? "NOT NULL" : "NULL"}`;
    case "hasFailedMail":
      return `${asked.test ? "" : "NOT "}EXISTS (${LAST_MAIL_FAILED})`;
    case "isOverdue": {
      const overdue = `(invoice.due_on < ${parameters.add(scope.today, "date")} AND invoice.payment_status IN ('unpaid', 'partially_paid')
        AND invoice.status IN ('finalized', 'sent') AND invoice.document_kind = 'invoice')`;
      return asked.test ? overdue : `${overdue} IS NOT TRUE`;
    }
    case "flagged":
    case "isSignedOff":
      throw new Error(`${asked.field} is answered by a comparison, not by SQL: split the filter first`);
    default:
      return unreachable(asked);
  }
}

/** The last mail that should have brought an invoice to its customer. */
const LAST_MAIL_FAILED = `SELECT FROM delivery AS mail
  WHERE mail.organization_id = invoice.organization_id AND mail.invoice_id = invoice.id AND mail.purpose IN ('invoice', 'resend')
    AND mail.status = 'failed' AND NOT EXISTS (
      SELECT FROM delivery AS later
      WHERE later.organization_id = mail.organization_id AND later.invoice_id = mail.invoice_id AND later.purpose IN ('invoice', 'resend')
        AND (later.queued_at, later.id) > (mail.queued_at, mail.id))`;

/**
 * The few are named, so that their invoices are found by index. Many are gathered once and looked up while invoices are
 * walked through: IS TRUE keeps the planner from joining instead, which it would choose by a guess about JSON.
 */
function ofCustomers(asked: CustomerTest, parameters: Parameters, scope: FilterScope): string {
  const found = scope.customers.get(keyOf(asked));
  if (found === undefined) throw new Error(`customersOfFilters did not see ${keyOf(asked)}`);
  if (found !== "many") {
    return found.length === 0 ? "false" : `invoice.customer_id = ANY (${parameters.add(found, "uuid[]")})`;
  }
  if (scope.isCustomerJoined) return customerSql(asked, parameters);
  return `(invoice.customer_id IN (SELECT customer.id FROM customer WHERE ${customerSql(asked, parameters)})) IS TRUE`;
}

/** All parts of a test; one that asks nothing is passed by everything. */
const both = (parts: readonly string[]): string => (parts.length === 0 ? "true" : `(${parts.join(" AND ")})`);

function between<T extends string>(
  column: string,
  { from, through }: Range<T>,
  type: string,
  parameters: Parameters,
): string {
  if (from !== null && from === through) return `${column} = ${parameters.add(from, type)}`;
  const bounds = [
    ...(from === null ? [] : [`${column} >= ${parameters.add(from, type)}`]),
    ...(through === null ? [] : [`${column} <= ${parameters.add(through, type)}`]),
  ];
  return bounds.length === 0 ? `${column} IS NOT NULL` : `(${bounds.join(" AND ")})`;
}

const dayColumn = (column: string, test: DayTest, parameters: Parameters, { today }: FilterScope): string =>
  between(column, daysOf(test, today), "date", parameters);

function amountSql(amount: string, { from, through, currency }: AmountTest, parameters: Parameters): string {
  const range =
    from === null && through === null ? [] : [between(`(${amount})`, { from, through }, "numeric", parameters)];
  const own = currency === null ? [] : [`invoice.currency = ${parameters.add(currency, "bpchar")}`];
  return both([...own, ...range]);
}

/** CASE decides before a cast is tried: a text that is no number is never read as one. */
const guarded = (text: string, pattern: string, reading: string): string =>
  `CASE WHEN ${text} ~ '${pattern}' THEN ${reading} ELSE false END`;

function customFieldSql(asked: CustomFieldTest, parameters: Parameters): string {
  const value = `(customer.custom_fields -> ${parameters.add(asked.key, "text")})`;
  const isThere = `coalesce(jsonb_typeof(${value}), 'null') <> 'null'`;
  const existence = asked.exists === null ? [] : [asked.exists ? isThere : `NOT (${isThere})`];
  const passes = valueAsk(asked, parameters);
  if (passes === null) return both(existence);
  const content = `CASE jsonb_typeof(${value})
    WHEN 'array' THEN EXISTS (SELECT FROM jsonb_array_elements(${value}) AS each (value) WHERE ${passes("each.value")})
    ELSE ${passes(value)} END`;
  return both([...existence, content]);
}

/**
 * What a single value is asked; null: nothing. Numbers are read as text without the zeros that JSON may keep, and days
 * compared as text: in this form they sort as days do, and no cast meets a 30 February.
 */
function valueAsk(asked: CustomFieldTest, parameters: Parameters): ((value: string) => string) | null {
  const values = asked.in === null ? null : parameters.add(asked.in, "text[]");
  const numbers = boundsOf({ from: asked.numberFrom, through: asked.numberThrough }, "numeric", parameters);
  const days = boundsOf({ from: asked.dayFrom, through: asked.dayThrough }, "text", parameters);
  if (values === null && numbers === null && days === null) return null;
  const isOneOf = (text: string) => (values === null ? [] : [`${text} = ANY (${values})`]);
  return (value) => {
    const text = `(${value} #>> '{}')`;
    const asText = [
      ...isOneOf(text),
      ...(numbers === null ? [] : [guarded(text, NUMBER_TEXT.source, numbers(`${text}::numeric`))]),
      ...(days === null ? [] : [guarded(text, DAY_TEXT.source, days(`${text} COLLATE "C"`))]),
    ];
    const asNumber =
      days !== null
        ? ["false"]
        : [
            ...isOneOf(`trim_scale(${text}::numeric)::text`),
            ...(numbers === null ? [] : [numbers(`${text}::numeric`)]),
          ];
    const asTruth = numbers !== null || days !== null ? ["false"] : isOneOf(text);
    return `CASE jsonb_typeof(${value}) WHEN 'string' THEN ${asText.join(" AND ")} WHEN 'number' THEN ${asNumber.join(" AND ")}
      WHEN 'boolean' THEN ${asTruth.join(" AND ")} ELSE false END`;
  };
}

/** Bounds for whatever text is compared, each a parameter once; null: there are none. */
function boundsOf(
  { from, through }: Range<string>,
  type: string,
  parameters: Parameters,
): ((text: string) => string) | null {
  const bounds = [
    ...(from === null ? [] : [`>= ${parameters.add(from, type)}`]),
    ...(through === null ? [] : [`<= ${parameters.add(through, type)}`]),
  ];
  return bounds.length === 0 ? null : (text) => `(${bounds.map((bound) => `${text} ${bound}`).join(" AND ")})`;
}
