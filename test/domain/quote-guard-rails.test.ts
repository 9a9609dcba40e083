import { describe, expect, test } from "vitest";
import type { Cadence } from "../../server/domain/calendar/cadence";
import { plainDate } from "../../server/domain/calendar/plain-date";
import { Decimal } from "../../server/domain/money/decimal";
import { type GuardRail, guardRailViolations, type ListedPrice } from "../../server/domain/quote/guard-rails";
import type { QuoteLine, SaleTerms } from "../../server/domain/quote/quote-terms";

const d = (text: string) => new Decimal(text);

const LISTED: Readonly<Record<string, ListedPrice>> = {
  fee: { lineageId: "fees", price: { model: "flat", fee: d("500") }, cadence: "monthly", metricId: null },
  calls: {
    lineageId: "calls",
    price: { model: "per_unit", unitPrice: d("0.10") },
    cadence: "monthly",
    metricId: "metric",
  },
  tiered: {
    lineageId: "tiered",
    price: {
      model: "volume",
      tiers: [
        { upTo: d("10"), unitPrice: d("20") },
        { upTo: null, unitPrice: d("15") },
      ],
    },
    cadence: "monthly",
    metricId: null,
  },
};

const line = (priceId: string, more: Partial<QuoteLine> = {}): QuoteLine => ({
  id: "line",
  priceId,
  customPrice: null,
  quantity: null,
  description: null,
  discounts: [],
  trial: null,
  ramp: [],
  ...more,
});

const off = (percent: string, id = percent) => ({
  id,
  description: "Off",
  percent,
  amount: null,
  endsBefore: null,
  position: "before_minimum" as const,
});

const terms = (lines: readonly QuoteLine[]): SaleTerms => ({
  kind: "sale",
  name: "Offer",
  currency: "GBP",
  startsOn: plainDate("2027-01-01"),
  endsBefore: plainDate("2028-01-01"),
  anchorOn: null,
  firstPeriod: "anchor",
  paymentTerms: null,
  poNumber: null,
  renewal: null,
  rollsUpUsage: false,
  lateUsage: "next_invoice",
  notes: null,
  phases: [{ id: "phase", name: null, startsOn: plainDate("2027-01-01"), endsBefore: null, lines }],
  minimums: [],
  maximums: [],
  discounts: [],
});

const rail = (lineageId: string, more: Partial<GuardRail> = {}): GuardRail => ({
  lineageId,
  discountLimitPercent: null,
  discountMaximumPercent: null,
  minimumQuantity: null,
  maximumQuantity: null,
  floorUnitAmount: null,
  ...more,
});

/** As "CODE severity actual at place". Without figures, so that discounts are those that lines say in percent. */
const found = (lines: readonly QuoteLine[], rails: readonly GuardRail[], more: Partial<SaleTerms> = {}): string[] =>
  guardRailViolations({
    terms: { ...terms(lines), ...more },
    rails: new Map(rails.map((one) => [one.lineageId, one])),
    priceOf: (id) => LISTED[id] ?? null,
    figures: null,
  }).map(({ code, severity, actual, path }) => `${code} ${severity} ${actual?.toFixed()} at ${path.join(".")}`);

const AT = "phases.0.lines.0";

describe("a line of a quote from a price book", () => {
  test("has a price of the book, and so have the steps of its ramp", () => {
    expect(found([line("fee")], [rail("fees")])).toEqual([]);
    expect(found([line("fee")], [])).toEqual([`PRICE_NOT_IN_PRICE_BOOK refused undefined at ${AT}.priceId`]);
    const step = { id: "s", startsOn: null, afterMonths: 6, quantity: null, priceId: "tiered", customPrice: null };
    expect(found([line("fee", { ramp: [step] })], [rail("fees")])).toEqual([
      `PRICE_NOT_IN_PRICE_BOOK refused undefined at ${AT}.ramp.0.priceId`,
    ]);
  });

  test("needs approval beyond the limit, and cannot be beyond the maximum", () => {
    const book = [rail("fees", { discountLimitPercent: d("10"), discountMaximumPercent: d("20") })];
    const discounted = (...percents: string[]) =>
      found([line("fee", { discounts: percents.map((percent, index) => off(percent, String(index))) })], book);
    expect(discounted("10")).toEqual([]);
    expect(discounted("10.01")).toEqual([`DISCOUNT_ABOVE_LIMIT approval 10.01 at ${AT}.discounts`]);
    expect(discounted("20")).toEqual([`DISCOUNT_ABOVE_LIMIT approval 20 at ${AT}.discounts`]);
    expect(discounted("20.01")).toEqual([`DISCOUNT_ABOVE_MAXIMUM refused 20.01 at ${AT}.discounts`]);
    expect(discounted("10", "10", "10")).toEqual([`DISCOUNT_ABOVE_MAXIMUM refused 27.1 at ${AT}.discounts`]);
  });

  test("has its part of what is taken off several lines in percent", () => {
    const over = (scope: SaleTerms["discounts"][number]["scope"]): SaleTerms["discounts"] => [
      {
        id: "over",
        description: "Over lines",
        percent: "20",
        amount: null,
        cadence: null,
        scope,
        position: null,
        startsOn: null,
        endsBefore: null,
      },
    ];
    const book = [rail("fees", { discountMaximumPercent: d("25") })];
    const discounted = (discounts: SaleTerms["discounts"]) =>
      found([line("fee", { discounts: [off("10")] })], book, { discounts });
    expect(discounted([])).toEqual([]);
    const refused = [`DISCOUNT_ABOVE_MAXIMUM refused 28 at ${AT}.discounts`];
    expect(discounted(over({ kind: "invoice" }))).toEqual(refused);
    expect(discounted(over({ kind: "group", lineageIds: ["fees"] }))).toEqual(refused);
    expect(discounted(over({ kind: "group", lineageIds: ["calls"] }))).toEqual([]);
  });

  test("of usage at a custom price needs approval wherever discounts are limited", () => {
    const custom = line("calls", { customPrice: { model: "per_unit", terms: { unitPrice: "0.09" } } });
    expect(found([custom], [rail("calls")])).toEqual([]);
    expect(found([custom], [rail("calls", { discountMaximumPercent: d("50") })])).toEqual([
      `DISCOUNT_NOT_MEASURABLE approval undefined at ${AT}.customTerms`,
    ]);
    const limited = [rail("calls", { discountLimitPercent: d("5") })];
    expect(found([line("calls", { discounts: [off("6")] })], limited)).toEqual([
      `DISCOUNT_ABOVE_LIMIT approval 6 at ${AT}.discounts`,
    ]);
  });

  test("has a quantity within the bounds; that of usage is nobody's to say", () => {
    const book = [
      rail("fees", { minimumQuantity: d("2"), maximumQuantity: d("4") }),
      rail("calls", { minimumQuantity: d("2") }),
    ];
    const of = (quantity: string | null) => found([line("fee", { quantity })], book);
    expect(of("2")).toEqual([]);
    expect(of("4")).toEqual([]);
    expect(of(null)).toEqual([`QUANTITY_BELOW_MINIMUM refused 1 at ${AT}.quantity`]);
    expect(of("4.5")).toEqual([`QUANTITY_ABOVE_MAXIMUM refused 4.5 at ${AT}.quantity`]);
    expect(found([line("calls")], book)).toEqual([]);
  });

  test("never goes below the floor with its cheapest tier, after what it takes off in percent", () => {
    const book = [rail("tiered", { floorUnitAmount: d("13.5") })];
    expect(found([line("tiered", { discounts: [off("10")] })], book)).toEqual([]);
    expect(found([line("tiered", { discounts: [off("11")] })], book)).toEqual([
      `UNIT_AMOUNT_BELOW_FLOOR refused 13.35 at ${AT}.priceId`,
    ]);
  });

  test("is held against the floor by the cadence of the list, and needs approval where that is no measure", () => {
    const book = [rail("fees", { floorUnitAmount: d("450") }), rail("calls", { floorUnitAmount: d("0.09") })];
    const fee = (amount: string, cadence: Cadence) =>
      found([line("fee", { customPrice: { model: "flat", terms: { fee: amount }, cadence } })], book);
    expect(fee("5400", "annual")).toEqual([]);
    expect(fee("5280", "annual")).toEqual([`UNIT_AMOUNT_BELOW_FLOOR refused 440 at ${AT}.priceId`]);
    expect(fee("5400", "one_time")).toEqual([`FLOOR_NOT_COMPARABLE approval undefined at ${AT}.priceId`]);
    const calls = { model: "per_unit", terms: { unitPrice: "0.09" }, cadence: "quarterly" } as const;
    expect(found([line("calls", { customPrice: calls })], book)).toEqual([]);
  });
});
