import * as fc from "fast-check";
import type { PlainDate } from "../../server/domain/calendar/plain-date";
import { dayOfTerm, METRICS } from "./arbitrary-contract";
import { REGIONS, SIZES, units } from "./arbitrary-price";
import { decimal, type World, type WorldEvent } from "./billing-world";

const values = fc.record(
  { region: fc.constantFrom(...REGIONS, "moon"), size: fc.constantFrom(...SIZES) },
  { requiredKeys: [] },
);
const eventOf = (quantity: WorldEvent["quantity"]) =>
  fc.record({
    on: dayOfTerm,
    quantity: fc.constant(quantity),
    values,
    customer: fc.constantFrom("Acme GmbH", "Acme SAS"),
  });

/** Of a parent and its child. */
export const arbitraryUsage: fc.Arbitrary<WorldEvent> = units(90).chain(eventOf);
/** Takes back what was too much. */
const corrections: fc.Arbitrary<WorldEvent> = units(40).chain((quantity) => eventOf(quantity.negated().plus(0)));

const eventsOf = (event: fc.Arbitrary<WorldEvent>): fc.Arbitrary<World["events"]> =>
  fc.record({ calls: fc.array(event, { maxLength: 30 }), messages: fc.array(event, { maxLength: 30 }) });

const seats = fc
  .record({
    opening: fc.integer({ min: 0, max: 15 }),
    changes: fc.array(fc.tuple(dayOfTerm, fc.integer({ min: 0, max: 30 })), { maxLength: 20 }),
  })
  .map(({ opening, changes }) => {
    const history = {
      openingSeats: decimal(opening),
      changes: changes.map(([on, total]) => ({ on, total: decimal(total) })),
    };
    return Object.fromEntries([0, 1, 2].map((position) => [`lineage-${position}`, history]));
  });

const worldOf = (event: fc.Arbitrary<WorldEvent>): fc.Arbitrary<World> =>
  fc
    .record({ events: eventsOf(event), seats })
    .map(({ events, seats: bySeat }) => ({ events: events ?? {}, seats: bySeat }));

export const arbitraryWorld = worldOf(
  fc.oneof({ weight: 9, arbitrary: arbitraryUsage }, { weight: 1, arbitrary: corrections }),
);

/** The same world with more events, which happened when they say and come after those that are known of the same day. */
export const withMoreUsage = (world: World, more: World): World =>
  withEvents(world, (events, metricId) => [...events, ...(more.events?.[metricId] ?? [])]);

export const withEvents = (
  world: World,
  change: (events: readonly WorldEvent[], metricId: string) => readonly WorldEvent[],
): World => ({
  ...world,
  events: Object.fromEntries(METRICS.map((metricId) => [metricId, change(world.events?.[metricId] ?? [], metricId)])),
});

/** What is known of the world at the beginning of a day. */
export const knownOn = (world: World, day: PlainDate): World => ({
  ...withEvents(world, (events) => events.filter(({ on }) => on < day)),
  seats: Object.fromEntries(
    Object.entries(world.seats ?? {}).map(([lineageId, { openingSeats, changes }]) => [
      lineageId,
      { openingSeats, changes: changes.filter(({ on }) => on < day) },
    ]),
  ),
});
