import { groupBy } from "../../domain/group-by";
import { Decimal, ZERO } from "../../domain/money/decimal";
import { ok, type Result } from "../../domain/result";
import { groupKeyOf } from "../../domain/usage/group-key";
import type { MetricFilter } from "../../domain/usage/metric";
import { quantityOf } from "../../domain/usage/quantity-of";
import { command } from "../../platform/command";
import { newId } from "../../platform/ids";
import { InputProblems } from "../../platform/input-problems";
import { conflict, invalidInput, type Problem, type Refusal } from "../../platform/refusal";
import { isStorableGroup } from "./check-usage-events";
import type { MetricTerms, UsageMetric } from "./metric";
import { changeMetrics, insertMetric } from "./metric.store";
import { addDaySums, type DaySum } from "./usage-day.store";
import type { RecordedEvent } from "./usage-event";
import { recordedEvents } from "./usage-event.store";

const GROUP_BY_LIMIT = 5;

/** Adds a metric. It counts events that were recorded before it, too. */
export const createUsageMetric = command({
  name: "createUsageMetric",
  permission: "change_catalog",
  run: async (terms: MetricTerms, { now, note }) => {
    const problems = checkMetric(terms);
    if (problems.length > 0) return invalidInput(problems);
    await changeMetrics();
    const metric: UsageMetric = { ...terms, id: newId(), createdAt: now };
    if (!(await insertMetric(metric))) {
      return conflict("CODE_TAKEN", `There is another usage metric with the code "${terms.code}".`, ["code"]);
    }
    const counted = await countRecorded(metric);
    if (!counted.ok) return counted;
    note({ action: "usage_metric.created", subjectType: "usage_metric", subjectId: metric.id, after: terms });
    return ok({ metricId: metric.id, counted: counted.value });
  },
});

type Measured = { readonly event: RecordedEvent; readonly groupKey: string; readonly quantity: Decimal };

/** Adds up what was recorded before the metric, and says how many events that is. */
async function countRecorded(metric: UsageMetric): Promise<Result<number, Refusal>> {
  let events = 0;
  for await (const page of recordedEvents(metric.eventType)) {
    const measured: Measured[] = [];
    for (const event of page) {
      const quantity = quantityOf(metric, event);
      if (!quantity.ok) return refuseUnmeasurable(metric, event);
      if (quantity.value === null) continue;
      const groupKey = groupKeyOf(metric, event.properties);
      if (!isStorableGroup(groupKey)) return refuseLongGroup(event);
      measured.push({ event, groupKey, quantity: quantity.value });
    }
    events += measured.length;
    await addDaySums(metric.id, sumByDay(measured));
  }
  return ok(events);
}

function refuseUnmeasurable({ eventType, aggregation, property }: UsageMetric, { id }: RecordedEvent) {
  const message = `Events of the type "${eventType}" were recorded before whose property "${property}" ${aggregation.toUpperCase()} cannot measure, for instance "${id}". Filter them out, or measure another property.`;
  return conflict("EVENTS_NOT_MEASURABLE", message, ["property"]);
}

function refuseLongGroup({ id }: RecordedEvent) {
  const message = `Events were recorded before whose values are too long to group by, for instance "${id}". Filter them out, or group by other properties.`;
  return conflict("GROUP_VALUES_TOO_LONG", message, ["groupBy"]);
}

function sumByDay(measured: readonly Measured[]): DaySum[] {
  const groups = groupBy(measured, ({ event, groupKey }) => JSON.stringify([event.occurredOn, event.alias, groupKey]));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const quantities = group.map(({ quantity }) => quantity);
    const sum = quantities.reduce((a, b) => a.plus(b), ZERO);
    const { alias, occurredOn } = first.event;
    const { groupKey } = first;
    return [{ alias, occurredOn, groupKey, sum, maximum: Decimal.max(...quantities), count: group.length }];
  });
}

function checkMetric(terms: MetricTerms): Problem[] {
  const { code, name, eventType, aggregation, property, unit } = terms;
  const problems = new InputProblems();
  problems.checkText(code, "The code", 100, "code");
  problems.checkText(name, "The name", 200, "name");
  problems.checkText(eventType, "The event type", 100, "eventType");
  problems.checkText(unit, "The unit", 50, "unit");
  problems.checkOptionalText(property, "The property", 100, "property");
  if (aggregation === "count" && property !== null) {
    problems.report("PROPERTY_NOT_APPLICABLE", "COUNT counts events and reads no property. Leave it out.", "property");
  }
  if (aggregation !== "count" && property === null) {
    problems.report(
      "PROPERTY_MISSING",
      `${aggregation.toUpperCase()} needs the property that it measures.`,
      "property",
    );
  }
  checkFilters(terms.filters, problems);
  checkGroupBy(terms.groupBy, problems);
  return problems.found;
}

/** Whatever the aggregation: each group is measured by itself, and a price with dimensions needs just that. */
function checkGroupBy(groupBy: readonly string[], problems: InputProblems): void {
  if (groupBy.length > GROUP_BY_LIMIT) {
    problems.report(
      "GROUP_BY_TOO_LONG",
      `Usage is grouped by up to ${GROUP_BY_LIMIT} properties, not ${groupBy.length}.`,
      "groupBy",
    );
  }
  groupBy.forEach((property, index) => {
    const path = ["groupBy", String(index)];
    problems.checkText(property, "The property to group by", 100, ...path);
    if (groupBy.indexOf(property) < index) problems.report("GROUP_BY_TWICE", `"${property}" is there before.`, ...path);
  });
}

function checkFilters(filters: readonly MetricFilter[], problems: InputProblems): void {
  const seen = new Set<string>();
  filters.forEach(({ property, values }, index) => {
    const path = ["filters", String(index)];
    problems.checkText(property, "The property of a filter", 100, ...path, "property");
    if (seen.has(property))
      problems.report(
        "FILTER_TWICE",
        `There is another filter on "${property}". List all values in one.`,
        ...path,
        "property",
      );
    seen.add(property);
    if (values.length === 0) {
      problems.report(
        "FILTER_WITHOUT_VALUES",
        `The filter on "${property}" lists no value, so nothing would pass.`,
        ...path,
        "values",
      );
    }
    values.forEach((value, place) =>
      problems.checkText(value, "A value of a filter", 200, ...path, "values", String(place)),
    );
  });
}
