import { type PlainMonth, periodOf } from "../../domain/calendar/plain-month";
import { groupBy } from "../../domain/group-by";
import type { RequestContext } from "../../platform/request-context";
import type { UsageMetric } from "./metric";
import { listMetrics, metricsById } from "./metric.store";
import { similarAliases } from "./similar-aliases";
import type { UnattributedAlias, UnattributedUsage } from "./unattributed-usage";
import { mappedAliases, nobodysAliases, nobodysSums } from "./unattributed-usage.store";

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
  const sums = groupBy(await nobodysSums(days), ({ alias }) => alias);
  const metrics = await listMetrics();
  const known = await mappedAliases();
  const rows = aliases.map((row): UnattributedAlias => {
    const ofAlias = new Map((sums.get(row.alias) ?? []).map(({ metricId, sums }) => [metricId, sums]));
    return {
      ...row,
      metrics: metrics.flatMap((metric) => {
        const used = ofAlias.get(metric.id);
        return used ? [{ metric, sums: used }] : [];
      }),
      similarAliases: similarAliases(
        row.alias,
        known.filter((alias) => alias !== row.alias),
      ),
    };
  });
  return { rows };
}
