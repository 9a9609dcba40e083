import { groupBy } from "../../domain/group-by";
import { organizationId, query } from "../../platform/database/transaction";
import { newId } from "../../platform/ids";
import type { SigningMail, SigningMailKind } from "./signing";

const MAIL = `
  SELECT mail.id, mail.signer_id AS "signerId", mail.kind, mail.recipient, mail.status, mail.error,
    mail.queued_at AS "queuedAt", mail.sent_at AS "sentAt"
  FROM signing_mail mail`;

/** A batch: the mails to signers, the first first. */
export async function mailsBySigner(ids: readonly string[]): Promise<ReadonlyMap<string, readonly SigningMail[]>> {
  const { rows } = await query<SigningMail>({
    name: "signing-mails-by-signer",
    text: `${MAIL} WHERE mail.signer_id = ANY ($1::uuid[]) ORDER BY mail.signer_id, mail.id`,
    values: [ids],
  });
  return groupBy(rows, ({ signerId }) => signerId);
}

export async function findSigningMail(id: string): Promise<SigningMail | null> {
  const { rows } = await query<SigningMail>(`${MAIL} WHERE mail.id = $1`, [id]);
  return rows[0] ?? null;
}

/** Notes the mail, and leaves it to a worker to send it once this transaction has committed. */
export async function queueSigningMail(
  mail: { readonly signerId: string; readonly kind: SigningMailKind; readonly recipient: string },
  now: Date,
): Promise<void> {
  const id = newId();
  await query(
    `INSERT INTO signing_mail (organization_id, id, signer_id, kind, recipient, status, queued_at)
     VALUES ($1, $2, $3, $4, $5, 'queued', $6)`,
    [organizationId(), id, mail.signerId, mail.kind, mail.recipient, now],
  );
  const payload = { organizationId: organizationId(), signingMailId: id };
  await query("SELECT jobs_api.enqueue('send_signing_mail', $1, $2)", [JSON.stringify(payload), id]);
}

export async function saveSigningMailOutcome(
  id: string,
  outcome: { readonly status: SigningMail["status"]; readonly error: string | null; readonly sentAt: Date | null },
): Promise<void> {
  await query("UPDATE signing_mail SET status = $2, error = $3, sent_at = $4 WHERE id = $1", [
    id,
    outcome.status,
    outcome.error,
    outcome.sentAt,
  ]);
}
