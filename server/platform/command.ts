import { createHash } from "node:crypto";
import type { PlainDate } from "../domain/calendar/plain-date";
import type { Result } from "../domain/result";
import type { Permission } from "./access";
import { type Change, insertAuditEvents } from "./audit.store";
import { inTransaction } from "./database/transaction";
import { findAnswer, insertAnswer } from "./idempotency.store";
import { idempotencyKeyReused, type OwnRefusal, type Refusal } from "./refusal";
import type { Caller, RequestContext } from "./request-context";

/** What a use case is given: who, when, and where to note what it changed. */
export type CommandScope = {
  readonly caller: Caller;
  readonly now: Date;
  readonly today: PlainDate;
  note(change: Change): void;
};

type Answer = { readonly [key: string]: unknown };

/**
 * Wraps a use case so that each command is authorized, happens once per idempotency key, leaves an audit event and is
 * all or nothing. The answer is plain data, ids above all: it is kept, and given again when the command is repeated.
 * Refusals roll back and are not kept, so that a corrected input may use the same key.
 */
export function command<Input extends object, A extends Answer, R extends OwnRefusal = Refusal>(definition: {
  readonly name: string;
  readonly permission: Permission;
  /** Whether the present state may be what is wanted already; then there is nothing to note. */
  readonly mayChangeNothing?: boolean;
  readonly run: (input: Input, scope: CommandScope) => Promise<Result<A, R>>;
}): (context: RequestContext, input: Input & { readonly idempotencyKey: string }) => Promise<Result<A, R | Refusal>> {
  return async (context, { idempotencyKey, ...rest }) => {
    const caller = context.require(definition.permission);
    const input = rest as unknown as Input;
    const inputHash = hashOf(input);
    let refused: Result<A, R> | null = null;
    try {
      return await inTransaction(async () => {
        const earlier = await findAnswer<A>(idempotencyKey);
        if (earlier) {
          const isSame = earlier.action === definition.name && earlier.inputHash === inputHash;
          return isSame ? { ok: true, value: earlier.answer } : idempotencyKeyReused(idempotencyKey);
        }
        const changes: Change[] = [];
        const result = await definition.run(input, {
          caller,
          now: caller.now,
          today: caller.today,
          note: (change) => changes.push(change),
        });
        if (!result.ok) {
          refused = result;
          throw new Refused();
        }
        if (changes.length === 0 && !definition.mayChangeNothing)
          throw new Error(`${definition.name} noted no change for the audit trail`);
        if (changes.length > 0) await insertAuditEvents(caller.actor, context.requestId, changes);
        await insertAnswer({ key: idempotencyKey, action: definition.name, inputHash, answer: result.value });
        context.forgetLoaded();
        return result;
      });
    } catch (error) {
      if (error instanceof Refused && refused) return refused;
      throw error;
    }
  };
}

/** Rolls the transaction back; never leaves this file. */
class Refused extends Error {}

/** The same input has the same hash, in whatever order its fields arrived. */
function hashOf(input: object): string {
  const canonical = JSON.stringify(input, (_key, value: unknown) =>
    value !== null &&
    typeof value === "object" &&
    Object.getPrototypeOf(value) !== Array.prototype &&
    !("toJSON" in value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
  return createHash("sha256").update(canonical).digest("hex");
}
