import type { MailPurpose } from "../../integrations/email/mail-template";
import { organizationId, query } from "../../platform/database/transaction";
import { newId } from "../../platform/ids";

export type StoredMailTemplate = {
  readonly id: string;
  readonly purpose: MailPurpose;
  /** of a reminder, from 1; of other mails 0 */
  readonly level: number;
  readonly language: string;
  readonly subject: string;
  readonly text: string;
  readonly version: number;
  readonly updatedBy: string;
  readonly updatedAt: Date;
};

const TEMPLATE = `id, purpose, level, language, subject, text, version, updated_by AS "updatedBy", updated_at AS "updatedAt"`;

export async function listMailTemplates(): Promise<StoredMailTemplate[]> {
  const { rows } = await query<StoredMailTemplate>({
    name: "mail-templates",
    text: `SELECT ${TEMPLATE} FROM mail_template ORDER BY purpose, level, language`,
  });
  return rows;
}

type Place = Pick<StoredMailTemplate, "purpose" | "level" | "language">;

export async function lockMailTemplate({ purpose, level, language }: Place): Promise<StoredMailTemplate | null> {
  const { rows } = await query<StoredMailTemplate>(
    `SELECT ${TEMPLATE} FROM mail_template WHERE purpose = $1 AND level = $2 AND language = $3 FOR UPDATE`,
    [purpose, level, language],
  );
  return rows[0] ?? null;
}

export async function saveMailTemplate(
  { purpose, level, language, subject, text, updatedBy }: Omit<StoredMailTemplate, "id" | "version" | "updatedAt">,
  now: Date,
): Promise<void> {
  await query(
    `INSERT INTO mail_template (organization_id, id, purpose, level, language, subject, text, updated_by, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT (organization_id, purpose, level, language) DO UPDATE SET subject = excluded.subject, text = excluded.text,
       version = mail_template.version + 1, updated_by = excluded.updated_by, updated_at = excluded.updated_at`,
    [organizationId(), newId(), purpose, level, language, subject, text, updatedBy, now],
  );
}

export async function deleteMailTemplate({ purpose, level, language }: Place): Promise<void> {
  await query("DELETE FROM mail_template WHERE purpose = $1 AND level = $2 AND language = $3", [
    purpose,
    level,
    language,
  ]);
}
