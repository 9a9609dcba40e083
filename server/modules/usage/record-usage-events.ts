import { monthOf } from "../../domain/calendar/plain-month";
import { ok, type Result } from "../../domain/result";
import { insertAuditEvents } from "../../platform/audit.store";
import { inTransaction } from "../../platform/database/transaction";
import { invalid, invalidInput, type Problem, type Refusal } from "../../platform/refusal";
import type { Caller, RequestContext } from "../../platform/request-context";
import { organizationsById } from "../organization";
import { type Contribution, contributionsOf, readUsageEvents, recordedContributions } from "./check-usage-events";
import { lockEvents, replaceEvents } from "./correction.store";
import type { UsageMetric } from "./metric";
import { holdMetrics, listMetrics } from "./metric.store";
import { type RefusedEvent, refuseEvents } from "./refuse-events";
import { markUsageStale, ownersOf } from "./touched-drafts";
import { changeDaySums } from "./usage-day.store";
import type { NewUsageEvent, UsageEvent } from "./usage-event";
import { ensureMonths, insertEvents, knownContents } from "./usage-event.store";

export const BATCH_LIMIT = 1_000;

export type RecordedUsage = {
  readonly recorded: number;
  readonly duplicates: number;
  readonly corrected: number;
  readonly unattributed: number;
  readonly unknownAliases: readonly string[];
  readonly warnings: readonly Problem[];
};

/**
 * Records a batch of events, all or nothing. An event is known by its id for ever: the same content again is counted as
 * a duplicate, other content is refused unless it is sent as a correction, which replaces what is known. So a batch may
 * be sent again after any failure and needs no idempotency key. The events themselves, with their versions, are the
 * trail of what was used; the audit trail says who sent how many.
 */
export async function recordUsageEvents(
  context: RequestContext,
  batch: readonly NewUsageEvent[],
): Promise<Result<RecordedUsage, Refusal>> {
  const caller = context.require("record_usage");
  const { now, organizationId, actor } = caller;
  if (batch.length === 0) return invalid("BATCH_EMPTY", "There is no event in the batch.", ["events"]);
  if (batch.length > BATCH_LIMIT) {
    return invalid(
      "BATCH_TOO_LARGE",
      `The batch has ${batch.length} events; the limit is ${BATCH_LIMIT}. Send several batches.`,
      ["events"],
    );
  }
  const { timeZone } = await context.mustLoad(organizationsById, organizationId);
  const read = readUsageEvents(batch, { now, timeZone });
  if (read.problems.length === 0) await ensureMonths(new Set(read.events.map(({ occurredOn }) => monthOf(occurredOn))));

  try {
    return await inTransaction(async () => {
      await holdMetrics();
      const metrics = await listMetrics();
      const { contributions, problems } = contributionsOf(read.events, metrics);
      const found = [...read.problems, ...problems];
      if (found.length > 0) return invalidInput(found);
      const result = await write(read.events, contributions, metrics, caller);
      const { recorded, duplicates, corrected, unattributed } = result;
      const change = { action: "usage.recorded", subjectType: "organization", subjectId: organizationId };
      if (recorded + corrected > 0) {
        await insertAuditEvents(actor, context.requestId, [
          { ...change, after: { recorded, duplicates, corrected, unattributed } },
        ]);
      }
      return ok(result);
    });
  } catch (error) {
    if (error instanceof BatchRefused) return refuseEvents(error.events);
    throw error;
  }
}

async function write(
  events: readonly UsageEvent[],
  contributions: readonly Contribution[],
  metrics: readonly UsageMetric[],
  { now, actor }: Caller,
): Promise<RecordedUsage> {
  const { distinct, others } = withoutRepetitions(events);
  const corrections = distinct.filter(({ isCorrection }) => isCorrection);
  const news = distinct.filter(({ isCorrection }) => !isCorrection);
  const countedOf = (some: ReadonlySet<UsageEvent>) => contributions.filter(({ event }) => some.has(event));

  const known = await lockEvents(corrections.map(({ id }) => id));
  const replacements = corrections.flatMap((content) => {
    const before = known.get(content.id);
    const isOther = before && (before.isVoided || !before.contentHash.equals(content.contentHash));
    return isOther ? [{ known: before, content, reason: content.reason }] : [];
  });
  // Days are taken once, in their order: here, or below together with those of what is corrected.
  const isWithCorrections = replacements.length > 0;
  const freshIds = await insertEvents(news, isWithCorrections ? [] : countedOf(new Set(news)), actor.name);
  const fresh = countedOf(new Set(news.filter(({ id }) => freshIds.has(id))));
  refuseWhole([
    ...others.map((event) => ({ code: "EVENT_ID_CONFLICT" as const, event })),
    ...corrections.filter(({ id }) => !known.has(id)).map((event) => ({ code: "EVENT_UNKNOWN" as const, event })),
    ...(await inTheWay(news.filter(({ id }) => !freshIds.has(id)))),
  ]);

  const removed = recordedContributions(
    replacements.flatMap(({ known: { counted } }) => counted ?? []),
    metrics,
  );
  const added = countedOf(new Set(replacements.map(({ content }) => content)));
  if (isWithCorrections) {
    await replaceEvents(replacements, actor.name);
    await changeDaySums(removed, [...added, ...fresh]);
  }
  const ownerOf = await ownersOf([...distinct, ...removed.map(({ event }) => event)]);
  await markUsageStale([...fresh, ...removed, ...added], metrics, ownerOf, now);

  const unclaimed = events.filter((event) => !ownerOf(event));
  return {
    recorded: freshIds.size,
    duplicates: events.length - freshIds.size - replacements.length,
    corrected: replacements.length,
    unattributed: unclaimed.length,
    unknownAliases: [...new Set(unclaimed.map(({ alias }) => alias))].sort(),
    warnings: typesWithoutMetric(events, metrics),
  };
}

/**
 * An event that comes twice in a batch is a duplicate like any other, and a correction if one of the two is; with other
 * content nobody could say which of them holds.
 */
function withoutRepetitions(events: readonly UsageEvent[]): {
  readonly distinct: readonly UsageEvent[];
  readonly others: readonly UsageEvent[];
} {
  const byId = new Map<string, UsageEvent>();
  const others: UsageEvent[] = [];
  for (const event of events) {
    const first = byId.get(event.id);
    if (first && !first.contentHash.equals(event.contentHash)) others.push(event);
    else if (!first || (event.isCorrection && !first.isCorrection)) byId.set(event.id, event);
  }
  return { distinct: [...byId.values()], others };
}

/** Those of the events that are known already and cannot be taken for their repetition. */
async function inTheWay(events: readonly UsageEvent[]): Promise<RefusedEvent[]> {
  if (events.length === 0) return [];
  const contents = await knownContents(events.map(({ id }) => id));
  return events.flatMap((event): RefusedEvent[] => {
    const known = contents.get(event.id);
    if (known?.isVoided) return [{ code: "EVENT_VOIDED", event }];
    return known?.contentHash.equals(event.contentHash) ? [] : [{ code: "EVENT_ID_CONFLICT", event }];
  });
}

function refuseWhole(events: readonly RefusedEvent[]): void {
  if (events.length > 0) throw new BatchRefused(events);
}

/** Rolls the transaction back; never leaves this file. */
class BatchRefused extends Error {
  constructor(readonly events: readonly RefusedEvent[]) {
    super("events that cannot be recorded beside those that are known");
  }
}

/** Such events are kept, but nothing counts them: a type that was misspelt would otherwise go unnoticed. */
function typesWithoutMetric(events: readonly UsageEvent[], metrics: readonly UsageMetric[]): Problem[] {
  const known = new Set(metrics.map(({ eventType }) => eventType));
  const first = new Map(events.map((event) => [event.type, event] as const).reverse());
  return [...first.values()]
    .filter(({ type }) => !known.has(type))
    .map(({ type, index }) => ({
      code: "EVENT_TYPE_WITHOUT_METRIC",
      message: `No usage metric counts events of the type "${type}".`,
      path: ["events", String(index), "type"],
    }));
}
