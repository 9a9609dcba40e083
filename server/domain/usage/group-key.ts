import type { Decimal } from "../money/decimal";
import { type EventProperties, plainText, propertyOf } from "./event-properties";
import type { UsageMetric } from "./metric";

/** The values of a group by their property; a property that the events lack has none. */
export type GroupValues = { readonly [property: string]: string };

/** Usage of events that say the same of themselves. */
export type GroupQuantity = { readonly values: GroupValues; readonly quantity: Decimal };

type Grouping = Pick<UsageMetric, "groupBy">;

/**
 * Under which key an event's usage is kept: the values of the properties that the metric groups by as a JSON array, null
 * where the event has no plain value; empty text for a metric that does not group.
 */
export function groupKeyOf({ groupBy }: Grouping, properties: EventProperties): string {
  if (groupBy.length === 0) return "";
  return JSON.stringify(groupBy.map((property) => plainText(propertyOf(properties, property))));
}

/** The values that a key stands for. */
export function valuesOfGroup({ groupBy }: Grouping, key: string): GroupValues {
  const values: readonly (string | null)[] = key === "" ? [] : JSON.parse(key);
  return Object.fromEntries(
    groupBy.flatMap((property, place) => {
      const value = values[place] ?? null;
      return value === null ? [] : [[property, value]];
    }),
  );
}

/** Groups in the order of their keys; those with nothing in them are left out. */
export function toGroups(metric: Grouping, quantities: ReadonlyMap<string, Decimal>): GroupQuantity[] {
  return [...quantities]
    .filter(([, quantity]) => !quantity.isZero())
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, quantity]) => ({ values: valuesOfGroup(metric, key), quantity }));
}
