import { firstDayOf, type PlainMonth, periodOf } from "../../domain/calendar/plain-month";
import type { ExportedFile } from "../../integrations/file-export/file-export";
import type { FileFormatName } from "../../integrations/file-export/file-format";
import { organizationId, query } from "../../platform/database/transaction";
import type { Page } from "../../platform/graphql/paging";
import type { AccountingExport } from "./accounting";

/** Issued documents that are posted in the month, in the order of issue; what is voided is in no books. */
export async function documentIdsOfMonth(
  month: PlainMonth,
  { includeVoided }: { readonly includeVoided: boolean } = { includeVoided: false },
): Promise<string[]> {
  const { startsOn, endsBefore } = periodOf(month);
  const { rows } = await query<{ id: string }>(
    `SELECT id FROM invoice WHERE number IS NOT NULL AND (status <> 'voided' OR $3) AND accounting_on >= $1 AND accounting_on < $2
     ORDER BY issued_on, document_kind DESC, number`,
    [startsOn, endsBefore, includeVoided],
  );
  return rows.map(({ id }) => id);
}

/** Of these, in the order of issue: those that are issued, and not voided. */
export async function documentIdsAmong(ids: readonly string[]): Promise<string[]> {
  const { rows } = await query<{ id: string }>(
    `SELECT id FROM invoice WHERE id = ANY ($1::uuid[]) AND number IS NOT NULL AND status <> 'voided'
     ORDER BY issued_on, document_kind DESC, number`,
    [ids],
  );
  return rows.map(({ id }) => id);
}

/** Held until the transaction ends: two that export the same would both be the first. */
export async function lockExports(): Promise<void> {
  await query("SELECT pg_advisory_xact_lock(hashtextextended($1, 11))", [organizationId()]);
}

/** Which of these an export of the format holds already. */
export async function exportedBefore(ids: readonly string[], format: FileFormatName): Promise<ReadonlySet<string>> {
  const { rows } = await query<{ id: string }>(
    `SELECT DISTINCT invoice_id AS id FROM accounting_export_document WHERE invoice_id = ANY ($1::uuid[]) AND format = $2`,
    [ids, format],
  );
  return new Set(rows.map(({ id }) => id));
}

export async function insertExport(
  made: Omit<AccountingExport, "month"> & { readonly month: PlainMonth | null; readonly invoiceIds: readonly string[] },
  files: readonly ExportedFile[],
): Promise<void> {
  await query(
    `INSERT INTO accounting_export (organization_id, id, format, month, is_repeat, documents, totals, created_by, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      organizationId(),
      made.id,
      made.format,
      made.month && firstDayOf(made.month),
      made.isRepeat,
      made.documents,
      JSON.stringify(made.totals),
      made.createdBy,
      made.createdAt,
    ],
  );
  await query(
    `INSERT INTO accounting_export_document (organization_id, export_id, invoice_id, ordinal, format)
     SELECT $1, $2, invoice_id, ordinal, $4 FROM unnest($3::uuid[]) WITH ORDINALITY AS held (invoice_id, ordinal)`,
    [organizationId(), made.id, made.invoiceIds, made.format],
  );
  for (const { kind, fileName, content, sha256 } of files) {
    await query(
      `INSERT INTO accounting_export_file (organization_id, export_id, kind, file_name, content, sha256)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [organizationId(), made.id, kind, fileName, content, sha256],
    );
  }
}

const EXPORT = `id, format, to_char(month, 'YYYY-MM') AS month, is_repeat AS "isRepeat", documents, totals,
  created_by AS "createdBy", created_at AS "createdAt"`;

/** A batch: exports by id. */
export async function exportsById(ids: readonly string[]): Promise<ReadonlyMap<string, AccountingExport>> {
  const { rows } = await query<AccountingExport>(
    `SELECT ${EXPORT} FROM accounting_export WHERE id = ANY ($1::uuid[])`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** The newest first. */
export async function listExports(page: Page): Promise<AccountingExport[]> {
  const { rows } = await query<AccountingExport>(
    `SELECT ${EXPORT} FROM accounting_export WHERE $1::uuid IS NULL OR id < $1 ORDER BY id DESC LIMIT $2`,
    [page.after?.[0] ?? null, page.limit],
  );
  return rows;
}

export type ExportFileFacts = Pick<ExportedFile, "kind" | "fileName" | "sha256"> & { readonly exportId: string };

/** A batch: the files of exports, without their content. */
export async function filesByExport(ids: readonly string[]): Promise<ReadonlyMap<string, readonly ExportFileFacts[]>> {
  const { rows } = await query<ExportFileFacts>(
    `SELECT export_id AS "exportId", kind, file_name AS "fileName", sha256 FROM accounting_export_file
     WHERE export_id = ANY ($1::uuid[]) ORDER BY export_id, kind`,
    [ids],
  );
  const files = new Map<string, ExportFileFacts[]>(ids.map((id) => [id, []]));
  for (const row of rows) files.get(row.exportId)?.push(row);
  return files;
}

export async function findExportFile(
  exportId: string,
  kind: string,
): Promise<{ readonly fileName: string; readonly content: Buffer } | null> {
  const { rows } = await query<{ fileName: string; content: Buffer }>(
    `SELECT file_name AS "fileName", content FROM accounting_export_file WHERE export_id = $1 AND kind = $2`,
    [exportId, kind],
  );
  return rows[0] ?? null;
}

/** By which export a document was handed over last. */
export type LatestExport = { readonly invoiceId: string; readonly exportId: string; readonly exportedAt: Date };

/** A batch: the latest export of each document, in whatever format. */
export async function latestExportByInvoice(ids: readonly string[]): Promise<ReadonlyMap<string, LatestExport>> {
  const { rows } = await query<LatestExport>(
    `SELECT DISTINCT ON (held.invoice_id) held.invoice_id AS "invoiceId", held.export_id AS "exportId", made.created_at AS "exportedAt"
     FROM accounting_export_document AS held
     JOIN accounting_export AS made ON made.organization_id = held.organization_id AND made.id = held.export_id
     WHERE held.invoice_id = ANY ($1::uuid[]) ORDER BY held.invoice_id, held.export_id DESC`,
    [ids],
  );
  return new Map(rows.map((row) => [row.invoiceId, row]));
}
