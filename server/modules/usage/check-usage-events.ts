import { localDayOf } from "../../domain/calendar/local-day";
import type { PlainDate } from "../../domain/calendar/plain-date";
import { monthOf, monthsBetween } from "../../domain/calendar/plain-month";
import type { Decimal } from "../../domain/money/decimal";
import type { EventProperties } from "../../domain/usage/event-properties";
import { groupKeyOf } from "../../domain/usage/group-key";
import { type QuantityProblem, quantityOf } from "../../domain/usage/quantity-of";
import { InputProblems, isStorableJson } from "../../platform/input-problems";
import type { Problem } from "../../platform/refusal";
import { contentHash } from "./content-hash";
import type { UsageMetric } from "./metric";
import type { NewUsageEvent, RecordedEvent, UsageEvent } from "./usage-event";

const PROPERTIES_LIMIT = 8_000;
/** Of a key's text in UTF-8: an index holds it beside the alias. */
const GROUP_KEY_LIMIT = 1_000;
export const REASON_LIMIT = 500;
const OLDEST_MONTHS = 36;
const AHEAD_MILLISECONDS = 86_400_000;

export type OrganizationTime = { readonly now: Date; readonly timeZone: string };

/** The events of a batch on their local days, and what is wrong with the others. */
export function readUsageEvents(
  batch: readonly NewUsageEvent[],
  { now, timeZone }: OrganizationTime,
): { readonly events: readonly UsageEvent[]; readonly problems: readonly Problem[] } {
  const problems = new InputProblems();
  const today = localDayOf(now, timeZone);
  const events = batch.flatMap((event, index) => {
    const path = ["events", String(index)];
    const before = problems.found.length;
    const occurredOn = localDayOf(event.timestamp, timeZone);
    problems.checkText(event.id, "The event id", 200, ...path, "id");
    problems.checkText(event.alias, "The alias", 200, ...path, "alias");
    problems.checkText(event.type, "The type", 100, ...path, "type");
    checkTimestamp({ timestamp: event.timestamp, occurredOn }, { now, today }, [...path, "timestamp"], problems);
    checkProperties(event.properties, [...path, "properties"], problems);
    checkReason(event, [...path, "reason"], problems);
    return problems.found.length === before ? [toEvent(event, index, occurredOn)] : [];
  });
  return { events, problems: problems.found };
}

function checkReason(
  { isCorrection, reason = null }: NewUsageEvent,
  path: readonly string[],
  problems: InputProblems,
): void {
  problems.checkOptionalText(reason, "The reason", REASON_LIMIT, ...path);
  if (reason !== null && !isCorrection) {
    problems.report("REASON_NOT_APPLICABLE", "Only a correction has a reason. Leave it out.", ...path);
  }
}

function checkTimestamp(
  { timestamp, occurredOn }: { readonly timestamp: Date; readonly occurredOn: PlainDate },
  { now, today }: { readonly now: Date; readonly today: PlainDate },
  path: readonly string[],
  problems: InputProblems,
): void {
  const given = timestamp.toISOString();
  if (timestamp.getTime() > now.getTime() + AHEAD_MILLISECONDS) {
    problems.report("TIMESTAMP_IN_THE_FUTURE", `${given} is more than a day ahead of ${now.toISOString()}.`, ...path);
    return;
  }
  // Years before 1000 have fewer digits than a plain date, and no usage either.
  if (timestamp.getUTCFullYear() < 1000 || monthsBetween(monthOf(occurredOn), monthOf(today)) > OLDEST_MONTHS) {
    problems.report("TIMESTAMP_TOO_OLD", `${given} is more than ${OLDEST_MONTHS} months ago.`, ...path);
  }
}

function checkProperties(properties: unknown, path: readonly string[], problems: InputProblems): void {
  if (properties === null || properties === undefined) return;
  if (typeof properties !== "object" || Array.isArray(properties)) {
    problems.report("PROPERTIES_MALFORMED", "properties must be an object of names and values.", ...path);
    return;
  }
  const text = JSON.stringify(properties);
  if (text.length > PROPERTIES_LIMIT) {
    problems.report(
      "PROPERTIES_TOO_LARGE",
      `properties has ${text.length} characters; the limit is ${PROPERTIES_LIMIT}.`,
      ...path,
    );
  } else if (!isStorableJson(text)) {
    problems.report("TEXT_UNPRINTABLE", "properties contains a NUL character or half of a surrogate pair.", ...path);
  }
}

function toEvent(event: NewUsageEvent, index: number, occurredOn: PlainDate): UsageEvent {
  const properties = (event.properties ?? {}) as EventProperties;
  return {
    index,
    id: event.id,
    alias: event.alias,
    type: event.type,
    occurredAt: event.timestamp,
    occurredOn,
    properties,
    contentHash: contentHash({ ...event, properties }),
    isCorrection: event.isCorrection ?? false,
    reason: event.reason ?? null,
  };
}

/** What an event adds to a metric. */
export type Contribution<Event extends RecordedEvent = UsageEvent> = {
  readonly event: Event;
  readonly metricId: string;
  readonly groupKey: string;
  readonly quantity: Decimal;
};

/** What the events add to the metrics, and where an event lacks what a metric measures. */
export function contributionsOf(
  events: readonly UsageEvent[],
  metrics: readonly UsageMetric[],
): { readonly contributions: readonly Contribution[]; readonly problems: readonly Problem[] } {
  const contributions: Contribution[] = [];
  const problems = new Map<string, Problem>();
  for (const event of events) {
    for (const metric of metrics) {
      const quantity = quantityOf(metric, event);
      if (quantity.ok && quantity.value === null) continue;
      const groupKey = groupKeyOf(metric, event.properties);
      const problem = quantity.ok ? groupProblem(groupKey, metric, event) : toProblem(quantity.error, metric, event);
      // Two metrics may read the same property: it is wrong once.
      if (problem) problems.set(problem.path.join("\n"), problem);
      else if (quantity.ok && quantity.value) {
        contributions.push({ event, metricId: metric.id, groupKey, quantity: quantity.value });
      }
    }
  }
  return { contributions, problems: [...problems.values()] };
}

/** What recorded events add to the metrics. They were measured before: one that cannot be measured now is a bug. */
export function recordedContributions(
  events: readonly RecordedEvent[],
  metrics: readonly UsageMetric[],
): Contribution<RecordedEvent>[] {
  return events.flatMap((event) =>
    metrics.flatMap((metric) => {
      const quantity = quantityOf(metric, event);
      if (!quantity.ok) throw new Error(`${metric.code}: the event ${event.id} has no "${quantity.error.property}"`);
      const groupKey = groupKeyOf(metric, event.properties);
      return quantity.value ? [{ event, metricId: metric.id, groupKey, quantity: quantity.value }] : [];
    }),
  );
}

const SENTENCES: { readonly [Code in QuantityProblem["code"]]: (given: string) => string } = {
  PROPERTY_MISSING: () => "is missing",
  PROPERTY_NOT_DECIMAL: (given) => `is ${given}; send a decimal as text, such as "0.1", or a whole number`,
  PROPERTY_NOT_PLAIN: (given) => `is ${given}; send text, a whole number, or true or false`,
  PROPERTY_TOO_LONG: (given) => `is ${given}; up to 12 digits before and 12 after the point can be kept`,
  PROPERTY_NEGATIVE: (given) => `is ${given}; a reading cannot be negative`,
};

function toProblem({ code, property, given }: QuantityProblem, metric: UsageMetric, { index }: UsageEvent): Problem {
  const message = `The property "${property}", which the metric ${metric.code} measures, ${SENTENCES[code](given ?? "")}.`;
  return { code, message, path: ["events", String(index), "properties", property] };
}

/** True where usage can be kept under the key. */
export const isStorableGroup = (groupKey: string): boolean => Buffer.byteLength(groupKey) <= GROUP_KEY_LIMIT;

function groupProblem(groupKey: string, metric: UsageMetric, { index }: UsageEvent): Problem | null {
  if (isStorableGroup(groupKey)) return null;
  const message = `The values by which the metric ${metric.code} groups have ${Buffer.byteLength(groupKey)} bytes together; the limit is ${GROUP_KEY_LIMIT}.`;
  return { code: "GROUP_VALUES_TOO_LONG", message, path: ["events", String(index), "properties"] };
}
