import { describe, expect, test } from "vitest";
import type { Charge, Contract, ContractDiscount } from "../../server/domain/contract/contract";
import { type CurrencyCode, currency } from "../../server/domain/money/currency";
import type { Decimal } from "../../server/domain/money/decimal";
import { percent } from "../../server/domain/money/percent";
import type { Price } from "../../server/domain/pricing/price";
import { figuresOf } from "../../server/domain/quote/figures";
import { monthlyRecurring } from "../../server/domain/quote/monthly-recurring";
import type { PriceFigures, QuoteFigures } from "../../server/domain/quote/quote-figures";
import { quoteOf } from "./arbitrary-quote";
import {
  amountOff,
  charge,
  contract,
  day,
  decimal,
  minimum,
  percentOff,
  phase,
  readingsFor,
  used,
} from "./billing-world";

const flat = (fee: string): Price => ({ model: "flat", fee: decimal(fee) });
const perUnit = (unitPrice: string): Price => ({ model: "per_unit", unitPrice: decimal(unitPrice) });

/** A year of charges in advance, from 1 January 2027. */
const year = (charges: readonly Charge[], terms: Partial<Contract> = {}): Contract =>
  contract(charges, {
    startsOn: day("2027-01-01"),
    endsBefore: day("2028-01-01"),
    anchorOn: day("2027-01-01"),
    ...terms,
  });

const inCurrency = (code: CurrencyCode, charges: readonly Charge[]): Contract =>
  year(charges, { currency: currency(code) });

/** "list − discount (percent) = net" */
const inShort = ({ list, discount, discountPercent, net }: PriceFigures): string =>
  `${list} − ${discount} (${discountPercent ?? "no"} %) = ${net}`;

const texts = (amounts: Readonly<Record<string, Decimal>>) =>
  Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, amount.toFixed()]));

const headOf = ({ termMonths, annualContractValue, oneTime }: QuoteFigures) => ({
  termMonths,
  annualContractValue,
  oneTime,
});

const recurring = (terms: Contract, on = "2027-01-01") => texts(monthlyRecurring(terms, day(on)));

describe("a ramp of three years with a free month and a minimum of 1,300 a month", () => {
  const platform = charge("platform", { price: flat("1000"), timing: "in_advance" });
  const seats = (quantity: number) =>
    charge("seats", {
      price: perUnit("20"),
      quantity: decimal(quantity),
      timing: "in_advance",
      discounts: [percentOff("10", { id: "launch" })],
    });
  const onTrial: Charge = { ...platform, discounts: [percentOff("100", { id: "trial" })], isFreeTrial: true };
  const terms = contract([], {
    startsOn: day("2027-01-01"),
    endsBefore: day("2030-01-01"),
    phases: [
      phase("2027-01-01", "2027-02-01", [onTrial, seats(10)]),
      phase("2027-02-01", "2028-01-01", [platform, seats(10)]),
      phase("2028-01-01", "2029-01-01", [platform, seats(20)]),
      phase("2029-01-01", "2030-01-01", [platform, seats(30)]),
    ],
    minimums: [minimum("commitment", "1300")],
  });
  // The trial and what follows are one phase of the quote.
  const figures = figuresOf(quoteOf(terms, { isJoined: [false, true, false, false] }));

  test("has a total contract value with the true-ups in it", () => {
    expect(inShort(figures.total)).toBe("51600 − 1200 (2.33 %) = 50400");
    expect(texts(headOf(figures))).toMatchObject({ termMonths: "36", annualContractValue: "16800", oneTime: "0" });
  });

  test("comes to what each phase and year brings", () => {
    const expected = ["15600 − 0 (0 %) = 15600", "16800 − 480 (2.86 %) = 16320", "19200 − 720 (3.75 %) = 18480"];
    expect(figures.phases.map(inShort)).toEqual(expected);
    expect(figures.years.map(inShort)).toEqual(expected);
  });

  test("tells the discount of each line, and what the minimum tops up", () => {
    expect(figures.lines.map((line) => `${line.description}: ${inShort(line)}`)).toEqual([
      "platform: 12000 − 1000 (8.33 %) = 11000",
      "seats: 2400 − 240 (10 %) = 2160",
      "platform: 12000 − 0 (0 %) = 12000",
      "seats: 4800 − 480 (10 %) = 4320",
      "platform: 12000 − 0 (0 %) = 12000",
      "seats: 7200 − 720 (10 %) = 6480",
    ]);
    expect(figures.overLines.map(({ kind, id, ...amounts }) => [kind, id, inShort(amounts)])).toEqual([
      ["minimum", "terms of commitment", "1200 − -1240 (-103.33 %) = 2440"],
    ]);
  });

  test("recurs with the minimum in the first year, then with what the ramp has climbed to", () => {
    expect(
      figures.phases.map(({ monthlyRecurring: month, annualRecurring: whole }) => [`${month}`, `${whole}`]),
    ).toEqual([
      ["1300", "15600"],
      ["1360", "16320"],
      ["1540", "18480"],
    ]);
    expect(figures.phases[0]?.steps).toHaveLength(1);
  });

  test("begins with twelve invoices, the true-up of a month on the next one", () => {
    expect(figures.invoices).toHaveLength(12);
    expect(figures.invoices.slice(0, 3).map(({ billsOn, net, lineCount }) => [billsOn, `${net}`, lineCount])).toEqual([
      ["2027-01-01", "180", 2],
      ["2027-02-01", "2300", 3],
      ["2027-03-01", "1300", 3],
    ]);
  });
});

describe("currencies", () => {
  test("yen have no decimals: 12.5 % of 1,001 is 125", () => {
    const terms = inCurrency("JPY", [charge("fee", { price: flat("1001"), discounts: [percentOff("12.5")] })]);
    const { total, annualContractValue } = figuresOf(quoteOf(terms));
    expect(inShort(total)).toBe("12012 − 1500 (12.49 %) = 10512");
    expect(annualContractValue.toFixed()).toBe("10512");
    expect(recurring(terms)).toEqual({ monthlyRecurring: "876", annualRecurring: "10512" });
  });

  test("dinars of Kuwait have three: 33 units at 0.0125 are 0.413 a month", () => {
    const terms = inCurrency("KWD", [charge("units", { price: perUnit("0.0125"), quantity: decimal(33) })]);
    expect(figuresOf(quoteOf(terms)).total.net.toFixed()).toBe("4.956");
  });
});

describe("what falls due less often than monthly", () => {
  test("an annual fee in advance falls due once a year and recurs by twelfths", () => {
    const terms = contract([charge("support", { price: flat("1250"), cadence: "annual", timing: "in_advance" })], {
      startsOn: day("2027-03-15"),
      endsBefore: day("2030-03-15"),
      anchorOn: day("2027-03-15"),
    });
    const { total, years, invoices } = figuresOf(quoteOf(terms));
    expect(total.net.toFixed()).toBe("3750");
    expect(years.map(({ net }) => net.toFixed())).toEqual(["1250", "1250", "1250"]);
    expect(invoices.map(({ billsOn }) => billsOn)).toEqual(["2027-03-15", "2028-03-15", "2029-03-15"]);
    expect(recurring(terms, "2027-03-15")).toEqual({ monthlyRecurring: "104.17", annualRecurring: "1250" });
  });

  test("a set-up fee is in the total, and neither in the annual value nor in what recurs", () => {
    const setup = charge("setup", { price: { model: "one_time", fee: decimal(900) }, cadence: "one_time" });
    const terms = year([charge("fee"), setup]);
    const figures = figuresOf(quoteOf(terms));
    expect(figures.total.net.toFixed()).toBe("2100");
    expect(texts(headOf(figures))).toMatchObject({ oneTime: "900", annualContractValue: "1200" });
    expect(recurring(terms)).toEqual({ monthlyRecurring: "100", annualRecurring: "1200" });
  });

  test("half a year is worth twice as much per year, and half a month counts by its days", () => {
    const half = figuresOf(
      quoteOf(
        year([charge("fee")], {
          endsBefore: day("2027-07-01"),
          phases: [phase("2027-01-01", "2027-07-01", [charge("fee")])],
        }),
      ),
    );
    expect(texts(headOf(half))).toMatchObject({ termMonths: "6", annualContractValue: "1200" });
    const days = figuresOf(
      quoteOf(
        year([], { endsBefore: day("2027-04-16"), phases: [phase("2027-01-01", "2027-04-16", [charge("fee")])] }),
      ),
    );
    expect(days.termMonths.toFixed()).toBe("3.5");
    expect(days.total.net.toFixed()).toBe("350");
  });
});

describe("phases that begin within a period", () => {
  const fee = charge("fee", { price: flat("310"), timing: "in_advance" });
  const terms = (second: Charge) =>
    year([], {
      endsBefore: day("2027-04-01"),
      phases: [phase("2027-01-01", "2027-01-16", [fee]), phase("2027-01-16", "2027-04-01", [second])],
    });

  test("share a period whose price stays, by days", () => {
    const { phases, lines, invoices } = figuresOf(quoteOf(terms(fee)));
    expect(phases.map(({ net }) => net.toFixed())).toEqual(["150", "780"]);
    expect(lines.map(({ net }) => net.toFixed())).toEqual(["150", "780"]);
    expect(invoices.map(({ net }) => net.toFixed())).toEqual(["310", "310", "310"]);
  });

  test("have each their own days where the price changes, and recur with whole periods", () => {
    const { phases } = figuresOf(quoteOf(terms({ ...fee, price: flat("620") })));
    expect(phases.map(({ net }) => net.toFixed())).toEqual(["150", "1560"]);
    expect(phases.map(({ monthlyRecurring: month }) => month.toFixed())).toEqual(["310", "620"]);
  });

  test("a year of the contract that ends within a period has its days of it", () => {
    const annual = charge("fee", { price: flat("3650"), cadence: "annual" });
    const { years } = figuresOf(
      quoteOf(
        contract([annual], { startsOn: day("2026-07-01"), endsBefore: day("2028-01-01"), firstPeriod: "calendar" }),
      ),
    );
    expect(years.map(({ net }) => net.toFixed())).toEqual(["3650", "1840"]);
  });
});

describe("discounts", () => {
  test("of 100 % leave nothing", () => {
    const terms = year([charge("fee", { discounts: [percentOff("100")] })]);
    expect(inShort(figuresOf(quoteOf(terms)).total)).toBe("1200 − 1200 (100 %) = 0");
    expect(recurring(terms)).toEqual({ monthlyRecurring: "0", annualRecurring: "0" });
  });

  test("on what costs nothing have no percent", () => {
    expect(inShort(figuresOf(quoteOf(year([charge("fee", { price: flat("0") })]))).total)).toBe("0 − 0 (no %) = 0");
  });

  test("a negotiated price counts as a discount, and one above the list below zero", () => {
    const listed: Price = flat("100");
    const negotiated = (fee: string) => ({
      ...quoteOf(year([charge("fee", { price: flat(fee) })])),
      listedTermsOf: () => ({ price: listed, cadence: "monthly" as const, timing: "in_advance" as const }),
    });
    expect(inShort(figuresOf(negotiated("80")).total)).toBe("1200 − 240 (20 %) = 960");
    expect(inShort(figuresOf(negotiated("120")).total)).toBe("1200 − -240 (-20 %) = 1440");
  });

  test("of a year in advance are told from the months that are listed", () => {
    const ofYear = charge("fee", { price: flat("9720"), cadence: "annual", timing: "in_advance" });
    const { total, years, phases, invoices } = figuresOf({
      ...quoteOf(contract([ofYear], { startsOn: day("2027-01-01"), endsBefore: day("2029-01-01") })),
      listedTermsOf: () => ({ price: flat("900"), cadence: "monthly", timing: "in_arrears" }),
    });
    expect(inShort(total)).toBe("21600 − 2160 (10 %) = 19440");
    expect(years.map(inShort)).toEqual(["10800 − 1080 (10 %) = 9720", "10800 − 1080 (10 %) = 9720"]);
    expect(phases[0]?.monthlyRecurring.toFixed()).toBe("810");
    expect(invoices.map(({ billsOn, net }) => `${billsOn} ${net.toFixed()}`)).toEqual([
      "2027-01-01 9720",
      "2028-01-01 9720",
    ]);
  });

  test("that end within a phase raise what recurs from their last day on", () => {
    const terms = year([charge("fee", { discounts: [amountOff("30", { endsBefore: "2027-04-01" })] })]);
    const [only] = figuresOf(quoteOf(terms)).phases;
    expect(only?.steps.map(({ period, monthlyRecurring: month }) => [period.startsOn, month.toFixed()])).toEqual([
      ["2027-01-01", "70"],
      ["2027-04-01", "100"],
    ]);
    expect(only?.monthlyRecurring.toFixed()).toBe("100");
  });

  const shared = (terms: Partial<ContractDiscount> & Pick<ContractDiscount, "kind">): ContractDiscount =>
    ({
      id: "volume",
      description: "Volume",
      scope: { kind: "invoice" },
      position: "after_minimum",
      startsOn: null,
      endsBefore: null,
      ...terms,
    }) as ContractDiscount;

  test.each(["before_minimum", "after_minimum"] as const)("over several lines stand by themselves (%s)", (position) => {
    const discounts = [shared({ kind: "percent", percent: percent("5"), position } as never)];
    const terms = year([charge("fee"), charge("more", { price: flat("40") })], { discounts });
    const { total, lines, overLines } = figuresOf(quoteOf(terms));
    expect(inShort(total)).toBe("1680 − 84 (5 %) = 1596");
    expect(lines.map(inShort)).toEqual(["1200 − 0 (0 %) = 1200", "480 − 0 (0 %) = 480"]);
    expect(overLines.map(inShort)).toEqual(["0 − 84 (no %) = -84"]);
    expect(recurring(terms)).toEqual({ monthlyRecurring: "133", annualRecurring: "1596" });
  });

  test("of 600 a year take 50 off what recurs in a month", () => {
    const discounts = [shared({ kind: "fixed", amount: decimal(600), cadence: "annual" } as never)];
    expect(recurring(year([charge("fee", { price: flat("500") })], { discounts }))).toEqual({
      monthlyRecurring: "450",
      annualRecurring: "5400",
    });
  });
});

describe("minimums and maximums", () => {
  test("a maximum takes off what is listed", () => {
    const terms = year([charge("fee", { price: flat("500") })], { maximums: [minimum("cap", "400")] });
    const { total, overLines } = figuresOf(quoteOf(terms));
    expect(inShort(total)).toBe("6000 − 1200 (20 %) = 4800");
    expect(overLines.map(({ kind, net }) => `${kind} ${net}`)).toEqual(["maximum -1200"]);
    expect(recurring(terms)).toEqual({ monthlyRecurring: "400", annualRecurring: "4800" });
  });

  test("a minimum over the term is owed with its end, and recurs by the months of its days", () => {
    const commitment = minimum("commitment", "18000", {
      cadence: "term",
      startsOn: day("2027-01-01"),
      endsBefore: day("2028-01-01"),
    });
    const terms = year([charge("fee")], { minimums: [commitment] });
    const { total, overLines } = figuresOf(quoteOf(terms));
    expect(total.net.toFixed()).toBe("18000");
    expect(overLines.map(({ net }) => net.toFixed())).toEqual(["16800"]);
    expect(recurring(terms)).toEqual({ monthlyRecurring: "1500", annualRecurring: "18000" });
  });
});

describe("usage", () => {
  const calls = charge("calls", {
    price: {
      model: "graduated",
      tiers: [
        { upTo: decimal(100), unitPrice: decimal("0.5"), flatFee: decimal(25) },
        { upTo: null, unitPrice: decimal("0.1") },
      ],
      feeAtZero: true,
    },
    metricId: "calls",
  });

  test("that there is none of still owes the fee of the first tier", () => {
    const { total, lines, withUsage } = figuresOf(quoteOf(year([calls])));
    expect(total.net.toFixed()).toBe("300");
    expect(lines.map(({ isMetered }) => isMetered)).toEqual([true]);
    expect(withUsage).toBeNull();
  });

  test("that is assumed stands beside what is committed, and on the invoices", () => {
    const world = { usage: { calls: [used("2027-01-10", 100), used("2027-03-02", 300)] } };
    const { total, withUsage, invoices } = figuresOf(quoteOf(year([calls])), (plan) => readingsFor(plan, world));
    expect(total.net.toFixed()).toBe("300");
    expect(withUsage && texts(withUsage)).toEqual({ usage: "120", total: "420" });
    expect(invoices.slice(0, 3).map(({ net }) => net.toFixed())).toEqual(["75", "25", "95"]);
  });
});

describe("a quote without an end", () => {
  test("is looked at for a year", () => {
    const { term, hasEnd, total, invoices } = figuresOf(
      quoteOf(contract([charge("fee")], { startsOn: day("2027-01-01"), anchorOn: day("2027-01-01") })),
    );
    expect([term.endsBefore, hasEnd, total.net.toFixed()]).toEqual(["2028-01-01", false, "1200"]);
    expect([invoices.length, invoices[0]?.billsOn]).toEqual([12, "2027-02-01"]);
  });

  test("is looked at until its last phase has run a year", () => {
    const phases = [
      phase("2027-01-01", "2028-07-01", [charge("fee")]),
      phase("2028-07-01", null, [charge("fee", { price: flat("200") })]),
    ];
    const figures = figuresOf(quoteOf(contract([], { startsOn: day("2027-01-01"), phases })));
    expect(figures.term.endsBefore).toBe("2029-07-01");
    expect(figures.phases.map(({ net }) => net.toFixed())).toEqual(["1800", "2400"]);
    expect(figures.years.map(({ net }) => net.toFixed())).toEqual(["1200", "1800", "1200"]);
    expect(texts(headOf(figures))).toMatchObject({ termMonths: "30", annualContractValue: "1680" });
  });

  test("counts an annual fee with the days of the year, and bills it whole", () => {
    const terms = contract([charge("fee", { price: flat("3650"), cadence: "annual", timing: "in_advance" })], {
      startsOn: day("2026-07-01"),
      firstPeriod: "calendar",
    });
    const { total, invoices } = figuresOf(quoteOf(terms));
    expect(total.net.toFixed()).toBe("3650");
    expect(invoices.map(({ billsOn, net }) => `${billsOn} ${net}`)).toEqual(["2026-07-01 1840", "2027-01-01 3650"]);
  });
});
