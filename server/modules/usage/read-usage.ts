import type { Period } from "../../domain/calendar/period";
import { type PlainMonth, periodOf } from "../../domain/calendar/plain-month";
import { groupBy } from "../../domain/group-by";
import { type Decimal, ZERO } from "../../domain/money/decimal";
import { combine, measure } from "../../domain/usage/aggregate";
import { toGroups } from "../../domain/usage/group-key";
import { isDaily } from "../../domain/usage/metric";
import type { RequestContext } from "../../platform/request-context";
import { measureEvents } from "./measure-usage";
import type { UsageMetric } from "./metric";
import { listMetrics, metricsById } from "./metric.store";
import { similarAliases } from "./similar-aliases";
import type { UnattributedAlias, UnattributedMetric, UnattributedUsage } from "./unattributed-usage";
import { mappedAliases, nobodysAliases, nobodysSums } from "./unattributed-usage.store";
import { NOBODY } from "./usage-asked";

export async function readMetrics(context: RequestContext): Promise<UsageMetric[]> {
  context.require("read");
  return listMetrics();
}

export function metricOf(context: RequestContext, { metricId }: { readonly metricId: string }): Promise<UsageMetric> {
  return context.mustLoad(metricsById, metricId);
}

export async function readUnattributedUsage(context: RequestContext, month: PlainMonth): Promise<UnattributedUsage> {
  context.require("read");
  return unattributedUsage(month);
}

/** Usage of a month that nobody claims: a fixed number of statements, however much there is. */
export async function unattributedUsage(month: PlainMonth): Promise<UnattributedUsage> {
  const days = periodOf(month);
  const aliases = await nobodysAliases(days);
  if (aliases.length === 0) return { rows: [] };
  const metrics = groupBy(await measureNobodys(days), ({ alias }) => alias);
  const known = await mappedAliases();
  const rows = aliases.map(
    (row): UnattributedAlias => ({
      ...row,
      metrics: metrics.get(row.alias) ?? [],
      similarAliases: similarAliases(
        row.alias,
        known.filter((alias) => alias !== row.alias),
      ),
    }),
  );
  return { rows };
}

/** By the code of the metric. */
async function measureNobodys(period: Period): Promise<(UnattributedMetric & { readonly alias: string })[]> {
  const sums = groupBy(await nobodysSums(period), ({ metricId }) => metricId);
  const used = (await listMetrics()).flatMap((metric) =>
    [...groupBy(sums.get(metric.id) ?? [], ({ alias }) => alias)].map(([alias, ofGroups]) => ({
      alias,
      metric,
      ofGroups,
    })),
  );
  const ofEvents = await measureSingly(used, period);
  return used.map((row) => {
    const { alias, metric, ofGroups } = row;
    const { aggregation } = metric;
    const whole = combine(ofGroups.map(({ sums }) => sums));
    const quantities = isDaily(aggregation)
      ? new Map(ofGroups.map(({ groupKey, sums }) => [groupKey, measure(aggregation, sums)]))
      : ofEvents.get(row)?.byGroup;
    const quantity = isDaily(aggregation) ? measure(aggregation, whole) : ofEvents.get(row)?.quantity;
    const groups = metric.groupBy.length === 0 ? [] : toGroups(metric, quantities ?? new Map());
    return { alias, metric, quantity: quantity ?? ZERO, events: whole.count, groups };
  });
}

type NobodysMetric = { readonly alias: string; readonly metric: UsageMetric };

/** For metrics that look at single events: as a whole, and by group where they group. */
async function measureSingly<Row extends NobodysMetric>(used: readonly Row[], period: Period) {
  const singly = used.filter(({ metric }) => !isDaily(metric.aggregation));
  const questions = [false, true].flatMap((isGrouped) =>
    singly.map(({ alias, metric }) => ({ owner: alias, metric, metricId: metric.id, period, isGrouped })),
  );
  const answers = await measureEvents(NOBODY, questions);
  return new Map(
    singly.map((row, place) => [
      row,
      {
        quantity: answers[place]?.get("") ?? ZERO,
        byGroup: answers[place + singly.length] ?? new Map<string, Decimal>(),
      },
    ]),
  );
}
