import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { plainMonth } from "../../server/domain/calendar/plain-month";
import type { Charge } from "../../server/domain/contract/contract";
import type { DriverFacts } from "../../server/domain/invoice/driver-facts";
import type { Line } from "../../server/domain/invoice/line";
import type { CurrencyCode } from "../../server/domain/money/currency";
import { addUp, ZERO } from "../../server/domain/money/decimal";
import { moneyText } from "../../server/domain/money/money";
import { percent } from "../../server/domain/money/percent";
import type { Price } from "../../server/domain/pricing/price";
import { changeOf, type Drivers, sumOfDrivers } from "../../server/domain/variance/driver";
import { type AccountHistory, compareShares, lineOfComparison } from "../../server/modules/month-end/compare-bills";
import type { BaselineBill, MonthInvoice } from "../../server/modules/month-end/month-bills";
import type { PackedLine } from "../../server/modules/month-end/packed-lines";
import { type MonthBills, type SharedBill, sharedBills } from "../../server/modules/month-end/shared-bill";
import { meteredPrice, oneTimePrice, rates, units } from "./arbitrary-price";
import { arbitraryWorld } from "./arbitrary-world";
import { charge, contract, day, decimal, linesDue, percentOff, used, type World } from "./billing-world";

const { LAW_RUNS } = process.env;
const sample = (numRuns: number) => (LAW_RUNS === undefined ? { numRuns, seed: 2026 } : { numRuns: Number(LAW_RUNS) });

/** What people and the contract do to a line beside its price. */
type Twist = "none" | "by_hand" | "tax_inclusive";

/** A line as it is read: what few lines have is null on all others. */
function pack(line: Line, twist: Twist = "none"): PackedLine {
  const { kind, isOneTime, lineageId, boundId, description, net, driverFacts, discount } = line;
  const tax = net.amount.times("0.2").toDecimalPlaces(2);
  const isRare = twist !== "none" || !discount.amount.isZero() || !driverFacts;
  return [
    kind,
    isOneTime,
    lineageId ?? boundId,
    description,
    net.amount.toFixed(4),
    tax.toFixed(4),
    driverFacts ? JSON.stringify(driverFacts) : null,
    isRare
      ? {
          isManual: false,
          isInclusive: twist === "tax_inclusive",
          engineAmount: twist === "by_hand" ? net.amount.plus(7).toFixed(4) : null,
          chargeAmount: line.charge.amount.toFixed(4),
          contractId: null,
          productId: null,
          explanation: driverFacts ? null : line.explanation,
        }
      : null,
  ];
}

const ACCOUNT = { customerId: "customer", customerName: "Acme Ltd", currency: "EUR" as CurrencyCode };
const DOCUMENT = {
  ...ACCOUNT,
  contractId: "contract",
  status: "draft" as const,
  documentKind: "invoice" as const,
  correctsInvoiceId: null,
  reissuesInvoiceId: null,
  creditEffect: null,
  number: null,
};
const netOf = (lines: readonly PackedLine[]): string => addUp(lines.map((line) => decimal(line[4]))).toFixed(4);

type Document = { readonly contractId: string; readonly lines: readonly PackedLine[] };

function monthOf(before: readonly Document[], now: readonly Document[]): MonthBills {
  const invoiceOf = ({ contractId, lines }: Document, index: number) =>
    ({
      ...DOCUMENT,
      contractId,
      id: `now-${index}`,
      correction: null,
      netTotal: netOf(lines),
      isStale: false,
      staleReasons: [],
      blockers: [],
      contentHash: "",
      hasUnconfirmedOverride: false,
    }) as unknown as MonthInvoice;
  const baselineOf = ({ contractId, lines }: Document, index: number): BaselineBill => ({
    ...DOCUMENT,
    contractId,
    id: `before-${index}`,
    lines: JSON.stringify(lines),
  });
  return {
    month: plainMonth("2026-04"),
    invoices: now.map(invoiceOf),
    linesOf: new Map(now.map(({ lines }, index) => [`now-${index}`, JSON.stringify(lines)])),
    baselines: [{ month: plainMonth("2026-03"), bills: before.map(baselineOf) }],
  };
}

const oneEach = (before: readonly PackedLine[], now: readonly PackedLine[]): MonthBills =>
  monthOf([{ contractId: "contract", lines: before }], [{ contractId: "contract", lines: now }]);

const KNOWN: AccountHistory = {
  previouslyBilledLineages: new Set(["item-0", "item-1"]),
  endedLineages: new Set(["item-1", "item-2"]),
  dueLineages: new Set(["item-0", "item-3"]),
  repricedLineages: new Set(["item-2"]),
  isKnownCustomer: true,
};
const THRESHOLDS = { amount: decimal(50), percent: percent("10") };

const texts = (drivers: Drivers): object =>
  Object.fromEntries(Object.entries(drivers).map(([driver, amount]) => [driver, amount.toFixed()]));

/** All that a row says. */
function told(shared: SharedBill, isGross: boolean): object {
  const line = lineOfComparison(compareShares(shared, KNOWN), { thresholds: THRESHOLDS, isGross });
  return {
    current: moneyText(line.current),
    previous: moneyText(line.previous),
    changeWithoutTiming: moneyText(line.changeWithoutTiming),
    drivers: texts(line.drivers),
    flags: line.flags,
    reason: line.reason,
  };
}

const only = (bills: MonthBills, isSettled: boolean): SharedBill => {
  const [shared, ...others] = [...sharedBills(bills, { isSettled })];
  expect(others).toEqual([]);
  return shared as SharedBill;
};

const linear: fc.Arbitrary<Price> = fc.oneof(
  rates.map((unitPrice): Price => ({ model: "per_unit", unitPrice })),
  fc
    .tuple(rates, units(9))
    .map(([unitPrice, includedUnits]): Price => ({ model: "per_unit", unitPrice, includedUnits })),
);
const contracted = fc.tuple(
  fc.oneof(
    rates.map((fee): Price => ({ model: "flat", fee })),
    linear,
  ),
  units(30),
);
const metered = fc.oneof({ weight: 3, arbitrary: linear }, { weight: 1, arbitrary: meteredPrice });
const item: fc.Arbitrary<Charge> = fc
  .tuple(
    fc.oneof(
      contracted.map(([price, quantity]) => charge("", { price, quantity })),
      fc
        .tuple(metered, fc.constantFrom("calls", "messages"))
        .map(([price, metricId]) => charge("", { price, metricId })),
      units(9).map((quantity) =>
        charge("", {
          price: {
            model: "seat",
            perSeat: { model: "per_unit", unitPrice: decimal("12.5") },
            strategy: "prorate_all_changes",
          },
          quantity: quantity.floor(),
        }),
      ),
      oneTimePrice.map((price) => charge("", { price, cadence: "one_time" })),
    ),
    fc.oneof({ weight: 5, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.integer({ min: 0, max: 30 }) }),
  )
  .map(([terms, off]) => (off === null ? terms : { ...terms, discounts: [percentOff(String(off))] }));

type Change = "none" | "quantity" | "price" | "discount" | "gone" | "came" | Twist;
const change = fc.constantFrom<Change>(
  ...([
    "none",
    "none",
    "none",
    "quantity",
    "quantity",
    "quantity",
    "price",
    "discount",
    "gone",
    "came",
    "by_hand",
  ] as const),
  "tax_inclusive",
);

const named = (terms: Charge, index: number): Charge => ({
  ...terms,
  id: `charge-${index}`,
  lineageId: `item-${index}`,
  // Two have the same name, so that what is said first is decided by more than that.
  description: `Item ${index % 3}`,
});

function changed(terms: Charge, how: Change): Charge {
  const { price } = terms;
  if (how === "quantity") return { ...terms, quantity: terms.quantity.plus(3) };
  if (how === "discount") return { ...terms, discounts: [percentOff("50")] };
  if (how === "price" && price.model === "per_unit")
    return { ...terms, price: { ...price, unitPrice: price.unitPrice.plus(1) } };
  return terms;
}

const isIn = (side: "before" | "now", how: Change): boolean => how !== (side === "before" ? "came" : "gone");
const twistOf = (how: Change): Twist => (how === "by_hand" || how === "tax_inclusive" ? how : "none");

const documents = fc
  .tuple(
    fc.array(fc.tuple(item, change), { minLength: 1, maxLength: 6 }),
    arbitraryWorld,
    arbitraryWorld,
    fc.boolean(),
    fc.constantFrom("2026-01-01", "2026-01-01", "2026-03-12"),
  )
  .map(([items, before, after, isUsedAlike, startsOn]) => {
    const lines = (side: "before" | "now", world: World) => {
      const charges = items.flatMap(([terms, how], index) =>
        isIn(side, how) ? [named(side === "now" ? changed(terms, how) : terms, index)] : [],
      );
      const due = day(side === "before" ? "2026-04-01" : "2026-05-01");
      return linesDue(contract(charges, { startsOn: day(startsOn) }), { from: due, through: due }, world).map((line) =>
        pack(line, side === "now" ? twistOf(items[Number(line.lineageId?.slice(5))]?.[1] ?? "none") : "none"),
      );
    };
    return { before: lines("before", before), now: lines("now", isUsedAlike ? before : after) };
  });

describe("a bill of which most is settled by the text of its lines", { timeout: 60_000 }, () => {
  test("says the same as where every item is compared, before and after tax", () => {
    let settled = 0;
    fc.assert(
      fc.property(documents, ({ before, now }) => {
        const bills = oneEach(before, now);
        const fast = only(bills, true);
        if (!(fast.settled?.current ?? ZERO).isZero()) settled += 1;
        for (const isGross of [false, true]) {
          expect(told(fast, isGross)).toEqual(told(only(bills, false), isGross));
        }
      }),
      sample(1_000),
    );
    expect(settled).toBeGreaterThan(0);
  });
});

/** What a month bills at so much per call. */
const calls = (quantity: number, unitPrice = "0.5", terms: object = {}): PackedLine[] =>
  linesDue(
    contract([
      charge("api", { price: { model: "per_unit", unitPrice: decimal(unitPrice) }, metricId: "calls", ...terms }),
    ]),
    { from: day("2026-04-01"), through: day("2026-04-01") },
    { usage: { calls: [used("2026-03-10", quantity)] } },
  ).map((line) => pack(line));
describe("lines that stand opposite each other", () => {
  const left = (before: readonly PackedLine[], now: readonly PackedLine[]) =>
    only(oneEach(before, now), true).items.length;

  it("are settled where they are the same, or another quantity at the same price", () => {
    expect([left(calls(10), calls(10)), left(calls(10), calls(14))]).toEqual([0, 0]);
  });

  it("are left where the price or the discount is another one", () => {
    expect(left(calls(10), calls(10, "0.6"))).toBe(1);
    expect(left(calls(10), calls(10, "0.5", { discounts: [percentOff("10")] }))).toBe(1);
  });

  it("are left where the amount does not follow from the facts", () => {
    const [line] = calls(10) as [PackedLine];
    const other = line.with(4, "5.0100") as unknown as PackedLine;
    expect(left([line], [other])).toBe(1);
  });

  it("are left where a part of the month alone was served", () => {
    const facts = (parts: NonNullable<DriverFacts["parts"]>): string =>
      JSON.stringify({ price: ["per_unit", { unitPrice: "30" }], parts } satisfies DriverFacts);
    const [line] = calls(1) as [PackedLine];
    const [part, whole] = [
      line.with(6, facts([[15, 30, "1"]])).with(4, "15.0000") as unknown as PackedLine,
      line.with(6, facts([[1, 1, "1"]])).with(4, "30.0000") as unknown as PackedLine,
    ];
    expect(left([part], [whole])).toBe(1);
  });
});

describe("the rows of one customer", () => {
  const quantities = fc.array(fc.tuple(fc.constantFrom("one", "two", "three"), fc.integer({ min: 0, max: 400 })), {
    minLength: 1,
    maxLength: 3,
  });
  const documentsAt = (unitPrice: string) => (bills: readonly (readonly [string, number])[]) =>
    bills.map(([contractId, quantity]): Document => ({ contractId, lines: calls(quantity, unitPrice) }));
  const driversOf = (bills: MonthBills): Drivers =>
    sumOfDrivers(
      [...sharedBills(bills)].flatMap((shared) => compareShares(shared, KNOWN).comparisons.map((each) => each.drivers)),
    );
  const changeBetween = (before: readonly Document[], now: readonly Document[]) => {
    const netOfAll = (all: readonly Document[]) => decimal(netOf(all.flatMap(({ lines }) => lines)));
    return netOfAll(now).minus(netOfAll(before)).toFixed();
  };

  test("add up to its change, and at one price to the volume of the item, however it is split over bills", () => {
    fc.assert(
      fc.property(quantities, quantities, (one, other) => {
        const [before, now] = [one, other].map(documentsAt("0.5")) as [Document[], Document[]];
        const change = changeBetween(before, now);
        const { volume = ZERO, ...others } = driversOf(monthOf(before, now));
        expect([volume.toFixed(), texts(others)]).toEqual([change, {}]);
      }),
      sample(200),
    );
  });

  test("add up to its change where prices differ", () => {
    fc.assert(
      fc.property(quantities, quantities, (one, other) => {
        const [before, now] = [documentsAt("0.5")(one), documentsAt("0.7")(other)];
        expect(changeOf(driversOf(monthOf(before, now))).toFixed()).toBe(changeBetween(before, now));
      }),
      sample(200),
    );
  });
});
