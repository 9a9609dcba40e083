import * as fc from "fast-check";
import type { Cadence } from "../../server/domain/calendar/cadence";
import { addDays, daysBetween, type PlainDate } from "../../server/domain/calendar/plain-date";
import { checkContract } from "../../server/domain/contract/check-contract";
import type { Charge, Contract, MinimumCommitment } from "../../server/domain/contract/contract";
import { currency } from "../../server/domain/money/currency";
import type { Discount } from "../../server/domain/pricing/discount";
import type { GraduatedPrice, PerUnitPrice, Price, VolumePrice } from "../../server/domain/pricing/price";
import {
  amountOff,
  charge,
  contract,
  day,
  decimal,
  minimum,
  percentOff,
  phase,
  used,
  type World,
} from "./billing-world";

const cents = (maximum: number) => fc.integer({ min: 0, max: maximum * 100 }).map((units) => decimal(units).div(100));
/** Prices with four digits, so that rounding has something to do. */
const rates = fc.integer({ min: 0, max: 50_000 }).map((units) => decimal(units).div(10_000));
const units = (maximum: number) => fc.integer({ min: 0, max: maximum * 10 }).map((tenths) => decimal(tenths).div(10));

const tiers = fc
  .tuple(
    fc.uniqueArray(fc.integer({ min: 1, max: 400 }), { maxLength: 3 }),
    fc.array(rates, { minLength: 4, maxLength: 4 }),
    fc.array(cents(20), { minLength: 4, maxLength: 4 }),
  )
  .map(([bounds, prices, fees]) =>
    [...bounds.toSorted((a, b) => a - b), null].map((bound, index) => ({
      upTo: bound === null ? null : decimal(bound),
      unitPrice: prices[index] ?? decimal(0),
      flatFee: fees[index] ?? decimal(0),
    })),
  );
const perUnit: fc.Arbitrary<PerUnitPrice> = rates.map((unitPrice) => ({ model: "per_unit", unitPrice }));
const graduated: fc.Arbitrary<GraduatedPrice> = fc
  .tuple(tiers, fc.boolean())
  .map(([list, feeAtZero]) => ({ model: "graduated", tiers: list, feeAtZero }));
const volume: fc.Arbitrary<VolumePrice> = fc
  .tuple(tiers, fc.boolean())
  .map(([list, feeAtZero]) => ({ model: "volume", tiers: list, feeAtZero }));
const byUnits: fc.Arbitrary<Price> = fc.oneof(
  perUnit,
  graduated,
  volume,
  fc
    .tuple(units(50), cents(50))
    .map(([size, packagePrice]): Price => ({ model: "package", packageSize: size.plus(1), packagePrice })),
);
const terms = fc.record({
  includedUnits: fc.option(units(60)),
  minimum: fc.option(cents(100), { freq: 4 }),
  span: fc.option(cents(100), { freq: 4 }),
});
const withTerms = (prices: fc.Arbitrary<Price>): fc.Arbitrary<Price> =>
  fc.tuple(prices, terms).map(([price, { includedUnits, minimum: least, span }]) => ({
    ...price,
    ...(price.model === "flat" || price.model === "percentage" || price.model === "one_time" ? {} : { includedUnits }),
    minimum: least,
    maximum: span && span.plus(least ?? 0),
  }));

const discounts: fc.Arbitrary<Discount[]> = fc
  .array(
    fc.tuple(
      fc.boolean(),
      fc.integer({ min: 0, max: 1000 }),
      fc.constantFrom("before_minimum" as const, "after_minimum" as const),
    ),
    { maxLength: 3 },
  )
  .map((list) =>
    list.map(([isPercent, value, position], index) => {
      const id = `discount-${index}`;
      const text = (value / 10).toFixed(1);
      return isPercent ? percentOff(text, { id, position }) : amountOff(text, { id, position });
    }),
  );

const cadences = fc.constantFrom<Cadence>("monthly", "quarterly", "half_yearly", "annual");
const common = fc.record({
  cadence: cadences,
  discounts,
  proration: fc.constantFrom("by_days" as const, "full" as const, "whole_months_then_days" as const),
});
const contracted = fc
  .tuple(
    withTerms(
      fc.oneof(
        byUnits,
        cents(500).map((fee): Price => ({ model: "flat", fee })),
      ),
    ),
    units(300),
    common,
    fc.constantFrom("in_advance" as const, "in_arrears" as const),
  )
  .map(([price, quantity, rest, timing]) => charge("", { price, quantity, timing, ...rest }));
const metered = fc
  .tuple(
    withTerms(
      fc.oneof(
        byUnits,
        rates.map((percent): Price => ({ model: "percentage", percent, fixedPerEvent: percent })),
      ),
    ),
    fc.constantFrom("calls", "messages"),
    common,
  )
  .map(([price, metricId, rest]) => charge("", { price, metricId, ...rest }));
const seats = fc
  .tuple(
    withTerms(
      fc
        .tuple(
          fc.oneof(perUnit, graduated, volume),
          fc.constantFrom("use_maximum" as const, "prorate_increments" as const, "prorate_all_changes" as const),
        )
        .map(([perSeat, strategy]): Price => ({ model: "seat", perSeat, strategy })),
    ),
    fc.integer({ min: 0, max: 12 }),
    common,
    fc.constantFrom("in_advance" as const, "in_arrears" as const),
  )
  .map(([price, quantity, rest, timing]) => charge("", { price, quantity: decimal(quantity), timing, ...rest }));
const once = cents(900).map((fee) =>
  charge("", { price: { model: "one_time", fee }, cadence: "one_time", timing: "in_advance" }),
);

export const TERM = { startsOn: day("2026-01-01"), endsBefore: day("2027-07-01") };
const daysOfTerm = daysBetween(TERM.startsOn, TERM.endsBefore);
export const dayOfTerm: fc.Arbitrary<PlainDate> = fc
  .integer({ min: 0, max: daysOfTerm - 1 })
  .map((days) => addDays(TERM.startsOn, days));

/** One to three charges, each with its own terms in every phase; a minimum now and then. */
export const arbitraryContract: fc.Arbitrary<Contract> = fc
  .record({
    startsOn: fc.integer({ min: 0, max: 60 }).map((days) => addDays(TERM.startsOn, days)),
    anchorOn: fc.constantFrom(day("2026-01-01"), day("2025-12-31"), day("2025-11-15")),
    firstPeriod: fc.constantFrom("anchor" as const, "calendar" as const),
    cuts: fc.uniqueArray(fc.integer({ min: 61, max: daysOfTerm - 1 }), { maxLength: 2 }),
    lineages: fc.array(fc.oneof(contracted, metered, seats, once), { minLength: 1, maxLength: 3 }),
    changed: fc.array(fc.oneof(contracted, metered, seats), { minLength: 3, maxLength: 3 }),
    isChanged: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
    leasts: fc.array(fc.tuple(cents(800), cadences, fc.boolean()), { maxLength: 2 }),
    code: fc.constantFrom("EUR" as const, "JPY" as const, "KWD" as const),
  })
  .map(({ startsOn, anchorOn, firstPeriod, cuts, lineages, changed, isChanged, leasts, code }) => {
    const starts = [startsOn, ...cuts.toSorted((a, b) => a - b).map((days) => addDays(TERM.startsOn, days))];
    const phases = starts.map((from, index) =>
      phase(from, starts[index + 1] ?? TERM.endsBefore, chargesOf(index, lineages, changed, isChanged)),
    );
    const minimums = leasts.map(
      ([amount, cadence, isAll], index): MinimumCommitment =>
        minimum(`minimum-${index}`, amount.toFixed(), {
          cadence: cadence === "one_time" ? "monthly" : cadence,
          lineageIds: isAll ? "all" : ["lineage-0"],
        }),
    );
    return contract([], { ...TERM, startsOn, anchorOn, firstPeriod, phases, minimums, currency: currency(code) });
  })
  .filter((terms) => checkContract(terms).length === 0);

/** A later phase keeps the charge of a lineage or replaces its terms, within the same cadence. */
function chargesOf(
  index: number,
  lineages: readonly Charge[],
  changed: readonly Charge[],
  isChanged: readonly boolean[],
): Charge[] {
  return lineages.flatMap((original, position) => {
    if (original.cadence === "one_time" && index > 0) return [];
    const other = changed[position];
    const isReplaced = index > 0 && original.cadence !== "one_time" && isChanged[index * 2 + (position % 2)];
    const kept = isReplaced && other ? { ...other, cadence: original.cadence } : original;
    return [
      { ...kept, id: `charge-${index}-${position}`, lineageId: `lineage-${position}`, description: `Item ${position}` },
    ];
  });
}

const dailyUsage = fc
  .array(fc.tuple(dayOfTerm, units(90), fc.integer({ min: 1, max: 4 })), { maxLength: 30 })
  .map((list) => list.map(([on, sum, count]) => used(on, sum.toFixed(), count)));

export const arbitraryWorld: fc.Arbitrary<World> = fc
  .record({
    calls: dailyUsage,
    messages: dailyUsage,
    opening: fc.integer({ min: 0, max: 15 }),
    changes: fc.array(fc.tuple(dayOfTerm, fc.integer({ min: 0, max: 30 })), { maxLength: 20 }),
  })
  .map(({ calls, messages, opening, changes }) => {
    const history = {
      openingSeats: decimal(opening),
      changes: changes.map(([on, total]) => ({ on, total: decimal(total) })),
    };
    return {
      usage: { calls, messages },
      seats: Object.fromEntries([0, 1, 2].map((position) => [`lineage-${position}`, history])),
    };
  });

/** The same world, with usage that arrived late. */
export const withLateUsage = (world: World, late: World): World => ({
  ...world,
  usage: {
    calls: [...(world.usage?.calls ?? []), ...(late.usage?.calls ?? [])],
    messages: [...(world.usage?.messages ?? []), ...(late.usage?.messages ?? [])],
  },
});
