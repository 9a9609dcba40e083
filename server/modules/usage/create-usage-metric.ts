import { groupBy } from "../../domain/group-by";
import { Decimal, ZERO } from "../../domain/money/decimal";
import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { newId } from "../../platform/ids";
import { InputProblems } from "../../platform/input-problems";
import { conflict, invalidInput, type Problem } from "../../platform/refusal";
import type { MetricFilter, MetricTerms, UsageMetric } from "./metric";
import { changeMetrics, insertMetric } from "./metric.store";
import { quantityOf } from "./quantity-of";
import { addDaySums, type DaySum } from "./usage-day.store";
import { type RecordedEvent, recordedEvents } from "./usage-event.store";

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
    if (counted.unmeasurable) {
      const { id } = counted.unmeasurable;
      const message = `Events of the type "${terms.eventType}" were recorded before whose property "${terms.property}" is not a decimal, for instance "${id}". Filter them out, or measure another property.`;
      return conflict("EVENTS_NOT_MEASURABLE", message, ["property"]);
    }
    note({ action: "usage_metric.created", subjectType: "usage_metric", subjectId: metric.id, after: terms });
    return ok({ metricId: metric.id, counted: counted.events });
  },
});

async function countRecorded(
  metric: UsageMetric,
): Promise<{ readonly events: number; readonly unmeasurable?: RecordedEvent }> {
  let events = 0;
  for await (const page of recordedEvents(metric.eventType)) {
    const measured: { readonly event: RecordedEvent; readonly quantity: Decimal }[] = [];
    for (const event of page) {
      const quantity = quantityOf(metric, event);
      if (!quantity.ok) return { events, unmeasurable: event };
      if (quantity.value) measured.push({ event, quantity: quantity.value });
    }
    events += measured.length;
    await addDaySums(metric.id, sumByDay(measured));
  }
  return { events };
}

function sumByDay(measured: readonly { readonly event: RecordedEvent; readonly quantity: Decimal }[]): DaySum[] {
  const groups = groupBy(measured, ({ event }) => `${event.occurredOn} ${event.alias}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const quantities = group.map(({ quantity }) => quantity);
    const sum = quantities.reduce((a, b) => a.plus(b), ZERO);
    const { alias, occurredOn } = first.event;
    return [{ alias, occurredOn, sum, maximum: Decimal.max(...quantities), count: group.length }];
  });
}

function checkMetric({ code, name, eventType, aggregation, property, filters, unit }: MetricTerms): Problem[] {
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
      `${aggregation.toUpperCase()} needs the property that holds the number.`,
      "property",
    );
  }
  checkFilters(filters, problems);
  return problems.found;
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
