import { describe, expect, test } from "vitest";
import { type Cell, cellsOf, readCell } from "../../server/domain/quote/cells";
import type { CellEdit } from "../../server/domain/quote/edit";
import { applyEdits } from "../../server/domain/quote/edit-cells";
import { moveTerms } from "../../server/domain/quote/move-terms";
import type { QuoteLine, SaleTerms } from "../../server/domain/quote/quote-terms";
import { day } from "./billing-world";
import { edit, line, PRICES, percentOff, phase, saleTerms } from "./quote-cells-world";

const value = (terms: SaleTerms, path: string) => readCell(terms, PRICES, path)?.value;

/** The terms after edits that go well. */
function edited(terms: SaleTerms, ...edits: readonly CellEdit[]): SaleTerms {
  const result = applyEdits(terms, PRICES, edits);
  if (!result.ok) throw new Error(JSON.stringify(result.error, null, 1));
  return result.value.terms;
}

/** What is wrong with edits, as "CODE at index". */
function problemsOf(terms: SaleTerms, ...edits: readonly CellEdit[]): string[] {
  const result = applyEdits(terms, PRICES, edits);
  return result.ok ? [] : result.error.problems.map(({ code, index }) => `${code} at ${index}`);
}

const lineOf = (terms: SaleTerms, id: string) =>
  terms.phases.flatMap(({ lines }) => lines).find((each) => each.id === id) as QuoteLine;
const only = (one: QuoteLine) => saleTerms({ phases: [phase("p1", "2027-01-01", [one])] });
const L1 = "phases.p1.lines.l1";
const L2 = "phases.p1.lines.l2";
const L3 = "phases.p1.lines.l3";

describe("cells", () => {
  test("name what they belong to and are listed as people read", () => {
    const cells = cellsOf(saleTerms(), PRICES);
    const fee = cells.find(({ path }) => path === `${L1}.price`);
    expect(fee).toMatchObject({ where: ["Phase 1", "Platform fee"], title: "Fee", value: "500", standard: "500" });
    const paths = cells.map(({ path }) => path).filter((path) => path.startsWith(L2));
    expect(paths.map((path) => path.slice(L2.length + 1))).toEqual([
      "description",
      "quantity",
      "price",
      "price.includedUnits",
      "price.minimum",
      "price.maximum",
      "cadence",
      "timing",
      "discountPercent",
      "trial.days",
      "trial.months",
      "trial.percentOff",
      "discounts.d1.description",
      "discounts.d1.percent",
      "discounts.d1.amount",
      "discounts.d1.endsBefore",
      "discounts.d1.position",
    ]);
  });

  test("of a price with tiers are the scalars of each tier, of which the last has no bound", () => {
    const tiers = cellsOf(saleTerms(), PRICES).filter(({ path }) => path.startsWith(`${L3}.price.tiers`));
    const said = ({ path, title, value: shown, lock }: Cell) => [path.slice(L3.length + 7), title, shown, lock];
    expect(tiers.map(said)).toEqual([
      ["tiers.0.upTo", "Up to, tier 1", "1000", null],
      ["tiers.0.unitPrice", "Unit price, tier 1", "0.1", null],
      ["tiers.0.flatFee", "Flat fee, tier 1", null, null],
      ["tiers.1.upTo", "Up to, tier 2", null, "LAST_TIER"],
      ["tiers.1.unitPrice", "Unit price, tier 2", "0.05", null],
      ["tiers.1.flatFee", "Flat fee, tier 2", null, null],
    ]);
  });
});

describe("values", () => {
  test("are the same however they are written, so that a base of 500.00 is the 500 that the cell shows", () => {
    const terms = edited(saleTerms(), edit(`${L1}.price`, "500.00", "450.50"));
    expect(lineOf(terms, "l1").customPrice).toEqual({ model: "flat", terms: { fee: "450.5" } });
    expect(edited(saleTerms(), edit(`${L2}.quantity`, "10.0", "010"))).toEqual(saleTerms());
  });

  test.each([
    ["a day that no calendar has", edit("startsOn", "2027-01-01", "2027-02-30"), "DAY_MALFORMED"],
    ["no first day", edit("startsOn", "2027-01-01", null), "VALUE_MISSING"],
    ["no name", edit("name", "Acme 2027", ""), "VALUE_MISSING"],
    ["a number with a separator", edit(`${L2}.quantity`, "10", "1,000"), "NUMBER_MALFORMED"],
    ["a thirteenth decimal", edit(`${L2}.price`, "15", "0.0000000000001"), "NUMBER_MALFORMED"],
    ["half a month", edit("termMonths", "12", "12.5"), "NUMBER_NOT_WHOLE"],
    ["no months", edit("termMonths", "12", "0"), "NUMBER_OUT_OF_RANGE"],
    ["121 months", edit("termMonths", "12", "121"), "NUMBER_OUT_OF_RANGE"],
    ["a percent above 100", edit(`${L2}.discountPercent`, "10", "100.01"), "PERCENT_OUT_OF_RANGE"],
    ["a fee in tenths of pence", edit(`${L1}.price`, "500", "450.005"), "AMOUNT_TOO_PRECISE"],
    ["a choice that is none", edit("firstPeriod", "anchor", "someday"), "CHOICE_UNKNOWN"],
    ["the bound of the last tier", edit(`${L3}.price.tiers.1.upTo`, null, "5"), "CELL_LOCKED"],
    ["a cell that there is not", edit(`${L1}.colour`, null, "red"), "CELL_UNKNOWN"],
  ])("refuse %s", (_, wrong, code) => {
    expect(problemsOf(saleTerms(), wrong)).toEqual([`${code} at 0`]);
  });

  test("take 100 percent, 120 months and a unit price finer than the currency", () => {
    const terms = edited(
      saleTerms(),
      edit(`${L2}.discountPercent`, "10", "100"),
      edit("termMonths", "12", "120"),
      edit(`${L2}.price`, "15", "0.0005"),
    );
    expect(terms.endsBefore).toBe("2037-01-01");
    expect(value(terms, `${L2}.price`)).toBe("0.0005");
  });

  test("know a cadence by its months", () => {
    const minimum = {
      id: "m",
      description: "Spend",
      amount: "100",
      cadence: "monthly",
      startsOn: null,
      endsBefore: null,
      proration: "by_days",
      lineageIds: null,
      productId: "product",
    } as const;
    const terms = saleTerms({ minimums: [minimum] });
    const cadence = (text: string) => edited(terms, edit("minimums.m.cadence", "monthly", text)).minimums[0]?.cadence;
    expect(["every_3_months", "every_5_months", "term"].map(cadence)).toEqual(["quarterly", "every_5_months", "term"]);
    expect(problemsOf(terms, edit("minimums.m.cadence", "monthly", "every_121_months"))).toEqual([
      "CHOICE_UNKNOWN at 0",
    ]);
  });
});

describe("the price of a line", () => {
  test("is its own once another amount stands there, and the listed one again with the listed amount or with none", () => {
    const custom = edited(saleTerms(), edit(`${L1}.price`, "500", "450"));
    expect(lineOf(custom, "l1").customPrice).not.toBeNull();
    for (const back of ["500.0", null, ""]) {
      expect(edited(custom, edit(`${L1}.price`, "450", back))).toEqual(saleTerms());
    }
  });

  test("keeps what else is agreed about it", () => {
    const terms = edited(saleTerms(), edit(`${L2}.price`, "15", "12"), edit(`${L2}.price.minimum`, null, "100"));
    const back = edited(terms, edit(`${L2}.price`, "12", null));
    expect(lineOf(back, "l2").customPrice?.terms).toMatchObject({
      perSeat: { model: "per_unit", unitPrice: "15" },
      minimum: "100",
    });
  });

  test("may have other tiers and included units", () => {
    const terms = edited(
      saleTerms(),
      edit(`${L3}.price.tiers.0.upTo`, "1000", "2000"),
      edit(`${L3}.price.includedUnits`, "100", null),
    );
    expect(lineOf(terms, "l3").customPrice?.terms).toEqual({
      tiers: [
        { upTo: "2000", unitPrice: "0.1" },
        { upTo: null, unitPrice: "0.05" },
      ],
    });
  });

  test("of a percentage may be above 100", () => {
    expect(value(edited(only(line("l1", "share")), edit(`${L1}.price`, "2.9", "120")), `${L1}.price`)).toBe("120");
  });

  test("of another model than the listed one has no listed amount to go back to", () => {
    const terms = only(line("l1", "fee", { customPrice: { model: "per_unit", terms: { unitPrice: "5" } } }));
    expect(readCell(terms, PRICES, `${L1}.price`)).toMatchObject({ value: "5", standard: null });
    expect(problemsOf(terms, edit(`${L1}.price`, "5", null))).toEqual(["VALUE_MISSING at 0"]);
  });
});

describe("when a line falls due", () => {
  const yearly = [edit(`${L1}.cadence`, "monthly", "annual"), edit(`${L1}.price`, "500", "5400")];

  test("is as listed until another cadence is given with what it then costs, and as listed again with the listed amount", () => {
    const cadence = readCell(saleTerms(), PRICES, `${L1}.cadence`);
    expect(cadence).toMatchObject({ value: "monthly", standard: "monthly", givenWith: [`${L1}.price`], lock: null });
    const terms = edited(saleTerms(), ...yearly);
    expect(lineOf(terms, "l1").customPrice).toEqual({ model: "flat", terms: { fee: "5400" }, cadence: "annual" });
    expect(readCell(terms, PRICES, `${L1}.price`)).toMatchObject({ value: "5400", standard: null });
    const back = [edit(`${L1}.cadence`, "annual", "monthly"), edit(`${L1}.price`, "5400", "500")];
    expect(edited(terms, ...back)).toEqual(saleTerms());
  });

  test("is not another cadence at an amount that was for the present one", () => {
    const result = applyEdits(saleTerms(), PRICES, [edit(`${L1}.cadence`, "monthly", "annual")]);
    expect(result.ok ? [] : result.error.problems).toMatchObject([{ code: "AMOUNTS_MISSING", given: "Fee" }]);
    expect(problemsOf(saleTerms(), edit(`${L1}.cadence`, "monthly", "monthly"))).toEqual([]);
    const same = edited(saleTerms(), edit(`${L1}.cadence`, "monthly", "annual"), edit(`${L1}.price`, "500", "500"));
    expect(lineOf(same, "l1").customPrice).toEqual({ model: "flat", terms: { fee: "500" }, cadence: "annual" });
  });

  test("takes fixed discounts and the amounts of steps along, which are for one period as well", () => {
    const step = { startsOn: null, quantity: null, priceId: "fee", customPrice: null };
    const terms = only(
      line("l1", "fee", {
        discounts: [percentOff("d1", "5", { percent: null, amount: "20" })],
        ramp: [
          { ...step, id: "r1", afterMonths: 12 },
          { ...step, id: "r2", afterMonths: 24, quantity: "2", priceId: null },
        ],
      }),
    );
    const amounts = [`${L1}.price`, `${L1}.discounts.d1.amount`, `${L1}.ramp.r1.price`];
    expect(readCell(terms, PRICES, `${L1}.cadence`)?.givenWith).toEqual(amounts);
    const result = applyEdits(terms, PRICES, yearly);
    expect(result.ok ? [] : result.error.problems.map(({ given }) => given)).toEqual([
      `Discount "Launch", Amount; Step after 12 months, Fee`,
    ]);
    const after = edited(
      terms,
      ...yearly,
      edit(`${L1}.discounts.d1.amount`, "20", "240"),
      edit(`${L1}.ramp.r1.price`, "500", "6000"),
    );
    expect(lineOf(after, "l1").ramp.map(({ customPrice }) => customPrice)).toEqual([
      { model: "flat", terms: { fee: "6000" }, cadence: "annual" },
      null,
    ]);
  });

  test("stays where a step of its ramp has amounts that no cell shows", () => {
    const tiered = { id: "r1", startsOn: null, afterMonths: 6, quantity: null, priceId: "calls", customPrice: null };
    const terms = only(line("l1", "fee", { ramp: [tiered] }));
    expect(problemsOf(terms, ...yearly)).toContain("CELL_LOCKED at 0");
  });

  test("may be the other end of its periods for the listed amount", () => {
    const arrears = edited(saleTerms(), edit(`${L1}.timing`, "in_advance", "in_arrears"));
    expect(lineOf(arrears, "l1").customPrice).toEqual({ model: "flat", terms: { fee: "500" }, timing: "in_arrears" });
    expect(readCell(arrears, PRICES, `${L1}.price`)).toMatchObject({ value: "500", standard: "500" });
    expect(edited(arrears, edit(`${L1}.timing`, "in_arrears", ""))).toEqual(saleTerms());
  });
});

describe("the discount of a line", () => {
  test("comes, changes and goes with its percentage", () => {
    const none = only(line("l1", "fee"));
    const ten = edited(none, edit(`${L1}.discountPercent`, null, "10"));
    expect(lineOf(ten, "l1").discounts).toEqual([percentOff("percent-l1", "10", { description: "Discount" })]);
    expect(edited(ten, edit(`${L1}.discountPercent`, "10", "0"))).toEqual(none);
    expect(edited(ten, edit(`${L1}.discountPercent`, "10", null))).toEqual(none);
    expect(lineOf(edited(saleTerms(), edit(`${L2}.discountPercent`, "10", "15")), "l2").discounts).toEqual([
      percentOff("d1", "15"),
    ]);
  });

  test.each([
    ["several", [percentOff("a", "10"), percentOff("b", "5")]],
    ["one that ends", [percentOff("a", "10", { endsBefore: day("2027-07-01") })]],
    ["a fixed one", [percentOff("a", "10", { percent: null, amount: "50" })]],
  ])("is edited in its own cells where there is %s", (_, discounts) => {
    const terms = only(line("l1", "fee", { discounts }));
    expect(problemsOf(terms, edit(`${L1}.discountPercent`, null, "20"))).toEqual(["CELL_LOCKED at 0"]);
  });

  test("may get another percentage and an end at once, and is then edited in its own cells", () => {
    const edits = [
      edit(`${L2}.discountPercent`, "10", "15"),
      edit(`${L2}.discounts.d1.endsBefore`, null, "2027-07-01"),
    ];
    const terms = edited(saleTerms(), ...edits);
    expect(lineOf(terms, "l2").discounts).toEqual([percentOff("d1", "15", { endsBefore: day("2027-07-01") })]);
    expect(readCell(terms, PRICES, `${L2}.discountPercent`)).toMatchObject({ value: null, lock: "SEVERAL_DISCOUNTS" });
  });

  test("is not edited twice under two names", () => {
    const twice = [edit(`${L2}.discountPercent`, "10", "15"), edit(`${L2}.discounts.d1.percent`, "10", "20")];
    expect(problemsOf(saleTerms(), ...twice)).toEqual(["EDIT_TWICE at 1"]);
  });
});

describe("the term", () => {
  test("takes its first phase along when it starts elsewhere, and keeps its end", () => {
    const terms = edited(saleTerms(), edit("startsOn", "2027-01-01", "2026-12-01"));
    expect([terms.startsOn, terms.phases[0]?.startsOn, terms.endsBefore]).toEqual([
      "2026-12-01",
      "2026-12-01",
      "2028-01-01",
    ]);
  });

  test("leaves a first phase that starts on another day, or is edited itself, where it is", () => {
    const apart = saleTerms({ phases: [phase("p1", "2027-02-01", [])] });
    expect(edited(apart, edit("startsOn", "2027-01-01", "2026-12-01")).phases[0]?.startsOn).toBe("2027-02-01");
    const both = edited(
      saleTerms(),
      edit("startsOn", "2027-01-01", "2026-12-01"),
      edit("phases.p1.startsOn", "2027-01-01", "2027-01-01"),
    );
    expect(both.phases[0]?.startsOn).toBe("2027-01-01");
  });

  test("takes the end of its last phase along where that was said", () => {
    const terms = saleTerms({ phases: [phase("p1", "2027-01-01", [], { endsBefore: day("2028-01-01") })] });
    expect(edited(terms, edit("termMonths", "12", "24")).phases[0]?.endsBefore).toBe("2029-01-01");
  });

  test("has months that are counted from its start, whichever is edited first", () => {
    const edits = [edit("termMonths", "12", "6"), edit("startsOn", "2027-01-01", "2027-01-31")];
    expect(edited(saleTerms(), ...edits).endsBefore).toBe("2027-07-31");
    expect(edited(saleTerms(), ...edits.toReversed()).endsBefore).toBe("2027-07-31");
  });

  test("has no months without an end, or with a part of one", () => {
    expect(value(saleTerms({ endsBefore: null }), "termMonths")).toBeNull();
    expect(value(saleTerms({ endsBefore: day("2028-01-02") }), "termMonths")).toBeNull();
    expect(edited(saleTerms(), edit("termMonths", "12", null)).endsBefore).toBeNull();
    // From the last of a month to the last of a shorter one is a month as well.
    expect(value(saleTerms({ startsOn: day("2027-01-31"), endsBefore: day("2027-02-28") }), "termMonths")).toBe("1");
  });
});

describe("what is there as a whole or not at all", () => {
  test("comes with the cell that makes it whole, and goes with it", () => {
    const trial = edited(saleTerms(), edit(`${L1}.trial.days`, null, "14"));
    expect(lineOf(trial, "l1").trial).toEqual({ days: 14, months: null, percentOff: "100" });
    expect(edited(trial, edit(`${L1}.trial.days`, "14", null))).toEqual(saleTerms());

    const renewal = edited(saleTerms(), edit("renewal.months", null, "12"), edit("renewal.noticeDays", null, "60"));
    expect(renewal.renewal).toEqual({ months: 12, noticeDays: 60, upliftPercent: null });
    expect(edited(renewal, edit("renewal.months", "12", null)).renewal).toBeNull();

    const monthEnd = [edit("paymentTerms.kind", null, "end_of_month"), edit("paymentTerms.days", null, "0")];
    expect(edited(saleTerms(), ...monthEnd).paymentTerms).toEqual({ kind: "end_of_month", days: 0 });
  });

  test("keeps its other cells when a trial of days becomes one of months", () => {
    const terms = only(line("l1", "fee", { trial: { days: 14, months: null, percentOff: "50" } }));
    const months = edited(terms, edit(`${L1}.trial.days`, "14", null), edit(`${L1}.trial.months`, null, "1"));
    expect(lineOf(months, "l1").trial).toEqual({ days: null, months: 1, percentOff: "50" });
  });

  test.each([
    ["notice without a renewal", edit("renewal.noticeDays", null, "30")],
    ["payment terms without days", edit("paymentTerms.kind", null, "net_days")],
    ["the percentage of no trial", edit(`${L1}.trial.percentOff`, null, "50")],
  ])("refuses %s", (_, alone) => {
    expect(problemsOf(saleTerms(), alone)).toEqual(["CELLS_CONTRADICT at 0"]);
  });
});

describe("a step of a ramp", () => {
  const step = {
    id: "r1",
    startsOn: day("2027-07-01"),
    afterMonths: null,
    quantity: "20",
    priceId: null,
    customPrice: null,
  };

  test("gets the price of its line with another amount, and loses it again", () => {
    const plain = only(line("l1", "seat", { ramp: [step] }));
    const priced = edited(plain, edit(`${L1}.price.minimum`, null, "90"), edit(`${L1}.ramp.r1.price`, null, "12"));
    expect(lineOf(priced, "l1").ramp[0]).toMatchObject({
      priceId: "seat",
      customPrice: { model: "seat", terms: { perSeat: { unitPrice: "12" }, minimum: "90" } },
    });
    const cheaper = edited(priced, edit(`${L1}.ramp.r1.price`, "12", null));
    expect(lineOf(cheaper, "l1").ramp).toEqual([step]);
  });

  test("starts on another day or with another quantity", () => {
    const plain = only(line("l1", "seat", { ramp: [step] }));
    const later = edited(
      plain,
      edit(`${L1}.ramp.r1.startsOn`, "2027-07-01", null),
      edit(`${L1}.ramp.r1.afterMonths`, null, "7"),
      edit(`${L1}.ramp.r1.quantity`, "20", "25"),
    );
    expect(lineOf(later, "l1").ramp).toEqual([{ ...step, startsOn: null, afterMonths: 7, quantity: "25" }]);
  });
});

describe("conflicts", () => {
  const theirs = edited(saleTerms(), edit(`${L1}.price`, "500", "480"));

  test("have all three values, and nothing else is written", () => {
    const result = applyEdits(theirs, PRICES, [
      edit(`${L1}.price`, "500.00", "450.00"),
      edit("name", "Acme 2027", "Mine"),
    ]);
    expect(result).toEqual({
      ok: false,
      error: {
        problems: [],
        conflicts: [{ path: `${L1}.price`, base: "500", mine: "450", theirs: "480", isGone: false }],
      },
    });
  });

  test("are none where both want the same", () => {
    const result = applyEdits(theirs, PRICES, [edit(`${L1}.price`, "500", "480.0")]);
    expect(result).toEqual({ ok: true, value: { terms: theirs, changed: [], undo: [] } });
  });

  test.each([
    ["a phase", "phases.gone.name"],
    ["a line", "phases.p1.lines.gone.quantity"],
    ["a discount", `${L1}.discounts.gone.percent`],
    ["a step of a ramp", `${L1}.ramp.gone.quantity`],
    ["a tier", `${L3}.price.tiers.2.unitPrice`],
    ["a minimum", "minimums.gone.amount"],
  ])("tell that %s is gone", (_, path) => {
    const result = applyEdits(saleTerms(), PRICES, [edit(path, "1", "2")]);
    const isGone = { path, base: "1", mine: "2", theirs: null, isGone: true };
    // A discount as a whole can come back, a cell of it cannot.
    expect(result).toEqual({ ok: false, error: { problems: [], conflicts: [isGone] } });
  });
});

describe("undo", () => {
  test("brings a discount back as it was", () => {
    const result = applyEdits(saleTerms(), PRICES, [edit(`${L2}.discountPercent`, "10", null)]);
    if (!result.ok) throw new Error("not applied");
    expect(edited(result.value.terms, ...result.value.undo)).toEqual(saleTerms());
    expect(lineOf(result.value.terms, "l2").discounts).toEqual([]);
  });

  test("gives a cadence back with the amount, though that stayed", () => {
    const edits = [edit(`${L1}.cadence`, "monthly", "annual"), edit(`${L1}.price`, "500", "500")];
    const result = applyEdits(saleTerms(), PRICES, edits);
    if (!result.ok) throw new Error("not applied");
    expect(result.value.undo).toEqual([edit(`${L1}.cadence`, "annual", "monthly"), edit(`${L1}.price`, "500", "500")]);
    expect(edited(result.value.terms, ...result.value.undo)).toEqual(saleTerms());
  });

  test("does not take a discount that is no discount", () => {
    const path = `${L1}.discounts.d9`;
    for (const text of ["{}", "null", "not JSON", '{"id":"d9"}', JSON.stringify(percentOff("other", "10"))]) {
      expect(problemsOf(saleTerms(), edit(path, null, text))).toEqual(["CELLS_CONTRADICT at 0"]);
    }
  });

  test("leaves a phase where it was that would follow now", () => {
    const apart = saleTerms({ phases: [phase("p1", "2027-02-01", [])] });
    const result = applyEdits(apart, PRICES, [edit("startsOn", "2027-01-01", "2027-02-01")]);
    if (!result.ok) throw new Error("not applied");
    expect(edited(result.value.terms, ...result.value.undo)).toEqual(apart);
  });
});

describe("terms that move", () => {
  const moved = (terms: SaleTerms, to: string): SaleTerms => {
    const result = moveTerms(terms, day(to));
    if (!result.ok) throw new Error("not moved");
    return result.value;
  };

  test("take every day along by months and days, so that lengths stay", () => {
    const terms = saleTerms({
      phases: [
        phase("p1", "2027-01-01", [
          line("l1", "fee", { discounts: [percentOff("d", "5", { endsBefore: day("2027-04-11") })] }),
        ]),
        phase("p2", "2027-07-01", []),
      ],
    });
    const later = moved(terms, "2027-03-15");
    expect([later.startsOn, later.endsBefore]).toEqual(["2027-03-15", "2028-03-15"]);
    expect(later.phases.map(({ startsOn }) => startsOn)).toEqual(["2027-03-15", "2027-09-15"]);
    expect(lineOf(later, "l1").discounts[0]?.endsBefore).toBe("2027-06-25");
  });

  test("end a month that has fewer days with its last day, and none overtakes another", () => {
    const terms = saleTerms({
      phases: [phase("p1", "2027-01-01", []), phase("p2", "2027-01-31", []), phase("p3", "2027-02-01", [])],
    });
    expect(moved(terms, "2027-02-01").phases.map(({ startsOn }) => startsOn)).toEqual([
      "2027-02-01",
      "2027-02-28",
      "2027-03-01",
    ]);
  });

  test("keep the day of the month of an anchor of their own", () => {
    const terms = saleTerms({ startsOn: day("2027-01-15"), anchorOn: day("2027-01-01") });
    expect(moved(terms, "2027-05-20").anchorOn).toBe("2027-05-01");
    expect(moved(saleTerms({ anchorOn: day("2027-01-01") }), "2027-05-20").anchorOn).toBe("2027-05-20");
  });

  test("do not leave the calendar", () => {
    expect(moveTerms(saleTerms(), day("9996-01-01"))).toMatchObject({ ok: true });
    expect(moveTerms(saleTerms(), day("9999-01-01"))).toEqual({ ok: false, error: { code: "BEYOND_CALENDAR" } });
  });

  test("stay where they are when they move to their own start", () => {
    expect(moved(saleTerms(), "2027-01-01")).toEqual(saleTerms());
  });
});
