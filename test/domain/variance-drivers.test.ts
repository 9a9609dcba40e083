import { describe, expect, it, test } from "vitest";
import type { Charge } from "../../server/domain/contract/contract";
import { currency } from "../../server/domain/money/currency";
import { money } from "../../server/domain/money/money";
import { compareItems, type ItemAmount } from "../../server/domain/variance/compare-items";
import { changeOf, type Drivers } from "../../server/domain/variance/driver";
import { matchItem } from "../../server/domain/variance/item-drivers";
import { inBaseCurrency, meanOf } from "../../server/domain/variance/running";
import type { ItemLine } from "../../server/domain/variance/side";
import golden from "../golden/billing.json";
import {
  amountOff,
  charge,
  contract,
  day,
  decimal,
  EUR,
  linesDue,
  percentOff,
  used,
  type World,
} from "./billing-world";

const GBP = currency("GBP");

/** What the engine bills a charge for a month, as the comparison sees it. */
function billed(terms: Charge, world: World = {}, month = "2026-03", startsOn = "2026-01-01"): ItemLine[] {
  const agreement = contract([terms], { startsOn: day(startsOn) });
  const next = `2026-${String(Number(month.slice(5)) + 1).padStart(2, "0")}-01`;
  const isAdvance = terms.timing === "in_advance";
  const dueOn = isAdvance ? `${month}-01` : next;
  return linesDue(agreement, { from: day(dueOn), through: day(dueOn) }, world)
    .filter(({ kind }) => kind === "charge" || kind === "overage")
    .map((line) => ({
      stream: "",
      facts: line.driverFacts ? JSON.stringify(line.driverFacts) : null,
      net: line.net.amount,
      taxInPrice: decimal(0),
    }));
}

const texts = (drivers: Drivers): Record<string, string> =>
  Object.fromEntries(Object.entries(drivers).map(([driver, amount]) => [driver, amount.toFixed(2)]));

const netOf = (lines: readonly ItemLine[]) => lines.reduce((total, { net }) => total.plus(net), decimal(0));

/** Asserts that the parts add up, and answers them. */
function drivers(baseline: readonly ItemLine[], current: readonly ItemLine[]): Record<string, string> {
  const found = matchItem({ baseline, current }, EUR).drivers;
  expect(changeOf(found).toFixed()).toBe(netOf(current).minus(netOf(baseline)).toFixed());
  return texts(found);
}

const metered = (price: Charge["price"], discounts: Charge["discounts"] = []): Charge =>
  charge("api", { price, metricId: "calls", discounts });
const calls = (quantity: number): World => ({ usage: { calls: [used("2026-03-10", quantity)] } });

const graduated = (unitPrice: string): Charge["price"] => ({
  model: "graduated",
  tiers: [
    { upTo: decimal(1_000_000), unitPrice: decimal(unitPrice) },
    { upTo: null, unitPrice: decimal("0.0006") },
  ],
});
const seats = (quantity: number): Charge =>
  charge("seats", { price: { model: "per_unit", unitPrice: decimal(15) }, quantity: decimal(quantity) });

const api = {
  before: billed(metered(graduated("0.0010"), [percentOff("10")]), calls(900_000)),
  now: billed(metered(graduated("0.0011"), [percentOff("15")]), calls(1_500_000)),
};

describe("the worked example", () => {
  // April has thirty days, and the seats begin on its sixteenth.
  const seatsBefore = billed(seats(20), {}, "2026-04", "2026-04-16");
  const seatsNow = billed(seats(24), {}, "2026-05");

  it("bills what the example says", () => {
    expect([api.before, api.now, seatsBefore, seatsNow].map((lines) => netOf(lines).toFixed(2))).toEqual([
      "810.00",
      "1190.00",
      "150.00",
      "360.00",
    ]);
  });

  it("tells volume, mix, price, discount and proration apart", () => {
    expect(drivers(api.before, api.now)).toEqual({
      volume: "540.00",
      mix: "-180.00",
      price: "90.00",
      discount: "-70.00",
    });
    expect(drivers(seatsBefore, seatsNow)).toEqual({ proration: "150.00", volume: "60.00" });
  });

  const item = (lineageId: string, net: string, more: Partial<ItemAmount> = {}): ItemAmount => ({
    kind: "item",
    lineageId,
    productId: null,
    description: lineageId,
    net: money(net, EUR),
    ...more,
  });
  const example = golden.cases.find(({ id }) => id === "variance-worked-example");

  it("adds up to its drivers, gross and in pounds", () => {
    const { drivers: found } = compareItems({
      currency: EUR,
      baseline: [
        item("api", "810.00", { lines: api.before }),
        item("least", "390.00", { kind: "layer", layer: "minimum" }),
        item("seats", "150.00", { lines: seatsBefore }),
        item("support", "1200.00"),
      ],
      current: [
        item("api", "1190.00", { lines: api.now }),
        item("least", "10.00", { kind: "layer", layer: "minimum" }),
        item("seats", "360.00", { lines: seatsNow }),
        item("audit", "80.00"),
        item("", "-100.00", { kind: "layer", layer: "credit" }),
        item("", "-50.00", { kind: "layer", layer: "manual" }),
      ],
      previouslyBilledLineages: new Set(),
      endedLineages: new Set(),
      hasCurrentDocuments: true,
      hasBaselineDocuments: true,
    });
    const all = { ...found, tax: decimal("298.00").minus("510.00") };
    expect(texts(all)).toEqual(example?.drivers);
    expect(changeOf(all).toFixed(2)).toBe(example?.change);
    const inPounds = inBaseCurrency([{ baseline: decimal("3060.00"), drivers: all, rate: decimal("0.85") }], {
      currentRate: decimal("0.87"),
      base: GBP,
    });
    expect(inPounds.baseline.toFixed(2)).toBe("2601.00");
    expect(changeOf(inPounds.drivers).toFixed(2)).toBe("-1081.20");
    expect(inPounds.fx.toFixed(2)).toBe(example?.inBase?.fx);
    expect(changeOf(inPounds.drivers).plus(inPounds.fx).toFixed(2)).toBe(example?.inBase?.change);
  });
});

describe("an item on both sides", () => {
  const perUnit = (unitPrice: string, more: Partial<Charge["price"]> = {}) =>
    metered({ model: "per_unit", unitPrice: decimal(unitPrice), ...more } as Charge["price"]);

  const perUnitOff = (unitPrice: string, off: string) =>
    metered({ model: "per_unit", unitPrice: decimal(unitPrice) }, [amountOff(off)]);

  test("at the same price moves by volume alone, included units or not", () => {
    expect(drivers(billed(perUnit("2"), calls(10)), billed(perUnit("2"), calls(14)))).toEqual({ volume: "8.00" });
    const free = perUnit("2", { includedUnits: decimal(12) });
    expect(drivers(billed(free, calls(10)), billed(free, calls(14)))).toEqual({ volume: "4.00" });
  });

  test("from no units at all moves by volume, whatever the tiers", () => {
    expect(drivers(billed(metered(graduated("1")), calls(0)), billed(metered(graduated("1")), calls(5)))).toEqual({
      volume: "5.00",
    });
  });

  test("of packages moves by mix where a package is begun", () => {
    const packages = metered({ model: "package", packageSize: decimal(100), packagePrice: decimal(50) });
    expect(drivers(billed(packages, calls(100)), billed(packages, calls(101)))).toEqual({
      volume: "0.50",
      mix: "49.50",
    });
  });

  test("of seats that rose within the month counts their days", () => {
    const seatPrice = charge("seats", {
      price: { model: "seat", perSeat: { model: "per_unit", unitPrice: decimal(31) }, strategy: "prorate_all_changes" },
      quantity: decimal(0),
    });
    const history = (changes: readonly { on: string; total: number }[]): World => ({
      seats: {
        seats: {
          openingSeats: decimal(10),
          changes: changes.map(({ on, total }) => ({ on: day(on), total: decimal(total) })),
        },
      },
    });
    const before = billed(seatPrice, history([]));
    const now = billed(seatPrice, history([{ on: "2026-03-22", total: 20 }]));
    expect(drivers(before, now)).toEqual({ volume: "100.00" });
  });

  test("of a matrix moves by its totals, then by where they were used", () => {
    const price: Charge["price"] = {
      model: "matrix",
      dimensions: ["region"],
      rows: [{ values: ["eu"], unitPrice: decimal(2) }],
      defaultUnitPrice: decimal(1),
    };
    const inRegions = (eu: number, us: number): World => ({
      events: {
        calls: [
          { on: day("2026-03-05"), quantity: decimal(eu), values: { region: "eu" } },
          { on: day("2026-03-06"), quantity: decimal(us), values: { region: "us" } },
        ],
      },
    });
    // 30 for 20 units on average 1.50 each; ten more would be 15.00, but they are all in the dear region.
    expect(drivers(billed(metered(price), inRegions(10, 10)), billed(metered(price), inRegions(20, 10)))).toEqual({
      volume: "15.00",
      mix: "5.00",
    });
  });

  test("of a percentage with a fee per event is rated by its events", () => {
    const price: Charge["price"] = { model: "percentage", percent: decimal(2), fixedPerEvent: decimal("0.30") };
    const payments = (count: number, amount: number): World => ({
      events: { calls: Array.from({ length: count }, () => ({ on: day("2026-03-05"), quantity: decimal(amount) })) },
    });
    // 10 × (2.00 + 0.30) → 5 × (4.00 + 0.30): the same amount in half as many payments.
    expect(drivers(billed(metered(price), payments(10, 100)), billed(metered(price), payments(5, 200)))).toEqual({
      mix: "-1.50",
    });
  });

  test("that loses a fixed discount moves by the discount", () => {
    const with20 = metered({ model: "per_unit", unitPrice: decimal(1) }, [amountOff("20")]);
    const without = metered({ model: "per_unit", unitPrice: decimal(1) });
    expect(drivers(billed(with20, calls(100)), billed(without, calls(100)))).toEqual({ discount: "20.00" });
  });

  test("whose price is higher, and that is all, moves by the price", () => {
    const fee = (amount: string) => charge("fee", { price: { model: "flat", fee: decimal(amount) } });
    expect(drivers(billed(fee("100")), billed(fee("110")))).toEqual({ price: "10.00" });
  });

  test("of a second contract with the same fee is twice as much of it", () => {
    const fee = billed(charge("fee"));
    const other = fee.map((line) => ({ ...line, stream: "other" }));
    expect(drivers(fee, [...fee, ...other])).toEqual({ volume: "100.00" });
  });

  test("of which as much is used, by another contract, moves by the tiers that are reached", () => {
    const split = (one: number, other: number): ItemLine[] =>
      [one, other].flatMap((quantity, index) =>
        billed(metered(graduated("0.0010")), calls(quantity)).map((line) => ({ ...line, stream: String(index) })),
      );
    // 1.5 million of one contract reach the second tier, 750,000 of each of two do not.
    expect(drivers(split(1_500_000, 0), split(750_000, 750_000))).toEqual({ mix: "200.00" });
  });

  test("has the cents that each line was rounded to where it changed, and no part of a period", () => {
    const twoOf = (quantity: number): ItemLine[] =>
      ["one", "other"].flatMap((stream) =>
        billed(perUnit("0.005"), calls(quantity)).map((line) => ({ ...line, stream })),
      );
    // 0.005 twice is billed as 0.01 and 0.01, though both together come to 0.01; three times it is 0.02 and 0.02.
    expect([netOf(twoOf(1)), netOf(twoOf(3))].map((net) => net.toFixed(2))).toEqual(["0.02", "0.04"]);
    expect(drivers(twoOf(1), twoOf(3))).toEqual({ volume: "0.02" });
    expect(drivers(twoOf(1), twoOf(2))).toEqual({});
  });

  test("has the cent of a discount that several lines share where it changed", () => {
    const shared = (quantity: number, share: string): ItemLine[] =>
      billed(perUnit("1"), calls(quantity)).map((line) => ({
        ...line,
        facts: JSON.stringify({ ...JSON.parse(line.facts ?? ""), shared: [["p", "33.33", "all"]] }),
        charge: line.net,
        net: line.net.minus(share),
      }));
    // A third of 10 is 3.33 and of 20 it is 6.67, of which the split gives this line 3.34 and 6.66.
    expect(drivers(shared(10, "3.34"), shared(20, "6.66"))).toEqual({ volume: "6.68" });
    expect(drivers(shared(10, "3.34"), shared(10, "3.33"))).toEqual({ discount: "0.01" });
  });

  test("of two contracts gives each its fixed discount", () => {
    const twoOf = (unitPrice: string, quantity: number): ItemLine[] =>
      ["one", "other"].flatMap((stream) =>
        billed(perUnitOff(unitPrice, "20"), calls(quantity)).map((line) => ({ ...line, stream })),
      );
    // 80 + 80 → (200 − 20) × 2 by volume → (220 − 20) × 2 by price.
    expect(drivers(twoOf("1", 100), twoOf("1.1", 200))).toEqual({ volume: "200.00", price: "40.00" });
  });

  test("of seats in advance adds those that came in the period before", () => {
    const seatPrice = charge("seats", {
      price: { model: "seat", perSeat: { model: "per_unit", unitPrice: decimal(31) }, strategy: "prorate_increments" },
      quantity: decimal(10),
      timing: "in_advance",
    });
    const dueInApril = (changes: readonly { on: string; total: number }[]): ItemLine[] =>
      linesDue(
        contract([seatPrice]),
        { from: day("2026-04-01"), through: day("2026-04-01") },
        {
          seats: {
            seats: {
              openingSeats: decimal(10),
              changes: changes.map(({ on, total }) => ({ on: day(on), total: decimal(total) })),
            },
          },
        },
      ).map((line) => ({
        stream: "",
        facts: JSON.stringify(line.driverFacts),
        net: line.net.amount,
        taxInPrice: decimal(0),
      }));
    const [before, now] = [dueInApril([]), dueInApril([{ on: "2026-03-22", total: 20 }])];
    // Ten seats for April, then twenty, and ten more for ten of March's 31 days.
    expect([before, now].map((lines) => netOf(lines).toFixed(2))).toEqual(["310.00", "720.00"]);
    expect(drivers(before, now)).toEqual({ volume: "410.00" });
  });

  test("that is one-time is matched with nothing: its whole net is timing on both sides", () => {
    const setup = (net: string): ItemAmount => ({
      kind: "one_time",
      lineageId: "setup",
      productId: null,
      description: "Setup",
      net: money(net, EUR),
    });
    const { drivers: found } = compareItems({
      currency: EUR,
      baseline: [setup("100.00")],
      current: [setup("130.00")],
      previouslyBilledLineages: new Set(["setup"]),
      endedLineages: new Set(),
      hasCurrentDocuments: true,
      hasBaselineDocuments: true,
    });
    expect(texts(found)).toEqual({ timing: "30.00" });
  });

  test("whose price includes another tax moves by what is left of the price", () => {
    const inclusive = (units: number, percent: string): ItemLine[] =>
      billed(metered({ model: "per_unit", unitPrice: decimal("1.20") }), calls(units)).map((line) => {
        const net = line.net.times(100).div(decimal(100).plus(percent)).toDecimalPlaces(2);
        return { ...line, net, taxInPrice: line.net.minus(net) };
      });
    // 120.00 with 20 % is 100.00; with 25 % it is 96.00.
    expect(drivers(inclusive(100, "20"), inclusive(100, "25"))).toEqual({ price: "-4.00" });
  });

  test("of which nothing but the amount is known moved by how much was billed", () => {
    const opaque = (net: string): ItemLine[] => [
      { stream: "", facts: null, net: decimal(net), taxInPrice: decimal(0) },
    ];
    expect(drivers(opaque("70"), opaque("100"))).toEqual({ volume: "30.00" });
  });

  test("at a price that includes tax moves by what is left without it", () => {
    const inclusive = (units: number): ItemLine[] =>
      billed(metered({ model: "per_unit", unitPrice: decimal("1.20") }), calls(units)).map((line) => ({
        ...line,
        net: line.net.div("1.2"),
        taxInPrice: line.net.minus(line.net.div("1.2")),
      }));
    expect(drivers(inclusive(100), inclusive(150))).toEqual({ volume: "50.00" });
  });
});

describe("the mean of three months", () => {
  it("averages the running amounts, rounds them and takes the differences", () => {
    const against = (baseline: string, volume: string, price: string) => ({
      baseline: decimal(baseline),
      drivers: { volume: decimal(volume), price: decimal(price) },
    });
    const inPounds = inBaseCurrency(
      [
        { ...against("100", "20", "0"), rate: decimal("0.80") },
        { ...against("90", "30", "0"), rate: decimal("0.90") },
        { ...against("110", "10", "0"), rate: decimal("1.00") },
      ],
      { currentRate: decimal("1.00"), base: GBP },
    );
    // (80 + 81 + 110) ÷ 3; 120 at each month's rate is 108 on average.
    expect([inPounds.baseline, inPounds.fx].map((amount) => amount.toFixed(2))).toEqual(["90.33", "12.00"]);
    expect(texts(inPounds.drivers)).toEqual({ volume: "17.67" });
    const mean = meanOf([against("100", "10", "5"), against("90", "20", "5"), against("100", "15", "0")], EUR);
    expect(mean.baseline.toFixed(2)).toBe("96.67");
    expect(texts(mean.drivers)).toEqual({ volume: "15.00", price: "3.33" });
    expect(mean.baseline.plus(changeOf(mean.drivers)).toFixed(2)).toBe("115.00");
  });
});
