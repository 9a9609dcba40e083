import { groupBy } from "../../domain/group-by";
import { organizationId, query } from "../../platform/database/transaction";
import { isId, newId } from "../../platform/ids";

/** `staff`: for people of the organization, whose looks do not count as the customer's. */
export type InvoiceLinkPurpose = "customer" | "staff";

export type InvoiceLink = {
  readonly id: string;
  readonly invoiceId: string;
  readonly purpose: InvoiceLinkPurpose;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  readonly createdBy: string;
  readonly createdAt: Date;
};

export type InvoiceViewed = "page" | "pdf" | "usage";
export type InvoiceVisitor = "customer" | "staff" | "program";

export type InvoiceView = {
  readonly id: string;
  readonly linkId: string;
  readonly invoiceId: string;
  readonly what: InvoiceViewed;
  readonly visitor: InvoiceVisitor;
  readonly viewedAt: Date;
  readonly ip: string | null;
  readonly browser: string | null;
};

const LINK = `link.id, link.invoice_id AS "invoiceId", link.purpose, link.expires_at AS "expiresAt", link.revoked_at AS "revokedAt",
  link.created_by AS "createdBy", link.created_at AS "createdAt"`;

/** A batch: links by id. */
export async function invoiceLinksById(ids: readonly string[]): Promise<ReadonlyMap<string, InvoiceLink>> {
  const { rows } = await query<InvoiceLink>({
    name: "invoice-links-by-id",
    text: `SELECT ${LINK} FROM invoice_link AS link WHERE link.id = ANY ($1::uuid[])`,
    values: [ids.filter(isId)],
  });
  return new Map(rows.map((row) => [row.id, row]));
}

/** A batch: the links to each invoice, the first first. */
export async function linksByInvoice(
  invoiceIds: readonly string[],
): Promise<ReadonlyMap<string, readonly InvoiceLink[]>> {
  const { rows } = await query<InvoiceLink>({
    name: "links-by-invoice",
    text: `SELECT ${LINK} FROM invoice_link AS link WHERE link.invoice_id = ANY ($1::uuid[]) ORDER BY link.invoice_id, link.id`,
    values: [invoiceIds],
  });
  return groupBy(rows, ({ invoiceId }) => invoiceId);
}

/** The link with this hash, in this organization. */
export async function findInvoiceLink(tokenHash: string): Promise<InvoiceLink | null> {
  const { rows } = await query<InvoiceLink>({
    name: "find-invoice-link",
    text: `SELECT ${LINK} FROM invoice_link AS link WHERE link.token_hash = $1`,
    values: [tokenHash],
  });
  return rows[0] ?? null;
}

export async function insertInvoiceLink(
  link: Pick<InvoiceLink, "invoiceId" | "purpose" | "expiresAt" | "createdBy"> & { readonly tokenHash: string },
  now: Date,
): Promise<string> {
  const id = newId();
  await query(
    `INSERT INTO invoice_link (organization_id, id, invoice_id, purpose, token_hash, expires_at, created_by, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [organizationId(), id, link.invoiceId, link.purpose, link.tokenHash, link.expiresAt, link.createdBy, now],
  );
  return id;
}

export async function revokeLink(id: string, now: Date): Promise<void> {
  await query("UPDATE invoice_link SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL", [id, now]);
}

// ── Who looked ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** How often a link was used in the last minute of the world's time. */
export async function countRecentInvoiceViews(linkId: string): Promise<number> {
  const { rows } = await query<{ count: number }>({
    name: "count-recent-invoice-views",
    text: `SELECT count(*)::int AS count FROM invoice_view WHERE link_id = $1 AND recorded_at > now() - interval '1 minute'`,
    values: [linkId],
  });
  return rows[0]?.count ?? 0;
}

export async function insertInvoiceView(view: Omit<InvoiceView, "id" | "invoiceId">): Promise<void> {
  await query(
    `INSERT INTO invoice_view (organization_id, id, link_id, what, visitor, viewed_at, ip, browser)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [organizationId(), newId(), view.linkId, view.what, view.visitor, view.viewedAt, view.ip, view.browser],
  );
}

/** The customer's first look, and no later one. */
export async function markInvoiceViewed(invoiceId: string, now: Date): Promise<void> {
  await query("UPDATE invoice SET viewed_at = $2, updated_at = $2 WHERE id = $1 AND viewed_at IS NULL", [
    invoiceId,
    now,
  ]);
}

/** A batch: the last hundred looks at each invoice, the latest first. */
export async function viewsByInvoice(ids: readonly string[]): Promise<ReadonlyMap<string, readonly InvoiceView[]>> {
  const { rows } = await query<InvoiceView>({
    name: "views-by-invoice",
    text: `SELECT last.* FROM unnest($1::uuid[]) AS invoice (id)
           CROSS JOIN LATERAL (
             SELECT view.id, view.link_id AS "linkId", link.invoice_id AS "invoiceId", view.what, view.visitor, view.viewed_at AS "viewedAt",
               view.ip, view.browser
             FROM invoice_link AS link
             JOIN invoice_view AS view ON view.organization_id = link.organization_id AND view.link_id = link.id
             WHERE link.invoice_id = invoice.id ORDER BY view.recorded_at DESC, view.id DESC LIMIT 100) AS last`,
    values: [ids],
  });
  return groupBy(rows, ({ invoiceId }) => invoiceId);
}

/** The issued credit notes over an invoice, the first first. */
export async function creditNotesOver(
  invoiceId: string,
): Promise<{ readonly number: string; readonly issuedOn: string; readonly gross: string }[]> {
  const { rows } = await query<{ number: string; issuedOn: string; gross: string }>({
    name: "credit-notes-over",
    text: `SELECT number, issued_on AS "issuedOn", -gross_total AS gross FROM invoice
           WHERE corrects_invoice_id = $1 AND number IS NOT NULL AND status <> 'voided' ORDER BY issued_on, number`,
    values: [invoiceId],
  });
  return rows;
}
