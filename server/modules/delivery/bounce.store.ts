import { organizationId, query } from "../../platform/database/transaction";
import { newId } from "../../platform/ids";
import type { MailBounce } from "./delivery";

const BOUNCE = `bounce.id, bounce.delivery_id AS "deliveryId", bounce.email, bounce.is_permanent AS "isPermanent",
  bounce.status_code AS "statusCode", bounce.detail, bounce.source, bounce.reported_by AS "reportedBy", bounce.bounced_at AS "bouncedAt"`;

/** A batch: why nothing is sent to an address, by the address in small letters, for those that mails come back from. */
export async function bouncesByAddress(emails: readonly string[]): Promise<ReadonlyMap<string, MailBounce>> {
  const { rows } = await query<MailBounce>({
    name: "bounces-by-address",
    text: `SELECT ${BOUNCE} FROM bounced_address AS address
           JOIN mail_bounce AS bounce ON bounce.organization_id = address.organization_id AND bounce.id = address.bounce_id
           WHERE address.email = ANY ($1::text[])`,
    values: [emails.map((email) => email.toLowerCase())],
  });
  return new Map(rows.map((row) => [row.email, row]));
}

/** All addresses that mails come back from, the latest first. */
export async function listBouncedAddresses(limit: number): Promise<MailBounce[]> {
  const { rows } = await query<MailBounce>({
    name: "bounced-addresses",
    text: `SELECT ${BOUNCE} FROM bounced_address AS address
           JOIN mail_bounce AS bounce ON bounce.organization_id = address.organization_id AND bounce.id = address.bounce_id
           ORDER BY bounce.bounced_at DESC, bounce.id DESC LIMIT $1`,
    values: [limit],
  });
  return rows;
}

/** A delivery of ours by its message id, or by one of its recipients the last one that went there. */
export async function deliveryThatBounced({
  messageId,
  email,
}: {
  readonly messageId: string | null;
  readonly email: string;
}): Promise<string | null> {
  const { rows } = await query<{ id: string }>(
    `SELECT delivery.id FROM delivery
     JOIN delivery_recipient AS recipient ON recipient.organization_id = delivery.organization_id AND recipient.delivery_id = delivery.id
     WHERE ($1::text IS NULL OR delivery.message_id = $1) AND lower(recipient.email) = $2 AND delivery.status IN ('sent', 'uncertain')
     ORDER BY delivery.queued_at DESC, delivery.id DESC LIMIT 1`,
    [messageId, email.toLowerCase()],
  );
  return rows[0]?.id ?? null;
}

export async function insertBounce(bounce: Omit<MailBounce, "id">): Promise<string> {
  const id = newId();
  await query(
    `INSERT INTO mail_bounce (organization_id, id, delivery_id, email, is_permanent, status_code, detail, source, reported_by, bounced_at)
     VALUES ($1, $2, $3, lower($4), $5, $6, $7, $8, $9, $10)`,
    [
      organizationId(),
      id,
      bounce.deliveryId,
      bounce.email,
      bounce.isPermanent,
      bounce.statusCode,
      bounce.detail,
      bounce.source,
      bounce.reportedBy,
      bounce.bouncedAt,
    ],
  );
  return id;
}

/** Whether this was reported before: a mail server may post a notification twice. */
export async function isBounceKnown({
  deliveryId,
  email,
  statusCode,
}: Pick<MailBounce, "deliveryId" | "email" | "statusCode">): Promise<boolean> {
  const { rowCount } = await query(
    `SELECT FROM mail_bounce WHERE delivery_id = $1 AND email = lower($2) AND status_code IS NOT DISTINCT FROM $3 LIMIT 1`,
    [deliveryId, email, statusCode],
  );
  return (rowCount ?? 0) > 0;
}

export async function markAddressBounced(email: string, bounceId: string): Promise<void> {
  await query(
    `INSERT INTO bounced_address (organization_id, email, bounce_id) VALUES ($1, lower($2), $3)
     ON CONFLICT (organization_id, email) DO UPDATE SET bounce_id = excluded.bounce_id`,
    [organizationId(), email, bounceId],
  );
}

/** False: it was not marked. */
export async function clearAddress(email: string): Promise<boolean> {
  const { rowCount } = await query("DELETE FROM bounced_address WHERE email = lower($1)", [email]);
  return rowCount === 1;
}
