import { Decimal } from "../../domain/money/decimal";
import { readStoredFilter, storedFilter } from "../../domain/view/stored-filter";
import { organizationId, query } from "../../platform/database/transaction";
import { isId } from "../../platform/ids";
import type { SavedView, ViewTerms } from "./saved-view";

const VIEW = `id, name, owner_id AS "ownerId", is_shared AS "isShared", coalesce(shared_with_roles, '{}') AS "sharedWithRoles", filter, columns, sort,
  comparison, threshold_amount AS "thresholdAmount", threshold_percent AS "thresholdPercent", is_default AS "isDefault",
  updated_by AS "updatedBy", updated_at AS "updatedAt", version`;

type Row = Omit<SavedView, "filter" | "thresholdAmount" | "thresholdPercent"> & {
  readonly filter: unknown;
  readonly thresholdAmount: string | null;
  readonly thresholdPercent: string | null;
};

const toView = ({ filter, thresholdAmount, thresholdPercent, ...row }: Row): SavedView => ({
  ...row,
  filter: readStoredFilter(filter),
  thresholdAmount: thresholdAmount === null ? null : new Decimal(thresholdAmount),
  thresholdPercent: thresholdPercent === null ? null : new Decimal(thresholdPercent),
});

/** What a view keeps of its terms, in the order of $2 to $10. */
const TERMS =
  "name, is_shared, shared_with_roles, filter, columns, sort, comparison, threshold_amount, threshold_percent";
const termValues = (terms: ViewTerms): unknown[] => [
  terms.name,
  terms.isShared,
  terms.sharedWithRoles,
  JSON.stringify(storedFilter(terms.filter)),
  terms.columns,
  JSON.stringify(terms.sort),
  terms.comparison,
  terms.thresholdAmount?.toFixed() ?? null,
  terms.thresholdPercent?.toFixed() ?? null,
];

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
export async function listSavedViews(reader: {
  readonly id: string | null;
  readonly role: string;
}): Promise<SavedView[]> {
  const { rows } = await query<Row>({
    name: "list-saved-views",
    text: `SELECT ${VIEW} FROM saved_view
           WHERE owner_id = $1 OR is_shared AND (coalesce(shared_with_roles, '{}') = '{}' OR $2 = 'admin' OR $2 = ANY (shared_with_roles))
           ORDER BY lower(name), id`,
    values: [reader.id, reader.role],
  });
  return rows.map(toView);
}

/** False if the name is taken, and then nothing is written. */
export async function insertSavedView(
  { id, ownerId, terms }: { readonly id: string; readonly ownerId: string | null; readonly terms: ViewTerms },
  { now, by }: { readonly now: Date; readonly by: string },
): Promise<boolean> {
  const { rowCount } = await query(
    `INSERT INTO saved_view (organization_id, ${TERMS}, id, owner_id, updated_by, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14) ON CONFLICT (organization_id, name) DO NOTHING`,
    [organizationId(), ...termValues(terms), id, ownerId, by, now],
  );
  return rowCount === 1;
}

/** The view, kept from other writers until the transaction ends. */
export async function lockSavedView(id: string): Promise<SavedView | null> {
  if (!isId(id)) return null;
  const { rows } = await query<Row>(`SELECT ${VIEW} FROM saved_view WHERE id = $1 FOR UPDATE`, [id]);
  return rows[0] ? toView(rows[0]) : null;
}

/** False if another view has the name. A view that not everybody sees any more is not everybody's default either. */
export async function updateSavedViewRow(
  id: string,
  terms: ViewTerms,
  { now, by }: { readonly now: Date; readonly by: string },
): Promise<boolean> {
  const { rowCount } = await query(
    `UPDATE saved_view SET (${TERMS}) = ($2, $3, $4, $5::jsonb, $6, $7::jsonb, $8, $9::numeric, $10::numeric), updated_at = $11, updated_by = $12,
       is_default = is_default AND $3 AND $4::text[] = '{}', version = version + 1
     WHERE id = $1 AND NOT EXISTS (SELECT FROM saved_view AS other WHERE other.name = $2 AND other.id <> $1)`,
    [id, ...termValues(terms), now, by],
  );
  return rowCount === 1;
}

export async function deleteSavedViewRow(id: string): Promise<void> {
  await query("DELETE FROM saved_view WHERE id = $1", [id]);
}
