import { organizationId, query } from "../../platform/database/transaction";

export type ViewPreference = { readonly isFavourite: boolean; readonly isDefault: boolean };

/** A batch: what actors make of views, by "actor view". */
export async function preferencesByActorAndView(keys: readonly string[]): Promise<ReadonlyMap<string, ViewPreference>> {
  const pairs = keys.map((key) => key.split(" "));
  const { rows } = await query<ViewPreference & { key: string }>({
    name: "view-preferences",
    text: `SELECT actor_id || ' ' || view_id AS key, is_favourite AS "isFavourite", is_default AS "isDefault" FROM view_preference
           WHERE (actor_id, view_id) IN (SELECT * FROM unnest($1::uuid[], $2::uuid[]))`,
    values: [pairs.map(([actorId]) => actorId), pairs.map(([, viewId]) => viewId)],
  });
  return new Map(rows.map((row) => [row.key, row]));
}

export async function setFavourite(actorId: string, viewId: string, isFavourite: boolean): Promise<void> {
  await query(
    `INSERT INTO view_preference (organization_id, actor_id, view_id, is_favourite) VALUES ($1, $2, $3, $4)
     ON CONFLICT (organization_id, actor_id, view_id) DO UPDATE SET is_favourite = excluded.is_favourite`,
    [organizationId(), actorId, viewId, isFavourite],
  );
}

/** The one view that opens first; null: none of the actor's own. */
export async function setOwnDefault(actorId: string, viewId: string | null): Promise<void> {
  await query("UPDATE view_preference SET is_default = false WHERE actor_id = $1 AND is_default", [actorId]);
  if (viewId === null) return;
  await query(
    `INSERT INTO view_preference (organization_id, actor_id, view_id, is_default) VALUES ($1, $2, $3, true)
     ON CONFLICT (organization_id, actor_id, view_id) DO UPDATE SET is_default = true`,
    [organizationId(), actorId, viewId],
  );
}

/** Gives the view that was the default before; null: there was none. */
export async function setCommonDefault(viewId: string | null): Promise<string | null> {
  const { rows } = await query<{ id: string }>(
    "UPDATE saved_view SET is_default = false WHERE is_default RETURNING id",
  );
  if (viewId !== null) await query("UPDATE saved_view SET is_default = true WHERE id = $1", [viewId]);
  return rows[0]?.id ?? null;
}

/** The actor's own default, else the organization's. */
export async function defaultViewId(actorId: string | null): Promise<string | null> {
  const { rows } = await query<{ id: string }>({
    name: "default-view-id",
    text: `SELECT view_id AS id, 1 AS place FROM view_preference WHERE actor_id = $1 AND is_default
           UNION ALL SELECT id, 2 FROM saved_view WHERE is_default ORDER BY place`,
    values: [actorId],
  });
  return rows[0]?.id ?? null;
}
