import type { PlainDate } from "../../domain/calendar/plain-date";
import { groupBy } from "../../domain/group-by";
import { Decimal } from "../../domain/money/decimal";
import { organizationId, query } from "../../platform/database/transaction";
import { isId, newId } from "../../platform/ids";
import {
  DEFAULT_LEVELS,
  type OpenInvoice,
  type ReminderItem,
  type ReminderLevel,
  type ReminderSettings,
  type ReminderStop,
} from "./reminder";

// ── Settings ─────────────────────────────────────────────────────────────────────────────────────────────────────────

type SettingsRow = { isScheduled: boolean; localHour: number; tolerance: string; version: number };

async function readSettings(suffix: "" | "FOR UPDATE"): Promise<ReminderSettings> {
  const { rows } = await query<SettingsRow>(
    `SELECT is_scheduled AS "isScheduled", local_hour AS "localHour", tolerance, version FROM reminder_settings ${suffix}`,
  );
  const { rows: levels } = await query<ReminderLevel>(
    `SELECT level, name, days_after_due AS "daysAfterDue" FROM reminder_level ORDER BY level`,
  );
  const row = rows[0] ?? { isScheduled: false, localHour: 8, tolerance: "0", version: 0 };
  return { ...row, tolerance: new Decimal(row.tolerance), levels: levels.length > 0 ? levels : DEFAULT_LEVELS };
}

export const loadReminderSettings = (): Promise<ReminderSettings> => readSettings("");
export const lockReminderSettings = (): Promise<ReminderSettings> => readSettings("FOR UPDATE");

export async function saveReminderSettings(settings: ReminderSettings, now: Date): Promise<void> {
  const { isScheduled, localHour, tolerance, levels } = settings;
  await query(
    `INSERT INTO reminder_settings (organization_id, is_scheduled, local_hour, tolerance, updated_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (organization_id) DO UPDATE SET is_scheduled = excluded.is_scheduled, local_hour = excluded.local_hour,
       tolerance = excluded.tolerance, version = reminder_settings.version + 1, updated_at = excluded.updated_at`,
    [organizationId(), isScheduled, localHour, tolerance.toFixed(), now],
  );
  await query("DELETE FROM reminder_level");
  await query(
    `INSERT INTO reminder_level (organization_id, level, name, days_after_due)
     SELECT $1, * FROM unnest($2::int[], $3::text[], $4::int[])`,
    [
      organizationId(),
      levels.map(({ level }) => level),
      levels.map(({ name }) => name),
      levels.map(({ daysAfterDue }) => daysAfterDue),
    ],
  );
}

/** Looks for whom to remind in the organization's next morning. */
export async function remindNextMorning(localHour: number): Promise<void> {
  await query(
    `SELECT jobs_api.enqueue('remind_customers', $2, $3, (day.begins + make_interval(hours => $4)
         + CASE WHEN day.begins + make_interval(hours => $4) > day.local THEN interval '0' ELSE interval '1 day' END) AT TIME ZONE day.time_zone)
     FROM (SELECT time_zone, now() AT TIME ZONE time_zone AS local, date_trunc('day', now() AT TIME ZONE time_zone) AS begins
           FROM organization WHERE id = $1) AS day`,
    [
      organizationId(),
      JSON.stringify({ organizationId: organizationId() }),
      `remind_customers:${organizationId()}`,
      localHour,
    ],
  );
}

// ── What is due ──────────────────────────────────────────────────────────────────────────────────────────────────────

const OPEN = `invoice.id, invoice.number, coalesce(invoice.bill_to_customer_id, invoice.customer_id) AS "customerId", invoice.currency,
  invoice.gross_total - invoice.settled_total AS due, invoice.due_on AS "dueOn", invoice.status = 'sent' AS "isSent",
  invoice.disputed_at IS NOT NULL AS "isDisputed", invoice.promised_on AS "promisedOn"`;
const IS_OPEN = `invoice.status IN ('finalized', 'sent') AND invoice.document_kind = 'invoice'
  AND invoice.payment_status IN ('unpaid', 'partially_paid') AND invoice.gross_total > invoice.settled_total`;

/** Invoices of which something is due, of these customers or of all, that were due by a day. The oldest first. */
export async function openInvoices(wanted: {
  readonly customerIds: readonly string[] | null;
  readonly dueBy: PlainDate;
}): Promise<OpenInvoice[]> {
  const { rows } = await query<OpenInvoice>({
    name: "open-invoices",
    text: `SELECT ${OPEN} FROM invoice
           WHERE ${IS_OPEN} AND invoice.due_on <= $2
             AND ($1::uuid[] IS NULL OR coalesce(invoice.bill_to_customer_id, invoice.customer_id) = ANY ($1))
           ORDER BY "customerId", invoice.due_on, invoice.number`,
    values: [wanted.customerIds, wanted.dueBy],
  });
  return rows;
}

/** A batch: who owes these invoices, whatever became of them. */
export async function debtorsByInvoice(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await query<{ id: string; customerId: string }>({
    name: "debtors-by-invoice",
    text: `SELECT id, coalesce(bill_to_customer_id, customer_id) AS "customerId" FROM invoice WHERE id = ANY ($1::uuid[])`,
    values: [ids],
  });
  return new Map(rows.map(({ id, customerId }) => [id, customerId]));
}

/** Of the invoices of an operation those of one customer, in its order. */
export async function operationInvoicesOf(operation: string, customerId: string): Promise<string[]> {
  const { rows } = await query<{ id: string }>(
    `SELECT invoice.id FROM operation_item AS item
     JOIN invoice ON invoice.organization_id = item.organization_id AND invoice.id = item.subject_id
     WHERE item.operation_id = $1 AND coalesce(invoice.bill_to_customer_id, invoice.customer_id) = $2 ORDER BY item.ordinal`,
    [operation, customerId],
  );
  return rows.map(({ id }) => id);
}

/** Two who remind the same customer wait for each other. */
export async function lockCustomerToRemind(customerId: string): Promise<void> {
  await query("SELECT FROM customer WHERE id = $1 FOR UPDATE", [customerId]);
}

/** When payments were read from the ledger that is their master; null: never. */
export async function paymentsReadAt(): Promise<Date | null> {
  const { rows } = await query<{ pulledAt: Date | null }>(`SELECT pulled_at AS "pulledAt" FROM xero_connection`);
  return rows[0]?.pulledAt ?? null;
}

// ── Who is not to be reminded ────────────────────────────────────────────────────────────────────────────────────────

const STOP = `stop.id, stop.customer_id AS "customerId", stop.invoice_id AS "invoiceId", stop.reason, stop.stopped_by AS "stoppedBy",
  stop.stopped_at AS "stoppedAt", stop.ended_by AS "endedBy", stop.ended_at AS "endedAt"`;

/** What holds now, of invoices, of customers, and of all. */
export async function stopsInForce(): Promise<ReminderStop[]> {
  const { rows } = await query<ReminderStop>({
    name: "reminder-stops-in-force",
    text: `SELECT ${STOP} FROM reminder_stop AS stop WHERE stop.ended_at IS NULL ORDER BY stop.stopped_at, stop.id`,
  });
  return rows;
}

/** A batch: stops by id. */
export async function stopsById(ids: readonly string[]): Promise<ReadonlyMap<string, ReminderStop>> {
  const { rows } = await query<ReminderStop>({
    name: "reminder-stops-by-id",
    text: `SELECT ${STOP} FROM reminder_stop AS stop WHERE stop.id = ANY ($1::uuid[])`,
    values: [ids.filter(isId)],
  });
  return new Map(rows.map((row) => [row.id, row]));
}

/** A batch: the stop of each customer that holds now. */
export async function stopsByCustomer(ids: readonly string[]): Promise<ReadonlyMap<string, ReminderStop>> {
  const { rows } = await query<ReminderStop & { customerId: string }>({
    name: "reminder-stops-by-customer",
    text: `SELECT ${STOP} FROM reminder_stop AS stop WHERE stop.customer_id = ANY ($1::uuid[]) AND stop.ended_at IS NULL`,
    values: [ids],
  });
  return new Map(rows.map((row) => [row.customerId, row]));
}

/** A batch: the stop of each invoice that holds now. */
export async function stopsByInvoice(ids: readonly string[]): Promise<ReadonlyMap<string, ReminderStop>> {
  const { rows } = await query<ReminderStop & { invoiceId: string }>({
    name: "reminder-stops-by-invoice",
    text: `SELECT ${STOP} FROM reminder_stop AS stop WHERE stop.invoice_id = ANY ($1::uuid[]) AND stop.ended_at IS NULL`,
    values: [ids],
  });
  return new Map(rows.map((row) => [row.invoiceId, row]));
}

/** null: there is one already. */
export async function insertStop(
  stop: Pick<ReminderStop, "customerId" | "invoiceId" | "reason" | "stoppedBy">,
  now: Date,
): Promise<string | null> {
  const id = newId();
  const { rowCount } = await query(
    `INSERT INTO reminder_stop (organization_id, id, customer_id, invoice_id, reason, stopped_by, stopped_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
    [organizationId(), id, stop.customerId, stop.invoiceId, stop.reason, stop.stoppedBy, now],
  );
  return rowCount === 1 ? id : null;
}

export async function endStop(id: string, by: string, now: Date): Promise<boolean> {
  const { rowCount } = await query(
    "UPDATE reminder_stop SET ended_by = $2, ended_at = $3 WHERE id = $1 AND ended_at IS NULL",
    [id, by, now],
  );
  return rowCount === 1;
}

// ── What customers were reminded of ──────────────────────────────────────────────────────────────────────────────────

const ITEM = `item.reminder_id AS "reminderId", item.invoice_id AS "invoiceId", reminder.delivery_id AS "deliveryId",
  reminder.operation_id AS "operationId", item.level, item.due_amount AS "dueAmount", item.days_overdue AS "daysOverdue",
  reminder.reminded_on AS "remindedOn", item.is_live AND delivery.status <> 'failed' AS "isLive"
  FROM reminder_item AS item
  JOIN reminder ON reminder.organization_id = item.organization_id AND reminder.id = item.reminder_id
  JOIN delivery ON delivery.organization_id = reminder.organization_id AND delivery.id = reminder.delivery_id`;

/** A batch: the reminders of each invoice, the first first. */
export async function remindersByInvoice(
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly ReminderItem[]>> {
  const { rows } = await query<ReminderItem>({
    name: "reminders-by-invoice",
    text: `SELECT ${ITEM} WHERE item.invoice_id = ANY ($1::uuid[]) ORDER BY item.invoice_id, reminder.created_at, reminder.id`,
    values: [ids],
  });
  return groupBy(rows, ({ invoiceId }) => invoiceId);
}

/** Of a mail that failed for good the level is free again. */
export async function releaseFailed(invoiceIds: readonly string[]): Promise<void> {
  await query(
    `UPDATE reminder_item AS item SET is_live = false
     FROM reminder JOIN delivery ON delivery.organization_id = reminder.organization_id AND delivery.id = reminder.delivery_id
     WHERE item.is_live AND item.invoice_id = ANY ($1::uuid[]) AND reminder.organization_id = item.organization_id
       AND reminder.id = item.reminder_id AND delivery.status = 'failed'`,
    [invoiceIds],
  );
}

export async function insertReminder(
  reminder: {
    readonly id: string;
    readonly customerId: string;
    readonly deliveryId: string;
    readonly operationId: string;
    readonly level: number;
    readonly remindedOn: PlainDate;
    readonly items: readonly Pick<ReminderItem, "invoiceId" | "level" | "dueAmount" | "daysOverdue">[];
  },
  now: Date,
): Promise<void> {
  const { id, customerId, deliveryId, operationId, level, remindedOn, items } = reminder;
  await query(
    `INSERT INTO reminder (organization_id, id, customer_id, delivery_id, operation_id, level, reminded_on, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [organizationId(), id, customerId, deliveryId, operationId, level, remindedOn, now],
  );
  await query(
    `INSERT INTO reminder_item (organization_id, reminder_id, invoice_id, level, due_amount, days_overdue)
     SELECT $1, $2, * FROM unnest($3::uuid[], $4::int[], $5::numeric[], $6::int[])`,
    [
      organizationId(),
      id,
      items.map(({ invoiceId }) => invoiceId),
      items.map((each) => each.level),
      items.map(({ dueAmount }) => dueAmount),
      items.map(({ daysOverdue }) => daysOverdue),
    ],
  );
}
