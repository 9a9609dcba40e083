import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Contract } from "../../server/domain/contract/contract";
import { groupBy } from "../../server/domain/group-by";
import { expectedLines } from "../../server/domain/invoice/expected-lines";
import type { Line } from "../../server/domain/invoice/line";
import { planSegments } from "../../server/domain/invoice/plan-segments";
import { currency } from "../../server/domain/money/currency";
import { Decimal, ZERO } from "../../server/domain/money/decimal";
import { money, roundToMinorUnit } from "../../server/domain/money/money";
import { discountOn } from "../../server/domain/variance/discount-terms";
import { changeOf, DRIVERS, type Drivers } from "../../server/domain/variance/driver";
import { matchItem } from "../../server/domain/variance/item-drivers";
import { inBaseCurrency, meanOf, type Variance } from "../../server/domain/variance/running";
import { type ItemLine, sideOf } from "../../server/domain/variance/side";
import {
  arbitraryContract,
  contractedCharge,
  contractOfOnePhase,
  END,
  meteredCharge,
  seatCharge,
} from "./arbitrary-contract";
import { meteredPrice } from "./arbitrary-price";
import { arbitraryWorld } from "./arbitrary-world";
import { decimal, EUR, readingsFor, type World } from "./billing-world";

const { LAW_RUNS } = process.env;
const sample = (numRuns: number) => (LAW_RUNS === undefined ? { numRuns, seed: 2026 } : { numRuns: Number(LAW_RUNS) });

/** Each contract is billed over a year and a half. */
const SLOW = { timeout: 60_000 };

function chargesOf(terms: Contract, world: World): Line[] {
  const plan = planSegments(terms, { from: terms.startsOn, through: terms.endsBefore ?? END });
  return expectedLines(terms, plan, readingsFor(plan, world)).filter(
    ({ kind, isOneTime }) => (kind === "charge" || kind === "overage") && !isOneTime,
  );
}

const toItem = (line: Line): ItemLine => ({
  stream: "",
  facts: line.driverFacts ? JSON.stringify(line.driverFacts) : null,
  net: line.net.amount,
  taxInPrice: ZERO,
  charge: line.charge.amount,
});

const netOf = (lines: readonly ItemLine[]): Decimal => lines.reduce((total, { net }) => total.plus(net), ZERO);

/** The lines of a lineage in one full period, which are rounded together. */
const periodsOf = (lines: readonly Line[]): Line[][] => [
  ...groupBy(
    lines,
    ({ lineageId, fullPeriod }) => `${lineageId} ${fullPeriod.startsOn}/${fullPeriod.endsBefore}`,
  ).values(),
];

describe("the sides of an item", SLOW, () => {
  test("come to what was billed by their terms alone, whatever the model", () => {
    fc.assert(
      fc.property(arbitraryContract, arbitraryWorld, (terms, world) => {
        for (const lines of periodsOf(chargesOf({ ...terms, discounts: [] }, world))) {
          // Overage that rounds to nothing has no line, so that the running total goes on without it.
          if (lines.some(({ timing, driverFacts }) => timing === "in_advance" && driverFacts?.price[0] === "seat"))
            continue;
          if (lines.some(({ kind }) => kind === "overage")) continue;
          const items = lines.map(toItem);
          const side = sideOf(items, terms.currency);
          expect(side).not.toBeNull();
          if (side === null) continue;
          const charge = roundToMinorUnit(money(side.g.billed.sum, terms.currency)).amount;
          const billed = lines.reduce((total, line) => total.plus(line.charge.amount), ZERO);
          expect(charge.toFixed()).toBe(billed.toFixed());
          if (new Set(lines.map(({ driverFacts }) => JSON.stringify(driverFacts?.discounts))).size > 1) continue;
          if (lines.some((line) => line.charge.amount.isNegative())) continue;
          const discount = discountOn({ ...side.d, billed: null }, charge, terms.currency);
          expect(charge.minus(discount).toFixed()).toBe(netOf(items).toFixed());
        }
      }),
      sample(100),
    );
  });
});

/** The lines of a lineage on one document, whatever full periods and parts of them they are of. */
const itemsOf = (lines: readonly Line[]): Line[][] => [
  ...groupBy(lines, ({ lineageId, dueOn }) => `${lineageId} ${dueOn}`).values(),
];

describe("the sides of an item with overage, discounts of the contract and lines of several periods", SLOW, () => {
  const sidesOf = (terms: Contract, world: World) =>
    itemsOf(chargesOf(terms, world)).flatMap((lines) => {
      const side = sideOf(lines.map(toItem), terms.currency);
      return side ? [{ lines, side, cent: decimal(10).pow(-terms.currency.minorUnits) }] : [];
    });

  test("come to what was billed, to less than a cent a line, and the leftover is known", () => {
    fc.assert(
      fc.property(arbitraryContract, arbitraryWorld, (terms, world) => {
        for (const { lines, side, cent } of sidesOf(terms, world)) {
          const charge = lines.reduce((total, line) => total.plus(line.charge.amount), ZERO);
          expect(side.charge.toFixed()).toBe(charge.toFixed());
          expect(side.leftover.abs().lte(cent.times(lines.length))).toBe(true);
          const net = side.charge.minus(discountOn(side.d, side.charge, terms.currency));
          expect(net.toFixed()).toBe(netOf(lines.map(toItem)).toFixed());
        }
      }),
      sample(100),
    );
  });

  test("take off what the engine took, to less than a cent a line and discount", () => {
    fc.assert(
      fc.property(arbitraryContract, arbitraryWorld, (terms, world) => {
        const periods = periodsOf(chargesOf(terms, world));
        for (const { lines, side, cent } of sidesOf(terms, world)) {
          // A line does not say what a fixed discount gave to other documents of its full period.
          const isWhole = periods.some((all) => all.length === lines.length && all.every(isAmong(lines)));
          if (!isWhole && lines.some(hasFixedDiscount)) continue;
          const taken = discountOn({ ...side.d, billed: null }, side.charge, terms.currency);
          const billed = side.charge.minus(netOf(lines.map(toItem)));
          const discounts = lines.reduce((count, { shares }) => count + shares.length + 1, 0);
          expect(taken.minus(billed).abs().lte(cent.times(discounts))).toBe(true);
        }
      }),
      sample(100),
    );
  });
});

const isAmong = (lines: readonly Line[]) => (line: Line) => lines.some(({ key }) => key === line.key);
const hasFixedDiscount = ({ driverFacts }: Line): boolean =>
  driverFacts?.discounts?.some(([kind]) => kind === "f") ?? false;

const pairs = fc
  .tuple(
    contractOfOnePhase(fc.oneof(contractedCharge, meteredCharge(meteredPrice), seatCharge)),
    contractOfOnePhase(fc.oneof(contractedCharge, meteredCharge(meteredPrice), seatCharge)),
    arbitraryWorld,
    arbitraryWorld,
    fc.nat(20),
    fc.nat(20),
  )
  .map(([before, now, worldBefore, worldNow, a, b]) => {
    const [baseline, current] = [chargesOf(before, worldBefore), chargesOf(now, worldNow)];
    return {
      before,
      now,
      worldBefore,
      worldNow,
      baseline: periodsOf(baseline)[a % Math.max(1, periodsOf(baseline).length)] ?? [],
      current: periodsOf(current)[b % Math.max(1, periodsOf(current).length)] ?? [],
    };
  });

const moved = (drivers: Drivers): string[] => DRIVERS.filter((driver) => drivers[driver]);

describe("the drivers of a matched item", SLOW, () => {
  test("add up to the change, whatever stands on both sides", () => {
    fc.assert(
      fc.property(pairs, ({ baseline, current }) => {
        const [before, now] = [baseline.map(toItem), current.map(toItem)];
        const { drivers } = matchItem({ baseline: before, current: now }, EUR);
        expect(changeOf(drivers).toFixed()).toBe(netOf(now).minus(netOf(before)).toFixed());
      }),
      sample(100),
    );
  });

  test("are nothing where both sides are the same", () => {
    fc.assert(
      fc.property(pairs, ({ baseline }) => {
        const items = baseline.map(toItem);
        const same = baseline.map(toItem);
        expect(moved(matchItem({ baseline: items, current: same }, EUR).drivers)).toEqual([]);
      }),
      sample(100),
    );
  });

  test("are volume and mix alone where only more or less was used", () => {
    fc.assert(
      fc.property(
        contractOfOnePhase(meteredCharge(meteredPrice)).map((terms) => withoutDiscounts(terms)),
        arbitraryWorld,
        arbitraryWorld,
        (terms, worldBefore, worldNow) => {
          const [baseline, current] = [chargesOf(terms, worldBefore), chargesOf(terms, worldNow)];
          baseline.forEach((line, index) => {
            const now = current[index];
            if (!now) return;
            const found = moved(matchItem({ baseline: [toItem(line)], current: [toItem(now)] }, EUR).drivers);
            expect(found.filter((driver) => driver !== "volume" && driver !== "mix")).toEqual([]);
          });
        },
      ),
      sample(100),
    );
  });

  test("are volume and mix alone where two contracts used more or less, to the cent that each was rounded", () => {
    fc.assert(
      fc.property(
        contractOfOnePhase(meteredCharge(meteredPrice)),
        arbitraryWorld,
        arbitraryWorld,
        arbitraryWorld,
        arbitraryWorld,
        (terms, one, other, oneNow, otherNow) => {
          const sideBySide = (a: World, b: World): ItemLine[][] => {
            const theirs = chargesOf(withoutFixed(terms), b);
            return chargesOf(withoutFixed(terms), a).map((line, index) => [
              { ...toItem(line), stream: "a" },
              ...(theirs[index] ? [{ ...toItem(theirs[index] as Line), stream: "b" }] : []),
            ]);
          };
          const current = sideBySide(oneNow, otherNow);
          sideBySide(one, other).forEach((baseline, index) => {
            const found = moved(matchItem({ baseline, current: current[index] ?? [] }, EUR).drivers);
            expect(found.filter((driver) => driver !== "volume" && driver !== "mix")).toEqual([]);
          });
        },
      ),
      sample(100),
    );
  });

  test("are price alone where only the price changed", () => {
    fc.assert(
      fc.property(
        fc.tuple(meteredPrice, meteredPrice, contractOfOnePhase(meteredCharge(meteredPrice))),
        arbitraryWorld,
        ([one, other, terms], world) => {
          const [baseline, current] = [one, other].map((price) => chargesOf(withPrice(terms, price), world)) as [
            Line[],
            Line[],
          ];
          baseline.forEach((line, index) => {
            const now = current[index];
            // A price may ask for what the other one did not have to know.
            if (!now || asksOf(line) !== asksOf(now)) return;
            const found = moved(matchItem({ baseline: [toItem(line)], current: [toItem(now)] }, EUR).drivers);
            expect(found.filter((driver) => driver !== "price")).toEqual([]);
          });
        },
      ),
      sample(150),
    );
  });

  test("are discount alone where only its terms changed", () => {
    fc.assert(
      fc.property(pairs, fc.integer({ min: 0, max: 100 }), ({ before, worldBefore }, percent) => {
        const [plain, lowered] = [withoutDiscounts(before), withPercent(before, percent)].map((terms) =>
          chargesOf(terms, worldBefore),
        ) as [Line[], Line[]];
        const now = periodsOf(lowered);
        periodsOf(plain).forEach((lines, index) => {
          const { drivers } = matchItem({ baseline: lines.map(toItem), current: (now[index] ?? []).map(toItem) }, EUR);
          expect(moved(drivers).filter((driver) => driver !== "discount")).toEqual([]);
        });
      }),
      sample(150),
    );
  });
});

const withCharge = (
  terms: Contract,
  change: (charge: Contract["phases"][number]["charges"][number]) => object,
): Contract => ({
  ...terms,
  phases: terms.phases.map((phase) => ({
    ...phase,
    charges: phase.charges.map((charge) => ({ ...charge, ...change(charge) })),
  })),
});
const withoutDiscounts = (terms: Contract): Contract => withCharge(terms, () => ({ discounts: [] }));
/** What a fixed discount takes depends on what there is to take it from. */
const withoutFixed = (terms: Contract): Contract =>
  withCharge(terms, ({ discounts }) => ({ discounts: discounts.filter(({ kind }) => kind === "percent") }));
const withPrice = (terms: Contract, price: object): Contract => withCharge(terms, () => ({ price, discounts: [] }));
const withPercent = (terms: Contract, percent: number): Contract =>
  withCharge(terms, () => ({
    discounts: [
      {
        kind: "percent",
        percent: decimal(percent),
        id: "off",
        description: "off",
        endsBefore: null,
        position: "before_minimum",
      },
    ],
  }));
const asksOf = ({ driverFacts }: Line): string =>
  Object.keys(driverFacts?.usage ?? {})
    .sort()
    .join() + JSON.stringify(driverFacts?.usage?.groups?.map(([values]) => values));

const amounts = fc.integer({ min: -10_000_000, max: 10_000_000 }).map((cents) => decimal(cents).div(100));
const variances: fc.Arbitrary<Variance> = fc.record({
  baseline: amounts,
  drivers: fc.record(Object.fromEntries(DRIVERS.map((driver) => [driver, amounts])), { requiredKeys: [] }),
});
const rates = fc.integer({ min: 1, max: 3_000_000 }).map((parts) => decimal(parts).div(1_000_000));
const rounded = (amount: Decimal, code: "GBP" | "JPY") => roundToMinorUnit(money(amount, currency(code))).amount;

describe("drivers in the base currency", () => {
  test("and FX add up to the change of the amounts at their rates", () => {
    fc.assert(
      fc.property(
        variances,
        rates,
        rates,
        fc.constantFrom("GBP" as const, "JPY" as const),
        (variance, x0, x1, code) => {
          const found = inBaseCurrency([{ ...variance, rate: x0 }], { currentRate: x1, base: currency(code) });
          const current = variance.baseline.plus(changeOf(variance.drivers));
          expect(found.baseline.toFixed()).toBe(rounded(variance.baseline.times(x0), code).toFixed());
          expect(found.baseline.plus(changeOf(found.drivers)).plus(found.fx).toFixed()).toBe(
            rounded(current.times(x1), code).toFixed(),
          );
          if (x0.equals(x1)) expect(found.fx.isZero()).toBe(true);
        },
      ),
      sample(1_000),
    );
  });
});

describe("drivers against the mean of three months", () => {
  test("add up to the change from the mean", () => {
    fc.assert(
      fc.property(fc.tuple(variances, variances, variances), amounts, (three, current) => {
        const against = three.map(
          ({ baseline, drivers }): Variance => ({
            baseline,
            // Whatever the month, the comparison ends at the same current amount.
            drivers: { ...drivers, tax: current.minus(baseline).minus(changeOf({ ...drivers, tax: ZERO })) },
          }),
        );
        const found = meanOf(against, EUR);
        expect(found.baseline.plus(changeOf(found.drivers)).toFixed()).toBe(current.toFixed());
      }),
      sample(1_000),
    );
  });
});
