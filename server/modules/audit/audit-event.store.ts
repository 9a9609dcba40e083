import { query } from "../../platform/database/transaction";
import type { Page } from "../../platform/graphql/paging";
import type { AuditEvent } from "./audit-event";

/** What happened to one record, the newest first. */
export async function listAuditEvents(subjectId: string, page: Page): Promise<AuditEvent[]> {
  const { rows } = await query<AuditEvent>({
    name: "list-audit-events",
    text: `SELECT id, recorded_at AS "recordedAt", actor_kind AS "actorKind", actor_id AS "actorId", actor_name AS "actorName",
             action, subject_type AS "subjectType", subject_id AS "subjectId", before, after, request_id AS "requestId"
           FROM audit_event WHERE subject_id = $1 AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
    values: [subjectId, page.after?.[0] ?? null, page.limit],
  });
  return rows;
}
