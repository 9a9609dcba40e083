import { organizationId, query } from "../../platform/database/transaction";
import type { Page } from "../../platform/graphql/paging";
import type { ControlLimit, RequestState, SecondPersonRequest } from "./second-person";

const REQUEST = `id, kind, subject_id AS "subjectId", currency, amount, reason, state, requested_by AS "requestedBy", requester_id AS "requesterId",
  requested_at AS "requestedAt", decided_by AS "decidedBy", decider_id AS "deciderId", decided_at AS "decidedAt",
  decision_note AS "decisionNote", used_at AS "usedAt"`;

export async function controlLimits(): Promise<ControlLimit[]> {
  const { rows } = await query<ControlLimit>({
    name: "control-limits",
    text: "SELECT kind, currency, amount FROM control_limit ORDER BY kind, currency",
  });
  return rows;
}

export async function replaceControlLimits(limits: readonly ControlLimit[]): Promise<void> {
  await query("DELETE FROM control_limit");
  await query(
    `INSERT INTO control_limit (organization_id, kind, currency, amount)
     SELECT $1, kind, currency, amount FROM unnest($2::text[], $3::text[], $4::numeric[]) AS given (kind, currency, amount)`,
    [
      organizationId(),
      limits.map(({ kind }) => kind),
      limits.map(({ currency }) => currency),
      limits.map(({ amount }) => amount),
    ],
  );
}

/** False: somebody asks for the same already. */
export async function insertRequest(
  request: Pick<
    SecondPersonRequest,
    "id" | "kind" | "subjectId" | "currency" | "amount" | "reason" | "requestedBy" | "requesterId" | "requestedAt"
  >,
): Promise<boolean> {
  const { rowCount } = await query(
    `INSERT INTO second_person_request (organization_id, id, kind, subject_id, currency, amount, reason, requested_by, requester_id, requested_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING`,
    [
      organizationId(),
      request.id,
      request.kind,
      request.subjectId,
      request.currency,
      request.amount,
      request.reason,
      request.requestedBy,
      request.requesterId,
      request.requestedAt,
    ],
  );
  return rowCount === 1;
}

export async function lockRequest(id: string): Promise<SecondPersonRequest | null> {
  const { rows } = await query<SecondPersonRequest>(
    `SELECT ${REQUEST} FROM second_person_request WHERE id = $1 FOR UPDATE`,
    [id],
  );
  return rows[0] ?? null;
}

export async function saveDecision(
  id: string,
  decision: {
    readonly state: Exclude<RequestState, "pending">;
    readonly by: string;
    readonly deciderId: string | null;
    readonly at: Date;
    readonly note: string | null;
  },
): Promise<void> {
  await query(
    "UPDATE second_person_request SET state = $2, decided_by = $3, decider_id = $4, decided_at = $5, decision_note = $6 WHERE id = $1",
    [id, decision.state, decision.by, decision.deciderId, decision.at, decision.note],
  );
}

/** A batch: requests by id. */
export async function requestsById(ids: readonly string[]): Promise<ReadonlyMap<string, SecondPersonRequest>> {
  const { rows } = await query<SecondPersonRequest>({
    name: "second-person-requests-by-id",
    text: `SELECT ${REQUEST} FROM second_person_request WHERE id = ANY ($1::uuid[])`,
    values: [ids],
  });
  return new Map(rows.map((row) => [row.id, row]));
}

/** The newest first. */
export async function listRequests(state: RequestState | null, page: Page): Promise<SecondPersonRequest[]> {
  const { rows } = await query<SecondPersonRequest>({
    name: "list-second-person-requests",
    text: `SELECT ${REQUEST} FROM second_person_request
           WHERE ($1::text IS NULL OR state = $1) AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
    values: [state, page.after?.[0] ?? null, page.limit],
  });
  return rows;
}

/** What was approved for these subjects and is not used, held for this transaction; the highest amount of each last. */
export async function lockApproved(
  kind: SecondPersonRequest["kind"],
  subjectIds: readonly string[],
): Promise<SecondPersonRequest[]> {
  const { rows } = await query<SecondPersonRequest>(
    `SELECT ${REQUEST} FROM second_person_request
     WHERE kind = $1 AND subject_id = ANY ($2::uuid[]) AND state = 'approved' AND used_at IS NULL
     ORDER BY amount, id FOR UPDATE`,
    [kind, subjectIds],
  );
  return rows;
}

export async function markUsed(id: string, now: Date): Promise<void> {
  await query("UPDATE second_person_request SET used_at = $2 WHERE id = $1", [id, now]);
}

/** How far people have moved scheduled drafts from what the engine came to: overrides and manual lines, by draft. */
export async function manualChanges(invoiceIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await query<{ id: string; amount: string }>({
    name: "manual-changes",
    text: `SELECT invoice.id, sum(abs(line.charge_amount - line.discount_amount - coalesce(line.engine_amount, 0))) AS amount
           FROM invoice JOIN invoice_line AS line ON line.organization_id = invoice.organization_id AND line.invoice_id = invoice.id
           WHERE invoice.id = ANY ($1::uuid[]) AND invoice.origin = 'schedule' AND invoice.document_kind = 'invoice'
             AND (line.origin = 'manual' OR line.engine_amount IS NOT NULL)
           GROUP BY invoice.id`,
    values: [invoiceIds],
  });
  return new Map(rows.map(({ id, amount }) => [id, amount]));
}
