import * as fc from "fast-check";
import { describe, expect, test as it } from "vitest";
import { plainDate } from "../../server/domain/calendar/plain-date";
import { plainMonth } from "../../server/domain/calendar/plain-month";
import { Decimal } from "../../server/domain/money/decimal";
import { all, any, type Condition, EVERYTHING, NOTHING, not, test } from "../../server/domain/view/condition";
import { filterInWords } from "../../server/domain/view/filter-in-words";
import { type FilterRecord, recordOf } from "../../server/domain/view/filter-record";
import { matches } from "../../server/domain/view/matches";
import { normalize } from "../../server/domain/view/normalize";
import { daysOf, monthsOf } from "../../server/domain/view/ranges";
import { readFilter } from "../../server/domain/view/read-filter";
import { asksComparison, hidesComparison, splitFilter } from "../../server/domain/view/split";
import { readStoredFilter, storedFilter } from "../../server/domain/view/stored-filter";
import { conditions, FILTER_TODAY, invoiceFacts } from "../testkit/filter-world";

const { LAW_RUNS } = process.env;
const SAMPLE = LAW_RUNS === undefined ? { numRuns: 500, seed: 2026 } : { numRuns: Number(LAW_RUNS) };
const law = <T>(values: fc.Arbitrary<T>, holds: (value: T) => void) => fc.assert(fc.property(values, holds), SAMPLE);

const NAMES = { "1": "Acme Ltd", "2": "Beta GmbH", "3": "C-7" } as const;
const nameOf = (id: string): string | null => NAMES[id as keyof typeof NAMES] ?? null;
const words = (record: FilterRecord) =>
  filterInWords(readFilter(record).condition, { customers: nameOf, contracts: nameOf, products: nameOf });

describe("A filter in words", () => {
  it.each<[FilterRecord, string]>([
    [{}, "All invoices"],
    [{ status: ["draft"], currencies: ["GBP"] }, "Drafts in GBP"],
    [{ status: ["finalized", "sent"] }, "Finalized invoices and sent invoices"],
    [{ isStale: false, flagged: false }, "Unflagged up-to-date invoices"],
    [{ customerIds: ["1", "2"], contractIds: ["3"] }, "Invoices of Acme Ltd and Beta GmbH under C-7"],
    [{ customerIds: ["1", "2", "4", "5"] }, "Invoices of 4 customers"],
    [{ billingMonth: { relative: "last_month" }, isOverdue: true }, "Overdue invoices for last month"],
    [{ billingMonth: { relative: "last_n_months", months: 3 } }, "Invoices for the last 3 months"],
    [{ month: plainMonth("2026-10"), search: " acme " }, "Invoices for Oct 2026 matching “acme”"],
    [
      { gross: { from: new Decimal("1000"), through: new Decimal("25000.5"), currency: "GBP" } },
      "Invoices with gross from 1,000 to 25,000.5 GBP",
    ],
    [{ dueOn: { relative: "more_than_n_days_ago", days: 30 } }, "Invoices due more than 30 days ago"],
    [{ issuedOn: { equals: plainDate("2026-10-31") } }, "Invoices issued on 31 Oct 2026"],
    [{ number: { prefix: "INV-2026-" } }, "Invoices numbered INV-2026-…"],
    [
      { customFields: [{ key: "region", in: ["EMEA", "AMER"] }, { key: "vip" }] },
      "Invoices of customers with region EMEA or AMER of customers with vip",
    ],
    [
      {
        status: ["sent"],
        or: [{ isOverdue: true }, { isDisputed: true, currencies: ["EUR"] }],
        not: { customerIds: ["1"] },
      },
      "Sent invoices; either overdue invoices, or disputed invoices in EUR; but not invoices of Acme Ltd",
    ],
  ])("%j is “%s”", (record, said) => {
    expect(words(record)).toBe(said);
  });

  it("says something of every filter", () => {
    law(conditions(), (condition) => {
      const said = filterInWords(condition, { customers: nameOf, contracts: nameOf, products: nameOf });
      expect(said).toMatch(/^[A-Z0-9]/);
      expect(said).not.toMatch(/undefined|null|\[object| {2}/);
    });
  });
});

describe("Reading a filter", () => {
  const deep = (levels: number): FilterRecord => (levels === 1 ? { isStale: true } : { not: deep(levels - 1) });

  it.each<[string, FilterRecord, string, string[]]>([
    ["six deep", deep(6), "FILTER_TOO_DEEP", ["not", "not", "not", "not", "not"]],
    ["of 101 conditions", { or: Array.from({ length: 101 }, () => ({ isStale: true })) }, "FILTER_TOO_LARGE", []],
    [
      "of 1,001 customers",
      { customerIds: Array.from({ length: 1_001 }, (_, n) => String(n)) },
      "TOO_MANY_VALUES",
      ["customerIds"],
    ],
    [
      "by an unknown currency",
      { and: [{ currencies: ["GBP", "pounds"] }] },
      "CURRENCY_UNKNOWN",
      ["and", "0", "currencies", "1"],
    ],
    ["by a long text", { search: "x".repeat(201) }, "TEXT_TOO_LONG", ["search"]],
    ["by a control character", { customerName: "a\u0000b" }, "TEXT_UNPRINTABLE", ["customerName"]],
    ["from after through", { net: { from: new Decimal(2), through: new Decimal(1) } }, "RANGE_EMPTY", ["net"]],
    [
      "by months in two ways",
      { billingMonth: { equals: plainMonth("2026-10"), relative: "this_month" } },
      "RANGE_AMBIGUOUS",
      ["billingMonth"],
    ],
    ["without its count", { dueOn: { relative: "last_n_days" } }, "COUNT_MISSING", ["dueOn", "days"]],
    [
      "with a count of nothing",
      { billingMonth: { relative: "last_month", months: 2 } },
      "COUNT_NOT_WANTED",
      ["billingMonth", "months"],
    ],
    [
      "121 months back",
      { billingMonth: { relative: "months_ago", months: 121 } },
      "COUNT_OUT_OF_RANGE",
      ["billingMonth", "months"],
    ],
    [
      "of the last 0 months",
      { billingMonth: { relative: "last_n_months", months: 0 } },
      "COUNT_OUT_OF_RANGE",
      ["billingMonth", "months"],
    ],
    ["by a custom field without a key", { customFields: [{ key: " " }] }, "TEXT_MISSING", ["customFields", "0", "key"]],
    ["with flags inside or", { or: [{ flagged: true }, { isStale: true }] }, "COMPARISON_INSIDE_OR", []],
    ["with flags inside not and or", { not: { flagged: true, isStale: true } }, "COMPARISON_INSIDE_OR", []],
  ])("one %s is refused with the place", (_title, record, code, path) => {
    expect(readFilter(record).problems).toMatchObject([{ code, path, message: expect.any(String) }]);
  });

  it("says all that is wrong at once", () => {
    const { problems } = readFilter({ currencies: ["x"], and: [{ search: "x".repeat(300) }] });
    expect(problems.map(({ code }) => code)).toEqual(["CURRENCY_UNKNOWN", "TEXT_TOO_LONG"]);
  });

  it.each<[FilterRecord]>([
    [deep(5)],
    [{ billingMonth: { relative: "months_ago", months: 0 } }],
    [{ not: { flagged: true } }],
  ])("%j is at the limit and taken", (record) => {
    expect(readFilter(record).problems).toEqual([]);
  });

  it.each<[FilterRecord]>([
    [{}],
    [{ status: [], customerIds: null, search: "  ", or: [], and: [], number: {}, net: {}, customFields: [] }],
  ])("%j does not narrow", (record) => {
    expect(normalize(readFilter(record).condition)).toEqual(EVERYTHING);
  });

  it("gives a condition back as it was written", () => {
    const record: FilterRecord = {
      status: ["draft"],
      billingMonth: { relative: "months_ago", months: 2 },
      gross: { from: new Decimal("10.5"), through: null, currency: "GBP" },
      customFields: [
        {
          key: "region",
          exists: null,
          in: ["EMEA"],
          numberFrom: null,
          numberThrough: null,
          dayFrom: null,
          dayThrough: null,
        },
        { key: "vip", exists: true, in: null, numberFrom: null, numberThrough: null, dayFrom: null, dayThrough: null },
      ],
      or: [{ isStale: true }, { not: { isOverdue: true } }],
    };
    expect(recordOf(readFilter(record).condition)).toEqual(record);
  });

  it("what was written reads as what it was", () => {
    law(fc.tuple(conditions(), invoiceFacts), ([condition, facts]) => {
      const { condition: again, problems } = readFilter(recordOf(condition));
      if (problems.length > 0) return;
      const asked = withoutEmptyLists(condition);
      for (const each of facts) expect(matches(again, each, FILTER_TODAY)).toBe(matches(asked, each, FILTER_TODAY));
    });
  });
});

/** An empty list, and an or of nothing, select nothing in a condition; written down they do not narrow. */
function withoutEmptyLists(condition: Condition): Condition {
  if (condition.kind === "not") return not(withoutEmptyLists(condition.of));
  if (condition.kind !== "test")
    return condition.kind === "any" && condition.of.length === 0
      ? EVERYTHING
      : { ...condition, of: condition.of.map(withoutEmptyLists) };
  const { test: asked } = condition;
  if (Array.isArray(asked) && asked.length === 0) return EVERYTHING;
  const isOfBounds = ["net", "gross", "due", "poNumber"].includes(condition.field);
  if (isOfBounds && Object.values(asked).every((value) => value === null)) return EVERYTHING;
  if (condition.field === "customField") {
    const { key: _, ...rest } = condition.test;
    if (Object.values(rest).every((value) => value === null))
      return test("customField", { ...condition.test, exists: true });
  }
  return condition;
}

describe("A normal filter", () => {
  const draft = test("status", ["draft"]);
  const stale = test("isStale", true);

  it.each<[string, Condition, Condition]>([
    ["is flat", all(all(draft, all(stale))), all(draft, stale)],
    ["says nothing twice", all(stale, stale, any(stale)), stale],
    ["takes a double not away", not(not(stale)), stale],
    [
      "turns what can be said directly",
      not(all(draft, stale)),
      any(test("status", ["finalized", "in_progress", "sent", "voided"]), test("isStale", false)),
    ],
    [
      "joins what a field may be",
      any(test("currencies", ["USD"]), test("currencies", ["GBP", "EUR"])),
      test("currencies", ["EUR", "GBP", "USD"]),
    ],
    [
      "shares what a field must be",
      all(test("customerIds", ["b", "a"]), test("customerIds", ["b", "c"])),
      test("customerIds", ["b"]),
    ],
    [
      "keeps two lists of what there may be several of",
      all(test("contractIds", ["a"]), test("contractIds", ["b"])),
      all(test("contractIds", ["a"]), test("contractIds", ["b"])),
    ],
    ["is nothing where it contradicts itself", all(draft, test("status", ["sent"]), stale), NOTHING],
    ["is nothing where both answers are asked", all(stale, test("isStale", false)), NOTHING],
    ["is everything where either answer will do", any(stale, test("isStale", false)), EVERYTHING],
    [
      "is everything where every status will do",
      test("status", ["in_progress", "draft", "finalized", "sent", "voided"]),
      EVERYTHING,
    ],
  ])("%s", (_title, given, expected) => {
    expect(normalize(given)).toEqual(expected);
  });

  it("selects what the filter selects", () => {
    law(fc.tuple(conditions(), invoiceFacts), ([condition, facts]) => {
      const normal = normalize(condition);
      for (const each of facts)
        expect(matches(normal, each, FILTER_TODAY)).toBe(matches(condition, each, FILTER_TODAY));
    });
  });

  it("is its own normal form", () => {
    law(conditions(), (condition) => {
      const normal = normalize(condition);
      expect(normalize(normal)).toEqual(normal);
    });
  });

  it("turned twice is itself again in what it selects", () => {
    law(fc.tuple(conditions(), invoiceFacts), ([condition, facts]) => {
      const twice = normalize(not(normalize(not(condition))));
      for (const each of facts) expect(matches(twice, each, FILTER_TODAY)).toBe(matches(condition, each, FILTER_TODAY));
    });
  });

  it("holds nothing that is nested for nothing", () => {
    const isSimple = (condition: Condition, isTop: boolean): boolean => {
      if (condition.kind === "test") return true;
      if (condition.kind === "not") return condition.of.kind === "test";
      const isLong = condition.of.length > 1 || isTop;
      return isLong && condition.of.every((part) => part.kind !== condition.kind && isSimple(part, false));
    };
    law(conditions(), (condition) => {
      expect(isSimple(normalize(condition), true)).toBe(true);
    });
  });
});

describe("The parts of a filter", () => {
  it("are whose bills they are, in which state they are, and what a comparison answers", () => {
    const customer = test("customerIds", ["a"]);
    const [draft, month] = [
      test("status", ["draft"]),
      test("billingMonth", { kind: "relative", to: "last_month", months: 0 }),
    ];
    expect(
      splitFilter(all(customer, draft, test("flagged", true), month, any(test("currencies", ["GBP"]), customer))),
    ).toEqual({
      population: all(customer, any(test("currencies", ["GBP"]), customer)),
      state: all(draft, month),
      flagged: true,
      isSignedOff: null,
    });
  });

  it("turn with not", () => {
    expect(splitFilter(not(test("flagged", true)))).toMatchObject({ flagged: false, state: EVERYTHING });
    expect(splitFilter(any(test("customerIds", ["a"]), test("isStale", true)))).toMatchObject({
      population: EVERYTHING,
    });
  });

  it("select together what the filter selects", () => {
    law(fc.tuple(conditions(), invoiceFacts), ([condition, facts]) => {
      if (hidesComparison(condition)) return;
      const { population, state, flagged, isSignedOff } = splitFilter(condition);
      expect(asksComparison(population) || asksComparison(state)).toBe(false);
      const answers = [
        ...(flagged === null ? [] : [test("flagged", flagged)]),
        ...(isSignedOff === null ? [] : [test("isSignedOff", isSignedOff)]),
      ];
      for (const each of facts) {
        expect(matches(all(population, state, ...answers), each, FILTER_TODAY)).toBe(
          matches(condition, each, FILTER_TODAY),
        );
      }
    });
  });
});

describe("A stored filter", () => {
  it("reads as it was stored", () => {
    law(conditions(), (condition) => {
      expect(readStoredFilter(JSON.parse(JSON.stringify(storedFilter(condition))))).toEqual(condition);
    });
  });

  it("is read in its first form too", () => {
    expect(
      normalize(readStoredFilter({ statuses: ["draft"], currencies: ["GBP"], isStale: false, search: "acme" })),
    ).toEqual(
      all(test("status", ["draft"]), test("currencies", ["GBP"]), test("search", "acme"), test("isStale", false)),
    );
    expect(normalize(readStoredFilter({}))).toEqual(EVERYTHING);
  });

  it("of a later release is not guessed at", () => {
    expect(() => readStoredFilter({ version: 3, where: {} })).toThrow("version 3");
  });
});

describe("On 3 November 2026", () => {
  const today = plainDate("2026-11-03");
  it.each([
    ["this_month", 0, "2026-11", "2026-11"],
    ["last_month", 0, "2026-10", "2026-10"],
    ["months_ago", 0, "2026-11", "2026-11"],
    ["months_ago", 11, "2025-12", "2025-12"],
    ["last_n_months", 3, "2026-08", "2026-10"],
    ["last_n_months", 1, "2026-10", "2026-10"],
    ["year_to_date", 0, "2026-01", "2026-11"],
  ] as const)("%s %i is %s to %s", (to, months, from, through) => {
    expect(monthsOf({ kind: "relative", to, months }, today)).toEqual({ from, through });
  });

  it.each([
    ["today", 0, "2026-11-03", "2026-11-03"],
    ["this_month", 0, "2026-11-01", "2026-11-30"],
    ["last_month", 0, "2026-10-01", "2026-10-31"],
    ["year_to_date", 0, "2026-01-01", "2026-11-03"],
    ["before_today", 0, null, "2026-11-02"],
    ["after_today", 0, "2026-11-04", null],
    ["last_n_days", 1, "2026-11-03", "2026-11-03"],
    ["last_n_days", 7, "2026-10-28", "2026-11-03"],
    ["next_n_days", 7, "2026-11-03", "2026-11-10"],
    ["more_than_n_days_ago", 30, null, "2026-10-03"],
  ] as const)("%s %i is %s to %s", (to, days, from, through) => {
    expect(daysOf({ kind: "relative", to, days }, today)).toEqual({ from, through });
  });
});
