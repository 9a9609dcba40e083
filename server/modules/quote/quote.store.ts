import type { PlainDate } from "../../domain/calendar/plain-date";
import { groupBy } from "../../domain/group-by";
import type { QuoteStatus } from "../../domain/quote/quote-life";
import type { QuoteTerms } from "../../domain/quote/quote-terms";
import { inTransaction, organizationId, query } from "../../platform/database/transaction";
import type { Page } from "../../platform/graphql/paging";
import { isId, newId } from "../../platform/ids";
import type { Quote, QuoteEdit, QuoteVersion } from "./quote";

// ── Quotes ───────────────────────────────────────────────────────────────────────────────────────────────────────────

const QUOTE = `
  SELECT quote.id, quote.number, quote.kind, quote.status, quote.customer_id AS "customerId", quote.prospect,
    quote.contract_id AS "contractId", quote.current_version AS "currentVersion", quote.expires_on AS "expiresOn",
    quote.owner_id AS "ownerId", quote.external_id AS "externalId", quote.deal, quote.price_book_id AS "priceBookId",
    quote.status_reason AS "statusReason", quote.version, quote.created_at AS "createdAt", quote.updated_at AS "updatedAt"
  FROM quote`;

/** A batch: quotes by id. */
export async function quotesById(ids: readonly string[]): Promise<ReadonlyMap<string, Quote>> {
  const { rows } = await query<Quote>({
    name: "quotes-by-id",
    text: `${QUOTE} WHERE quote.id = ANY ($1::uuid[])`,
    values: [ids.filter(isId)],
  });
  return new Map(rows.map((row) => [row.id, row]));
}

/** A batch: quotes by the id that the CRM has for them. */
export async function quotesByExternalId(ids: readonly string[]): Promise<ReadonlyMap<string, Quote>> {
  const { rows } = await query<Quote>({
    name: "quotes-by-external-id",
    text: `${QUOTE} WHERE quote.external_id = ANY ($1::text[])`,
    values: [ids],
  });
  return new Map(rows.map((row) => [row.externalId ?? "", row]));
}

/** A batch: quotes by customer, the latest first. */
export async function quotesByCustomer(ids: readonly string[]): Promise<ReadonlyMap<string, readonly Quote[]>> {
  const { rows } = await query<Quote>({
    name: "quotes-by-customer",
    text: `${QUOTE} WHERE quote.customer_id = ANY ($1::uuid[]) ORDER BY quote.number DESC`,
    values: [ids],
  });
  return groupBy(rows, ({ customerId }) => customerId ?? "");
}

export type QuoteFilter = {
  readonly customerId: string | null;
  readonly contractId: string | null;
  readonly ownerId: string | null;
  readonly statuses: readonly QuoteStatus[] | null;
  readonly externalId: string | null;
};

/** Where quotes stand on a day: see statusOn. */
const statusOnDay = (day: string): string =>
  `CASE WHEN quote.expires_on < ${day} AND quote.status IN ('in_approval', 'approved', 'sent') THEN 'expired' ELSE quote.status END`;

/** A page of those that match on a day, the latest number first. */
export async function listQuotes(page: Page, filter: QuoteFilter, today: PlainDate): Promise<Quote[]> {
  const [number] = page.after ?? [];
  const { rows } = await query<Quote>({
    name: "list-quotes",
    text: `${QUOTE}
           WHERE ($1::uuid IS NULL OR quote.customer_id = $1) AND ($2::uuid IS NULL OR quote.contract_id = $2)
             AND ($3::uuid IS NULL OR quote.owner_id = $3) AND ($4::text[] IS NULL OR ${statusOnDay("$8::date")} = ANY ($4))
             AND ($5::text IS NULL OR quote.external_id = $5) AND ($6::text IS NULL OR quote.number < $6)
           ORDER BY quote.number DESC LIMIT $7`,
    values: [
      filter.customerId,
      filter.contractId,
      filter.ownerId,
      filter.statuses,
      filter.externalId,
      number ?? null,
      page.limit,
      today,
    ],
  });
  return rows;
}

/** The quote as it is now and stays until the transaction ends: nobody else changes it, its versions or its signatures. */
export async function lockQuote(id: string): Promise<Quote | null> {
  if (!isId(id)) return null;
  const { rows } = await query<Quote>(`${QUOTE} WHERE quote.id = $1 FOR UPDATE`, [id]);
  return rows[0] ?? null;
}

/** The organization's next number. Two at once wait for each other. */
export async function nextQuoteNumber(): Promise<string> {
  const { rows } = await query<{ counter: number }>(
    "UPDATE organization SET quote_counter = quote_counter + 1 WHERE id = $1 RETURNING quote_counter - 1 AS counter",
    [organizationId()],
  );
  return `Q-${String(rows[0]?.counter).padStart(5, "0")}`;
}

export type QuoteToInsert = Omit<
  Quote,
  "status" | "currentVersion" | "statusReason" | "version" | "createdAt" | "updatedAt"
>;

/** False where another quote has the external id. */
export async function insertQuote(quote: QuoteToInsert, now: Date): Promise<boolean> {
  const { rowCount } = await query(
    `INSERT INTO quote (organization_id, id, number, kind, customer_id, prospect, contract_id, expires_on, owner_id, external_id,
       deal, price_book_id, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13)
     ON CONFLICT (organization_id, external_id) DO NOTHING`,
    [
      organizationId(),
      quote.id,
      quote.number,
      quote.kind,
      quote.customerId,
      quote.prospect && JSON.stringify(quote.prospect),
      quote.contractId,
      quote.expiresOn,
      quote.ownerId,
      quote.externalId,
      quote.deal,
      quote.priceBookId,
      now,
    ],
  );
  return rowCount === 1;
}

/** Writes the whole head and raises its version. The quote is locked (lockQuote), and at `version`. */
export async function saveQuote(quote: Quote, now: Date): Promise<Quote> {
  const saved = { ...quote, version: quote.version + 1, updatedAt: now };
  await query(
    `UPDATE quote SET status = $2, customer_id = $3, prospect = $4, contract_id = $5, current_version = $6, expires_on = $7,
       owner_id = $8, external_id = $9, deal = $10, price_book_id = $11, status_reason = $12, version = $13, updated_at = $14
     WHERE id = $1`,
    [
      quote.id,
      quote.status,
      quote.customerId,
      quote.prospect && JSON.stringify(quote.prospect),
      quote.contractId,
      quote.currentVersion,
      quote.expiresOn,
      quote.ownerId,
      quote.externalId,
      quote.deal,
      quote.priceBookId,
      quote.statusReason,
      saved.version,
      now,
    ],
  );
  return saved;
}

/** Like saveQuote, where the external id may be another quote's: null then, and nothing is written. */
export async function trySaveQuote(quote: Quote, now: Date): Promise<Quote | null> {
  try {
    return await inTransaction(() => saveQuote(quote, now));
  } catch (error) {
    if ((error as { readonly code?: unknown }).code === UNIQUE_VIOLATION) return null;
    throw error;
  }
}
const UNIQUE_VIOLATION = "23505";

// ── Versions ─────────────────────────────────────────────────────────────────────────────────────────────────────────

const VERSION = `
  SELECT version.id, version.quote_id AS "quoteId", version.ordinal, version.terms, version.revision,
    version.sent_at AS "sentAt", version.superseded_at AS "supersededAt", version.created_by AS "createdBy",
    version.created_at AS "createdAt", version.updated_at AS "updatedAt"
  FROM quote_version version`;

/** A batch: the current version of each quote. */
export async function currentVersionsByQuote(ids: readonly string[]): Promise<ReadonlyMap<string, QuoteVersion>> {
  const { rows } = await query<QuoteVersion>({
    name: "current-versions-by-quote",
    text: `${VERSION} WHERE version.quote_id = ANY ($1::uuid[]) AND version.superseded_at IS NULL`,
    values: [ids.filter(isId)],
  });
  return new Map(rows.map((row) => [row.quoteId, row]));
}

/** A batch: all versions by quote, the first first. */
export async function versionsByQuote(ids: readonly string[]): Promise<ReadonlyMap<string, readonly QuoteVersion[]>> {
  const { rows } = await query<QuoteVersion>({
    name: "versions-by-quote",
    text: `${VERSION} WHERE version.quote_id = ANY ($1::uuid[]) ORDER BY version.quote_id, version.ordinal`,
    values: [ids.filter(isId)],
  });
  return groupBy(rows, ({ quoteId }) => quoteId);
}

/** A batch: versions by id. */
export async function quoteVersionsById(ids: readonly string[]): Promise<ReadonlyMap<string, QuoteVersion>> {
  const { rows } = await query<QuoteVersion>({
    name: "quote-versions-by-id",
    text: `${VERSION} WHERE version.id = ANY ($1::uuid[])`,
    values: [ids.filter(isId)],
  });
  return new Map(rows.map((row) => [row.id, row]));
}

/** The current version of a quote that is locked. */
export async function loadCurrentVersion({ id }: Pick<Quote, "id">): Promise<QuoteVersion> {
  const version = (await currentVersionsByQuote([id])).get(id);
  if (!version) throw new Error(`the quote ${id} has no current version`);
  return version;
}

export async function insertVersion(
  version: Pick<QuoteVersion, "quoteId" | "ordinal" | "terms" | "createdBy">,
  now: Date,
): Promise<QuoteVersion> {
  const { quoteId, ordinal, terms, createdBy } = version;
  const id = newId();
  await query(
    `INSERT INTO quote_version (organization_id, id, quote_id, ordinal, terms, created_by, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $7)`,
    [organizationId(), id, quoteId, ordinal, JSON.stringify(terms), createdBy, now],
  );
  return { ...version, id, revision: 1, sentAt: null, supersededAt: null, createdAt: now, updatedAt: now };
}

/** Writes other terms into a version that was not sent; its quote is locked. */
export async function saveTerms(version: QuoteVersion, terms: QuoteTerms, now: Date): Promise<QuoteVersion> {
  const revision = version.revision + 1;
  await query("UPDATE quote_version SET terms = $2, revision = $3, updated_at = $4 WHERE id = $1", [
    version.id,
    JSON.stringify(terms),
    revision,
    now,
  ]);
  return { ...version, terms, revision, updatedAt: now };
}

export async function markVersionSent({ id }: Pick<QuoteVersion, "id">, now: Date): Promise<void> {
  await query("UPDATE quote_version SET sent_at = $2, updated_at = $2 WHERE id = $1", [id, now]);
}

export async function supersedeVersion({ id }: Pick<QuoteVersion, "id">, now: Date): Promise<void> {
  await query("UPDATE quote_version SET superseded_at = $2, updated_at = $2 WHERE id = $1", [id, now]);
}

// ── Edits ────────────────────────────────────────────────────────────────────────────────────────────────────────────

const EDIT = `
  SELECT edit.id, edit.version_id AS "versionId", edit.revision, edit.path, edit.before, edit.after, edit.note,
    edit.edited_by AS "editedBy", edit.edited_at AS "editedAt"
  FROM quote_edit edit`;

/** A batch: the edits of versions, the first first. */
export async function editsByVersion(ids: readonly string[]): Promise<ReadonlyMap<string, readonly QuoteEdit[]>> {
  const { rows } = await query<QuoteEdit>({
    name: "quote-edits-by-version",
    text: `${EDIT} WHERE edit.version_id = ANY ($1::uuid[]) ORDER BY edit.id`,
    values: [ids],
  });
  return groupBy(rows, ({ versionId }) => versionId);
}

export async function insertEdits(
  edits: readonly Pick<QuoteEdit, "versionId" | "revision" | "path" | "before" | "after" | "note" | "editedBy">[],
  now: Date,
): Promise<void> {
  if (edits.length === 0) return;
  await query(
    `INSERT INTO quote_edit (organization_id, id, version_id, revision, path, before, after, note, edited_by, edited_at)
     SELECT $1, edit.* , $9::timestamptz
     FROM unnest($2::uuid[], $3::uuid[], $4::int[], $5::text[], $6::jsonb[], $7::jsonb[], $8::text[], $10::text[])
       AS edit (id, version_id, revision, path, before, after, note, edited_by)`,
    [
      organizationId(),
      edits.map(() => newId()),
      edits.map(({ versionId }) => versionId),
      edits.map(({ revision }) => revision),
      edits.map(({ path }) => path),
      edits.map(({ before }) => JSON.stringify(before ?? null)),
      edits.map(({ after }) => JSON.stringify(after ?? null)),
      edits.map(({ note }) => note),
      now,
      edits.map(({ editedBy }) => editedBy),
    ],
  );
}
