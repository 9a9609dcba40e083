import { describe, expect, it, test } from "vitest";
import { fullPeriods } from "../../server/domain/calendar/cadence";
import { localDaysBetween } from "../../server/domain/calendar/local-day";
import { daysIn, period } from "../../server/domain/calendar/period";
import { addMonths } from "../../server/domain/calendar/plain-date";
import { creditTax, type TaxRounding, taxOf, totalsOf } from "../../server/domain/invoice/tax";
import { allocate } from "../../server/domain/money/allocate";
import { type Currency, currency } from "../../server/domain/money/currency";
import { type Money, money, moneyText, roundToMinorUnit, sum } from "../../server/domain/money/money";
import { percent } from "../../server/domain/money/percent";
import { amountOf, rate } from "../../server/domain/pricing/rate";
import { ratePercentage } from "../../server/domain/pricing/rate-percentage";
import rating from "../golden/rating.json";
import {
  amountOff,
  charge,
  contract,
  day,
  decimal,
  EUR,
  inShort,
  issue,
  lastDayBefore,
  linesDue,
  minimum,
  netsOf,
  percentOff,
  proposal,
  propose,
  used,
} from "./billing-world";
import { billingCase, billingCaseIds, type GoldenPrice, readPeriod, readPrice } from "./golden-cases";

const USD = currency("USD");
const rounded = (amount: Money["amount"], unit: Currency = EUR) => moneyText(roundToMinorUnit(money(amount, unit)));
const applied = (value: string) => ({
  code: "S",
  jurisdiction: "GB",
  percent: percent(value),
  category: "standard",
  exemptionText: null,
});
const totalOf = (taxes: readonly Money[]) => moneyText(sum(taxes, EUR));

describe("rating, to the last digit", () => {
  test.each(rating.cases as { id: string; price: GoldenPrice; quantity: string; amount: string }[])(
    "$id: $quantity cost $amount",
    ({ price, quantity, amount }) => {
      expect(amountOf(rate(readPrice(price), decimal(quantity))).toFixed()).toBe(decimal(amount).toFixed());
    },
  );
});

type SeatCase = {
  price: GoldenPrice & { unitPrice: string };
  period: string[];
  openingSeats: number;
  seats: { on: string; total: number }[];
  amount: string;
};

function seatLines(id: string) {
  const golden = billingCase<SeatCase>(id);
  const served = readPeriod(golden.period);
  const seats = charge("seats", { price: readPrice(golden.price), quantity: decimal(0) });
  const history = {
    openingSeats: decimal(golden.openingSeats),
    changes: golden.seats.map(({ on, total }) => ({ on: day(on), total: decimal(total) })),
  };
  const terms = contract([seats], { startsOn: served.startsOn, anchorOn: served.startsOn });
  const through = addMonths(served.endsBefore, 1);
  return {
    golden,
    nets: netsOf(linesDue(terms, { from: served.endsBefore, through }, { seats: { seats: history } })),
  };
}

const seatsAmount = (id: string) => () => {
  const { golden, nets } = seatLines(id);
  expect(nets[0]).toBe(golden.amount);
};

/** A flat fee served 15 of 30 days. */
const halfOfSeptember = (fee: string, discounts: Parameters<typeof charge>[1]) =>
  linesDue(
    contract([charge("fee", { price: { model: "flat", fee: decimal(fee) }, ...discounts })], {
      startsOn: day("2026-09-16"),
    }),
    { from: day("2026-09-16"), through: day("2026-10-01") },
  )[0];

function discountCase(id: string, discounts: Parameters<typeof charge>[1]): () => void {
  return () => {
    const golden = billingCase<{ charge: string; discountAmount: string; net: string }>(id);
    const line = halfOfSeptember(golden.charge, discounts);
    expect(line && [moneyText(line.discount), moneyText(line.net)]).toEqual([golden.discountAmount, golden.net]);
  };
}

function splitCase(id: string): () => void {
  return () => {
    const golden = billingCase<{
      total?: string;
      discount?: string;
      weights?: string[];
      lines?: string[];
      shares: string[];
      currency?: "JPY";
    }>(id);
    const unit = currency(golden.currency ?? "EUR");
    const parts = allocate(
      money(golden.total ?? golden.discount ?? "", unit),
      (golden.weights ?? golden.lines ?? []).map(decimal),
    );
    expect(parts.ok && parts.value.map(moneyText)).toEqual(golden.shares);
  };
}

function firstPeriodCase(id: string, firstPeriod: "anchor" | "calendar"): () => void {
  return () => {
    const golden = billingCase<{
      charge: string;
      startsOn: string;
      fullPeriod: string[];
      fraction: string;
      amount: string;
      second?: string;
    }>(id);
    const fee = charge("fee", { price: { model: "flat", fee: decimal(golden.charge) }, cadence: "quarterly" });
    const terms = contract([fee], { startsOn: day(golden.startsOn), anchorOn: day("2025-01-01"), firstPeriod });
    const full = readPeriod(golden.fullPeriod);
    const [first, second] = linesDue(terms, { from: terms.startsOn, through: addMonths(full.endsBefore, 3) });
    expect(first?.fullPeriod).toEqual(full);
    expect(`${first && daysIn(first.servicePeriod)}/${daysIn(full)}`).toBe(golden.fraction);
    expect(first && moneyText(first.net)).toBe(golden.amount);
    expect(second && moneyText(second.net)).toBe(golden.second ?? golden.charge);
  };
}

const september = { from: day("2026-09-02"), through: day("2026-10-01") };

const cases: { readonly [id: string]: () => void } = {
  "percentage-per-event-bounds": () => {
    const golden = billingCase<{ price: GoldenPrice; eventAmounts: string[]; amount: string }>(
      "percentage-per-event-bounds",
    );
    const price = readPrice(golden.price);
    if (price.model !== "percentage") throw new Error("a percentage price");
    const eventAmounts = golden.eventAmounts.map((amount) => ({ amount: decimal(amount), count: decimal(1) }));
    expect(rounded(amountOf(ratePercentage(price, { total: decimal(875), eventAmounts })))).toBe(golden.amount);
  },
  "percentage-with-fixed-per-event": () => {
    const golden = billingCase<{ price: GoldenPrice; events: number; eventTotal: string; amount: string }>(
      "percentage-with-fixed-per-event",
    );
    const price = readPrice(golden.price);
    if (price.model !== "percentage") throw new Error("a percentage price");
    const slices = ratePercentage(price, { total: decimal(golden.eventTotal), events: decimal(golden.events) });
    expect(rounded(amountOf(slices))).toBe(golden.amount);
  },
  "minimum-true-up": () => {
    const golden = billingCase<{ minimum: string; charges: string; trueUp: string }>("minimum-true-up");
    const fee = charge("fee", { price: { model: "flat", fee: decimal(golden.charges) } });
    const lines = linesDue(contract([fee], { minimums: [minimum("minimum", golden.minimum)] }), september);
    expect(inShort(lines)).toEqual([`charge fee: ${golden.charges}.00`, `true_up minimum: ${golden.trueUp}`]);
  },
  "seats-added-mid-month-in-arrears": () => {
    const { golden, nets } = seatLines("seats-added-mid-month-in-arrears");
    const { amountPerSeat, nextMonth } = golden as SeatCase & { amountPerSeat: string; nextMonth: string };
    expect(nets).toEqual([golden.amount, nextMonth]);
    expect(decimal(golden.amount).div(27).toFixed(2)).toBe(amountPerSeat);
  },
  "percent-discount-on-prorated-charge": discountCase("percent-discount-on-prorated-charge", {
    discounts: [percentOff("10")],
  }),
  "fixed-discount-is-not-prorated": discountCase("fixed-discount-is-not-prorated", { discounts: [amountOff("100")] }),
  "invoice-discount-spread-over-lines": splitCase("invoice-discount-spread-over-lines"),
  "split-five-cents-three-ways": splitCase("split-five-cents-three-ways"),
  "split-ten-over-one-three-three": splitCase("split-ten-over-one-three-three"),
  "split-a-negative-mirrors": splitCase("split-a-negative-mirrors"),
  "tiers-then-tax": () => {
    const golden = billingCase<{
      price: GoldenPrice;
      quantity: string;
      taxPercent: string;
      net: string;
      tax: string;
      total: string;
    }>("tiers-then-tax");
    const net = roundToMinorUnit(money(amountOf(rate(readPrice(golden.price), decimal(golden.quantity))), EUR));
    const tax = applied(golden.taxPercent);
    const [taxed] = taxOf({
      lines: [{ amount: net, tax, isInclusive: false }],
      rounding: "per_line",
      currency: EUR,
    });
    if (taxed === undefined) throw new Error("a tax for the line");
    const totals = totalsOf([{ ...taxed, applied: tax }], EUR);
    expect([totals.net, totals.tax, totals.gross].map(moneyText)).toEqual([golden.net, golden.tax, golden.total]);
  },
  "rounding-half-away-from-zero": () => {
    const golden = billingCase<{ values: string[]; rounded: string[] }>("rounding-half-away-from-zero");
    expect(golden.values.map((value) => rounded(decimal(value), USD))).toEqual(golden.rounded);
  },
  "anchor-31-clamps-and-returns": () => {
    const golden = billingCase<{ anchor: string; starts: string[] }>("anchor-31-clamps-and-returns");
    const anchorOn = day(golden.anchor);
    const periods = fullPeriods(
      "monthly",
      { startsOn: day("2023-01-31"), anchorOn, firstPeriod: "anchor" },
      { from: day("2023-01-31"), through: day("2024-02-29") },
    );
    expect(periods.map(({ startsOn }) => startsOn)).toEqual(golden.starts);
  },
  "first-quarter-from-8-october": () => {
    firstPeriodCase("first-quarter-from-8-october", "anchor")();
    firstPeriodCase("first-quarter-from-8-october", "calendar")();
  },
  "first-quarter-from-8-november-anchor": firstPeriodCase("first-quarter-from-8-november-anchor", "anchor"),
  "first-quarter-from-8-november-calendar": firstPeriodCase("first-quarter-from-8-november-calendar", "calendar"),
  "local-days-across-a-clock-change": () => {
    const golden = billingCase<{ timeZone: string; from: string; to: string; days: number }>(
      "local-days-across-a-clock-change",
    );
    // Midnight in New York, in winter and in summer time: 47 hours apart.
    const [from, to] = [`${golden.from}T00:00:00-05:00`, `${golden.to}T00:00:00-04:00`];
    expect(localDaysBetween(from, to, golden.timeZone)).toBe(golden.days);
  },
  "seats-up-down-up-use-maximum": seatsAmount("seats-up-down-up-use-maximum"),
  "seats-up-down-up-prorate-increments": seatsAmount("seats-up-down-up-prorate-increments"),
  "seats-up-down-up-prorate-all-changes": seatsAmount("seats-up-down-up-prorate-all-changes"),
  "tier-fee-at-zero-usage": () => {
    const golden = billingCase<{
      price: GoldenPrice;
      quantity: string;
      amount: string;
      withFeeAtZeroFalse: string;
    }>("tier-fee-at-zero-usage");
    const amount = (price: GoldenPrice) => rounded(amountOf(rate(readPrice(price), decimal(golden.quantity))));
    expect(amount(golden.price)).toBe(golden.amount);
    expect(amount({ ...golden.price, feeAtZero: false })).toBe(golden.withFeeAtZeroFalse);
  },
  "volume-beyond-included-units": () => {
    const golden = billingCase<{ price: GoldenPrice; quantity: string; amount: string }>(
      "volume-beyond-included-units",
    );
    expect(rounded(amountOf(rate(readPrice(golden.price), decimal(golden.quantity))))).toBe(golden.amount);
  },
  "tax-per-line-and-per-rate": () => {
    const golden = billingCase<{ taxPercent: string; lines: string[]; taxPerLine: string; taxPerRate: string }>(
      "tax-per-line-and-per-rate",
    );
    const tax = applied(golden.taxPercent);
    const lines = golden.lines.map((net) => ({ amount: money(net, EUR), tax, isInclusive: false }));
    const taxOfAll = (rounding: TaxRounding) =>
      totalOf(taxOf({ lines, rounding, currency: EUR }).map((line) => line.tax));
    expect(taxOfAll("per_line")).toBe(golden.taxPerLine);
    expect(taxOfAll("per_rate")).toBe(golden.taxPerRate);
  },
  "two-halves-make-the-whole": () => {
    const golden = billingCase<{ charge: string; lines: string[] }>("two-halves-make-the-whole");
    const fee = charge("fee", { price: { model: "flat", fee: decimal(golden.charge) } });
    const terms = contract([], {
      phases: [
        { id: "one", startsOn: day("2026-01-01"), endsBefore: day("2026-09-16"), charges: [fee] },
        {
          id: "two",
          startsOn: day("2026-09-16"),
          endsBefore: null,
          charges: [{ ...fee, description: "fee, renamed" }],
        },
      ],
    });
    expect(netsOf(linesDue(terms, september))).toEqual(golden.lines);
  },
  "multiply-before-dividing": () => {
    const golden = billingCase<{ charge: string; amount: string }>("multiply-before-dividing");
    const fee = charge("fee", { price: { model: "flat", fee: decimal(golden.charge) } });
    const terms = contract([fee], { startsOn: day("2026-02-19") });
    expect(netsOf(linesDue(terms, { from: day("2026-02-19"), through: day("2026-03-01") }))).toEqual([golden.amount]);
  },
  "line-discount-rounded-then-subtracted": () => {
    const golden = billingCase<{ charge: string; discountAmount: string; net: string }>(
      "line-discount-rounded-then-subtracted",
    );
    const fee = charge("fee", {
      price: { model: "flat", fee: decimal(golden.charge) },
      discounts: [percentOff("10")],
    });
    const [line] = linesDue(contract([fee]), september);
    expect(line && [moneyText(line.discount), moneyText(line.net)]).toEqual([golden.discountAmount, golden.net]);
  },
  "whole-months-then-days": () => {
    const golden = billingCase<{ charge: string; amount: string; byDaysFromOneJanuary2026: string }>(
      "whole-months-then-days",
    );
    const bill = (proration: "whole_months_then_days" | "by_days") => {
      const fee = charge("fee", {
        price: { model: "flat", fee: decimal(golden.charge) },
        cadence: "annual",
        proration,
      });
      const terms = contract([fee], { endsBefore: day("2026-04-01") });
      return netsOf(linesDue(terms, { from: day("2026-01-01"), through: day("2026-04-01") }));
    };
    expect(bill("whole_months_then_days")).toEqual([golden.amount]);
    expect(bill("by_days")).toEqual([golden.byDaysFromOneJanuary2026]);
  },
  "late-usage-absorbed-by-minimum": () => {
    const golden = billingCase<{
      minimum: string;
      billed: { usage: string; trueUp: string };
      lateUsage: string;
      adjustment: string;
    }>("late-usage-absorbed-by-minimum");
    const usage = charge("usage", { price: { model: "per_unit", unitPrice: decimal(1) }, metricId: "calls" });
    const terms = contract([usage], {
      startsOn: day("2026-09-01"),
      anchorOn: day("2026-09-01"),
      minimums: [minimum("minimum", golden.minimum)],
    });
    const onTime = [used("2026-09-10", golden.billed.usage)];
    const first = propose(terms, { asOf: "2026-10-01", world: { usage: { calls: onTime } } });
    expect(first.map(({ lines }) => netsOf(lines))).toEqual([
      [`${golden.billed.usage}.00`, `${golden.billed.trueUp}.00`],
    ]);
    const late = { usage: { calls: [...onTime, used(lastDayBefore("2026-10-01"), golden.lateUsage)] } };
    const { waiting } = proposal(terms, { asOf: "2026-10-05", world: late, billed: issue(first) });
    expect(inShort(waiting)).toEqual([
      "adjustment Adjustment for 1–30 Sep 2026: usage: 100.00",
      "adjustment Adjustment for 1–30 Sep 2026: minimum: -100.00",
    ]);
    const total = sum(
      waiting.map(({ net }) => net),
      terms.currency,
    );
    expect(moneyText(total)).toBe(golden.adjustment);
  },
  "stacked-percentages": () => {
    const golden = billingCase<{
      charge: string;
      discounts: { percent: string }[];
      discountAmount: string;
      net: string;
    }>("stacked-percentages");
    const fee = charge("fee", {
      price: { model: "flat", fee: decimal(golden.charge) },
      discounts: golden.discounts.map(({ percent: value }, index) => percentOff(value, { id: `${index}` })),
    });
    const [line] = linesDue(contract([fee]), september);
    expect(line && [moneyText(line.discount), moneyText(line.net)]).toEqual([golden.discountAmount, golden.net]);
  },
  "credit-tax-never-drifts": () => {
    const golden = billingCase<{ line: string; tax: string; credits: string[]; creditTax: string[] }>(
      "credit-tax-never-drifts",
    );
    let netCreditedBefore: Money = money("0", EUR);
    let taxCreditedBefore: Money = money("0", EUR);
    const taxes = golden.credits.map((credit) => {
      const netCredited = money(credit, EUR);
      const tax = creditTax({
        lineNet: money(golden.line, EUR),
        lineTax: money(golden.tax, EUR),
        netCreditedBefore,
        taxCreditedBefore,
        netCredited,
      });
      if (!tax.ok) throw new Error(tax.error.code);
      netCreditedBefore = sum([netCreditedBefore, netCredited], EUR);
      taxCreditedBefore = sum([taxCreditedBefore, tax.value], EUR);
      return moneyText(tax.value);
    });
    expect(taxes).toEqual(golden.creditTax);
  },
};

/** Revenue recognition and the drivers of matched items are no part of the engine yet. */
const LATER = [
  "recognize-even-months",
  "recognize-even-months-part-ends",
  "recognize-daily-over-a-year",
  "recognize-daily-cumulative-rounding",
  "recognize-even-months-three-anniversary-months",
  "variance-worked-example",
];

describe("billing", () => {
  test.each(Object.entries(cases))("%s", (_id, check) => check());

  it("leaves no worked example out, but recognition and variance drivers", () => {
    expect([...Object.keys(cases), ...LATER].sort()).toEqual([...billingCaseIds].sort());
  });

  it("has periods of whole days", () => {
    expect(daysIn(period(day("2024-03-09"), day("2024-03-11")))).toBe(2);
  });
});
