import { firstDayOf, type PlainMonth } from "../../domain/calendar/plain-month";
import type { CheckKind } from "../../domain/close/checklist";
import { currency } from "../../domain/money/currency";
import { money, moneyText } from "../../domain/money/money";
import { organizationId, query } from "../../platform/database/transaction";
import type { ClosingWaiver, MonthClose } from "./close";

const CLOSE = `id, to_char(month, 'YYYY-MM') AS month, note, checklist, closed_by AS "closedBy", closed_at AS "closedAt",
  reopened_by AS "reopenedBy", reopened_at AS "reopenedAt", reopen_reason AS "reopenReason"`;

const WAIVER = `id, to_char(month, 'YYYY-MM') AS month, "check", subject_id AS "subjectId", subject, amount, currency, reason,
  waived_by AS "waivedBy", waived_at AS "waivedAt", revoked_by AS "revokedBy", revoked_at AS "revokedAt"`;

/** Whoever closes or reopens at once waits; answers the last month that is closed. */
export async function lockClosing(): Promise<PlainMonth | null> {
  const { rows } = await query<{ lockedThrough: PlainMonth | null }>(
    `SELECT to_char(locked_through, 'YYYY-MM') AS "lockedThrough" FROM organization WHERE id = $1 FOR UPDATE`,
    [organizationId()],
  );
  return rows[0]?.lockedThrough ?? null;
}

export async function saveLockedThrough(month: PlainMonth | null, now: Date): Promise<void> {
  await query("UPDATE organization SET locked_through = $2, version = version + 1, updated_at = $3 WHERE id = $1", [
    organizationId(),
    month && firstDayOf(month),
    now,
  ]);
}

export async function insertClose(
  close: Pick<MonthClose, "id" | "month" | "note" | "checklist" | "closedBy" | "closedAt">,
): Promise<void> {
  await query(
    `INSERT INTO month_close (organization_id, id, month, note, checklist, closed_by, closed_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [
      organizationId(),
      close.id,
      firstDayOf(close.month),
      close.note,
      JSON.stringify(close.checklist),
      close.closedBy,
      close.closedAt,
    ],
  );
}

export async function saveReopened(
  id: string,
  reopened: { readonly by: string; readonly at: Date; readonly reason: string },
): Promise<void> {
  await query("UPDATE month_close SET reopened_by = $2, reopened_at = $3, reopen_reason = $4 WHERE id = $1", [
    id,
    reopened.by,
    reopened.at,
    reopened.reason,
  ]);
}

/** A batch: closes by id. */
export async function closesById(ids: readonly string[]): Promise<ReadonlyMap<string, MonthClose>> {
  const { rows } = await query<MonthClose>(`SELECT ${CLOSE} FROM month_close WHERE id = ANY ($1::uuid[])`, [ids]);
  return new Map(rows.map((row) => [row.id, row]));
}

/** All that was ever closed and reopened, the newest first; of one month, or of all. */
export async function listCloses(month: PlainMonth | null): Promise<MonthClose[]> {
  const { rows } = await query<MonthClose>(
    `SELECT ${CLOSE} FROM month_close WHERE $1::date IS NULL OR month = $1 ORDER BY closed_at DESC, id DESC LIMIT 200`,
    [month && firstDayOf(month)],
  );
  return rows;
}

/** The closes that hold, the newest month first. */
export async function standingCloses(): Promise<MonthClose[]> {
  const { rows } = await query<MonthClose>(
    `SELECT ${CLOSE} FROM month_close WHERE reopened_at IS NULL ORDER BY month DESC LIMIT 200`,
  );
  return rows;
}

export async function waiversOf(month: PlainMonth): Promise<ClosingWaiver[]> {
  const { rows } = await query<ClosingWaiver>(
    `SELECT ${WAIVER} FROM closing_waiver WHERE month = $1 AND revoked_at IS NULL ORDER BY waived_at, id`,
    [firstDayOf(month)],
  );
  return rows.map(toWaiver);
}

export async function waiversById(ids: readonly string[]): Promise<ReadonlyMap<string, ClosingWaiver>> {
  const { rows } = await query<ClosingWaiver>(`SELECT ${WAIVER} FROM closing_waiver WHERE id = ANY ($1::uuid[])`, [
    ids,
  ]);
  return new Map(rows.map((row) => [row.id, toWaiver(row)]));
}

/** Amounts are kept with four decimal places, and given with those of their currency. */
const toWaiver = ({ amount, currency: code, ...row }: ClosingWaiver): ClosingWaiver => ({
  ...row,
  amount: amount !== null && code !== null ? moneyText(money(amount, currency(code))) : null,
  currency: code,
});

/** False: it is waived already. */
export async function insertWaiver(waiver: Omit<ClosingWaiver, "revokedBy" | "revokedAt">): Promise<boolean> {
  const { rowCount } = await query(
    `INSERT INTO closing_waiver (organization_id, id, month, "check", subject_id, subject, amount, currency, reason, waived_by, waived_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING`,
    [
      organizationId(),
      waiver.id,
      firstDayOf(waiver.month),
      waiver.check satisfies CheckKind,
      waiver.subjectId,
      waiver.subject,
      waiver.amount,
      waiver.currency,
      waiver.reason,
      waiver.waivedBy,
      waiver.waivedAt,
    ],
  );
  return rowCount === 1;
}

/** False: it is revoked already. */
export async function revokeWaiverRow(id: string, by: string, now: Date): Promise<boolean> {
  const { rowCount } = await query(
    "UPDATE closing_waiver SET revoked_by = $2, revoked_at = $3 WHERE id = $1 AND revoked_at IS NULL",
    [id, by, now],
  );
  return rowCount === 1;
}

/** How much usage that nobody claims may be left, in the base currency; decimal text. */
export async function unattributedUsageLimit(): Promise<string> {
  const { rows } = await query<{ limit: string }>(
    `SELECT unattributed_usage_limit AS "limit" FROM organization WHERE id = $1`,
    [organizationId()],
  );
  return rows[0]?.limit ?? "0";
}

export async function saveUnattributedUsageLimit(limit: string): Promise<void> {
  await query("UPDATE organization SET unattributed_usage_limit = $2 WHERE id = $1", [organizationId(), limit]);
}
