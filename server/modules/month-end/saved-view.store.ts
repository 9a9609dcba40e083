import { organizationId, query } from "../../platform/database/transaction";
import { isId } from "../../platform/ids";
import { type SavedView, type ViewFilter, type ViewTerms, WHOLE_MONTH } from "./saved-view";

const VIEW = `id, name, owner_id AS "ownerId", is_shared AS "isShared", filter, columns, sort, comparison, version`;

type Row = Omit<SavedView, "filter"> & { readonly filter: Partial<ViewFilter> };
const toView = (row: Row): SavedView => ({ ...row, filter: { ...WHOLE_MONTH, ...row.filter } });

/** Only what narrows is kept. */
const storedFilter = (filter: ViewFilter): string =>
  JSON.stringify(Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== null)));

/** A batch: views by id, whoever owns them. */
export async function savedViewsById(ids: readonly string[]): Promise<ReadonlyMap<string, SavedView>> {
  const { rows } = await query<Row>({
    name: "saved-views-by-id",
    text: `SELECT ${VIEW} FROM saved_view WHERE id = ANY ($1::uuid[])`,
    values: [ids.filter(isId)],
  });
  return new Map(rows.map((row) => [row.id, toView(row)]));
}

/** Shared views and the reader's own, by name. */
export async function listSavedViews(readerId: string | null): Promise<SavedView[]> {
  const { rows } = await query<Row>({
    name: "list-saved-views",
    text: `SELECT ${VIEW} FROM saved_view WHERE is_shared OR owner_id = $1 ORDER BY lower(name), id`,
    values: [readerId],
  });
  return rows.map(toView);
}

/** False if the name is taken, and then nothing is written. */
export async function insertSavedView(view: Omit<SavedView, "version">, now: Date): Promise<boolean> {
  const { id, ownerId, name, isShared, filter, columns, sort, comparison } = view;
  const { rowCount } = await query(
    `INSERT INTO saved_view (organization_id, id, name, owner_id, is_shared, filter, columns, sort, comparison, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10) ON CONFLICT (organization_id, name) DO NOTHING`,
    [
      organizationId(),
      id,
      name,
      ownerId,
      isShared,
      storedFilter(filter),
      columns,
      JSON.stringify(sort),
      comparison,
      now,
    ],
  );
  return rowCount === 1;
}

/** The view, kept from other writers until the transaction ends. */
export async function lockSavedView(id: string): Promise<SavedView | null> {
  if (!isId(id)) return null;
  const { rows } = await query<Row>(`SELECT ${VIEW} FROM saved_view WHERE id = $1 FOR UPDATE`, [id]);
  return rows[0] ? toView(rows[0]) : null;
}

/** False if another view has the name. */
export async function updateSavedViewRow(id: string, terms: ViewTerms, now: Date): Promise<boolean> {
  const { rowCount } = await query(
    `UPDATE saved_view SET name = $2, is_shared = $3, filter = $4, columns = $5, sort = $6, comparison = $7, updated_at = $8, version = version + 1
     WHERE id = $1 AND NOT EXISTS (SELECT FROM saved_view AS other WHERE other.name = $2 AND other.id <> $1)`,
    [
      id,
      terms.name,
      terms.isShared,
      storedFilter(terms.filter),
      terms.columns,
      JSON.stringify(terms.sort),
      terms.comparison,
      now,
    ],
  );
  return rowCount === 1;
}

export async function deleteSavedViewRow(id: string): Promise<void> {
  await query("DELETE FROM saved_view WHERE id = $1", [id]);
}
