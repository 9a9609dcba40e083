import type { Aggregation, UsageMetric as MeasuredMetric } from "../../domain/usage/metric";

/** An event counts when the property has one of the values. */
export type MetricFilter = { readonly property: string; readonly values: readonly string[] };

/** What integrators may define. */
export type MetricTerms = {
  readonly code: string;
  readonly name: string;
  readonly eventType: string;
  readonly aggregation: Aggregation;
  readonly property: string | null;
  /** all of them have to hold; one for a property at the most */
  readonly filters: readonly MetricFilter[];
  readonly unit: string;
};

export type UsageMetric = MeasuredMetric & MetricTerms & { readonly createdAt: Date };
