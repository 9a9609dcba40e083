import { contributionsOf, readUsageEvents } from "../../server/modules/usage/check-usage-events";
import { listMetrics } from "../../server/modules/usage/metric.store";
import { recordUsageEvents } from "../../server/modules/usage/record-usage-events";
import type { NewUsageEvent } from "../../server/modules/usage/usage-event";
import { insertEvents } from "../../server/modules/usage/usage-event.store";
import type { RequestContext } from "../../server/platform/request-context";
import { accepted } from "./carry-out";
import { SELLER } from "./seller";

/** One delivery, as an integrator sends it: the period it belongs to may be drafted or billed already. */
export async function recordDelivery(context: RequestContext, events: readonly NewUsageEvent[]): Promise<void> {
  accepted(await recordUsageEvents(context, events));
}

/**
 * Daily usage that arrived in time. It is checked and written as any usage is; only the search for drafts and bills
 * that it would make stale is left out, for there are none.
 */
export async function recordDailyUsage(batch: readonly NewUsageEvent[], now: Date): Promise<void> {
  const { events, problems } = readUsageEvents(batch, { now, timeZone: SELLER.timeZone });
  const read = contributionsOf(events, await listMetrics());
  const [problem] = [...problems, ...read.problems];
  if (problem) throw new Error(`${problem.path.join(".")}: ${problem.message}`);
  await insertEvents(events, read.contributions);
}
