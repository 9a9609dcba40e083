import type { PlainDate } from "../../domain/calendar/plain-date";
import { organizationId, query } from "../../platform/database/transaction";
import { newId } from "../../platform/ids";

/** Where people want what falls due: of a contract and day (no billing key), or one line of it. */
export type Placement = {
  readonly contractId: string;
  readonly billsOn: PlainDate;
  readonly billingKey: string | null;
  readonly invoiceId: string;
};

export async function placementsOn(invoiceIds: readonly string[]): Promise<readonly Placement[]> {
  const { rows } = await query<Placement>({
    name: "placements-on-drafts",
    text: `SELECT contract_id AS "contractId", bills_on AS "billsOn", billing_key AS "billingKey", invoice_id AS "invoiceId"
           FROM draft_placement WHERE invoice_id = ANY ($1::uuid[]) ORDER BY id`,
    values: [invoiceIds],
  });
  return rows;
}

/** Each stands in place of an earlier one of the same contract and day, or line. */
export async function savePlacements(placements: readonly Placement[]): Promise<void> {
  if (placements.length === 0) return;
  const columns = [
    placements.map(({ contractId }) => contractId),
    placements.map(({ billsOn }) => billsOn),
    placements.map(({ billingKey }) => billingKey),
  ];
  await query(
    `DELETE FROM draft_placement USING unnest($1::uuid[], $2::date[], $3::text[]) AS placed (contract_id, bills_on, billing_key)
     WHERE draft_placement.contract_id = placed.contract_id AND draft_placement.bills_on = placed.bills_on
       AND draft_placement.billing_key IS NOT DISTINCT FROM placed.billing_key`,
    columns,
  );
  await query(
    `INSERT INTO draft_placement (organization_id, id, contract_id, bills_on, billing_key, invoice_id)
     SELECT $1, placed.* FROM unnest($2::uuid[], $3::uuid[], $4::date[], $5::text[], $6::uuid[]) AS placed`,
    [organizationId(), placements.map(() => newId()), ...columns, placements.map(({ invoiceId }) => invoiceId)],
  );
}

export async function deletePlacementsOn(invoiceId: string): Promise<void> {
  await query("DELETE FROM draft_placement WHERE invoice_id = $1", [invoiceId]);
}
