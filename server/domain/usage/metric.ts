/** How events of a period become one quantity. */
export type Aggregation = "count" | "sum" | "max" | "unique" | "latest" | "weighted_sum";

/** Those for which the sums of days are enough; the others look at single events. */
export type DailyAggregation = Extract<Aggregation, "count" | "sum" | "max">;

const DAILY: readonly Aggregation[] = ["count", "sum", "max"] satisfies DailyAggregation[];

export const isDaily = (aggregation: Aggregation): aggregation is DailyAggregation => DAILY.includes(aggregation);

/** An event counts when the property has one of the values. */
export type MetricFilter = { readonly property: string; readonly values: readonly string[] };

/** What a usage metric measures: events of one type, and for all but count the property that holds what is measured. */
export type UsageMetric = {
  readonly id: string;
  readonly eventType: string;
  readonly aggregation: Aggregation;
  readonly property: string | null;
  /** all of them have to hold; one for a property at the most */
  readonly filters: readonly MetricFilter[];
  /** properties by whose values the usage is also told apart; none: it is not */
  readonly groupBy: readonly string[];
};
