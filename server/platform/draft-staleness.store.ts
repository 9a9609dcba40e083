import type { PlainDate } from "../domain/calendar/plain-date";
import { query } from "./database/transaction";

/** Why a draft no longer matches what it was calculated from. */
export type StaleReason = "usage" | "alias" | "tax" | "contract" | "customer" | "price";

export type InputChange = {
  /** "all": every customer of the organization */
  readonly customerIds: readonly string[] | "all";
  /** the service days that are touched; null: without a bound */
  readonly from: PlainDate | null;
  readonly before: PlainDate | null;
  readonly reason: StaleReason;
  readonly now: Date;
};

/**
 * Tells billing that an input changed: drafts that serve the days become stale, and where an issued invoice serves them,
 * the schedule remembers the earliest day, so that the next recalculation proposes the difference. What is marked
 * already is not written again: a stream of usage costs a look. Answers how many drafts became stale.
 */
export async function markDraftsStale(change: InputChange): Promise<number> {
  const customerIds = change.customerIds === "all" ? null : change.customerIds;
  const values = [customerIds, change.from, change.before];
  if (
    change.from !== null &&
    (change.reason === "usage" || change.reason === "alias" || change.reason === "contract")
  ) {
    await query({
      name: "remember-late-change",
      text: `UPDATE billing_schedule AS schedule SET changed_from_on = $2::date
             FROM contract
             WHERE contract.organization_id = schedule.organization_id AND contract.id = schedule.contract_id
               AND ($1::uuid[] IS NULL OR contract.customer_id = ANY ($1))
               AND (schedule.changed_from_on IS NULL OR schedule.changed_from_on > $2)
               AND EXISTS (SELECT FROM invoice
                           WHERE invoice.organization_id = contract.organization_id AND invoice.customer_id = contract.customer_id
                             AND invoice.contract_id = contract.id
                             AND invoice.status IN ('finalized', 'sent') AND invoice.service_ends_before > $2
                             AND ($3::date IS NULL OR invoice.service_starts_on < $3))`,
      values,
    });
  }
  const { rowCount } = await query({
    name: "mark-drafts-stale",
    text: `UPDATE invoice SET stale_reasons = array_append(stale_reasons, $4::text), stale_since = coalesce(stale_since, $5)
           WHERE status = 'draft' AND ($1::uuid[] IS NULL OR customer_id = ANY ($1)) AND NOT $4 = ANY (stale_reasons)
             AND ($3::date IS NULL OR service_starts_on < $3)
             AND ($2::date IS NULL OR service_ends_before > $2
                  OR EXISTS (SELECT FROM billing_schedule AS schedule
                             WHERE schedule.organization_id = invoice.organization_id AND schedule.contract_id = invoice.contract_id
                               AND schedule.changed_from_on <= $2))`,
    values: [...values, change.reason, change.now],
  });
  return rowCount ?? 0;
}

/**
 * Takes the billing schedules of these contracts for one calculation, in order of id, and answers from which day on
 * billed service changed. Who records usage for them meanwhile waits, or has committed before the usage is read.
 */
export async function lockSchedules(contractIds: readonly string[]): Promise<ReadonlyMap<string, PlainDate | null>> {
  const { rows } = await query<{ contractId: string; changedFromOn: PlainDate | null }>(
    `SELECT contract_id AS "contractId", changed_from_on AS "changedFromOn" FROM billing_schedule
     WHERE contract_id = ANY ($1::uuid[]) ORDER BY contract_id FOR UPDATE`,
    [contractIds],
  );
  return new Map(rows.map((row) => [row.contractId, row.changedFromOn]));
}

/** What changed late is billed as it should be: nothing is left to remember. */
export async function forgetLateChanges(contractIds: readonly string[]): Promise<void> {
  if (contractIds.length === 0) return;
  await query(
    "UPDATE billing_schedule SET changed_from_on = NULL WHERE contract_id = ANY ($1::uuid[]) AND changed_from_on IS NOT NULL",
    [contractIds],
  );
}
