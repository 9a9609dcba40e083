import type { AccountingSystem, Outcome } from "../../integrations/xero/accounting-ledger";
import type { XeroSession } from "../../integrations/xero/xero";
import type { Clock } from "../../platform/clock";
import { inTransaction, organizationId } from "../../platform/database/transaction";
import { findXero, NOT_CONNECTED, NOT_SET_UP, type XeroAccount } from "./xero";
import { type HeldTokens, heldTokens, lockTokens, saveNeedsReconnect, saveRefreshed } from "./xero-connection.store";
import { endCall, pauseCalls, takeCall } from "./xero-limit.store";

/** A token that ends while it is on its way is refused. */
const EARLY_MILLISECONDS = 60_000;

/**
 * Makes one call to the connected books, within Xero's limits and with a token that holds. Never inside a transaction: a
 * rotated token has to be kept whatever becomes of the call.
 */
export async function callXero<T>(
  clock: Clock,
  call: (books: AccountingSystem) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const xero = findXero();
  if (!xero) return { outcome: "denied", reason: NOT_SET_UP };
  const first = await callOnce(clock, xero, null, call);
  if (first.outcome.outcome !== "denied" || first.session === null) return first.outcome;
  // The token may have been withdrawn before its time; with a fresh one it is certain.
  const second = await callOnce(clock, xero, first.session.accessToken, call);
  if (second.outcome.outcome === "denied" && second.session !== null)
    await needsReconnect(clock, second.outcome.reason);
  return second.outcome;
}

type Called<T> = { readonly outcome: Outcome<T>; readonly session: XeroSession | null };

async function callOnce<T>(
  clock: Clock,
  xero: XeroAccount,
  refused: string | null,
  call: (books: AccountingSystem) => Promise<Outcome<T>>,
): Promise<Called<T>> {
  const permit = await takeCall(clock.now());
  if (!("callId" in permit)) {
    const retryAfterSeconds = Math.max(1, Math.ceil((permit.notBefore.getTime() - clock.now().getTime()) / 1000));
    const { reason } = permit;
    return {
      outcome: { outcome: "temporary", reason, retryAfterSeconds, mayHaveHappened: false, isLimit: true },
      session: null,
    };
  }
  try {
    const session = await sessionFor(clock, xero, refused);
    if (session.outcome !== "done") return { outcome: session, session: null };
    const outcome = await call(xero.books(session.value));
    if (outcome.outcome === "temporary" && outcome.isLimit) {
      await pauseCalls(new Date(clock.now().getTime() + (outcome.retryAfterSeconds ?? 60) * 1000));
    }
    return { outcome, session: session.value };
  } finally {
    await endCall(permit.callId, clock.now());
  }
}

/** A token that holds. Where it has to be refreshed one worker does, and keeps the new pair before anybody uses it. */
async function sessionFor(clock: Clock, xero: XeroAccount, refused: string | null): Promise<Outcome<XeroSession>> {
  const usable = (held: HeldTokens | null): Outcome<XeroSession> | null => {
    if (held?.state !== "connected") return { outcome: "denied", reason: held?.message ?? NOT_CONNECTED };
    const { tenantId, accessToken, accessExpiresAt } = held;
    if (tenantId === null || accessToken === null || accessExpiresAt === null) {
      return { outcome: "denied", reason: NOT_CONNECTED };
    }
    if (accessExpiresAt.getTime() <= clock.now().getTime() + EARLY_MILLISECONDS) return null;
    const open = xero.secrets.open(accessToken, organizationId());
    return open === refused ? null : { outcome: "done", value: { accessToken: open, tenantId } };
  };
  const ready = usable(await heldTokens());
  if (ready) return ready;
  return inTransaction(async () => {
    const held = await lockTokens();
    const meanwhile = usable(held);
    if (meanwhile) return meanwhile;
    const refreshed = await xero.oauth.refresh(xero.secrets.open(held?.refreshToken as string, organizationId()));
    if (refreshed.outcome === "denied") await saveNeedsReconnect(reconnectWords(refreshed.reason), clock.now());
    if (refreshed.outcome === "temporary") return { ...refreshed, mayHaveHappened: false };
    if (refreshed.outcome !== "done") return refreshed;
    const { accessToken, refreshToken, expiresAt } = refreshed.value;
    const seal = (token: string) => xero.secrets.seal(token, organizationId());
    await saveRefreshed({ accessToken: seal(accessToken), refreshToken: seal(refreshToken), expiresAt }, clock.now());
    return { outcome: "done", value: { accessToken, tenantId: held?.tenantId as string } };
  });
}

const needsReconnect = (clock: Clock, reason: string) => saveNeedsReconnect(reconnectWords(reason), clock.now());

const reconnectWords = (reason: string): string =>
  `${reason} Connect it again with connectXero; what waits goes on by itself then.`;
