import { organizationId, query } from "../../platform/database/transaction";
import { isId, newId } from "../../platform/ids";

/** A scan that was uploaded, and waits for the mutation that files it. */
export type PaperScan = {
  readonly id: string;
  readonly quoteId: string;
  readonly fileName: string;
  readonly contentType: string;
  readonly content: Buffer;
};

/** Keeps a scan for a day; what nobody filed by then makes room. */
export async function insertPaperScan(
  scan: Omit<PaperScan, "id"> & { readonly createdBy: string },
): Promise<{ readonly id: string }> {
  const id = newId();
  await query("DELETE FROM paper_scan WHERE created_at < now() - interval '1 day'");
  await query(
    `INSERT INTO paper_scan (organization_id, id, quote_id, file_name, content_type, content, created_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [organizationId(), id, scan.quoteId, scan.fileName, scan.contentType, scan.content, scan.createdBy],
  );
  return { id };
}

/** The scan, which is then no longer here: whoever takes it files it in the same transaction. */
export async function takePaperScan(id: string, quoteId: string): Promise<PaperScan | null> {
  if (!isId(id)) return null;
  const { rows } = await query<PaperScan>(
    `DELETE FROM paper_scan WHERE id = $1 AND quote_id = $2
     RETURNING id, quote_id AS "quoteId", file_name AS "fileName", content_type AS "contentType", content`,
    [id, quoteId],
  );
  return rows[0] ?? null;
}
