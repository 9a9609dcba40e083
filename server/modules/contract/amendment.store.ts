import type { PlainDate } from "../../domain/calendar/plain-date";
import { groupBy } from "../../domain/group-by";
import { organizationId, query } from "../../platform/database/transaction";
import type { Amendment } from "./amendment";
import type { Contract } from "./contract";

const AMENDMENT = `id, contract_id AS "contractId", ordinal, effective_on AS "effectiveOn", unused_time AS "unusedTime", changes, reason,
  is_renewal AS "isRenewal", quote_id AS "quoteId", revision, recorded_by AS "recordedBy", recorded_at AS "recordedAt"`;

/** A batch: amendments by contract, in the order in which they were recorded. */
export async function amendmentsByContract(ids: readonly string[]): Promise<ReadonlyMap<string, readonly Amendment[]>> {
  const { rows } = await query<Amendment>({
    name: "amendments-by-contract",
    text: `SELECT ${AMENDMENT} FROM amendment WHERE contract_id = ANY ($1::uuid[]) ORDER BY contract_id, ordinal`,
    values: [ids],
  });
  return groupBy(rows, ({ contractId }) => contractId);
}

/** A batch: amendments by id. */
export async function amendmentsById(ids: readonly string[]): Promise<ReadonlyMap<string, Amendment>> {
  const { rows } = await query<Amendment>({
    name: "amendments-by-id",
    text: `SELECT ${AMENDMENT} FROM amendment WHERE id = ANY ($1::uuid[])`,
    values: [ids],
  });
  return new Map(rows.map((row) => [row.id, row]));
}

/** A batch: amendments by the quote that agreed them. */
export async function amendmentsByQuote(ids: readonly string[]): Promise<ReadonlyMap<string, Amendment>> {
  const { rows } = await query<Amendment>({
    name: "amendments-by-quote",
    text: `SELECT ${AMENDMENT} FROM amendment WHERE quote_id = ANY ($1::uuid[])`,
    values: [ids],
  });
  return new Map(rows.map((row) => [row.quoteId ?? "", row]));
}

export async function insertAmendment(amendment: Amendment): Promise<void> {
  await query(
    `INSERT INTO amendment (organization_id, id, contract_id, ordinal, effective_on, unused_time, changes, reason, is_renewal,
       quote_id, revision, recorded_by, recorded_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      organizationId(),
      amendment.id,
      amendment.contractId,
      amendment.ordinal,
      amendment.effectiveOn,
      amendment.unusedTime,
      JSON.stringify(amendment.changes),
      amendment.reason,
      amendment.isRenewal,
      amendment.quoteId,
      amendment.revision,
      amendment.recordedBy,
      amendment.recordedAt,
    ],
  );
}

/** Bills a revision from now on, also where all was billed. The contract is locked (lockContract), and at `version`. */
export async function billRevision(
  { id, version, schedule }: Pick<Contract, "id" | "version" | "schedule">,
  { revision, endsBefore }: { readonly revision: number; readonly endsBefore: PlainDate | null },
  now: Date,
): Promise<void> {
  await query(
    `UPDATE billing_schedule SET revision = $2, status = CASE WHEN status IN ('completed', 'cancelled') THEN 'active' ELSE status END
     WHERE id = $1`,
    [schedule.id, revision],
  );
  await query("UPDATE contract SET ends_before = $2, version = $3, updated_at = $4 WHERE id = $1", [
    id,
    endsBefore,
    version + 1,
    now,
  ]);
}

const RENEWING = `
  FROM contract
  JOIN billing_schedule schedule ON schedule.organization_id = contract.organization_id AND schedule.contract_id = contract.id
  WHERE schedule.status IN ('active', 'completed') AND contract.renewal_kind IS NOT NULL AND contract.ends_before IS NOT NULL`;

/** The contracts whose notice is over on a day, cancelled ones among them. */
export async function contractsPastNotice(today: PlainDate): Promise<string[]> {
  const { rows } = await query<{ id: string }>(
    `SELECT contract.id ${RENEWING} AND contract.ends_before - contract.renewal_notice_days <= $1::date ORDER BY contract.id`,
    [today],
  );
  return rows.map(({ id }) => id);
}

/** Whether any contract may renew, now or later. */
export async function isAnyToRenew(): Promise<boolean> {
  const { rows } = await query<{ found: boolean }>(`SELECT EXISTS (SELECT ${RENEWING}) AS found`);
  return rows[0]?.found ?? false;
}

/** Looks at the organization's renewals again in an hour; asked for twice it is one look. */
export async function lookForRenewalsInAnHour(): Promise<void> {
  await query("SELECT jobs_api.enqueue('renew_contracts', $1, $2, now() + interval '1 hour')", [
    JSON.stringify({ organizationId: organizationId() }),
    `renew_contracts:${organizationId()}`,
  ]);
}
