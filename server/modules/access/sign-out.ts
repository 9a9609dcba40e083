import { insertAuditEvents } from "../../platform/audit.store";
import { inTransaction } from "../../platform/database/transaction";
import type { RequestContext } from "../../platform/request-context";
import { revokeSession } from "./access.store";

/** Ends the caller's session. False for an API key: it is revoked, not signed out. */
export async function signOut(context: RequestContext): Promise<boolean> {
  const { caller } = context;
  const { sessionId, actor } = caller;
  if (sessionId === null || actor.id === null) return false;
  const change = { action: "member.signed_out", subjectType: "member", subjectId: actor.id };
  await inTransaction(async () => {
    await revokeSession(sessionId, context.services.clock.now());
    await insertAuditEvents(actor, context.requestId, [change]);
  });
  return true;
}
