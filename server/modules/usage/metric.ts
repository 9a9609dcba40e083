import type { UsageMetric as MeasuredMetric } from "../../domain/usage/metric";

/** What integrators may define. */
export type MetricTerms = Omit<MeasuredMetric, "id"> & {
  readonly code: string;
  readonly name: string;
  readonly unit: string;
};

export type UsageMetric = MeasuredMetric & MetricTerms & { readonly createdAt: Date };
