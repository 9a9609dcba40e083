import { addDays, earlierOf, laterOf } from "../../domain/calendar/plain-date";
import { monthOf } from "../../domain/calendar/plain-month";
import { groupBy } from "../../domain/group-by";
import { ok, type Result } from "../../domain/result";
import { insertAuditEvents } from "../../platform/audit.store";
import { inTransaction } from "../../platform/database/transaction";
import { markDraftsStale } from "../../platform/draft-staleness.store";
import { conflict, invalid, invalidInput, type Problem, type Refusal } from "../../platform/refusal";
import type { RequestContext } from "../../platform/request-context";
import { organizationsById } from "../organization";
import { type Contribution, contributionsOf, readUsageEvents } from "./check-usage-events";
import type { UsageMetric } from "./metric";
import { holdMetrics, listMetrics } from "./metric.store";
import type { NewUsageEvent, UsageEvent } from "./usage-event";
import { customersOfAliases, ensureMonths, insertEvents, knownHashes } from "./usage-event.store";

export const BATCH_LIMIT = 1_000;

export type RecordedUsage = {
  readonly recorded: number;
  readonly duplicates: number;
  readonly unattributed: number;
  readonly unknownAliases: readonly string[];
  readonly warnings: readonly Problem[];
};

/**
 * Records a batch of events, all or nothing. An event is known by its id for ever: the same content again is counted as
 * a duplicate, other content is refused. So a batch may be sent again after any failure and needs no idempotency key.
 * The events themselves are the trail of what was used; the audit trail says who sent how many.
 */
export async function recordUsageEvents(
  context: RequestContext,
  batch: readonly NewUsageEvent[],
): Promise<Result<RecordedUsage, Refusal>> {
  const { now, organizationId, actor } = context.require("record_usage");
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
      const result = await write(read.events, contributions, metrics, now);
      const { recorded, duplicates, unattributed } = result;
      const change = { action: "usage.recorded", subjectType: "organization", subjectId: organizationId };
      if (recorded > 0) {
        await insertAuditEvents(actor, context.requestId, [
          { ...change, after: { recorded, duplicates, unattributed } },
        ]);
      }
      return ok(result);
    });
  } catch (error) {
    if (error instanceof IdsInConflict) return refuseConflict(error.events);
    throw error;
  }
}

async function write(
  events: readonly UsageEvent[],
  contributions: readonly Contribution[],
  metrics: readonly UsageMetric[],
  now: Date,
): Promise<RecordedUsage> {
  const distinct = withoutRepetitions(events);
  const wanted = new Set(distinct);
  const counted = contributions.filter(({ event }) => wanted.has(event));
  const fresh = await insertEvents(distinct, counted);
  const known = distinct.filter(({ id }) => !fresh.has(id));
  if (known.length > 0) await refuseOtherContent(known);

  const owners = await ownersOf(distinct);
  await markStale(
    counted.map(({ event }) => event).filter(({ id }) => fresh.has(id)),
    owners,
    now,
  );
  const unclaimed = events.filter((event) => !owners.get(ownerKey(event)));
  return {
    recorded: fresh.size,
    duplicates: events.length - fresh.size,
    unattributed: unclaimed.length,
    unknownAliases: [...new Set(unclaimed.map(({ alias }) => alias))].sort(),
    warnings: typesWithoutMetric(events, metrics),
  };
}

/** An event that comes twice in a batch is a duplicate like any other. */
function withoutRepetitions(events: readonly UsageEvent[]): UsageEvent[] {
  const byId = new Map<string, UsageEvent>();
  const others: UsageEvent[] = [];
  for (const event of events) {
    const first = byId.get(event.id);
    if (!first) byId.set(event.id, event);
    else if (!first.contentHash.equals(event.contentHash)) others.push(event);
  }
  if (others.length > 0) throw new IdsInConflict(others);
  return [...byId.values()];
}

async function refuseOtherContent(events: readonly UsageEvent[]): Promise<void> {
  const hashes = await knownHashes(events.map(({ id }) => id));
  const others = events.filter(({ id, contentHash }) => !hashes.get(id)?.equals(contentHash));
  if (others.length > 0) throw new IdsInConflict(others);
}

/** Rolls the transaction back; never leaves this file. */
class IdsInConflict extends Error {
  constructor(readonly events: readonly UsageEvent[]) {
    super("events with ids that are known with other content");
  }
}

const SHOWN = 10;

function refuseConflict(events: readonly UsageEvent[]) {
  const named = events.slice(0, SHOWN).map(({ id, index }) => `"${id}" (events[${index}])`);
  const more = events.length > SHOWN ? ` and ${events.length - SHOWN} more` : "";
  const message = `Known with other content: ${named.join(", ")}${more}. Nothing of the batch was recorded. An event is never changed: give a new one a new id.`;
  return conflict("EVENT_ID_CONFLICT", message, ["events", String(events[0]?.index)]);
}

const ownerKey = ({ alias, occurredOn }: UsageEvent): string => `${occurredOn} ${alias}`;

/** Whose the aliases are on the days of the events. */
async function ownersOf(events: readonly UsageEvent[]): Promise<ReadonlyMap<string, string | null>> {
  const days = [...new Map(events.map((event) => [ownerKey(event), event])).values()];
  const customerIds = await customersOfAliases(days);
  return new Map(days.map((day, index) => [ownerKey(day), customerIds[index] ?? null]));
}

/** Month by month, so that usage of October does not touch the drafts of November. */
async function markStale(
  events: readonly UsageEvent[],
  owners: ReadonlyMap<string, string | null>,
  now: Date,
): Promise<void> {
  const claimed = events.filter((event) => owners.get(ownerKey(event)));
  for (const ofMonth of groupBy(claimed, ({ occurredOn }) => monthOf(occurredOn)).values()) {
    const days = ofMonth.map(({ occurredOn }) => occurredOn);
    const customerIds = [...new Set(ofMonth.flatMap((event) => owners.get(ownerKey(event)) ?? []))];
    await markDraftsStale({
      customerIds,
      from: days.reduce(earlierOf),
      before: addDays(days.reduce(laterOf), 1),
      reason: "usage",
      now,
    });
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
