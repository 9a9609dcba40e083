import type { ProviderEvent } from "../../integrations/dropbox-sign/signature-provider";
import { organizationId, query } from "../../platform/database/transaction";
import { newId } from "../../platform/ids";

// ── Jobs ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

export type DropboxSignTask =
  | "send_signature_request"
  | "withdraw_signature_request"
  | "follow_signature_request"
  | "follow_signature_requests"
  | "fetch_signed_document"
  | "remind_at_dropbox_sign";

/** Leaves something to a worker, not before `at` of the world's time. What waits under the same name gives way. */
export async function enqueueDropboxSign(
  task: DropboxSignTask,
  payload: Readonly<Record<string, unknown>>,
  at: Date | null = null,
): Promise<void> {
  const { signatureRequestId, providerRequestId, signerId } = payload;
  const about = [signatureRequestId, providerRequestId, signerId].filter((id) => id !== undefined);
  await query("SELECT jobs_api.enqueue($1, $2, $3, $4)", [
    task,
    JSON.stringify({ organizationId: organizationId(), ...payload }),
    [task, organizationId(), ...about].join(":"),
    at,
  ]);
}

// ── Requests ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Whether the signers of a request sign inside a page that embeds the provider. */
export async function isEmbedded(requestId: string): Promise<boolean> {
  const { rows } = await query<{ found: boolean }>(
    'SELECT is_embedded AS "found" FROM signature_request WHERE id = $1',
    [requestId],
  );
  return rows[0]?.found ?? false;
}

/** For a request that is not sent yet. */
export async function saveEmbedded(requestId: string): Promise<void> {
  await query("UPDATE signature_request SET is_embedded = true WHERE id = $1", [requestId]);
}

/** The requests that the provider has and that can still come to an end there. */
export async function requestsAtProvider(): Promise<string[]> {
  const { rows } = await query<{ id: string }>(
    "SELECT id FROM signature_request WHERE provider = 'dropbox_sign' AND status = 'sent' ORDER BY id",
  );
  return rows.map(({ id }) => id);
}

// ── Attempts ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** `unknown`: it may have arrived. */
export type AttemptOutcome = "sent" | "not_sent" | "unknown" | "refused";

export type Attempt = {
  readonly id: string;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  readonly outcome: AttemptOutcome | null;
};

/** The tries to bring a request to the provider, the first first. */
export async function attemptsOf(requestId: string): Promise<Attempt[]> {
  const { rows } = await query<Attempt>(
    `SELECT id, started_at AS "startedAt", ended_at AS "endedAt", outcome FROM dropbox_sign_attempt
     WHERE request_id = $1 ORDER BY id`,
    [requestId],
  );
  return rows;
}

export async function startAttempt(requestId: string, at: Date): Promise<string> {
  const id = newId();
  await query(
    "INSERT INTO dropbox_sign_attempt (organization_id, id, request_id, started_at) VALUES ($1, $2, $3, $4)",
    [organizationId(), id, requestId, at],
  );
  return id;
}

/** An attempt ends once; what is learned of it later is in the request. */
export async function endAttempt(
  id: string,
  { outcome, reason }: { readonly outcome: AttemptOutcome; readonly reason: string | null },
  at: Date,
): Promise<void> {
  await query(
    "UPDATE dropbox_sign_attempt SET ended_at = $2, outcome = $3, reason = $4 WHERE id = $1 AND ended_at IS NULL",
    [id, at, outcome, reason],
  );
}

// ── Events ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** False where it was told before. */
export async function insertProviderEvent(
  requestId: string,
  event: ProviderEvent & { readonly requestId: string },
  receivedAt: Date,
): Promise<boolean> {
  const { rowCount } = await query(
    `INSERT INTO dropbox_sign_event (organization_id, id, request_id, provider_request_id, provider_signature_id, hash, type,
       message, happened_at, received_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     ON CONFLICT (organization_id, hash, provider_request_id, provider_signature_id) DO NOTHING`,
    [
      organizationId(),
      newId(),
      requestId,
      event.requestId,
      event.signatureId ?? "",
      event.hash,
      event.type,
      event.message,
      event.at,
      receivedAt,
    ],
  );
  return rowCount === 1;
}

/** Notes that a request was looked at since these events, and says which signatures are seen for the first time. */
export async function processEvents(
  requestId: string,
  { receivedUntil, at }: { readonly receivedUntil: Date; readonly at: Date },
): Promise<readonly string[]> {
  const { rows } = await query<{ signatureId: string }>(
    `WITH processed AS (
       UPDATE dropbox_sign_event SET processed_at = $3
       WHERE request_id = $1 AND processed_at IS NULL AND received_at <= $2
       RETURNING type, provider_signature_id
     )
     SELECT DISTINCT processed.provider_signature_id AS "signatureId" FROM processed
     WHERE type = 'signature_request_viewed' AND NOT EXISTS (
       SELECT FROM dropbox_sign_event earlier
       WHERE earlier.request_id = $1 AND earlier.processed_at IS NOT NULL AND earlier.type = 'signature_request_viewed'
         AND earlier.provider_signature_id = processed.provider_signature_id
     )`,
    [requestId, receivedUntil, at],
  );
  return rows.map(({ signatureId }) => signatureId);
}

/** Whether the provider told that a request was cancelled there. */
export async function wasCancelled(providerRequestId: string): Promise<boolean> {
  const { rows } = await query<{ found: boolean }>(
    `SELECT EXISTS (SELECT FROM dropbox_sign_event
       WHERE provider_request_id = $1 AND type = 'signature_request_canceled') AS found`,
    [providerRequestId],
  );
  return rows[0]?.found ?? false;
}
