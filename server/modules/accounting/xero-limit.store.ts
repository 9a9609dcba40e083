import { inTransaction, organizationId, query } from "../../platform/database/transaction";
import { newId } from "../../platform/ids";

/** Xero's, for each of its organizations, whoever of us asks. */
export const XERO_LIMITS = { perMinute: 60, atOnce: 5, perDay: 5_000 } as const;

const [MINUTE, DAY] = [60_000, 24 * 3_600_000];
/** So old, a call that never ended was made by a worker that is dead. */
const LONGEST_CALL = 120_000;
const BUSY_PAUSE = 2_000;

/** A call may be made now; or not before. */
export type Permit = { readonly callId: string } | { readonly notBefore: Date; readonly reason: string };

type Calls = { readonly startedAt: Date; readonly isRunning: boolean };

/** Asks for one call to Xero, in line with all workers. `endCall` gives its place back. */
export async function takeCall(now: Date): Promise<Permit> {
  return inTransaction(async () => {
    await query("INSERT INTO xero_limit (organization_id) VALUES ($1) ON CONFLICT DO NOTHING", [organizationId()]);
    const { rows: limits } = await query<{ pausedUntil: Date | null }>(
      `SELECT paused_until AS "pausedUntil" FROM xero_limit FOR UPDATE`,
    );
    const pausedUntil = limits[0]?.pausedUntil ?? null;
    if (pausedUntil && pausedUntil > now) return { notBefore: pausedUntil, reason: "Xero asked us to slow down." };
    await query("DELETE FROM xero_call WHERE started_at < $1", [new Date(now.getTime() - DAY)]);
    const { rows } = await query<Calls>(
      `SELECT started_at AS "startedAt", ended_at IS NULL AND started_at > $1 AS "isRunning" FROM xero_call ORDER BY started_at DESC`,
      [new Date(now.getTime() - LONGEST_CALL)],
    );
    const refused = tooMany(rows, now);
    if (refused) return refused;
    const callId = newId();
    await query("INSERT INTO xero_call (organization_id, id, started_at) VALUES ($1, $2, $3)", [
      organizationId(),
      callId,
      now,
    ]);
    return { callId };
  });
}

/** The newest first. */
function tooMany(calls: readonly Calls[], now: Date): Extract<Permit, { readonly notBefore: Date }> | null {
  const { perMinute, atOnce, perDay } = XERO_LIMITS;
  const daily = calls[perDay - 1];
  if (daily) {
    const notBefore = new Date(daily.startedAt.getTime() + DAY);
    return { notBefore, reason: `Xero's ${perDay} calls a day are used up.` };
  }
  const minutely = calls[perMinute - 1];
  if (minutely && minutely.startedAt.getTime() > now.getTime() - MINUTE) {
    const notBefore = new Date(minutely.startedAt.getTime() + MINUTE);
    return { notBefore, reason: `Xero's ${perMinute} calls a minute are used up.` };
  }
  if (calls.filter(({ isRunning }) => isRunning).length >= atOnce) {
    return { notBefore: new Date(now.getTime() + BUSY_PAUSE), reason: `Xero takes ${atOnce} calls at once.` };
  }
  return null;
}

export async function endCall(callId: string, now: Date): Promise<void> {
  await query("UPDATE xero_call SET ended_at = $2 WHERE id = $1", [callId, now]);
}

/** Nobody asks before; a pause that is longer already stays. */
export async function pauseCalls(until: Date): Promise<void> {
  await query(
    `INSERT INTO xero_limit (organization_id, paused_until) VALUES ($1, $2)
     ON CONFLICT (organization_id) DO UPDATE SET paused_until = greatest(xero_limit.paused_until, $2)`,
    [organizationId(), until],
  );
}

export type CallUse = { readonly lastMinute: number; readonly lastDay: number; readonly pausedUntil: Date | null };

export async function callUse(now: Date): Promise<CallUse> {
  const { rows } = await query<{ lastMinute: number; lastDay: number; pausedUntil: Date | null }>(
    `SELECT count(*) FILTER (WHERE started_at > $1)::int AS "lastMinute", count(*)::int AS "lastDay",
       (SELECT paused_until FROM xero_limit WHERE paused_until > $3) AS "pausedUntil"
     FROM xero_call WHERE started_at > $2`,
    [new Date(now.getTime() - MINUTE), new Date(now.getTime() - DAY), now],
  );
  return rows[0] ?? { lastMinute: 0, lastDay: 0, pausedUntil: null };
}
