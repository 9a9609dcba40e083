import { organizationId, query } from "../../platform/database/transaction";
import { isId, newId } from "../../platform/ids";
import type { DeliverySettings } from "./delivery";

const DEFAULTS: DeliverySettings = {
  attachesUsage: false,
  mailsZeroTotals: false,
  mailsPerMinute: null,
  hasBounceAddress: false,
  version: 0,
};

const SETTINGS = `attaches_usage AS "attachesUsage", mails_zero_totals AS "mailsZeroTotals", mails_per_minute AS "mailsPerMinute",
  bounce_secret_hash IS NOT NULL AS "hasBounceAddress", version`;

export async function loadDeliverySettings(): Promise<DeliverySettings> {
  const { rows } = await query<DeliverySettings>({
    name: "delivery-settings",
    text: `SELECT ${SETTINGS} FROM delivery_settings`,
  });
  return rows[0] ?? DEFAULTS;
}

/** The settings stay as they are until the transaction ends; one mail after the other is counted under this lock. */
export async function lockDeliverySettings(): Promise<DeliverySettings> {
  const { rows } = await query<DeliverySettings>(`SELECT ${SETTINGS} FROM delivery_settings FOR UPDATE`);
  return rows[0] ?? DEFAULTS;
}

export async function saveDeliverySettings(
  { attachesUsage, mailsZeroTotals, mailsPerMinute }: DeliverySettings,
  now: Date,
): Promise<void> {
  await query(
    `INSERT INTO delivery_settings (organization_id, attaches_usage, mails_zero_totals, mails_per_minute, updated_at)
     VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (organization_id) DO UPDATE SET attaches_usage = excluded.attaches_usage, mails_zero_totals = excluded.mails_zero_totals,
       mails_per_minute = excluded.mails_per_minute, version = delivery_settings.version + 1, updated_at = excluded.updated_at`,
    [organizationId(), attachesUsage, mailsZeroTotals, mailsPerMinute, now],
  );
}

// ── Where status notifications are posted ────────────────────────────────────────────────────────────────────────────

export async function saveBounceSecret(hash: string | null, now: Date): Promise<void> {
  await query(
    `INSERT INTO delivery_settings (organization_id, bounce_secret_hash, updated_at) VALUES ($1, $2, $3)
     ON CONFLICT (organization_id) DO UPDATE SET bounce_secret_hash = excluded.bounce_secret_hash,
       version = delivery_settings.version + 1, updated_at = excluded.updated_at`,
    [organizationId(), hash, now],
  );
}

export async function isBounceSecret(hash: string): Promise<boolean> {
  const { rowCount } = await query("SELECT FROM delivery_settings WHERE bounce_secret_hash = $1", [hash]);
  return rowCount === 1;
}

// ── Files that go with every invoice ─────────────────────────────────────────────────────────────────────────────────

export type MailFile = {
  readonly id: string;
  readonly fileName: string;
  readonly contentType: string;
  readonly byteCount: number;
  readonly addedBy: string;
  readonly addedAt: Date;
};

const FILE = `id, file_name AS "fileName", content_type AS "contentType", octet_length(content) AS "byteCount", added_by AS "addedBy",
  added_at AS "addedAt"`;

export async function listMailFiles(): Promise<MailFile[]> {
  const { rows } = await query<MailFile>({
    name: "mail-files",
    text: `SELECT ${FILE} FROM mail_attachment WHERE removed_at IS NULL ORDER BY added_at, id`,
  });
  return rows;
}

export async function insertMailFile(
  file: Pick<MailFile, "fileName" | "contentType" | "addedBy"> & { readonly content: Buffer },
  now: Date,
): Promise<string> {
  const id = newId();
  await query(
    `INSERT INTO mail_attachment (organization_id, id, file_name, content_type, content, added_by, added_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [organizationId(), id, file.fileName, file.contentType, file.content, file.addedBy, now],
  );
  return id;
}

/** Mails that wait may still need it, so it is kept. False: there is none. */
export async function removeMailFile(id: string, now: Date): Promise<boolean> {
  if (!isId(id)) return false;
  const { rowCount } = await query("UPDATE mail_attachment SET removed_at = $2 WHERE id = $1 AND removed_at IS NULL", [
    id,
    now,
  ]);
  return rowCount === 1;
}

export async function mailFileContent(
  id: string,
): Promise<{ readonly fileName: string; readonly contentType: string; readonly content: Buffer } | null> {
  const { rows } = await query<{ fileName: string; contentType: string; content: Buffer }>(
    `SELECT file_name AS "fileName", content_type AS "contentType", content FROM mail_attachment WHERE id = $1`,
    [id],
  );
  return rows[0] ?? null;
}
