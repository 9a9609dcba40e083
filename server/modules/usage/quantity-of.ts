import { Decimal, ONE, parseDecimal } from "../../domain/money/decimal";
import { fail, ok, type Result } from "../../domain/result";
import type { MetricTerms } from "./metric";
import type { EventProperties } from "./usage-event";

export type QuantityProblem = {
  readonly code: "PROPERTY_MISSING" | "PROPERTY_NOT_DECIMAL" | "PROPERTY_TOO_LONG" | "PROPERTY_NEGATIVE";
  readonly property: string;
  readonly given?: string;
};

/** What numeric(28,12) holds of one event, with room for the sum of many. */
const DIGITS_BEFORE_POINT = 12;
const DIGITS_AFTER_POINT = 12;

type Measured = Pick<MetricTerms, "eventType" | "aggregation" | "property" | "filters">;
type Measurable = { readonly type: string; readonly properties: EventProperties };

/** What an event adds to a metric; null where the metric does not count it. An event counts one. */
export function quantityOf(metric: Measured, event: Measurable): Result<Decimal | null, QuantityProblem> {
  if (metric.eventType !== event.type || !passes(metric, event)) return ok(null);
  if (metric.property === null) return ok(ONE);
  const { property } = metric;
  const value = Object.hasOwn(event.properties, property) ? event.properties[property] : undefined;
  if (value === undefined || value === null) return fail({ code: "PROPERTY_MISSING", property });

  // A JSON number that is no safe integer has lost digits on its way, or would on its way back.
  const text = typeof value === "string" ? value : Number.isSafeInteger(value) ? String(value) : null;
  const parsed = text === null ? null : parseDecimal(text);
  const given = JSON.stringify(value);
  if (!parsed?.ok) return fail({ code: "PROPERTY_NOT_DECIMAL", property, given });
  const quantity = parsed.value;
  if (quantity.isNegative() && !quantity.isZero()) return fail({ code: "PROPERTY_NEGATIVE", property, given });
  if (quantity.gte(`1e${DIGITS_BEFORE_POINT}`) || quantity.decimalPlaces() > DIGITS_AFTER_POINT) {
    return fail({ code: "PROPERTY_TOO_LONG", property, given });
  }
  return ok(new Decimal(quantity.abs()));
}

function passes({ filters }: Measured, { properties }: Measurable): boolean {
  return filters.every(({ property, values }) => {
    const value = Object.hasOwn(properties, property) ? properties[property] : undefined;
    const isPlain = typeof value === "string" || typeof value === "boolean" || Number.isSafeInteger(value);
    return isPlain && values.includes(String(value));
  });
}
