import { createHash } from "node:crypto";
import { groupBy } from "../../domain/group-by";
import { organizationId, query } from "../../platform/database/transaction";
import { isId, newId } from "../../platform/ids";
import type { QuoteDocument } from "./quote";

const DOCUMENT = `
  SELECT document.id, document.quote_id AS "quoteId", document.version_ordinal AS "versionOrdinal", document.kind,
    document.file_name AS "fileName", document.content_type AS "contentType", document.sha256,
    octet_length(document.content) AS size, document.created_by AS "createdBy", document.created_at AS "createdAt"
  FROM quote_document document`;

/** A batch: the files of quotes, the first first. */
export async function documentsByQuote(ids: readonly string[]): Promise<ReadonlyMap<string, readonly QuoteDocument[]>> {
  const { rows } = await query<QuoteDocument>({
    name: "quote-documents-by-quote",
    text: `${DOCUMENT} WHERE document.quote_id = ANY ($1::uuid[]) ORDER BY document.quote_id, document.id`,
    values: [ids],
  });
  return groupBy(rows, ({ quoteId }) => quoteId);
}

/** A batch: files by id, without their content. */
export async function quoteDocumentsById(ids: readonly string[]): Promise<ReadonlyMap<string, QuoteDocument>> {
  const { rows } = await query<QuoteDocument>({
    name: "quote-documents-by-id",
    text: `${DOCUMENT} WHERE document.id = ANY ($1::uuid[])`,
    values: [ids.filter(isId)],
  });
  return new Map(rows.map((row) => [row.id, row]));
}

export async function quoteDocumentContent(id: string): Promise<Buffer | null> {
  const { rows } = await query<{ content: Buffer }>({
    name: "quote-document-content",
    text: "SELECT content FROM quote_document WHERE id = $1",
    values: [id],
  });
  return rows[0]?.content ?? null;
}

export const sha256Of = (content: Uint8Array): string => createHash("sha256").update(content).digest("hex");

/** Keeps a file for good; its hash is taken here. */
export async function insertQuoteDocument(
  document: Omit<QuoteDocument, "id" | "sha256" | "size" | "createdAt"> & { readonly content: Buffer },
  now: Date,
): Promise<QuoteDocument> {
  const { content, ...facts } = document;
  const id = newId();
  const sha256 = sha256Of(content);
  await query(
    `INSERT INTO quote_document (organization_id, id, quote_id, version_ordinal, kind, file_name, content_type, content, sha256,
       created_by, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      organizationId(),
      id,
      facts.quoteId,
      facts.versionOrdinal,
      facts.kind,
      facts.fileName,
      facts.contentType,
      content,
      sha256,
      facts.createdBy,
      now,
    ],
  );
  return { ...facts, id, sha256, size: content.length, createdAt: now };
}
