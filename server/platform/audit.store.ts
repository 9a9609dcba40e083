import type { Actor } from "./access";
import { organizationId, query } from "./database/transaction";
import { newId } from "./ids";

/** What a command changed, for the audit trail. `before` is null for something new, `after` for something removed. */
export type Change = {
  readonly action: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly before?: object | null;
  readonly after?: object | null;
};

/** `requestId` ties together what was changed by one request, or by one operation. */
export async function insertAuditEvents(
  actor: Pick<Actor, "kind" | "id" | "name">,
  requestId: string,
  changes: readonly Change[],
): Promise<void> {
  await query(
    `INSERT INTO audit_event (organization_id, id, actor_kind, actor_id, actor_name, action, subject_type, subject_id, before, after, request_id)
     SELECT $1, id, $2, $3, $4, action, subject_type, subject_id, before, after, $5
     FROM unnest($6::uuid[], $7::text[], $8::text[], $9::uuid[], $10::jsonb[], $11::jsonb[])
       AS change (id, action, subject_type, subject_id, before, after)`,
    [
      organizationId(),
      actor.kind,
      actor.id,
      actor.name,
      requestId,
      changes.map(() => newId()),
      changes.map((change) => change.action),
      changes.map((change) => change.subjectType),
      changes.map((change) => change.subjectId),
      changes.map((change) => (change.before ? JSON.stringify(change.before) : null)),
      changes.map((change) => (change.after ? JSON.stringify(change.after) : null)),
    ],
  );
}
