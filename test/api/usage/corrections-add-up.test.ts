import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { groupBy } from "../../../server/domain/group-by";
import { Decimal, ZERO } from "../../../server/domain/money/decimal";
import type { EventProperties } from "../../../server/domain/usage/event-properties";
import { groupKeyOf } from "../../../server/domain/usage/group-key";
import type { Aggregation, UsageMetric } from "../../../server/domain/usage/metric";
import { quantityOf } from "../../../server/domain/usage/quantity-of";
import { startTestApi, type TestApi } from "../../testkit/api";
import { daySumsOf, type UsageWorld, usageWorld } from "./usage-world";

/*
 * Whatever is recorded, corrected, voided and brought back, in whatever batches: the sums of the days are those of the
 * events that are left, as if nothing else had ever been sent. What is left is kept beside, in a plain map.
 */

const SEED = 20261122;
const STEPS = 60;

type Content = {
  readonly alias: string;
  readonly type: string;
  readonly timestamp: string;
  readonly properties: EventProperties;
};
type Step = { readonly picks: readonly { readonly id: string; readonly isVoid: boolean; readonly content: Content }[] };

const METRICS: readonly (Omit<UsageMetric, "id"> & { readonly code: string })[] = (
  [
    ["count", null],
    ["sum", "change"],
    ["max", "reading"],
    ["unique", "kind"],
    ["latest", "reading"],
    ["weighted_sum", "change"],
  ] as const satisfies readonly (readonly [Aggregation, string | null])[]
).flatMap(([aggregation, property]) => {
  const metric = { code: aggregation, eventType: "thing", aggregation, property, filters: [], groupBy: [] };
  const filters = [{ property: "kind", values: ["a", "3"] }];
  return [metric, { ...metric, code: `${aggregation}-filtered`, filters, groupBy: ["region", "kind"] }];
});

const few = fc.integer({ min: 0, max: 6 });
const content: fc.Arbitrary<Content> = fc.record({
  alias: fc.constantFrom("acme", "beta", "nobody"),
  type: fc.constantFrom("thing", "thing", "thing", "other"),
  timestamp: fc.constantFrom("2026-10-30", "2026-10-31", "2026-11-01").map((day) => `${day}T12:00:00.000Z`),
  properties: fc.record(
    {
      change: fc.integer({ min: -9, max: 9 }).map((n) => (n / 4).toFixed(2)),
      reading: fc.oneof(
        few,
        few.map((n) => `${n}.5`),
      ),
      kind: fc.constantFrom<unknown>("a", "b", 3, true),
      region: fc.constantFrom<unknown>("eu", 'u"s\\', null, 1.5),
    },
    { requiredKeys: ["change", "reading", "kind"] },
  ),
});
const steps: fc.Arbitrary<Step> = fc.record({
  picks: fc.uniqueArray(
    fc.record({
      id: fc.nat(79).map((n) => `event-${n}`),
      isVoid: fc.nat(4).map((n) => n === 0),
      content,
    }),
    { minLength: 10, maxLength: 25, selector: ({ id }) => id },
  ),
});

let api: TestApi;
let world: UsageWorld;
beforeAll(async () => {
  api = await startTestApi();
  world = await usageWorld(api);
});
afterAll(() => api.stop());

const define = ({ aggregation, filters, ...metric }: (typeof METRICS)[number]) =>
  world.newMetric({ ...metric, aggregation: aggregation.toUpperCase(), filters });

test("the sums of days are those of the events that are left", async () => {
  const known = new Map<string, Content | "voided">();
  const counts = { recorded: 0, corrected: 0, voided: 0, alreadyVoided: 0 };
  const metrics = METRICS.slice(0, -3);
  for (const metric of metrics) await define(metric);

  for (const [index, { picks }] of fc.sample(steps, { seed: SEED, numRuns: STEPS }).entries()) {
    if (index === STEPS / 2) {
      for (const metric of METRICS.slice(-3)) await define(metric);
      metrics.push(...METRICS.slice(-3));
    }
    const voids = picks.filter(({ id, isVoid }) => isVoid && known.has(id));
    const sent = picks.filter((pick) => !voids.includes(pick));
    const answer = await world.record(
      [...sent, ...sent.slice(0, 2)].map(({ id, content }) => ({ id, ...content, isCorrection: known.has(id) })),
    );
    if (sent.length > 0) expect(answer.__typename).toBe("RecordUsageEventsSuccess");
    for (const { id, content } of sent) known.set(id, content);
    if (voids.length > 0) {
      const { voided, alreadyVoided } = await world.void(voids.map(({ id }) => id));
      expect([voided, alreadyVoided]).toEqual([
        voids.filter(({ id }) => known.get(id) !== "voided").length,
        voids.filter(({ id }) => known.get(id) === "voided").length,
      ]);
      counts.voided += voided;
      counts.alreadyVoided += alreadyVoided;
    }
    for (const { id } of voids) known.set(id, "voided");
    counts.recorded += answer.recorded ?? 0;
    counts.corrected += answer.corrected ?? 0;

    const left = [...known.values()].filter((event) => event !== "voided");
    expect(await daySumsOf(api, world.organization.id)).toEqual(sumsFromScratch(left, metrics));
  }
  // Enough of everything has happened.
  expect(counts.recorded).toBe(known.size);
  expect(counts.corrected).toBeGreaterThan(400);
  expect(counts.voided).toBeGreaterThan(80);
  expect(counts.alreadyVoided).toBeGreaterThan(5);
});

function sumsFromScratch(events: readonly Content[], metrics: readonly (typeof METRICS)[number][]): string[] {
  const counted = metrics.flatMap((metric) =>
    events.flatMap((event) => {
      const quantity = quantityOf(metric, event);
      if (!quantity.ok || quantity.value === null) return [];
      const place = [metric.code, event.alias, event.timestamp.slice(0, 10), groupKeyOf(metric, event.properties)];
      return [{ place: place.filter((part) => part !== "").join(" "), quantity: quantity.value }];
    }),
  );
  return [...groupBy(counted, ({ place }) => place)]
    .map(([place, ofDay]) => {
      const quantities = ofDay.map(({ quantity }) => quantity);
      const sum = quantities.reduce((total, quantity) => total.plus(quantity), ZERO);
      return `${place} ${quantities.length} ${sum.toFixed()} ${Decimal.max(...quantities).toFixed()}`;
    })
    .sort();
}
