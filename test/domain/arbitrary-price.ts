import * as fc from "fast-check";
import type { Decimal } from "../../server/domain/money/decimal";
import type {
  GraduatedPrice,
  MatrixPrice,
  PercentagePrice,
  PerUnitPrice,
  Price,
  PriceModelName,
  SeatPrice,
  SeatStrategy,
  VolumePrice,
} from "../../server/domain/pricing/price";
import { decimal } from "./billing-world";

export const cents = (maximum: number): fc.Arbitrary<Decimal> =>
  fc.integer({ min: 0, max: maximum * 100 }).map((units) => decimal(units).div(100));
/** Prices with four digits, so that rounding has something to do. */
export const rates = fc.integer({ min: 0, max: 50_000 }).map((units) => decimal(units).div(10_000));
export const units = (maximum: number): fc.Arbitrary<Decimal> =>
  fc.integer({ min: 0, max: maximum * 10 }).map((tenths) => decimal(tenths).div(10));

const FOUR = { minLength: 4, maxLength: 4 };
const tiers = fc
  .tuple(
    fc.uniqueArray(fc.integer({ min: 1, max: 400 }), { maxLength: 3 }),
    fc.array(rates, FOUR),
    fc.array(cents(20), FOUR),
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
const packages: fc.Arbitrary<Price> = fc
  .tuple(units(50), cents(50))
  .map(([size, packagePrice]) => ({ model: "package", packageSize: size.plus(1), packagePrice }));
const flat: fc.Arbitrary<Price> = cents(500).map((fee) => ({ model: "flat", fee }));

const percentage: fc.Arbitrary<PercentagePrice> = fc
  .record({
    percent: rates,
    fixedPerEvent: fc.option(cents(1)),
    minimumPerEvent: fc.option(cents(1), { freq: 2 }),
    span: fc.option(cents(2), { freq: 2 }),
    includedEvents: fc.option(fc.integer({ min: 0, max: 5 }).map(decimal), { freq: 2 }),
    includedAmount: fc.option(units(200), { freq: 2 }),
  })
  .map(({ span, minimumPerEvent, ...terms }) => ({
    model: "percentage",
    ...terms,
    minimumPerEvent,
    maximumPerEvent: span && span.plus(minimumPerEvent ?? 0),
  }));
const graduatedPercentage: fc.Arbitrary<Price> = fc
  .tuple(tiers, fc.option(units(100)), fc.boolean())
  .map(([list, includedAmount, feeAtZero]) => ({
    model: "graduated_percentage",
    tiers: list.map(({ unitPrice, ...tier }) => ({ ...tier, percent: unitPrice })),
    includedAmount,
    feeAtZero,
  }));

/** What events may say of themselves; prices name some of it. */
export const REGIONS = ["eu", "us", "asia"] as const;
export const SIZES = ["small", "large"] as const;
const CELLS = REGIONS.flatMap((region) => SIZES.map((size) => [region, size]));
const matrix: fc.Arbitrary<MatrixPrice> = fc
  .tuple(fc.shuffledSubarray(CELLS), fc.array(rates, { minLength: CELLS.length, maxLength: CELLS.length }), rates)
  .map(([cells, prices, defaultUnitPrice]) => ({
    model: "matrix",
    dimensions: ["region", "size"],
    rows: cells.map((values, index) => ({ values, unitPrice: prices[index] ?? defaultUnitPrice })),
    defaultUnitPrice,
  }));

const seat: fc.Arbitrary<SeatPrice> = fc
  .tuple(
    fc.oneof(perUnit, graduated, volume),
    fc.constantFrom<SeatStrategy>("use_maximum", "prorate_increments", "prorate_all_changes"),
  )
  .map(([perSeat, strategy]) => ({ model: "seat", perSeat, strategy }));

const terms = fc.record({
  includedUnits: fc.option(units(60)),
  minimum: fc.option(cents(100), { freq: 4 }),
  span: fc.option(cents(100), { freq: 4 }),
});

const WITHOUT_UNITS: readonly PriceModelName[] = ["flat", "one_time", "percentage", "graduated_percentage"];

/** Included units where the model has units, a minimum and a maximum now and then. */
const withTerms = (prices: fc.Arbitrary<Price>): fc.Arbitrary<Price> =>
  fc.tuple(prices, terms).map(([price, { includedUnits, minimum, span }]) => ({
    ...price,
    ...(WITHOUT_UNITS.includes(price.model) ? {} : { includedUnits }),
    minimum,
    maximum: span && span.plus(minimum ?? 0),
  }));

export const contractedPrice = withTerms(fc.oneof(flat, perUnit, graduated, volume, packages));
export const meteredPrice = withTerms(
  fc.oneof(perUnit, graduated, volume, packages, percentage, graduatedPercentage, matrix),
);
/** Those under which more usage never costs less, each unit for itself. */
export const risingPrice = withTerms(fc.oneof(perUnit, graduated, packages, graduatedPercentage, matrix));
export const seatPrice = withTerms(seat);
export const oneTimePrice = withTerms(cents(900).map((fee) => ({ model: "one_time", fee })));
export const percentagePrice = percentage;
