import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import {
  type AskedCredit,
  addAmounts,
  type BilledLineAmounts,
  creditAmounts,
  creditInBase,
  creditsBack,
  type LineAmounts,
  leftOf,
  NOTHING_CREDITED,
  type PaidByCredits,
} from "../../server/domain/invoice/credit-amounts";
import { taxOf } from "../../server/domain/invoice/tax";
import { type Currency, currency } from "../../server/domain/money/currency";
import { Decimal, ZERO } from "../../server/domain/money/decimal";
import { money, roundToMinorUnit } from "../../server/domain/money/money";
import { percent } from "../../server/domain/money/percent";
import { decimal, EUR } from "./billing-world";

const LAW_RUNS = process.env["LAW_RUNS"];
const SAMPLE = LAW_RUNS === undefined ? { numRuns: 400, seed: 2026 } : { numRuns: Number(LAW_RUNS) };

const billed = (net: string, tax: string, more: Partial<BilledLineAmounts> = {}): BilledLineAmounts => ({
  quantity: null,
  precise: decimal(net),
  charge: decimal(net),
  discount: ZERO,
  net: decimal(net),
  tax: decimal(tax),
  isTaxInclusive: false,
  currency: EUR,
  ...more,
});

const amount = (text: string): AskedCredit => ({ kind: "amount", amount: decimal(text) });
const gross = (text: string): AskedCredit => ({ kind: "gross", amount: decimal(text) });
const units = (text: string): AskedCredit => ({ kind: "quantity", quantity: decimal(text) });
const share = (text: string): AskedCredit => ({ kind: "percent", percent: percent(text) });
const rest: AskedCredit = { kind: "rest" };

/** "30.00 + 6.00", one for each that is asked in turn, or why it is refused. */
function inTurn(line: BilledLineAmounts, ...asked: readonly AskedCredit[]): string[] {
  let credited = NOTHING_CREDITED;
  return asked.map((each) => {
    const credit = creditAmounts({ line, credited, asked: each });
    if (!credit.ok) return credit.error.code;
    credited = addAmounts([credited, credit.value]);
    const text = (value: Decimal) => value.toFixed(line.currency.minorUnits);
    return `${text(credit.value.net)} + ${text(credit.value.tax)}`;
  });
}

describe("the credit of a line", () => {
  it("by its net has the share of its tax to date, less the tax credited before", () => {
    const line = billed("10.00", "1.90");
    expect(inTurn(line, amount("3.33"), amount("3.33"), amount("3.34"))).toEqual([
      "3.33 + 0.63",
      "3.33 + 0.64",
      "3.34 + 0.63",
    ]);
  });

  test.each([
    ["9.99", "9.99 + 2.00"],
    ["10.00", "10.00 + 2.00"],
    ["10.01", "CREDIT_ABOVE_LINE"],
    ["0", "CREDIT_IS_NOTHING"],
    ["-1.00", "CREDIT_SIGN_DIFFERS"],
    ["1.001", "CREDIT_TOO_PRECISE"],
  ])("of %s out of 10.00 is %s", (asked, expected) => {
    expect(inTurn(billed("10.00", "2.00"), amount(asked))).toEqual([expected]);
  });

  it("is refused with what is left", () => {
    const line = billed("10.00", "2.00", { quantity: decimal("5") });
    const first = creditAmounts({ line, credited: NOTHING_CREDITED, asked: units("2") });
    const credited = first.ok ? first.value : NOTHING_CREDITED;
    const refused = creditAmounts({ line, credited, asked: amount("6.01") });
    expect(refused).toMatchObject({ ok: false, error: { code: "CREDIT_ABOVE_LINE" } });
    if (refused.ok || refused.error.code !== "CREDIT_ABOVE_LINE") throw new Error("refused");
    const { net, tax, quantity } = refused.error.left;
    expect([net.toFixed(2), tax.toFixed(2), quantity?.toFixed()]).toEqual(["6.00", "1.20", "3"]);
    expect(inTurn(line, rest, amount("0.01"))).toEqual(["10.00 + 2.00", "CREDIT_IN_FULL_ALREADY"]);
  });

  it("by an amount with tax gives exactly that, also where no net has it", () => {
    const line = billed("10.00", "2.00");
    expect(inTurn(line, gross("6.00"), gross("0.03"), gross("5.97"))).toEqual([
      "5.00 + 1.00",
      "0.02 + 0.01",
      "4.98 + 0.99",
    ]);
    expect(inTurn(line, gross("12.01"))).toEqual(["CREDIT_ABOVE_LINE"]);
  });

  it("where prices include tax is of the price, of which the tax is a part", () => {
    const line = billed("10.00", "2.00", { isTaxInclusive: true, charge: decimal("12.00") });
    expect(inTurn(line, amount("6.00"), gross("3.00"), rest)).toEqual(["5.00 + 1.00", "2.50 + 0.50", "2.50 + 0.50"]);
  });

  it("by units adds up to the line, however many there are at a time", () => {
    const line = billed("10.00", "2.00", { quantity: decimal("3") });
    expect(inTurn(line, units("1"), units("1"), units("1"), units("1"))).toEqual([
      "3.33 + 0.67",
      "3.34 + 0.66",
      "3.33 + 0.67",
      "CREDIT_IN_FULL_ALREADY",
    ]);
    expect(inTurn(line, units("3.5"))).toEqual(["CREDIT_ABOVE_LINE"]);
    expect(inTurn(billed("10.00", "2.00"), units("1"))).toEqual(["LINE_WITHOUT_QUANTITY"]);
  });

  it("knows the units that are left only where no mere amounts were credited", () => {
    const line = billed("10.00", "2.00", { quantity: decimal("5") });
    const unitsLeft = (asked: AskedCredit) => {
      const credit = creditAmounts({ line, credited: NOTHING_CREDITED, asked });
      return credit.ok ? leftOf(line, credit.value).quantity?.toFixed() : credit.error.code;
    };
    expect([unitsLeft(units("2")), unitsLeft(amount("1.00")), unitsLeft(amount("4.00"))]).toEqual([
      "3",
      undefined,
      undefined,
    ]);
  });

  it("by percent is of the line as billed; the last part takes what rounding left", () => {
    expect(inTurn(billed("0.05", "0.01"), share("50"), share("50"))).toEqual(["0.03 + 0.01", "0.02 + 0.00"]);
    expect(inTurn(billed("100.00", "20.00"), share("60"), share("60"))).toEqual(["60.00 + 12.00", "CREDIT_ABOVE_LINE"]);
    expect(inTurn(billed("0.01", "0.00"), share("10"))).toEqual(["CREDIT_IS_NOTHING"]);
  });

  it("of a line below zero is below zero", () => {
    const line = billed("-10.00", "-1.90");
    expect(inTurn(line, amount("-3.33"), amount("1.00"), rest)).toEqual([
      "-3.33 + -0.63",
      "CREDIT_SIGN_DIFFERS",
      "-6.67 + -1.27",
    ]);
  });

  it("has its share of charge and discount, which leave its net", () => {
    const line = billed("80.00", "16.00", { charge: decimal("100.00"), discount: decimal("20.00") });
    const credit = creditAmounts({ line, credited: NOTHING_CREDITED, asked: amount("40.00") });
    expect(credit.ok && [credit.value.charge.toFixed(), credit.value.discount.toFixed()]).toEqual(["50", "10"]);
  });
});

describe("prepaid credits that paid a line", () => {
  const paid = (grantId: string, net: string, tax: string, more: Partial<PaidByCredits> = {}): PaidByCredits => ({
    grantId,
    net: decimal(net),
    tax: decimal(tax),
    returned: { net: ZERO, tax: ZERO },
    returnedElsewhere: ZERO,
    ...more,
  });
  const back = (creditedNet: string, ...parts: readonly PaidByCredits[]) =>
    creditsBack({ line: billed("100.00", "20.00"), credited: billed(creditedNet, "0"), paid: parts }).map(
      ({ grantId, net, tax }) => `${grantId} ${net.toFixed(2)} + ${tax.toFixed(2)}`,
    );

  it("come back by the share of the line that is credited, those drawn last first, with their tax", () => {
    expect(back("50.00", paid("first", "40.00", "8.00"), paid("last", "20.00", "4.00"))).toEqual([
      "first 10.00 + 2.00",
      "last 20.00 + 4.00",
    ]);
  });

  it("come back once: what returned before, or by an adjustment, is not returned again", () => {
    const before = { returned: { net: decimal("30.00"), tax: decimal("6.00") } };
    expect(back("100.00", paid("grant", "60.00", "12.00", before))).toEqual(["grant 30.00 + 6.00"]);
    const elsewhere = { returnedElsewhere: decimal("20.00") };
    expect(back("100.00", paid("grant", "60.00", "12.00", elsewhere))).toEqual(["grant 40.00 + 8.00"]);
    expect(back("100.00", paid("grant", "60.00", "12.00", { ...before, ...elsewhere }))).toEqual([
      "grant 10.00 + 2.00",
    ]);
    expect(back("10.00", paid("grant", "60.00", "12.00", { returnedElsewhere: decimal("60.00") }))).toEqual([]);
  });
});

const CURRENCIES = [currency("JPY"), EUR, currency("KWD")] as const;

type AskedOf = (line: BilledLineAmounts, left: LineAmounts) => AskedCredit;
const thousandth = fc.integer({ min: 1, max: 1_000 }).map((value) => decimal(value).div(1_000));
const ofPrice = ({ charge, discount }: LineAmounts, part: Decimal, code: Currency): Decimal =>
  roundToMinorUnit(money(charge.minus(discount).times(part), code)).amount;
const askedCredits: fc.Arbitrary<AskedOf> = fc.tuple(fc.integer({ min: 0, max: 3 }), thousandth).map(
  ([kind, part]): AskedOf =>
    (line, left) => {
      const { currency: code } = line;
      if (kind === 0) return { kind: "amount", amount: ofPrice(left, part, code) };
      if (kind === 1)
        return { kind: "gross", amount: roundToMinorUnit(money(left.net.plus(left.tax).times(part), code)).amount };
      if (kind === 2) return { kind: "percent", percent: percent(part.times(100)) };
      return { kind: "quantity", quantity: (left.quantity ?? line.quantity ?? ZERO).times(part).toDecimalPlaces(3) };
    },
);

/** Lines of one invoice, taxed together: of any sign, with and without tax in the price, rounded by line or by rate. */
const invoices: fc.Arbitrary<readonly BilledLineAmounts[]> = fc
  .record({
    code: fc.constantFrom(...CURRENCIES),
    rounding: fc.constantFrom("per_line" as const, "per_rate" as const),
    isInclusive: fc.boolean(),
    rate: fc.constantFrom("0", "5.5", "19", "20", "25"),
    lines: fc.array(
      fc.record({
        units: fc.integer({ min: -100_000, max: 100_000 }).filter((value) => value !== 0),
        discount: fc.integer({ min: 0, max: 90 }),
        quantity: fc.option(fc.integer({ min: 1, max: 500 })),
      }),
      { minLength: 1, maxLength: 6 },
    ),
  })
  .map(({ code, rounding, isInclusive, rate, lines }) => {
    const minor = new Decimal(10).pow(-code.minorUnits);
    const priced = lines.map(({ units: count, discount, quantity }) => {
      const charge = minor.times(count);
      const off = roundToMinorUnit(money(charge.times(discount).div(100), code)).amount;
      return { charge, discount: off, quantity: quantity === null ? null : decimal(quantity) };
    });
    const tax = { code: "S", jurisdiction: "GB", percent: percent(rate), category: "standard", exemptionText: null };
    const taxed = taxOf({
      lines: priced.map(({ charge, discount }) => ({
        amount: money(charge.minus(discount), code),
        tax,
        isInclusive,
      })),
      rounding,
      currency: code,
    });
    return priced.map((line, index) => ({
      ...line,
      precise: line.charge,
      net: taxed[index]?.net.amount ?? ZERO,
      tax: taxed[index]?.tax.amount ?? ZERO,
      isTaxInclusive: isInclusive,
      currency: code,
    }));
  });

/** Credits the line as asked, as far as that is possible, and then the rest of it. */
function creditAway(line: BilledLineAmounts, asked: readonly AskedOf[]): LineAmounts[] {
  const credits: LineAmounts[] = [];
  for (const ask of [...asked, (): AskedCredit => rest]) {
    const credited = addAmounts([NOTHING_CREDITED, ...credits]);
    const credit = creditAmounts({ line, credited, asked: ask(line, leftOf(line, credited)) });
    if (credit.ok) credits.push(credit.value);
  }
  return credits;
}

const AMOUNTS = ["charge", "discount", "net", "tax", "precise"] as const;

describe("credits of an invoice in any parts", { timeout: 120_000 }, () => {
  it("that end with everything leave exactly nothing, line by line and in total", () => {
    fc.assert(
      fc.property(invoices, fc.array(askedCredits, { maxLength: 8 }), (lines, asked) => {
        const credited = lines.map((line) => addAmounts([NOTHING_CREDITED, ...creditAway(line, asked)]));
        lines.forEach((line, index) => {
          for (const name of AMOUNTS) expect(credited[index]?.[name].toFixed()).toBe(line[name].toFixed());
        });
      }),
      SAMPLE,
    );
  });

  it("never give more than the line, and give what its tax to date is", () => {
    fc.assert(
      fc.property(invoices, fc.array(askedCredits, { maxLength: 8 }), (lines, asked) => {
        for (const line of lines.filter(({ net }) => !net.isZero())) {
          let credited = NOTHING_CREDITED;
          for (const credit of creditAway(line, asked)) {
            credited = addAmounts([credited, credit]);
            for (const name of ["net", "tax", "charge"] as const) {
              expect(credited[name].abs().lte(line[name].abs())).toBe(true);
              expect(credited[name].times(line[name]).gte(0)).toBe(true);
              expect(credit[name].times(line[name]).gte(0)).toBe(true);
            }
            const priced = credit.charge.minus(credit.discount);
            expect(priced.toFixed()).toBe((line.isTaxInclusive ? credit.net.plus(credit.tax) : credit.net).toFixed());
            const exact = line.tax.times(credited.net).div(line.net);
            // Half a minor unit, and as much again where exactly an amount with tax was asked for.
            const minor = new Decimal(10).pow(-line.currency.minorUnits);
            expect(credited.tax.minus(exact).abs().lte(minor)).toBe(true);
          }
        }
      }),
      SAMPLE,
    );
  });

  it("by net alone have the tax of the decision to the minor unit", () => {
    fc.assert(
      fc.property(invoices, fc.array(thousandth, { maxLength: 8 }), (lines, parts) => {
        for (const line of lines.filter(({ isTaxInclusive, net }) => !isTaxInclusive && !net.isZero())) {
          const byNet = parts.map(
            (part): AskedOf =>
              (_, left) => ({ kind: "amount", amount: ofPrice(left, part, line.currency) }),
          );
          let credited = NOTHING_CREDITED;
          for (const credit of creditAway(line, byNet)) {
            credited = addAmounts([credited, credit]);
            const exact = line.tax.times(credited.net).div(line.net);
            expect(credited.tax.toFixed()).toBe(roundToMinorUnit(money(exact, line.currency)).amount.toFixed());
          }
        }
      }),
      SAMPLE,
    );
  });

  it("give back exactly what prepaid credits paid, with its tax", () => {
    fc.assert(
      fc.property(
        invoices,
        fc.array(askedCredits, { maxLength: 6 }),
        fc.array(thousandth, { minLength: 1, maxLength: 3 }),
        (lines, asked, parts) => {
          for (const line of lines.filter(({ net }) => net.gt(0))) {
            let unpaid = line.net;
            let paid = parts.map((part, index): PaidByCredits => {
              const net = roundToMinorUnit(money(unpaid.times(part), line.currency)).amount;
              unpaid = unpaid.minus(net);
              const tax = roundToMinorUnit(money(line.tax.times(net).div(line.net), line.currency)).amount;
              const returned = { net: ZERO, tax: ZERO };
              return { grantId: `grant-${index}`, net, tax, returned, returnedElsewhere: ZERO };
            });
            let credited = NOTHING_CREDITED;
            for (const credit of creditAway(line, asked)) {
              credited = addAmounts([credited, credit]);
              const back = creditsBack({ line, credited, paid });
              paid = paid.map((part) => {
                const own = back.find(({ grantId }) => grantId === part.grantId) ?? { net: ZERO, tax: ZERO };
                const { net, tax } = part.returned;
                return { ...part, returned: { net: net.plus(own.net), tax: tax.plus(own.tax) } };
              });
            }
            for (const { net, tax, returned } of paid.filter((part) => part.net.gt(0))) {
              expect([returned.net.toFixed(), returned.tax.toFixed()]).toEqual([net.toFixed(), tax.toFixed()]);
            }
          }
        },
      ),
      SAMPLE,
    );
  });

  it("count exactly nothing in the base currency in the end, at the rate of the invoice", () => {
    const rates = fc.integer({ min: 1, max: 3_000_000 }).map((value) => decimal(value).div(10_000));
    fc.assert(
      fc.property(
        invoices,
        fc.array(askedCredits, { maxLength: 6 }),
        rates,
        fc.constantFrom(...CURRENCIES),
        (lines, asked, rate, baseCurrency) => {
          const perLine = lines.map((line) => creditAway(line, asked));
          const none = { net: ZERO, tax: ZERO, netInBase: ZERO, taxInBase: ZERO };
          const counted = perLine.flat().reduce((before, credit) => {
            const { net, tax } = creditInBase({ credit, before, rate, baseCurrency });
            return {
              net: before.net.plus(credit.net),
              tax: before.tax.plus(credit.tax),
              netInBase: before.netInBase.plus(net),
              taxInBase: before.taxInBase.plus(tax),
            };
          }, none);
          const total = addAmounts(lines);
          const inBase = (value: Decimal) => roundToMinorUnit(money(value.times(rate), baseCurrency)).amount.toFixed();
          expect([counted.netInBase.toFixed(), counted.taxInBase.toFixed()]).toEqual([
            inBase(total.net),
            inBase(total.tax),
          ]);
        },
      ),
      SAMPLE,
    );
  });
});
