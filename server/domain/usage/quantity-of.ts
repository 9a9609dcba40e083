import { Decimal, ONE, parseDecimal } from "../money/decimal";
import { fail, ok, type Result } from "../result";
import { type EventProperties, plainText, propertyOf } from "./event-properties";
import type { Aggregation, UsageMetric } from "./metric";

export type QuantityProblem = {
  readonly code:
    | "PROPERTY_MISSING"
    | "PROPERTY_NOT_DECIMAL"
    | "PROPERTY_NOT_PLAIN"
    | "PROPERTY_TOO_LONG"
    | "PROPERTY_NEGATIVE";
  readonly property: string;
  readonly given?: string;
};

/** What numeric(28,12) holds of one event, with room for the sum of many. */
const DIGITS_BEFORE_POINT = 12;
const DIGITS_AFTER_POINT = 12;

/** Where usage is added up, less than nothing takes back what was too much; a reading below zero is a mistake. */
const ADDED_UP: readonly Aggregation[] = ["sum", "weighted_sum"];

type Measured = Pick<UsageMetric, "eventType" | "aggregation" | "property" | "filters">;
type Measurable = { readonly type: string; readonly properties: EventProperties };

/**
 * What an event adds to a metric: one where events or values are counted, else the number in its property. null where
 * the metric does not count the event. Refuses a property that is missing or cannot be measured.
 */
export function quantityOf(metric: Measured, event: Measurable): Result<Decimal | null, QuantityProblem> {
  if (metric.eventType !== event.type || !passes(metric, event)) return ok(null);
  if (metric.property === null) return ok(ONE);
  const { aggregation, property } = metric;
  const value = propertyOf(event.properties, property);
  if (value === undefined || value === null) return fail({ code: "PROPERTY_MISSING", property });
  const text = plainText(value);
  const given = JSON.stringify(value);
  if (aggregation === "unique") return text === null ? fail({ code: "PROPERTY_NOT_PLAIN", property, given }) : ok(ONE);

  const parsed = text === null || typeof value === "boolean" ? null : parseDecimal(text);
  if (!parsed?.ok) return fail({ code: "PROPERTY_NOT_DECIMAL", property, given });
  const quantity = parsed.value;
  if (quantity.lt(0) && !ADDED_UP.includes(aggregation)) return fail({ code: "PROPERTY_NEGATIVE", property, given });
  if (quantity.abs().gte(`1e${DIGITS_BEFORE_POINT}`) || quantity.decimalPlaces() > DIGITS_AFTER_POINT) {
    return fail({ code: "PROPERTY_TOO_LONG", property, given });
  }
  // Decimal knows a zero below zero, which no text should show.
  return ok(quantity.isZero() ? new Decimal(0) : quantity);
}

function passes({ filters }: Measured, { properties }: Measurable): boolean {
  return filters.every(({ property, values }) => {
    const text = plainText(propertyOf(properties, property));
    return text !== null && values.includes(text);
  });
}
