import { organizationId, query } from "../../platform/database/transaction";

export type StoredDocument = {
  readonly invoiceId: string;
  readonly fileName: string;
  readonly content: Buffer;
  readonly sha256: string;
};

const DOCUMENT = `invoice_id AS "invoiceId", file_name AS "fileName", content, sha256`;

export async function findDocument(invoiceId: string): Promise<StoredDocument | null> {
  const { rows } = await query<StoredDocument>({
    name: "find-document",
    text: `SELECT ${DOCUMENT} FROM invoice_document WHERE invoice_id = $1`,
    values: [invoiceId],
  });
  return rows[0] ?? null;
}

/** Where two render at the same moment, both get the one that was kept. */
export async function insertDocument(document: StoredDocument): Promise<StoredDocument> {
  const { invoiceId, fileName, content, sha256 } = document;
  const { rows } = await query<StoredDocument>(
    `WITH kept AS (INSERT INTO invoice_document (organization_id, invoice_id, file_name, content, sha256) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT DO NOTHING RETURNING ${DOCUMENT})
     SELECT * FROM kept UNION ALL SELECT ${DOCUMENT} FROM invoice_document WHERE invoice_id = $2 LIMIT 1`,
    [organizationId(), invoiceId, fileName, content, sha256],
  );
  return rows[0] ?? document;
}
