import { startOfLocalDay } from "../../domain/calendar/local-day";
import type { PlainDate } from "../../domain/calendar/plain-date";
import { groupBy } from "../../domain/group-by";
import type { Decimal } from "../../domain/money/decimal";
import { averageLevel } from "../../domain/usage/average-level";
import { loadOrganization } from "../organization";
import { changesOfLevels, latestValues, uniqueValues } from "./event-usage.store";
import type { UsageMetric } from "./metric";
import type { Owners, UsageAsked } from "./usage-asked";

/** Quantities by the key of their group; under the empty key where groups are not asked for. */
export type QuantityByGroup = ReadonlyMap<string, Decimal>;

export type MetricAsked = Omit<UsageAsked, "startsAt"> & { readonly metric: UsageMetric };

/**
 * What metrics measure that have to look at single events, in the order of the questions: a statement for each
 * aggregation among them, however many there are.
 */
export async function measureEvents(owners: Owners, asked: readonly MetricAsked[]): Promise<QuantityByGroup[]> {
  const measured = asked.map(() => new Map<string, Decimal>());
  const of = (aggregation: UsageMetric["aggregation"]) =>
    asked.flatMap((question, place) => (question.metric.aggregation === aggregation ? [{ ...question, place }] : []));
  const keep = (questions: readonly { readonly place: number }[]) => {
    return (row: { readonly ordinal: number; readonly groupKey: string; readonly quantity: Decimal }) =>
      measured[questions[row.ordinal]?.place ?? -1]?.set(row.groupKey, row.quantity);
  };
  const [unique, latest, weighted] = [of("unique"), of("latest"), of("weighted_sum")];
  (await uniqueValues(owners, unique)).forEach(keep(unique));
  (await latestValues(owners, latest)).forEach(keep(latest));
  (await averageLevels(owners, weighted)).forEach(keep(weighted));
  return measured;
}

async function averageLevels(owners: Owners, asked: readonly UsageAsked[]) {
  if (asked.length === 0) return [];
  const { timeZone } = await loadOrganization();
  const startOf = remembered((day: PlainDate) => startOfLocalDay(day, timeZone));
  const questions = asked.map((question) => ({ ...question, startsAt: startOf(question.period.startsOn) }));
  const changes = await changesOfLevels(owners, questions);
  return [...groupBy(changes, ({ ordinal, groupKey }) => `${ordinal} ${groupKey}`).values()].flatMap((ofGroup) => {
    const [first] = ofGroup;
    const question = first && questions[first.ordinal];
    if (!question) return [];
    const span = { startsAt: question.startsAt, endsAt: startOf(question.period.endsBefore) };
    const held = ofGroup.map((change) => ({ ...change, until: startOf(change.until) }));
    return [{ ordinal: first.ordinal, groupKey: first.groupKey, quantity: averageLevel(held, span) }];
  });
}

/** Thousands of questions ask for a few days. */
function remembered<K, V>(answer: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    const value = known.get(key) ?? answer(key);
    known.set(key, value);
    return value;
  };
}
