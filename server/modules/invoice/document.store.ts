import { organizationId, query } from "../../platform/database/transaction";

/** `issued` for good; each `amended` copy; and, of an invoice that was withdrawn, the one that is marked `void`. */
export type Rendition = "issued" | "amended" | "void";

export type StoredDocument = {
  readonly invoiceId: string;
  readonly rendition: Rendition;
  /** the ordinal of an amended copy; 0 of the others */
  readonly amendment: number;
  readonly fileName: string;
  readonly content: Buffer;
  readonly sha256: string;
};

export type DocumentKey = Pick<StoredDocument, "invoiceId" | "rendition" | "amendment">;

const DOCUMENT = `invoice_id AS "invoiceId", rendition, amendment, file_name AS "fileName", content, sha256`;

export async function findDocument({ invoiceId, rendition, amendment }: DocumentKey): Promise<StoredDocument | null> {
  const { rows } = await query<StoredDocument>({
    name: "find-document",
    text: `SELECT ${DOCUMENT} FROM invoice_document WHERE invoice_id = $1 AND rendition = $2 AND amendment = $3`,
    values: [invoiceId, rendition, amendment],
  });
  return rows[0] ?? null;
}

/** Where two render at the same moment, both get the one that was kept. */
export async function insertDocument(document: StoredDocument): Promise<StoredDocument> {
  const { invoiceId, rendition, amendment, fileName, content, sha256 } = document;
  const { rows } = await query<StoredDocument>(
    `WITH kept AS (INSERT INTO invoice_document (organization_id, invoice_id, rendition, amendment, file_name, content, sha256)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING RETURNING ${DOCUMENT})
     SELECT * FROM kept
     UNION ALL SELECT ${DOCUMENT} FROM invoice_document WHERE invoice_id = $2 AND rendition = $3 AND amendment = $4 LIMIT 1`,
    [organizationId(), invoiceId, rendition, amendment, fileName, content, sha256],
  );
  return rows[0] ?? document;
}
