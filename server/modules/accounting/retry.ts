import type { Undone } from "../../integrations/xero/accounting-ledger";
import type { Claimed, Ending } from "./ledger.store";

export const TRIES_MOST = 12;
const PAUSE_SECONDS = { first: 15, most: 3_600 };
/** After this what is under way at the other side has ended, and can be found. */
const SETTLED_SECONDS = 60;
const DENIED_SECONDS = 3_600;

/**
 * What becomes of a document whose call came to nothing: it waits, longer each time and as long as Xero says, until it was
 * tried often enough. A limit, or a connection that is no longer allowed, is no fault of its own.
 */
export function waitingAfter(undone: Undone, { tries }: Pick<Claimed, "tries">, now: Date): Ending {
  const at = (seconds: number) => new Date(now.getTime() + seconds * 1000);
  const { reason } = undone;
  switch (undone.outcome) {
    case "permanent":
      return { outcome: "refused", code: "XERO_REFUSED", reason };
    case "denied":
      return { outcome: "not_done", code: "NEEDS_RECONNECT", reason, nextTryAt: at(DENIED_SECONDS), counts: false };
    case "temporary": {
      const { mayHaveHappened, retryAfterSeconds, isLimit } = undone;
      if (isLimit) {
        return {
          outcome: "not_done",
          code: "XERO_LIMIT",
          reason,
          nextTryAt: at(retryAfterSeconds ?? 60),
          counts: false,
        };
      }
      const isLast = tries + 1 >= TRIES_MOST;
      // Not given up while nobody knows whether it arrived: that has to be found out first.
      if (isLast && !mayHaveHappened) {
        return {
          outcome: "refused",
          code: "XERO_UNREACHABLE",
          reason: `${reason} Given up after ${tries + 1} tries; ask for it again with syncInvoices.`,
        };
      }
      const growing = Math.min(PAUSE_SECONDS.first * 2 ** tries, PAUSE_SECONDS.most);
      const seconds = Math.max(retryAfterSeconds ?? 0, growing, mayHaveHappened ? SETTLED_SECONDS : 0);
      const outcome = mayHaveHappened ? "unknown" : "not_done";
      return { outcome, code: "XERO_UNREACHABLE", reason, nextTryAt: at(seconds), counts: true };
    }
  }
}
