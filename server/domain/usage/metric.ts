/** How events of a period become one quantity. Room for "unique", "latest" and "weighted_sum". */
export type Aggregation = "count" | "sum" | "max";

/** What a usage metric measures: events of one type, and for sum and max the property that holds the number. */
export type UsageMetric = {
  readonly id: string;
  readonly eventType: string;
  readonly aggregation: Aggregation;
  readonly property: string | null;
};
