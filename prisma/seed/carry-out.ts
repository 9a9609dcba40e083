import { localDayOf } from "../../server/domain/calendar/local-day";
import type { Result } from "../../server/domain/result";
import type { Actor } from "../../server/platform/access";
import { systemClock } from "../../server/platform/clock";
import { organizationId } from "../../server/platform/database/transaction";
import { newId } from "../../server/platform/ids";
import { RequestContext } from "../../server/platform/request-context";
import { SELLER } from "./seller";

/** In whose name the demo company is made; its audit trail says so. */
export const FOUNDER: Actor = { kind: "system", id: null, name: "Demo company", email: null, role: "admin" };

/** The context of a command given at some instant of the story. */
export function contextAt(now: Date): RequestContext {
  const today = localDayOf(now, SELLER.timeZone);
  const caller = { organizationId: organizationId(), actor: FOUNDER, sessionId: null, expiresAt: null, now, today };
  return new RequestContext(newId(), caller, {
    clock: systemClock,
    notifications: NOBODY_LISTENS,
    publicUrl: "http://localhost",
  });
}

const NOBODY_LISTENS = { async *listen() {}, async stop() {} };

/** Gives a command. The demo is written to be accepted: a refusal is a mistake in it. */
export async function carryOut<Input extends object, Answer, Refused>(
  command: (
    context: RequestContext,
    input: Input & { readonly idempotencyKey: string },
  ) => Promise<Result<Answer, Refused>>,
  context: RequestContext,
  input: Input,
): Promise<Answer> {
  return accepted(await command(context, { ...input, idempotencyKey: newId() }));
}

export function accepted<Answer>(result: Result<Answer, unknown>): Answer {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}
