import type { Aggregation, UsageMetric as MeasuredMetric } from "../../domain/usage/metric";

/** An event counts when every named property has one of the listed values. */
export type MetricFilters = { readonly [property: string]: readonly string[] };

/** What integrators may define. */
export type MetricTerms = {
  readonly code: string;
  readonly name: string;
  readonly eventType: string;
  readonly aggregation: Aggregation;
  readonly property: string | null;
  readonly filters: MetricFilters;
  readonly unit: string;
};

export type UsageMetric = MeasuredMetric & MetricTerms & { readonly createdAt: Date };
