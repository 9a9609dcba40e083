import { contributionsOf, readUsageEvents } from "../../server/modules/usage/check-usage-events";
import { listMetrics } from "../../server/modules/usage/metric.store";
import { recordUsageEvents } from "../../server/modules/usage/record-usage-events";
import type { NewUsageEvent } from "../../server/modules/usage/usage-event";
import { insertEvents } from "../../server/modules/usage/usage-event.store";
import type { RequestContext } from "../../server/platform/request-context";
import { accepted } from "./carry-out";
import { SELLER } from "./seller";

/** A file that came for itself, as any integrator sends it: what it serves may be drafted or billed already. */
export async function recordDelivery(context: RequestContext, events: readonly NewUsageEvent[]): Promise<void> {
  accepted(await recordUsageEvents(context, events));
}

/**
 * What came day by day and was never late. It is checked and written as any usage is; only the search for drafts and
 * bills that it would make out of date is left out, for there are none.
 */
export async function recordDailyUsage(batch: readonly NewUsageEvent[], now: Date): Promise<void> {
  const { events, problems } = readUsageEvents(batch, { now, timeZone: SELLER.timeZone });
  const read = contributionsOf(events, await listMetrics());
  const [problem] = [...problems, ...read.problems];
  if (problem) throw new Error(`${problem.path.join(".")}: ${problem.message}`);
  await insertEvents(events, read.contributions);
}
