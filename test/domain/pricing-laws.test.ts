import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Decimal } from "../../server/domain/money/decimal";
import { checkPrice } from "../../server/domain/pricing/check-price";
import { inFreeTrial } from "../../server/domain/pricing/free-trial";
import type { Price, SeatStrategy, Tier } from "../../server/domain/pricing/price";
import { amountOf, billableUnits, type RatedUsage, rateUsage } from "../../server/domain/pricing/rate";
import type { UsageGroup } from "../../server/domain/pricing/rate-matrix";
import { countSeats, countSeatsKnown, type SeatDays, totalDays } from "../../server/domain/pricing/seats";
import { uplift } from "../../server/domain/pricing/uplift";
import { decimal } from "./billing-world";

const hundredths = (max: number) => fc.integer({ min: 0, max: max * 100 }).map((count) => decimal(count).div(100));
const option = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
/** Without the keys that came out as undefined. */
const given = <T extends object>(record: T) =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };

const bounds = fc
  .uniqueArray(fc.integer({ min: 1, max: 400 }), { maxLength: 4 })
  .map((list) => [...list.toSorted((a, b) => a - b).map(decimal), null]);
const tiersOf = <Amount extends string>(amount: Amount) =>
  bounds.chain((list) =>
    fc.tuple(
      ...list.map((upTo) =>
        fc
          .tuple(hundredths(5), option(hundredths(20)))
          .map(([value, flatFee]) => given({ upTo, [amount]: value, flatFee }) as { [A in Amount]: Decimal } & Tier),
      ),
    ),
  );
const feeAtZero = option(fc.boolean());

const REGIONS = ["eu", "us", "asia"];
const SIZES = ["small", "large"];
const matrix: fc.Arbitrary<Price> = fc
  .tuple(
    fc.subarray(REGIONS.flatMap((region) => SIZES.map((size) => [region, size]))),
    fc.array(hundredths(5), { minLength: 6, maxLength: 6 }),
    hundredths(5),
  )
  .map(([rows, unitPrices, defaultUnitPrice]) => ({
    model: "matrix",
    dimensions: ["region", "size"],
    rows: rows.map((values, index) => ({ values, unitPrice: unitPrices[index] ?? defaultUnitPrice })),
    defaultUnitPrice,
  }));

const graduated: fc.Arbitrary<Price> = fc
  .record({ model: fc.constant("graduated" as const), tiers: tiersOf("unitPrice"), feeAtZero })
  .map(given);
const volume: fc.Arbitrary<Price> = fc
  .record({ model: fc.constant("volume" as const), tiers: tiersOf("unitPrice"), feeAtZero })
  .map(given);
const graduatedPercentage: fc.Arbitrary<Price> = fc
  .record({
    model: fc.constant("graduated_percentage" as const),
    tiers: tiersOf("percent"),
    includedAmount: option(hundredths(300)),
    feeAtZero,
  })
  .map(given);
const perUnit: fc.Arbitrary<Price> = hundredths(5).map((unitPrice) => ({ model: "per_unit", unitPrice }));
const packages: fc.Arbitrary<Price> = fc
  .tuple(fc.integer({ min: 1, max: 50 }), hundredths(9))
  .map(([size, packagePrice]) => ({ model: "package", packageSize: decimal(size), packagePrice }));
const seats: fc.Arbitrary<Price> = fc
  .oneof(perUnit, graduated, volume)
  .map((perSeat) => ({ model: "seat", perSeat, strategy: "use_maximum" }) as Price);
const fees: fc.Arbitrary<Price> = fc
  .tuple(fc.constantFrom("flat" as const, "one_time" as const), hundredths(99))
  .map(([model, fee]) => ({ model, fee }));
const percentage: fc.Arbitrary<Price> = hundredths(99).map((percent) => ({ model: "percentage", percent }));

const inUnits = fc.oneof(perUnit, packages, graduated, volume, seats, matrix);
const anyPrice = fc.oneof(inUnits, fees, percentage, graduatedPercentage);

const groups = fc.array(
  fc.record({
    values: fc
      .record({ region: option(fc.constantFrom(...REGIONS, "moon")), size: option(fc.constantFrom(...SIZES)) })
      .map((values) => given(values) as UsageGroup["values"]),
    quantity: fc.integer({ min: -2_000, max: 20_000 }).map((count) => decimal(count).div(100)),
  }),
  { maxLength: 8 },
);
const usageOf = (list: readonly UsageGroup[]): RatedUsage => ({
  quantity: list.reduce((total, { quantity }) => total.plus(quantity), decimal(0)),
  groups: list,
});
const cost = (price: Price, usage: RatedUsage): Decimal => amountOf(rateUsage(price, usage));

test("prices of these laws are good prices", () => {
  fc.assert(
    fc.property(anyPrice, (price) => {
      expect(checkPrice(price)).toEqual([]);
    }),
  );
});

test("more usage never costs less under graduated prices", () => {
  fc.assert(
    fc.property(fc.oneof(graduated, graduatedPercentage), hundredths(900), hundredths(900), (price, quantity, more) => {
      const least = cost(price, { quantity });
      expect(cost(price, { quantity: quantity.plus(more) }).gte(least)).toBe(true);
    }),
  );
});

test("a summed quantity costs the same in whatever order and however split", () => {
  fc.assert(
    fc.property(anyPrice, groups, fc.nat(8), (price, list, cut) => {
      const halves = list.flatMap(({ values, quantity }) => [
        { values, quantity: quantity.div(4) },
        { values, quantity: quantity.times(3).div(4) },
      ]);
      const reordered = [...halves.slice(cut), ...halves.slice(0, cut).reverse()];
      const explained = (usage: RatedUsage) => JSON.stringify(rateUsage(price, usage));
      expect(explained(usageOf(reordered))).toBe(explained(usageOf(list)));
    }),
  );
});

test("the slices of units hold all billable units, no more and no less", () => {
  fc.assert(
    fc.property(fc.oneof(perUnit, graduated, volume, matrix), groups, option(hundredths(300)), (bare, list, free) => {
      const price = free === undefined ? bare : { ...bare, includedUnits: free };
      const usage = usageOf(list);
      const held = rateUsage(price, usage).reduce((total, slice) => total.plus(slice.quantity), decimal(0));
      const hasNone = "feeAtZero" in price && price.feeAtZero === false && held.isZero();
      expect(held.toFixed()).toBe(hasNone ? "0" : billableUnits(price, usage.quantity).toFixed());
    }),
  );
});

test("every slice is its quantity at its price, and none is below zero", () => {
  fc.assert(
    fc.property(fc.oneof(inUnits, percentage, graduatedPercentage), groups, (price, list) => {
      for (const { quantity, unitPrice, flatFee, amount } of rateUsage(price, usageOf(list))) {
        expect(amount.toFixed()).toBe(quantity.times(unitPrice).plus(flatFee).toFixed());
        expect(amount.isNegative() && !amount.isZero()).toBe(false);
      }
    }),
  );
});

test("included units make nothing dearer, but where all units have the price of the last", () => {
  fc.assert(
    fc.property(fc.oneof(perUnit, packages, graduated, matrix), groups, hundredths(300), (price, list, free) => {
      const usage = usageOf(list);
      expect(cost({ ...price, includedUnits: free }, usage).lte(cost(price, usage))).toBe(true);
    }),
  );
});

test("an included amount makes nothing dearer", () => {
  fc.assert(
    fc.property(graduatedPercentage, hundredths(900), hundredths(300), (price, quantity, includedAmount) => {
      const withoutIncluded = { ...price, includedAmount: null } as Price;
      const withIncluded = { ...price, includedAmount } as Price;
      expect(cost(withIncluded, { quantity }).lte(cost(withoutIncluded, { quantity }))).toBe(true);
    }),
  );
});

test("an uplift of nothing changes nothing", () => {
  fc.assert(
    fc.property(anyPrice, (price) => {
      expect(uplift(price, decimal(0))).toEqual(price);
    }),
  );
});

test("an uplift raises what is owed by its percent, where no percentage is rated", () => {
  const percents = fc.integer({ min: -5_000, max: 20_000 }).map((count) => decimal(count).div(100));
  fc.assert(
    fc.property(fc.oneof(inUnits, fees), groups, percents, option(hundredths(300)), (bare, list, percent, free) => {
      const isInUnits = bare.model !== "flat" && bare.model !== "one_time";
      const price = free === undefined || !isInUnits ? bare : { ...bare, includedUnits: free };
      const usage = usageOf(list);
      const raised = cost(price, usage).times(percent.plus(100)).div(100);
      expect(cost(uplift(price, percent), usage).toFixed()).toBe(raised.toFixed());
    }),
  );
});

test("in a free trial nothing is due for nothing, and the price is otherwise the same", () => {
  fc.assert(
    fc.property(fc.oneof(graduated, volume, graduatedPercentage, seats), hundredths(900), (price, quantity) => {
      expect(cost(inFreeTrial(price), { quantity: decimal(0) }).toFixed()).toBe("0");
      const used = quantity.plus("300.01");
      expect(cost(inFreeTrial(price), { quantity: used }).toFixed()).toBe(cost(price, { quantity: used }).toFixed());
    }),
  );
});

test("what seats add in parts of a period, each known as the part ends, adds up to what they add in all", () => {
  const byDay = fc.array(fc.record({ seats: fc.nat(20).map(decimal), days: fc.integer({ min: 1, max: 9 }) }), {
    minLength: 1,
    maxLength: 8,
  });
  const strategy = fc.constantFrom<SeatStrategy>("use_maximum", "prorate_increments", "prorate_all_changes");
  const seatDays = (runs: readonly SeatDays[]) =>
    runs.reduce((total, run) => total.plus(run.seats.times(run.days)), decimal(0));
  fc.assert(
    fc.property(byDay, strategy, fc.array(fc.nat(80), { maxLength: 5 }), (runs, counted, cuts) => {
      const days = totalDays(runs);
      const knownAt = [0, ...cuts.filter((cut) => cut < days).toSorted((a, b) => a - b), days];
      const known = knownAt.map((daysKnown) => countSeatsKnown(counted, runs, daysKnown));
      expect(known.map(totalDays)).toEqual(knownAt.map(() => days));
      const added = known.slice(1).map((now, index) => seatDays(now).minus(seatDays(known[index] ?? [])));
      const inAdvance = (runs[0]?.seats ?? decimal(0)).times(days);
      const inAll = seatDays(countSeats(counted, runs)).minus(inAdvance);
      expect(added.reduce((total, part) => total.plus(part), decimal(0)).toFixed()).toBe(inAll.toFixed());
    }),
  );
});
