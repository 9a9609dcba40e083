-- Three more aggregations, and usage by what its events say of themselves.

ALTER TABLE "usage_metric" ADD COLUMN "group_by" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];
ALTER TABLE "usage_metric"
  DROP CONSTRAINT usage_metric_aggregation_known,
  ADD CONSTRAINT usage_metric_aggregation_known
    CHECK (aggregation IN ('count', 'sum', 'max', 'unique', 'latest', 'weighted_sum')),
  ADD CONSTRAINT usage_metric_group_by_few CHECK (cardinality(group_by) <= 5);

ALTER TABLE "usage_day" ADD COLUMN "group_key" TEXT NOT NULL DEFAULT '';
ALTER TABLE "usage_day"
  DROP CONSTRAINT "usage_day_pkey",
  ADD CONSTRAINT "usage_day_pkey" PRIMARY KEY ("organization_id", "metric_id", "alias", "occurred_on", "group_key");
