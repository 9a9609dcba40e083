import { groupBy } from "../../domain/group-by";
import { organizationId, query } from "../../platform/database/transaction";
import { isId, newId } from "../../platform/ids";
import type { QuoteLink, QuoteView, ViewedWhat } from "./signing";

const LINK = `
  SELECT link.id, link.quote_id AS "quoteId", link.version_id AS "versionId", link.purpose, link.signer_id AS "signerId",
    link.expires_at AS "expiresAt", link.revoked_at AS "revokedAt", link.created_by AS "createdBy",
    link.created_at AS "createdAt"
  FROM quote_link link`;

/** A batch: links by id. */
export async function quoteLinksById(ids: readonly string[]): Promise<ReadonlyMap<string, QuoteLink>> {
  const { rows } = await query<QuoteLink>({
    name: "quote-links-by-id",
    text: `${LINK} WHERE link.id = ANY ($1::uuid[])`,
    values: [ids.filter(isId)],
  });
  return new Map(rows.map((row) => [row.id, row]));
}

/** A batch: the links to quotes, the first first. */
export async function linksByQuote(ids: readonly string[]): Promise<ReadonlyMap<string, readonly QuoteLink[]>> {
  const { rows } = await query<QuoteLink>({
    name: "quote-links-by-quote",
    text: `${LINK} WHERE link.quote_id = ANY ($1::uuid[]) ORDER BY link.quote_id, link.id`,
    values: [ids],
  });
  return groupBy(rows, ({ quoteId }) => quoteId);
}

/** The link with this hash, in this organization. */
export async function findLink(tokenHash: string): Promise<QuoteLink | null> {
  const { rows } = await query<QuoteLink>({
    name: "find-quote-link",
    text: `${LINK} WHERE link.token_hash = $1`,
    values: [tokenHash],
  });
  return rows[0] ?? null;
}

export async function insertLink(
  link: Omit<QuoteLink, "id" | "revokedAt" | "createdAt"> & { readonly tokenHash: string },
  now: Date,
): Promise<string> {
  const id = newId();
  await query(
    `INSERT INTO quote_link (organization_id, id, quote_id, version_id, purpose, signer_id, token_hash, expires_at, created_by,
       created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      organizationId(),
      id,
      link.quoteId,
      link.versionId,
      link.purpose,
      link.signerId,
      link.tokenHash,
      link.expiresAt,
      link.createdBy,
      now,
    ],
  );
  return id;
}

/** False if it was revoked before. */
export async function markLinkRevoked(id: string, now: Date): Promise<boolean> {
  const { rowCount } = await query("UPDATE quote_link SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL", [
    id,
    now,
  ]);
  return rowCount === 1;
}

/** Takes back every link by which this signer could sign. */
export async function revokeLinksOfSigner(signerId: string, now: Date): Promise<void> {
  await query("UPDATE quote_link SET revoked_at = $2 WHERE signer_id = $1 AND revoked_at IS NULL", [signerId, now]);
}

// ── Who looked ───────────────────────────────────────────────────────────────────────────────────────────────────────

const VIEW = `
  SELECT view.id, view.link_id AS "linkId", view.what, view.viewed_at AS "viewedAt", view.ip, view.browser
  FROM quote_view view`;

/** A batch: the last hundred views through each link, the latest first. */
export async function viewsByLink(ids: readonly string[]): Promise<ReadonlyMap<string, readonly QuoteView[]>> {
  const { rows } = await query<QuoteView>({
    name: "quote-views-by-link",
    text: `SELECT last.* FROM unnest($1::uuid[]) AS link (id)
           CROSS JOIN LATERAL (${VIEW} WHERE view.link_id = link.id ORDER BY view.recorded_at DESC, view.id DESC LIMIT 100) last`,
    values: [ids],
  });
  return groupBy(rows, ({ linkId }) => linkId);
}

/** A batch: how often something was looked at through each link. */
export async function viewCountsByLink(ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const { rows } = await query<{ linkId: string; count: number }>({
    name: "quote-view-counts-by-link",
    text: `SELECT view.link_id AS "linkId", count(*)::int AS count FROM quote_view view
           WHERE view.link_id = ANY ($1::uuid[]) GROUP BY view.link_id`,
    values: [ids],
  });
  return new Map(rows.map(({ linkId, count }) => [linkId, count]));
}

/** How often something was asked for through a link in the last minute of the world's time. */
export async function countRecentViews(linkId: string, what: readonly ViewedWhat[]): Promise<number> {
  const { rows } = await query<{ count: number }>({
    name: "count-recent-quote-views",
    text: `SELECT count(*)::int AS count FROM quote_view
           WHERE link_id = $1 AND what = ANY ($2::text[]) AND recorded_at > now() - interval '1 minute'`,
    values: [linkId, what],
  });
  return rows[0]?.count ?? 0;
}

/** Notes a view, and says whether it is the first of its kind through this link. */
export async function insertView(view: Omit<QuoteView, "id">): Promise<{ readonly isFirst: boolean }> {
  const { rows } = await query<{ isFirst: boolean }>(
    `INSERT INTO quote_view (organization_id, id, link_id, what, viewed_at, ip, browser)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     RETURNING NOT EXISTS (SELECT FROM quote_view earlier WHERE earlier.link_id = $3 AND earlier.what = $4) AS "isFirst"`,
    [organizationId(), newId(), view.linkId, view.what, view.viewedAt, view.ip, view.browser],
  );
  return { isFirst: rows[0]?.isFirst ?? false };
}
