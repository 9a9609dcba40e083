import type { Prisma } from "../../../prisma/generated/client/client";
import type { Aggregation } from "../../domain/usage/metric";
import { prisma } from "../../platform/database/prisma";
import { organizationId, query } from "../../platform/database/transaction";
import { isId } from "../../platform/ids";
import type { UsageMetric } from "./metric";

const toMetric = ({ organizationId: _, ...row }: Prisma.UsageMetricModel): UsageMetric => ({
  ...row,
  aggregation: row.aggregation as Aggregation,
  filters: Object.entries(row.filters as Record<string, string[]>).map(([property, values]) => ({ property, values })),
});

/** All metrics, by code. */
export async function listMetrics(): Promise<UsageMetric[]> {
  const rows = await prisma().usageMetric.findMany({ orderBy: { code: "asc" } });
  return rows.map(toMetric);
}

/** A batch: metrics by id. */
export async function metricsById(ids: readonly string[]): Promise<ReadonlyMap<string, UsageMetric>> {
  const rows = await prisma().usageMetric.findMany({ where: { id: { in: ids.filter(isId) } } });
  return new Map(rows.map((row) => [row.id, toMetric(row)]));
}

/** False if the code is taken, and then nothing is written. */
export async function insertMetric({ createdAt, ...metric }: UsageMetric): Promise<boolean> {
  const { count } = await prisma().usageMetric.createMany({
    data: {
      ...metric,
      filters: Object.fromEntries(metric.filters.map(({ property, values }) => [property, [...values]])),
      groupBy: [...metric.groupBy],
      createdAt,
      organizationId: organizationId(),
    },
    skipDuplicates: true,
  });
  return count === 1;
}

const METRICS_LOCK = "hashtextextended(current_setting('billgrid.organization_id'), 5)";

/** Until the transaction ends, the metrics are those that are read after this; recorders hold it together. */
export async function holdMetrics(): Promise<void> {
  await query({ name: "hold-metrics", text: `SELECT pg_advisory_xact_lock_shared(${METRICS_LOCK})` });
}

/** Waits for the recorders that hold the metrics, and makes new ones wait until the transaction ends. */
export async function changeMetrics(): Promise<void> {
  await query({ name: "change-metrics", text: `SELECT pg_advisory_xact_lock(${METRICS_LOCK})` });
}
