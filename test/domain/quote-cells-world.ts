import * as fc from "fast-check";
import { addMonths } from "../../server/domain/calendar/plain-date";
import { textOf } from "../../server/domain/contract/charge-runs";
import type { Price } from "../../server/domain/pricing/price";
import { termsFromPrice } from "../../server/domain/pricing/price-terms";
import { type Cell, cellsOf, type QuotedPrice } from "../../server/domain/quote/cells";
import type { CellEdit } from "../../server/domain/quote/edit";
import type {
  CustomPrice,
  LineDiscount,
  QuoteBound,
  QuoteDiscount,
  QuoteLine,
  QuotePhase,
  QuoteRampStep,
  SaleTerms,
} from "../../server/domain/quote/quote-terms";
import { contractedPrice, meteredPrice, oneTimePrice, seatPrice } from "./arbitrary-price";
import { day, decimal } from "./billing-world";

// ── A quote that examples start from ─────────────────────────────────────────────────────────────────────────────────

export const listed = (name: string, price: Price): QuotedPrice => ({
  name,
  lineageId: `${name} lineage`,
  price,
  cadence: "monthly",
  timing: "in_advance",
});

export const PRICES: ReadonlyMap<string, QuotedPrice> = new Map([
  ["fee", listed("Platform fee", { model: "flat", fee: decimal("500") })],
  [
    "seat",
    listed("Seat", {
      model: "seat",
      perSeat: { model: "per_unit", unitPrice: decimal("15") },
      strategy: "prorate_all_changes",
    }),
  ],
  [
    "calls",
    listed("API calls", {
      model: "graduated",
      tiers: [
        { upTo: decimal("1000"), unitPrice: decimal("0.1") },
        { upTo: null, unitPrice: decimal("0.05") },
      ],
      includedUnits: decimal("100"),
    }),
  ],
  ["share", listed("Share of sales", { model: "percentage", percent: decimal("2.9") })],
]);

export const line = (id: string, priceId: string, more: Partial<QuoteLine> = {}): QuoteLine => ({
  id,
  priceId,
  customPrice: null,
  quantity: null,
  description: null,
  discounts: [],
  trial: null,
  ramp: [],
  ...more,
});

export const phase = (id: string, startsOn: string, lines: readonly QuoteLine[], more: Partial<QuotePhase> = {}) => ({
  id,
  name: null,
  startsOn: day(startsOn),
  endsBefore: null,
  lines,
  ...more,
});

export const percentOff = (id: string, percent: string, more: Partial<LineDiscount> = {}): LineDiscount => ({
  id,
  description: "Launch",
  percent,
  amount: null,
  endsBefore: null,
  position: "before_minimum",
  ...more,
});

/** The year 2027 in pounds: the platform fee, ten seats at 10 % off, API calls. */
export const saleTerms = (more: Partial<SaleTerms> = {}): SaleTerms => ({
  kind: "sale",
  name: "Acme 2027",
  currency: "GBP",
  startsOn: day("2027-01-01"),
  endsBefore: day("2028-01-01"),
  anchorOn: null,
  firstPeriod: "anchor",
  paymentTerms: null,
  poNumber: null,
  renewal: null,
  rollsUpUsage: false,
  lateUsage: "next_invoice",
  notes: null,
  phases: [
    phase("p1", "2027-01-01", [
      line("l1", "fee"),
      line("l2", "seat", { quantity: "10", discounts: [percentOff("d1", "10")] }),
      line("l3", "calls"),
    ]),
  ],
  minimums: [],
  maximums: [],
  discounts: [],
  ...more,
});

export const edit = (path: string, base: string | null, value: string | null): CellEdit => ({ path, base, value });

// ── Any quote ────────────────────────────────────────────────────────────────────────────────────────────────────────

export const someDay = fc
  .integer({ min: 0, max: 36 })
  .chain((months) => fc.integer({ min: 1, max: 28 }).map((date) => ({ months, date })))
  .map(({ months, date }) => addMonths(day(`2026-01-${String(date).padStart(2, "0")}`), months));
const text = fc.stringMatching(/^[A-Za-z][A-Za-z ]{0,11}$/);
const number = (most: number, decimals: number) =>
  fc.integer({ min: 0, max: most * 10 ** decimals }).map((units) =>
    decimal(units)
      .div(10 ** decimals)
      .toFixed(),
  );
const money = number(5000, 2);
const quantity = number(200, 1);
const percent = number(100, 2);
const maybe = <T>(values: fc.Arbitrary<T>) => fc.option(values, { freq: 2 });
const position = fc.constantFrom("before_minimum" as const, "after_minimum" as const);

const listPrice = fc.oneof(contractedPrice, meteredPrice, seatPrice, oneTimePrice);

const lineDiscount = (id: string): fc.Arbitrary<LineDiscount> =>
  fc
    .record({
      id: fc.constant(id),
      description: text,
      ...percentOrAmount,
      endsBefore: maybe(someDay),
      position,
    })
    .map(oneOfPercentAndAmount);
const percentOrAmount = { percent: maybe(percent), amount: maybe(money) };
const oneOfPercentAndAmount = <T extends { percent: string | null; amount: string | null }>(part: T): T => ({
  ...part,
  percent: part.percent ?? (part.amount === null ? "5" : null),
  amount: part.percent === null ? part.amount : null,
});

const customOf = (price: Price): CustomPrice => ({ model: price.model, terms: termsFromPrice(price) });

/** Prices p0 to p3, and what may be agreed in the place of one: other amounts of the same model, or another model. */
export type PriceWorld = {
  readonly prices: ReadonlyMap<string, QuotedPrice>;
  readonly customs: readonly CustomPrice[];
};
const priceWorld: fc.Arbitrary<PriceWorld> = fc
  .tuple(fc.array(listPrice, { minLength: 4, maxLength: 4 }), fc.array(listPrice, { minLength: 4, maxLength: 4 }))
  .filter(([own, others]) => !others.some((other) => own.some((price) => textOf(price) === textOf(other))))
  .map(([own, others]) => ({
    prices: new Map(own.map((price, index) => [`price${index}`, listed(`Price ${index}`, price)])),
    customs: others.map(customOf),
  }));

const rampStep = (id: string, { prices, customs }: PriceWorld): fc.Arbitrary<QuoteRampStep> =>
  fc
    .record({
      startsOn: maybe(someDay),
      afterMonths: fc.integer({ min: 1, max: 30 }),
      quantity: maybe(quantity),
      priceId: maybe(fc.constantFrom(...prices.keys())),
      customPrice: maybe(fc.constantFrom(...customs)),
    })
    .map((step) => ({
      ...step,
      id,
      afterMonths: step.startsOn === null ? step.afterMonths : null,
      customPrice: step.priceId === null ? null : step.customPrice,
    }));

/** Steps are due as their line is. */
function dueAs(line: QuoteLine, due: Pick<CustomPrice, "cadence" | "timing">, { prices }: PriceWorld): QuoteLine {
  const own = <Part extends Pick<QuoteRampStep, "priceId" | "customPrice">>(part: Part): Part => {
    const price = part.priceId === null ? undefined : prices.get(part.priceId)?.price;
    return price ? { ...part, customPrice: { ...(part.customPrice ?? customOf(price)), ...due } } : part;
  };
  return Object.keys(due).length === 0 ? line : { ...own(line), ramp: line.ramp.map(own) };
}

const trial = fc
  .record({ days: maybe(fc.integer({ min: 1, max: 90 })), months: fc.integer({ min: 1, max: 6 }), percentOff: percent })
  .map((each) => ({ ...each, months: each.days === null ? each.months : null }));

const anyLine = (id: string, world: PriceWorld): fc.Arbitrary<QuoteLine> =>
  fc
    .record({
      id: fc.constant(id),
      priceId: fc.constantFrom(...world.prices.keys()),
      customPrice: maybe(fc.constantFrom(...world.customs)),
      quantity: maybe(quantity),
      description: maybe(text),
      discounts: fc
        .integer({ min: 0, max: 2 })
        .chain((count) => fc.tuple(...[..."ab"].slice(0, count).map((mark) => lineDiscount(`${id}-${mark}`)))),
      trial: maybe(trial),
      ramp: fc
        .integer({ min: 0, max: 2 })
        .chain((count) => fc.tuple(...[..."rs"].slice(0, count).map((mark) => rampStep(`${id}-${mark}`, world)))),
    })
    .chain((line) =>
      fc
        .constantFrom(
          {},
          {},
          { cadence: "annual" as const },
          { cadence: "quarterly" as const, timing: "in_arrears" as const },
        )
        .map((due) => dueAs(line, due, world)),
    );

const anyBound = (id: string): fc.Arbitrary<QuoteBound> =>
  fc.record({
    id: fc.constant(id),
    description: text,
    amount: money,
    cadence: fc.constantFrom("monthly" as const, "annual" as const, "term" as const, "every_2_months" as const),
    startsOn: maybe(someDay),
    endsBefore: maybe(someDay),
    proration: fc.constantFrom("by_days" as const, "full" as const),
    lineageIds: maybe(fc.constant(["Price 0 lineage"])),
    productId: fc.constant("product"),
  });

const anyDiscount = (id: string): fc.Arbitrary<QuoteDiscount> =>
  fc
    .record({
      id: fc.constant(id),
      description: text,
      ...percentOrAmount,
      cadence: fc.constant("annual" as const),
      scope: fc.constant({ kind: "invoice" } as const),
      position: maybe(position),
      startsOn: maybe(someDay),
      endsBefore: maybe(someDay),
    })
    .map(oneOfPercentAndAmount)
    .map((each) => ({ ...each, cadence: each.amount === null ? null : each.cadence }));

const anyTerms = (world: PriceWorld): fc.Arbitrary<SaleTerms> =>
  fc.record({
    kind: fc.constant("sale" as const),
    name: text,
    currency: fc.constant("EUR"),
    startsOn: someDay,
    endsBefore: maybe(someDay),
    anchorOn: maybe(someDay),
    firstPeriod: fc.constantFrom("anchor" as const, "calendar" as const),
    paymentTerms: maybe(
      fc.record({
        kind: fc.constantFrom("net_days" as const, "end_of_month" as const),
        days: fc.integer({ min: 0, max: 90 }),
      }),
    ),
    poNumber: maybe(text),
    renewal: maybe(
      fc.record({
        months: fc.integer({ min: 1, max: 36 }),
        noticeDays: fc.integer({ min: 0, max: 90 }),
        upliftPercent: maybe(percent),
      }),
    ),
    rollsUpUsage: fc.boolean(),
    lateUsage: fc.constantFrom("next_invoice" as const, "credit_and_rebill" as const),
    notes: maybe(text),
    phases: fc.tuple(anyPhase("a", world), anyPhase("b", world)),
    minimums: fc.tuple(anyBound("min")),
    maximums: fc.tuple(anyBound("max")),
    discounts: fc.tuple(anyDiscount("off"), anyDiscount("more")),
  });

const anyPhase = (id: string, world: PriceWorld): fc.Arbitrary<QuotePhase> =>
  fc.record({
    id: fc.constant(id),
    name: maybe(text),
    startsOn: someDay,
    endsBefore: maybe(someDay),
    lines: fc.tuple(anyLine(`${id}1`, world), anyLine(`${id}2`, world)),
  });

export type Sale = { readonly terms: SaleTerms; readonly prices: ReadonlyMap<string, QuotedPrice> };

/** A quote with a price list of its own. What a price list says already is no custom price. */
export const anySale: fc.Arbitrary<Sale> = priceWorld.chain((world) =>
  anyTerms(world).map((terms) => ({ terms, prices: world.prices })),
);

/** Another value that a cell takes. */
const otherValue = ({ format }: Cell): fc.Arbitrary<string | null> => {
  const value = ((): fc.Arbitrary<string> => {
    switch (format.kind) {
      case "text":
        return text;
      case "day":
        return someDay;
      case "choice":
      case "cadence":
        return fc.constantFrom(...format.choices);
      case "whole":
        return fc.integer({ min: format.range?.least ?? 0, max: format.range?.most ?? 99 }).map(String);
      case "percent":
        return percent;
      case "money":
        return money;
      case "decimal":
        return quantity;
    }
  })();
  return format.isOptional ? fc.option(value, { freq: 3 }) : value;
};

/** A few edits of different cells, each made on what its cell shows. */
export const someEdits = ({ terms, prices }: Sale, most = 12): fc.Arbitrary<CellEdit[]> => {
  const free = cellsOf(terms, prices).filter(({ lock }) => lock === null);
  return fc
    .uniqueArray(fc.constantFrom(...free), { maxLength: most, selector: ({ shows, path }) => shows ?? path })
    .map((cells) => {
      const given = new Set(cells.flatMap(({ givenWith }) => givenWith));
      return [...cells, ...free.filter((cell) => given.has(cell.path) && !cells.includes(cell))];
    })
    .chain((cells) =>
      fc.tuple(...cells.map((cell) => otherValue(cell).map((value) => edit(cell.path, cell.value, value)))),
    );
};
