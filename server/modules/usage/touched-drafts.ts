import { addDays, earlierOf, laterOf } from "../../domain/calendar/plain-date";
import { monthOf } from "../../domain/calendar/plain-month";
import { groupBy } from "../../domain/group-by";
import { markDraftsStale } from "../../platform/draft-staleness.store";
import type { Contribution } from "./check-usage-events";
import type { UsageMetric } from "./metric";
import type { RecordedEvent } from "./usage-event";
import { type AliasDay, customersOfAliases } from "./usage-event.store";

/** Whose an alias is on a day; null: nobody's. */
export type OwnerOf = (on: AliasDay) => string | null;

const keyOf = ({ alias, occurredOn }: AliasDay): string => `${occurredOn} ${alias}`;

/** Whose the aliases are on the days of the events. */
export async function ownersOf(events: readonly AliasDay[]): Promise<OwnerOf> {
  const days = [...new Map(events.map((event) => [keyOf(event), event])).values()];
  const customerIds = await customersOfAliases(days);
  const owners = new Map(days.map((day, index) => [keyOf(day), customerIds[index] ?? null]));
  return (on) => owners.get(keyOf(on)) ?? null;
}

/**
 * Tells billing what is counted otherwise than before. Month by month, so that usage of October does not touch the
 * drafts of November; a change of a level lasts.
 */
export async function markUsageStale(
  touched: readonly Contribution<RecordedEvent>[],
  metrics: readonly UsageMetric[],
  ownerOf: OwnerOf,
  now: Date,
): Promise<void> {
  const levels = new Set(metrics.filter(({ aggregation }) => aggregation === "weighted_sum").map(({ id }) => id));
  const claimed = touched.flatMap(({ event, metricId }) => {
    const customerId = ownerOf(event);
    return customerId ? [{ customerId, occurredOn: event.occurredOn, isLasting: levels.has(metricId) }] : [];
  });
  const months = groupBy(claimed, ({ occurredOn, isLasting }) => `${monthOf(occurredOn)} ${isLasting}`);
  for (const ofMonth of months.values()) {
    const days = ofMonth.map(({ occurredOn }) => occurredOn);
    await markDraftsStale({
      customerIds: [...new Set(ofMonth.map(({ customerId }) => customerId))],
      from: days.reduce(earlierOf),
      before: ofMonth[0]?.isLasting ? null : addDays(days.reduce(laterOf), 1),
      reason: "usage",
      now,
    });
  }
}
