import type { PlainDate } from "../../domain/calendar/plain-date";
import { firstDayOf, type PlainMonth } from "../../domain/calendar/plain-month";
import { type Condition, isEverything, type Test } from "../../domain/view/condition";
import { normalize } from "../../domain/view/normalize";
import { query } from "../../platform/database/transaction";
import { customersOfFilters, Parameters, whereSql } from "./filter-sql.store";
import type { OrderStep, SortKey } from "./invoice-order";

/** How a key is read: `type` is that of its parameter; what may be empty comes last in either direction. */
type Key = { readonly sql: string; readonly type: string; readonly mayBeEmpty?: true; readonly join?: string };

const CUSTOMER =
  "JOIN customer ON customer.organization_id = invoice.organization_id AND customer.id = invoice.customer_id";
const CONTRACT =
  "LEFT JOIN contract ON contract.organization_id = invoice.organization_id AND contract.id = invoice.contract_id";

const KEYS: { readonly [K in SortKey]: Key } = {
  customer: { sql: "customer.legal_name", type: "text", join: CUSTOMER },
  number: { sql: 'invoice.number COLLATE "C"', type: "text", mayBeEmpty: true },
  status: { sql: "invoice.status", type: "text" },
  paymentStatus: { sql: "invoice.payment_status", type: "text" },
  currency: { sql: "invoice.currency", type: "bpchar" },
  kind: { sql: "invoice.document_kind", type: "text" },
  billingMonth: { sql: "invoice.billing_month", type: "date" },
  contract: { sql: "contract.number", type: "text", mayBeEmpty: true, join: CONTRACT },
  billsOn: { sql: "invoice.bills_on", type: "date" },
  servicePeriod: { sql: "invoice.service_starts_on", type: "date" },
  issuedOn: { sql: "invoice.issued_on", type: "date", mayBeEmpty: true },
  dueOn: { sql: "invoice.due_on", type: "date", mayBeEmpty: true },
  poNumber: { sql: "invoice.po_number", type: "text", mayBeEmpty: true },
  net: { sql: "invoice.net_total", type: "numeric" },
  tax: { sql: "invoice.tax_total", type: "numeric" },
  gross: { sql: "invoice.gross_total", type: "numeric" },
  due: {
    sql: "(CASE WHEN invoice.number IS NULL OR invoice.status = 'voided' THEN 0 ELSE invoice.gross_total - invoice.settled_total END)",
    type: "numeric",
  },
};

type Step = Key & { readonly isDescending: boolean };

/** The keys that decide an order; the id, in the direction of the last of them, settles the rest. */
function stepsOf(order: readonly OrderStep[], asked: Condition): Step[] {
  const steps = order.map(({ by, direction }) => {
    const { mayBeEmpty, ...key } = KEYS[by];
    return {
      ...key,
      ...(mayBeEmpty && !isAlwaysThere(by, asked) && { mayBeEmpty }),
      isDescending: direction === "descending",
    };
  });
  return [...steps, { sql: "invoice.id", type: "uuid", isDescending: steps.at(-1)?.isDescending ?? false }];
}

/** Whether a filter selects only what has a key: then nothing is empty, and an index is read in either direction. */
function isAlwaysThere(key: SortKey, asked: Condition): boolean {
  const parts = asked.kind === "all" ? asked.of : [asked];
  return parts.some((part) => part.kind === "test" && isThereWith(key, part));
}

function isThereWith(key: SortKey, asked: Test): boolean {
  if (key === "poNumber") return asked.field === "poNumber" && asked.test.exists !== false;
  if (asked.field === "isOverdue") return asked.test && (key === "dueOn" || key === "issuedOn" || key === "number");
  if (asked.field === "dueOn") return key === "dueOn" || key === "issuedOn" || key === "number";
  if (key !== "issuedOn" && key !== "number") return false;
  if (asked.field === "status") return asked.test.every((status) => status !== "draft" && status !== "in_progress");
  return asked.field === "issuedOn" || asked.field === "number";
}

/** Where a row stands in its order: null where a key is empty there. */
export type RowPosition = readonly (string | null)[];

export type ListedInvoice = { readonly id: string; readonly position: RowPosition };

/** What is asked of a list: the filter without what a comparison answers. */
export type InvoiceQuestion = {
  readonly condition: Condition;
  readonly today: PlainDate;
};

/** A page of invoices in an order, after a position of it. Where they begin is found by index, however far in that is. */
export async function pageOfInvoices(
  { condition, today }: InvoiceQuestion,
  page: { readonly order: readonly OrderStep[]; readonly limit: number; readonly after: RowPosition | null },
): Promise<ListedInvoice[]> {
  const asked = normalize(condition);
  const customers = await customersOfFilters([asked]);
  const parameters = new Parameters();
  const steps = stepsOf(page.order, asked);
  const isCustomerJoined = steps.some(({ join }) => join === CUSTOMER);
  const where = whereSql(asked, parameters, { today, customers, isCustomerJoined });
  const beyond = page.after === null ? "true" : afterSql(steps, page.after, parameters);
  const direction = ({ isDescending, mayBeEmpty }: Step) =>
    isDescending ? (mayBeEmpty ? "DESC NULLS LAST" : "DESC") : "ASC";
  const { rows } = await query<ListedInvoice>(
    `SELECT invoice.id, ARRAY[${steps.map(({ sql }) => `(${sql})::text`).join(", ")}] AS position
     FROM invoice ${joinsOf(steps)}
     WHERE ${where} AND ${beyond}
     ORDER BY ${steps.map((step) => `${step.sql} ${direction(step)}`).join(", ")} LIMIT ${parameters.add(page.limit, "int")}`,
    parameters.values,
  );
  return rows;
}

const joinsOf = (steps: readonly Step[]): string => [...new Set(steps.flatMap(({ join }) => join ?? []))].join(" ");

/** Rows behind a position. Keys that are never empty and go one way are compared as one, which an index can begin at. */
function afterSql(steps: readonly Step[], after: RowPosition, parameters: Parameters): string {
  const [first] = steps;
  const values = steps.map(({ type }, index) => (after[index] === null ? null : parameters.add(after[index], type)));
  const isUniform = steps.every(({ mayBeEmpty, isDescending }) => !mayBeEmpty && isDescending === first?.isDescending);
  if (isUniform) {
    return `(${steps.map(({ sql }) => sql).join(", ")}) ${first?.isDescending ? "<" : ">"} (${values.join(", ")})`;
  }
  const behind = steps.map((step, index) => {
    const same = steps.slice(0, index).map(({ sql }, place) => isSame(sql, values[place] ?? null));
    return `(${[...same, isBehind(step, values[index] ?? null)].join(" AND ")})`;
  });
  return `(${behind.join(" OR ")})${first ? ` AND ${startsAt(first, values[0] ?? null)}` : ""}`;
}

const isSame = (sql: string, value: string | null): string => (value === null ? `${sql} IS NULL` : `${sql} = ${value}`);

function isBehind({ sql, isDescending, mayBeEmpty }: Step, value: string | null): string {
  if (value === null) return "false";
  const behind = `${sql} ${isDescending ? "<" : ">"} ${value}`;
  return mayBeEmpty ? `(${behind} OR ${sql} IS NULL)` : behind;
}

/** Says again, of the first key alone, where the page begins: what an index understands. */
function startsAt({ sql, isDescending, mayBeEmpty }: Step, value: string | null): string {
  if (value === null) return `${sql} IS NULL`;
  const from = `${sql} ${isDescending ? "<=" : ">="} ${value}`;
  return mayBeEmpty ? `(${from} OR ${sql} IS NULL)` : from;
}

/** The ids of all that a filter selects, in an order. */
export async function idsOfInvoices(
  { condition, today }: InvoiceQuestion,
  { order, limit }: { readonly order: readonly OrderStep[]; readonly limit: number },
): Promise<string[]> {
  return (await pageOfInvoices({ condition, today }, { order, limit, after: null })).map(({ id }) => id);
}

/** Which invoices of some months filters select, one answer for each; null: all of them. One statement, or none. */
export async function selectedOfMonths(
  asked: readonly { readonly condition: Condition; readonly months: readonly PlainMonth[] }[],
  today: PlainDate,
): Promise<(ReadonlySet<string> | null)[]> {
  const conditions = asked.map(({ condition }) => normalize(condition));
  if (conditions.every(isEverything)) return conditions.map(() => null);
  const customers = await customersOfFilters(conditions);
  const parameters = new Parameters();
  const selections = conditions.flatMap((condition, index) => {
    if (isEverything(condition)) return [];
    const months = parameters.add(asked[index]?.months.map(firstDayOf) ?? [], "date[]");
    const where = whereSql(condition, parameters, { today, customers });
    return [
      `SELECT ${index} AS place, invoice.id FROM invoice WHERE invoice.billing_month = ANY (${months}) AND ${where}`,
    ];
  });
  const { rows } = await query<{ place: number; id: string }>(selections.join(" UNION ALL "), parameters.values);
  const found = conditions.map((condition) => (isEverything(condition) ? null : new Set<string>()));
  for (const { place, id } of rows) found[place]?.add(id);
  return found;
}

/** Counted no further than this: beyond, "1,000+" says enough. */
export const COUNT_CAP = 1_000;

export type CappedCount = {
  readonly count: number;
  readonly isCapped: boolean;
  /** of what was counted, by currency; null where it is only a part. What is voided counts as zero */
  readonly totals: readonly { readonly currency: string; readonly net: string; readonly gross: string }[] | null;
};

/** How many invoices each of many filters selects, up to the cap: all in one statement. */
export async function countInvoices(conditions: readonly Condition[], today: PlainDate): Promise<CappedCount[]> {
  if (conditions.length === 0) return [];
  const normal = conditions.map(normalize);
  const customers = await customersOfFilters(normal);
  const parameters = new Parameters();
  const counts = normal.map((condition, index) => {
    const where = whereSql(condition, parameters, { today, customers });
    return `SELECT ${index} AS place, currency, count(*)::int AS count, sum(net)::text AS net, sum(gross)::text AS gross FROM (
      SELECT invoice.currency, CASE WHEN invoice.status = 'voided' THEN 0 ELSE invoice.net_total END AS net,
        CASE WHEN invoice.status = 'voided' THEN 0 ELSE invoice.gross_total END AS gross
      FROM invoice WHERE ${where} LIMIT ${COUNT_CAP + 1}) AS counted GROUP BY currency`;
  });
  type Row = { place: number; currency: string; count: number; net: string; gross: string };
  const { rows } = await query<Row>(counts.join(" UNION ALL "), parameters.values);
  return normal.map((_, index) => {
    const own = rows.filter(({ place }) => place === index).sort((a, b) => (a.currency < b.currency ? -1 : 1));
    const count = own.reduce((sum, row) => sum + row.count, 0);
    const isCapped = count > COUNT_CAP;
    const totals = own.map(({ currency, net, gross }) => ({ currency, net, gross }));
    return { count: Math.min(count, COUNT_CAP), isCapped, totals: isCapped ? null : totals };
  });
}
