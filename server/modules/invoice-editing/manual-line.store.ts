import { organizationId, query } from "../../platform/database/transaction";
import type { ManualLine } from "./manual-line";

const LINE = `id, invoice_id AS "invoiceId", ordinal, product_id AS "productId", description, service_starts_on AS "serviceStartsOn",
  service_ends_before AS "serviceEndsBefore", trim_scale(quantity) AS quantity, trim_scale(unit_price) AS "unitPrice", amount, tax_code AS "taxCode", reason,
  created_by AS "createdBy", created_at AS "createdAt"`;

/** A batch: what people added to each of these drafts, in order. */
export async function manualLinesByInvoice(
  invoiceIds: readonly string[],
): Promise<ReadonlyMap<string, readonly ManualLine[]>> {
  const { rows } = await query<ManualLine>({
    name: "manual-lines-of-invoices",
    text: `SELECT ${LINE} FROM manual_line WHERE invoice_id = ANY ($1::uuid[]) ORDER BY invoice_id, ordinal, id`,
    values: [invoiceIds],
  });
  const lines = new Map<string, ManualLine[]>(invoiceIds.map((id) => [id, []]));
  for (const row of rows) lines.get(row.invoiceId)?.push(row);
  return lines;
}

export async function findManualLine(id: string): Promise<ManualLine | null> {
  const { rows } = await query<ManualLine>(`SELECT ${LINE} FROM manual_line WHERE id = $1`, [id]);
  return rows[0] ?? null;
}

export async function insertManualLines(lines: readonly ManualLine[]): Promise<void> {
  await query(
    `INSERT INTO manual_line (organization_id, id, invoice_id, ordinal, product_id, description, service_starts_on, service_ends_before,
       quantity, unit_price, amount, tax_code, reason, created_by, created_at)
     SELECT $1, line.* FROM unnest($2::uuid[], $3::uuid[], $4::int[], $5::uuid[], $6::text[], $7::date[], $8::date[], $9::numeric[],
       $10::numeric[], $11::numeric[], $12::text[], $13::text[], $14::text[], $15::timestamptz[]) AS line`,
    [
      organizationId(),
      lines.map((line) => line.id),
      lines.map((line) => line.invoiceId),
      lines.map((line) => line.ordinal),
      lines.map((line) => line.productId),
      lines.map((line) => line.description),
      lines.map((line) => line.serviceStartsOn),
      lines.map((line) => line.serviceEndsBefore),
      lines.map((line) => line.quantity),
      lines.map((line) => line.unitPrice),
      lines.map((line) => line.amount),
      lines.map((line) => line.taxCode),
      lines.map((line) => line.reason),
      lines.map((line) => line.createdBy),
      lines.map((line) => line.createdAt),
    ],
  );
}

export async function updateManualLineRow(line: ManualLine): Promise<void> {
  await query(
    `UPDATE manual_line SET product_id = $2, description = $3, service_starts_on = $4, service_ends_before = $5, quantity = $6, unit_price = $7,
       amount = $8, tax_code = $9, reason = $10 WHERE id = $1`,
    [
      line.id,
      line.productId,
      line.description,
      line.serviceStartsOn,
      line.serviceEndsBefore,
      line.quantity,
      line.unitPrice,
      line.amount,
      line.taxCode,
      line.reason,
    ],
  );
}

export async function deleteManualLines(ids: readonly string[]): Promise<void> {
  await query("DELETE FROM manual_line WHERE id = ANY ($1::uuid[])", [ids]);
}

/** To the end of another draft. */
export async function moveManualLines(ids: readonly string[], invoiceId: string): Promise<void> {
  if (ids.length === 0) return;
  await query(
    `UPDATE manual_line SET invoice_id = $2,
       ordinal = ordinal + (SELECT coalesce(max(ordinal), 0) FROM manual_line AS there WHERE there.invoice_id = $2)
     WHERE id = ANY ($1::uuid[])`,
    [ids, invoiceId],
  );
}
