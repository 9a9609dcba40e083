import { describe, expect, it, test } from "vitest";
import { formatPeriod } from "../../server/domain/calendar/format";
import { plainMonth } from "../../server/domain/calendar/plain-month";
import { accountingOn, billingMonthOf } from "../../server/domain/invoice/billing-month";
import type { Line, ProposedInvoice } from "../../server/domain/invoice/line";
import { money, moneyText, zero } from "../../server/domain/money/money";
import type { Price } from "../../server/domain/pricing/price";
import {
  charge,
  contract,
  day,
  decimal,
  EUR,
  inShort,
  issue,
  minimum,
  percentOff,
  phase,
  proposal,
  propose,
  used,
} from "./billing-world";

const flat = (fee: string): Price => ({ model: "flat", fee: decimal(fee) });
const perUnit = (unitPrice: string): Price => ({ model: "per_unit", unitPrice: decimal(unitPrice) });
const calls = charge("calls", { price: perUnit("1"), metricId: "calls" });
const platform = charge("platform", { timing: "in_advance" });

const story = (invoices: readonly ProposedInvoice[]) =>
  invoices.map(({ billsOn, billingMonth, lines }) => `${billsOn} (${billingMonth}): ${inShort(lines).join("; ")}`);

const fromSeptember = { startsOn: day("2026-09-01"), anchorOn: day("2026-09-01") };

describe("invoices", () => {
  it("gather what falls due on one day: the month past in arrears, the month to come in advance", () => {
    const world = { usage: { calls: [used("2026-09-07", 40)] } };
    const invoices = propose(contract([calls, platform], fromSeptember), { asOf: "2026-10-01", world });
    expect(story(invoices)).toEqual([
      "2026-09-01 (2026-09): charge platform: 100.00",
      "2026-10-01 (2026-09): charge calls: 40.00; charge platform: 100.00",
    ]);
    expect(invoices.map(({ servicePeriod }) => formatPeriod(servicePeriod))).toEqual([
      "1–30 Sep 2026",
      "1 Sep – 31 Oct 2026",
    ]);
    expect(invoices.map(({ net }) => moneyText(net))).toEqual(["100.00", "140.00"]);
  });

  test.each([
    ["2026-09-30", 1],
    ["2026-10-01", 2],
    ["2026-10-02", 2],
  ])("as of %s are %d", (asOf, count) => {
    expect(propose(contract([calls, platform], fromSeptember), { asOf })).toHaveLength(count);
  });

  it("keep monthly, quarterly and annual charges each at its own pace", () => {
    const terms = contract(
      [
        charge("monthly", { price: flat("10") }),
        charge("quarterly", { price: flat("90"), cadence: "quarterly" }),
        charge("annual", { price: flat("1200"), cadence: "annual", timing: "in_advance" }),
      ],
      { startsOn: day("2026-07-01"), anchorOn: day("2026-07-01") },
    );
    expect(story(propose(terms, { asOf: "2026-10-01" }))).toEqual([
      "2026-07-01 (2026-07): charge annual: 1200.00",
      "2026-08-01 (2026-07): charge monthly: 10.00",
      "2026-09-01 (2026-08): charge monthly: 10.00",
      "2026-10-01 (2026-09): charge monthly: 10.00; charge quarterly: 90.00",
    ]);
  });
});

describe("already billed", () => {
  const terms = contract([calls, platform], fromSeptember);
  const world = { usage: { calls: [used("2026-09-07", 40)] } };

  it("is not proposed again", () => {
    const billed = issue(propose(terms, { asOf: "2026-10-01", world }));
    expect(propose(terms, { asOf: "2026-10-01", world, billed })).toEqual([]);
    expect(story(propose(terms, { asOf: "2026-11-01", world, billed }))).toEqual([
      "2026-11-01 (2026-10): charge calls: 0.00; charge platform: 100.00",
    ]);
  });

  it("is proposed anew where the document was voided, for its lines are not handed in", () => {
    const [first = [], ...others] = propose(terms, { asOf: "2026-10-01", world }).map(({ lines }) => lines);
    const billed = others.flat().map((line) => ({ ...line, documentId: "another" }));
    const again = propose(terms, { asOf: "2026-10-01", world, billed });
    expect(again.flatMap(({ lines }) => lines)).toEqual(first);
  });

  it("comes back as an adjustment where a credit note took it down", () => {
    const billed = issue(propose(terms, { asOf: "2026-09-01" })).map((line) => ({ ...line, net: zero(EUR) }));
    expect(inShort(proposal(terms, { asOf: "2026-09-05", billed }).waiting)).toEqual([
      "adjustment Adjustment for 1–30 Sep 2026: platform: 100.00",
    ]);
  });
});

describe("late usage", () => {
  const terms = contract([calls, platform], fromSeptember);
  const onTime = { usage: { calls: [used("2026-09-07", 40)] } };
  const late = { usage: { calls: [used("2026-09-07", 40), used("2026-09-30", 5)] } };
  const billed = issue(propose(terms, { asOf: "2026-10-01", world: onTime }));

  it("waits for the next invoice", () => {
    const { invoices, waiting } = proposal(terms, { asOf: "2026-10-12", world: late, billed });
    expect(invoices).toEqual([]);
    expect(inShort(waiting)).toEqual(["adjustment Adjustment for 1–30 Sep 2026: calls: 5.00"]);
    expect(waiting[0]?.explanation.adjustment).toMatchObject({
      originalKind: "charge",
      expected: "45",
      billed: "40",
    });
  });

  test.each([
    ["2027-07-31", 1],
    ["2027-08-01", 0],
  ])("known on %s, with the next invoice due on 1 September, makes %d of its own", (asOf, own) => {
    const year = charge("year", { cadence: "annual", timing: "in_advance" });
    const terms = contract([], {
      ...fromSeptember,
      phases: [phase("2026-09-01", "2026-10-01", [calls, year]), phase("2026-10-01", null, [year])],
    });
    const first = issue(propose(terms, { asOf: "2026-10-01", world: onTime }));
    const { invoices, waiting } = proposal(terms, { asOf, world: late, billed: first });
    expect(invoices).toHaveLength(own);
    expect(waiting).toHaveLength(1 - own);
  });

  it("of a contract without a next invoice goes on one of its own on the as-of day", () => {
    const ended = contract([calls], { ...fromSeptember, endsBefore: day("2026-10-01") });
    const first = issue(propose(ended, { asOf: "2026-10-01", world: onTime }));
    expect(story(propose(ended, { asOf: "2026-10-12", world: late, billed: first }))).toEqual([
      "2026-10-12 (2026-10): adjustment Adjustment for 1–30 Sep 2026: calls: 5.00",
    ]);
  });

  it("goes on the next invoice, and does not move its billing month", () => {
    expect(story(propose(terms, { asOf: "2026-11-01", world: late, billed }))).toEqual([
      "2026-11-01 (2026-10): charge calls: 0.00; charge platform: 100.00; adjustment Adjustment for 1–30 Sep 2026: calls: 5.00",
    ]);
  });

  it("is settled by the adjustment, and later usage adjusts what is left", () => {
    const adjusted = [...billed, ...issue(propose(terms, { asOf: "2026-11-01", world: late, billed }))];
    expect(propose(terms, { asOf: "2026-11-01", world: late, billed: adjusted })).toEqual([]);
    const later = { usage: { calls: [used("2026-09-07", 40), used("2026-09-30", 2)] } };
    expect(inShort(proposal(terms, { asOf: "2026-11-20", world: later, billed: adjusted }).waiting)).toEqual([
      "adjustment Adjustment for 1–30 Sep 2026: calls: -3.00",
    ]);
  });

  it("of a period that fell due before the first day looked at is left alone", () => {
    expect(propose(terms, { asOf: "2026-10-12", from: "2026-10-02", world: late, billed })).toEqual([]);
  });

  it("is rated with tiers and discounts of the original period", () => {
    const tiers = [
      { upTo: decimal(50), unitPrice: decimal(1) },
      { upTo: null, unitPrice: decimal("0.5") },
    ];
    const tiered = charge("calls", {
      price: { model: "graduated", tiers },
      metricId: "calls",
      discounts: [percentOff("10")],
    });
    const graduated = contract([tiered], fromSeptember);
    const first = issue(propose(graduated, { asOf: "2026-10-01", world: onTime }));
    const more = { usage: { calls: [used("2026-09-07", 40), used("2026-09-08", 20)] } };
    // 40 − 4 billed; 50 + 5 less 10 % is 49.50
    expect(inShort(proposal(graduated, { asOf: "2026-10-12", world: more, billed: first }).waiting)).toEqual([
      "adjustment Adjustment for 1–30 Sep 2026: calls: 13.50",
    ]);
  });
});

describe("a contract that changes after billing", () => {
  const billed = issue(propose(contract([platform], fromSeptember), { asOf: "2026-09-01" }));

  it("and ends in the month is credited the days not served", () => {
    const ended = contract([platform], { ...fromSeptember, endsBefore: day("2026-09-16") });
    expect(story(propose(ended, { asOf: "2026-09-20", billed }))).toEqual([
      "2026-09-20 (2026-09): adjustment Adjustment for 1–30 Sep 2026: platform: -50.00",
    ]);
  });

  it("and never ran is credited whole", () => {
    const other = contract([charge("other", { timing: "in_advance" })], fromSeptember);
    expect(story(propose(other, { asOf: "2026-09-01", billed }))).toEqual([
      "2026-09-01 (2026-09): charge other: 100.00; adjustment Adjustment for 1–30 Sep 2026: platform: -100.00",
    ]);
  });

  it("to a phase of the same price bills nothing", () => {
    const split = contract([], {
      ...fromSeptember,
      phases: [phase("2026-09-01", "2026-09-16", [platform]), phase("2026-09-16", null, [platform])],
    });
    expect(propose(split, { asOf: "2026-09-16", billed })).toEqual([]);
  });

  it("to a higher price in the month waits for the day, then credits the rest and bills the new phase", () => {
    const raised = contract([], {
      ...fromSeptember,
      phases: [
        phase("2026-09-01", "2026-09-16", [platform]),
        phase("2026-09-16", null, [{ ...platform, price: flat("160") }]),
      ],
    });
    expect(propose(raised, { asOf: "2026-09-15", billed })).toEqual([]);
    const onTheDay = propose(raised, { asOf: "2026-09-16", billed });
    expect(story(onTheDay)).toEqual([
      "2026-09-16 (2026-09): charge platform: 80.00; adjustment Adjustment for 1–30 Sep 2026: platform: -50.00",
    ]);
    expect(propose(raised, { asOf: "2026-09-30", billed: [...billed, ...issue(onTheDay)] })).toEqual([]);
  });

  it("to a longer term waits until the longer period is due", () => {
    const short = contract([charge("fee")], { ...fromSeptember, endsBefore: day("2026-09-16") });
    const half = issue(propose(short, { asOf: "2026-09-16" }));
    const extended = contract([charge("fee")], fromSeptember);
    expect(propose(extended, { asOf: "2026-09-20", billed: half })).toEqual([]);
    expect(story(propose(extended, { asOf: "2026-10-01", billed: half }))).toEqual([
      "2026-10-01 (2026-10): adjustment Adjustment for 1–15 Sep 2026: fee: 50.00",
    ]);
  });

  it("by a minimum taken away gives the true-up back", () => {
    const withMinimum = contract([charge("fee")], { ...fromSeptember, minimums: [minimum("least", "150")] });
    const trued = issue(propose(withMinimum, { asOf: "2026-10-01" }));
    const without = { ...withMinimum, minimums: [] };
    expect(inShort(proposal(without, { asOf: "2026-10-05", billed: trued }).waiting)).toEqual([
      "adjustment Adjustment for 1–30 Sep 2026: least: -50.00",
    ]);
  });
});

describe("billed through", () => {
  const terms = (billedThrough: string) =>
    contract([calls, platform], {
      ...fromSeptember,
      billedThrough: day(billedThrough),
      minimums: [minimum("least", "500")],
    });

  test.each([
    ["2026-09-29", ["calls", "platform", "least"]],
    ["2026-09-30", ["platform"]],
    ["2026-10-01", []],
  ])("%s leaves of 1 October %j", (billedThrough, expected) => {
    const invoices = propose(terms(billedThrough), { asOf: "2026-10-01" });
    expect(invoices.flatMap(({ lines }) => lines.map(({ description }) => description))).toEqual(expected);
  });
});

describe("the billing month", () => {
  type Facts = Pick<Line, "kind" | "timing" | "isOneTime" | "servicePeriod">;
  const serves = (timing: Line["timing"], startsOn: string, endsBefore: string, more: Partial<Facts> = {}): Facts => ({
    kind: "charge",
    timing,
    isOneTime: false,
    servicePeriod: { startsOn: day(startsOn), endsBefore: day(endsBefore) },
    ...more,
  });
  const arrears = serves("in_arrears", "2026-07-01", "2026-10-01");
  const advance = serves("in_advance", "2026-10-01", "2027-10-01");

  test.each<[string, Facts[], string]>([
    ["is that of the last service day in arrears", [advance, arrears], "2026-09"],
    [
      "is that in which the earliest in advance begins",
      [serves("in_advance", "2026-11-01", "2026-12-01"), advance],
      "2026-10",
    ],
    ["leaves late adjustments aside", [advance, { ...arrears, kind: "adjustment" }], "2026-10"],
    [
      "of one-off lines is that of planned issue",
      [serves("in_advance", "2026-03-01", "2026-03-02", { isOneTime: true })],
      "2026-12",
    ],
    ["of adjustments alone is that of planned issue", [{ ...arrears, kind: "adjustment" }], "2026-12"],
  ])("%s", (_fact, lines, month) => expect(billingMonthOf(lines, day("2026-12-24"))).toBe(month));

  test.each([
    [null, "2026-09-30"],
    ["2026-08", "2026-09-30"],
    ["2026-09", "2026-10-01"],
    ["2026-11", "2026-12-01"],
  ])("locked through %s, an invoice in arrears is posted on %s", (locked, expected) => {
    const lockedThrough = locked === null ? null : plainMonth(locked);
    expect(accountingOn([arrears], day("2026-10-03"), lockedThrough)).toBe(expected);
  });

  it("in advance is posted on its issue", () => {
    expect(accountingOn([advance], day("2026-10-03"), null)).toBe("2026-10-03");
  });
});

it("bills in the currency's own minor units", () => {
  const yen = contract([charge("fee", { price: flat("1000") })], {
    ...fromSeptember,
    startsOn: day("2026-09-11"),
    currency: { code: "JPY", minorUnits: 0 },
  });
  const [invoice] = propose(yen, { asOf: "2026-10-01" });
  expect(invoice?.net).toEqual(money(decimal(667), { code: "JPY", minorUnits: 0 }));
});
