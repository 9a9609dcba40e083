import { organizationId, query } from "../../platform/database/transaction";
import type { Page } from "../../platform/graphql/paging";
import type { LineOverride, OverrideKey, OverrideState } from "./line-override";

const FOUND = `SELECT override.id, override.contract_id AS "contractId", override.billing_key AS "billingKey", override.description, contract.currency,
    override.engine_amount AS "engineAmount", draft.engine_amount AS "engineAmountNow", override.amount, override.reason,
    override.created_by AS "createdBy", override.created_at AS "createdAt", override.confirmed_by AS "confirmedBy",
    override.confirmed_at AS "confirmedAt", override.billed_at AS "billedAt", draft.invoice_id AS "invoiceId",
    CASE WHEN override.billed_at IS NOT NULL THEN 'billed' WHEN draft.invoice_id IS NULL THEN 'vanished'
      WHEN draft.engine_amount = override.engine_amount THEN 'active' ELSE 'unconfirmed' END AS state
  FROM line_override AS override
  JOIN contract ON contract.organization_id = override.organization_id AND contract.id = override.contract_id
  LEFT JOIN LATERAL (
    SELECT line.invoice_id, coalesce(line.engine_amount, line.charge_amount - line.discount_amount) AS engine_amount FROM invoice_line AS line
    JOIN invoice ON invoice.organization_id = line.organization_id AND invoice.id = line.invoice_id
    WHERE line.organization_id = override.organization_id AND line.contract_id = override.contract_id
      AND line.billing_key = override.billing_key AND line.kind <> 'credit' AND invoice.document_kind = 'invoice'
      AND invoice.status <> 'voided' AND (invoice.number IS NULL) = (override.billed_at IS NULL)
    ORDER BY invoice.id DESC LIMIT 1) AS draft ON true`;

/** The newest first; `state` null: whatever it is. */
export async function listOverrides(
  filter: { readonly state: OverrideState | null; readonly contractId: string | null },
  page: Page,
): Promise<LineOverride[]> {
  const { rows } = await query<LineOverride>({
    name: "list-line-overrides",
    text: `SELECT * FROM (${FOUND}) AS found
           WHERE ($1::text IS NULL OR state = $1) AND ($2::uuid IS NULL OR "contractId" = $2) AND ($3::uuid IS NULL OR id < $3)
           ORDER BY id DESC LIMIT $4`,
    values: [filter.state, filter.contractId, page.after?.[0] ?? null, page.limit],
  });
  return rows;
}

/** A batch: overrides by id. */
export async function overridesById(ids: readonly string[]): Promise<ReadonlyMap<string, LineOverride>> {
  const { rows } = await query<LineOverride>({
    name: "line-overrides-by-id",
    text: `${FOUND} WHERE override.id = ANY ($1::uuid[])`,
    values: [ids],
  });
  return new Map(rows.map((row) => [row.id, row]));
}

/** How many overrides of drafts nobody has looked at since the engine came to another amount; by draft. */
export async function unconfirmedByInvoice(invoiceIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const { rows } = await query<{ invoiceId: string; count: number }>({
    name: "unconfirmed-overrides-by-invoice",
    text: `SELECT line.invoice_id AS "invoiceId", count(*)::int AS count FROM invoice_line AS line
           JOIN line_override AS override ON override.organization_id = line.organization_id AND override.contract_id = line.contract_id
             AND override.billing_key = line.billing_key
           WHERE line.invoice_id = ANY ($1::uuid[]) AND line.engine_amount <> override.engine_amount AND override.billed_at IS NULL
           GROUP BY line.invoice_id`,
    values: [invoiceIds],
  });
  return new Map(rows.map(({ invoiceId, count }) => [invoiceId, count]));
}

/** One line has one override: setting it again replaces it. What was billed with it before is not touched. */
export async function saveOverride(
  override: OverrideKey &
    Pick<LineOverride, "id" | "description" | "engineAmount" | "amount" | "reason" | "createdBy" | "createdAt">,
): Promise<string> {
  const { id, contractId, billingKey, description, engineAmount, amount, reason, createdBy, createdAt } = override;
  const { rows } = await query<{ id: string }>(
    `INSERT INTO line_override (organization_id, id, contract_id, billing_key, description, engine_amount, amount, reason, created_by, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     ON CONFLICT (organization_id, contract_id, billing_key) DO UPDATE SET description = excluded.description,
       engine_amount = excluded.engine_amount, amount = excluded.amount, reason = excluded.reason, created_by = excluded.created_by,
       created_at = excluded.created_at, confirmed_by = NULL, confirmed_at = NULL, billed_at = NULL
     RETURNING id`,
    [organizationId(), id, contractId, billingKey, description, engineAmount, amount, reason, createdBy, createdAt],
  );
  return (rows[0] as { id: string }).id;
}

export async function confirmOverride(
  id: string,
  { engineAmount, by, now }: { readonly engineAmount: string; readonly by: string; readonly now: Date },
): Promise<void> {
  await query("UPDATE line_override SET engine_amount = $2, confirmed_by = $3, confirmed_at = $4 WHERE id = $1", [
    id,
    engineAmount,
    by,
    now,
  ]);
}

export async function deleteOverride(id: string): Promise<void> {
  await query("DELETE FROM line_override WHERE id = $1", [id]);
}
