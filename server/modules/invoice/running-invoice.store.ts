import { organizationId, query } from "../../platform/database/transaction";

/** Contracts that have an invoice in progress, page by page in the order of their ids. */
export async function contractsWithRunning({
  afterId,
  limit,
}: {
  readonly afterId: string | null;
  readonly limit: number;
}): Promise<string[]> {
  const { rows } = await query<{ id: string }>({
    name: "contracts-with-running",
    text: `SELECT DISTINCT coalesce(invoice.contract_id, line.contract_id) AS id FROM invoice
           LEFT JOIN invoice_line AS line ON invoice.contract_id IS NULL
             AND line.organization_id = invoice.organization_id AND line.invoice_id = invoice.id
           WHERE invoice.status = 'in_progress' AND invoice.number IS NULL AND coalesce(invoice.contract_id, line.contract_id) IS NOT NULL
             AND ($1::uuid IS NULL OR coalesce(invoice.contract_id, line.contract_id) > $1)
           ORDER BY 1 LIMIT $2`,
    values: [afterId, limit],
  });
  return rows.map(({ id }) => id);
}

/** At two in the morning of the organization's next day, when that day's usage has begun; asked for twice it is once. */
export async function lookAtRunningTonight(): Promise<void> {
  await query(
    `SELECT jobs_api.enqueue('keep_running_invoices', $2, $3,
       (date_trunc('day', now() AT TIME ZONE time_zone) + interval '1 day 2 hours') AT TIME ZONE time_zone)
     FROM organization WHERE id = $1`,
    [
      organizationId(),
      JSON.stringify({ organizationId: organizationId() }),
      `keep_running_invoices:${organizationId()}`,
    ],
  );
}
