import { groupBy } from "../../domain/group-by";
import { Decimal } from "../../domain/money/decimal";
import type { GuardRail } from "../../domain/quote/guard-rails";
import { inTransaction, organizationId, query } from "../../platform/database/transaction";
import type { Page } from "../../platform/graphql/paging";
import { isId } from "../../platform/ids";
import type { PriceBook, PriceBookEntry } from "./price-book";

const BOOK = `
  SELECT book.id, book.name, book.description, book.currency, book.starts_on AS "startsOn", book.ends_before AS "endsBefore",
    book.archived_at AS "archivedAt", book.version, book.created_at AS "createdAt", book.updated_at AS "updatedAt"
  FROM price_book AS book`;

/** A batch: price books by id, archived ones included. */
export async function priceBooksById(ids: readonly string[]): Promise<ReadonlyMap<string, PriceBook>> {
  const { rows } = await query<PriceBook>({
    name: "price-books-by-id",
    text: `${BOOK} WHERE book.id = ANY ($1::uuid[])`,
    values: [ids.filter(isId)],
  });
  return new Map(rows.map((row) => [row.id, row]));
}

/** A page by name. */
export async function listPriceBooks(page: Page, includeArchived: boolean): Promise<PriceBook[]> {
  const [name, id] = page.after ?? [];
  const { rows } = await query<PriceBook>({
    name: "list-price-books",
    text: `${BOOK} WHERE ($1 OR book.archived_at IS NULL) AND ($2::text IS NULL OR (book.name, book.id) > ($2, $3::uuid))
           ORDER BY book.name, book.id LIMIT $4`,
    values: [includeArchived, name ?? null, id ?? null, page.limit],
  });
  return rows;
}

/** The price book as it is now and stays until the transaction ends. */
export async function lockPriceBook(id: string): Promise<PriceBook | null> {
  if (!isId(id)) return null;
  const { rows } = await query<PriceBook>(`${BOOK} WHERE book.id = $1 FOR UPDATE`, [id]);
  return rows[0] ?? null;
}

/** False where another one has the name, and then nothing is written. */
export async function insertPriceBook(
  book: Omit<PriceBook, "archivedAt" | "version" | "createdAt" | "updatedAt">,
  now: Date,
): Promise<boolean> {
  const { rowCount } = await query(
    `INSERT INTO price_book (organization_id, id, name, description, currency, starts_on, ends_before, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)
     ON CONFLICT (organization_id, name) WHERE archived_at IS NULL DO NOTHING`,
    [organizationId(), book.id, book.name, book.description, book.currency, book.startsOn, book.endsBefore, now],
  );
  return rowCount === 1;
}

/** Writes the book, which is locked, and raises its version. False where another one has the name. */
export async function savePriceBook(book: PriceBook, now: Date): Promise<boolean> {
  try {
    await inTransaction(() =>
      query(
        `UPDATE price_book SET name = $2, description = $3, starts_on = $4, ends_before = $5, archived_at = $6,
           version = $7, updated_at = $8 WHERE id = $1`,
        [book.id, book.name, book.description, book.startsOn, book.endsBefore, book.archivedAt, book.version + 1, now],
      ),
    );
    return true;
  } catch (error) {
    if ((error as { readonly code?: unknown }).code === UNIQUE_VIOLATION) return false;
    throw error;
  }
}
const UNIQUE_VIOLATION = "23505";

type EntryRow = { readonly [Field in keyof PriceBookEntry]: string | null } & {
  readonly priceBookId: string;
  readonly lineageId: string;
};

const decimal = (text: string | null): Decimal | null => (text === null ? null : new Decimal(text));

/** A batch: what is in price books, in their order. */
export async function entriesByPriceBook(
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly PriceBookEntry[]>> {
  const { rows } = await query<EntryRow>({
    name: "entries-by-price-book",
    text: `SELECT entry.price_book_id AS "priceBookId", entry.lineage_id AS "lineageId",
             entry.discount_limit_percent AS "discountLimitPercent",
             entry.discount_maximum_percent AS "discountMaximumPercent", entry.minimum_quantity AS "minimumQuantity",
             entry.maximum_quantity AS "maximumQuantity", entry.floor_unit_amount AS "floorUnitAmount"
           FROM price_book_entry AS entry WHERE entry.price_book_id = ANY ($1::uuid[])
           ORDER BY entry.price_book_id, entry.position`,
    values: [ids.filter(isId)],
  });
  const entries = rows.map((row) => ({
    priceBookId: row.priceBookId,
    lineageId: row.lineageId,
    discountLimitPercent: decimal(row.discountLimitPercent),
    discountMaximumPercent: decimal(row.discountMaximumPercent),
    minimumQuantity: decimal(row.minimumQuantity),
    maximumQuantity: decimal(row.maximumQuantity),
    floorUnitAmount: decimal(row.floorUnitAmount),
  }));
  return groupBy(entries, ({ priceBookId }) => priceBookId);
}

/** Puts these in the place of all that are in the book, which is locked. */
export async function replaceEntries(priceBookId: string, entries: readonly GuardRail[]): Promise<void> {
  await query("DELETE FROM price_book_entry WHERE price_book_id = $1", [priceBookId]);
  const texts = (valueOf: (entry: GuardRail) => Decimal | null) =>
    entries.map((entry) => valueOf(entry)?.toFixed() ?? null);
  await query(
    `INSERT INTO price_book_entry (organization_id, price_book_id, lineage_id, position, discount_limit_percent,
       discount_maximum_percent, minimum_quantity, maximum_quantity, floor_unit_amount)
     SELECT $1, $2, entry.lineage_id, entry.position, entry.limit_percent, entry.maximum_percent,
       entry.minimum_quantity, entry.maximum_quantity, entry.floor
     FROM unnest($3::uuid[], $4::numeric[], $5::numeric[], $6::numeric[], $7::numeric[], $8::numeric[])
       WITH ORDINALITY
       AS entry (lineage_id, limit_percent, maximum_percent, minimum_quantity, maximum_quantity, floor, position)`,
    [
      organizationId(),
      priceBookId,
      entries.map(({ lineageId }) => lineageId),
      texts(({ discountLimitPercent }) => discountLimitPercent),
      texts(({ discountMaximumPercent }) => discountMaximumPercent),
      texts(({ minimumQuantity }) => minimumQuantity),
      texts(({ maximumQuantity }) => maximumQuantity),
      texts(({ floorUnitAmount }) => floorUnitAmount),
    ],
  );
}
