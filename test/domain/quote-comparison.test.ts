import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareAmendments } from "../../server/domain/quote/compare-amendments";
import { compareTerms } from "../../server/domain/quote/compare-terms";
import { applyEdits } from "../../server/domain/quote/edit-cells";
import type { AmendmentTerms, SaleTerms } from "../../server/domain/quote/quote-terms";
import { day } from "./billing-world";
import { anySale, line, PRICES, percentOff, phase, saleTerms, someEdits } from "./quote-cells-world";

// What a new seed finds must not stop an unrelated change.
if (process.env["LAW_RUNS"] === undefined) fc.configureGlobal({ seed: 2026 });

const sentences = (before: SaleTerms, after: SaleTerms) =>
  compareTerms(before, after, PRICES).map(({ sentence }) => sentence);
const withLines = (...lines: Parameters<typeof phase>[2]) => saleTerms({ phases: [phase("p1", "2027-01-01", lines)] });

describe("two versions of terms", () => {
  test("differ in nothing where nothing was changed", () => {
    expect(compareTerms(saleTerms(), saleTerms(), PRICES)).toEqual([]);
  });

  test("differ in each value, as people read it", () => {
    const after = saleTerms({
      name: "Acme 2027–2028",
      endsBefore: day("2029-01-01"),
      paymentTerms: { kind: "end_of_month", days: 15 },
      renewal: { months: 12, noticeDays: 30, upliftPercent: "3.5" },
      rollsUpUsage: true,
      notes: "Billed centrally.",
    });
    expect(sentences(saleTerms(), after)).toEqual([
      "Name: Acme 2027 → Acme 2027–2028",
      "Ends before: 1 Jan 2028 → 1 Jan 2029",
      "Payment terms: none → days after issue, then the end of the month",
      "Payment terms, days: none → 15",
      "Renews for months: none → 12",
      "Notice, days: none → 30",
      "Uplift at renewal: none → 3.5 %",
      "Usage of children counts: no → yes",
      "Notes: none → Billed centrally.",
    ]);
  });

  test("differ in prices tier by tier, and in what a custom price says beyond its amounts", () => {
    const tiers = (bound: string) => ({
      model: "graduated" as const,
      terms: {
        tiers: [
          { upTo: bound, unitPrice: "0.1" },
          { upTo: null, unitPrice: "0.04" },
        ],
        includedUnits: "100",
      },
    });
    expect(
      sentences(withLines(line("l3", "calls")), withLines(line("l3", "calls", { customPrice: tiers("2000") }))),
    ).toEqual([
      "Phase 1, API calls, Up to, tier 1: 1000 → 2000",
      "Phase 1, API calls, Unit price, tier 2: 0.05 GBP → 0.04 GBP",
    ]);
    const volume = { ...tiers("1000"), model: "volume" as const };
    expect(
      sentences(
        withLines(line("l3", "calls", { customPrice: tiers("1000") })),
        withLines(line("l3", "calls", { customPrice: volume })),
      ),
    ).toEqual(["Phase 1, API calls, Price model: graduated → volume"]);
  });

  test("differ in lines that came and went, with what they say", () => {
    const before = withLines(
      line("l1", "fee"),
      line("l2", "seat", { quantity: "10", discounts: [percentOff("d1", "10")] }),
    );
    const after = withLines(line("l1", "fee"), line("l4", "share"));
    expect(compareTerms(before, after, PRICES)).toMatchObject([
      {
        kind: "removed",
        path: "phases.p1.lines.l2",
        where: ["Phase 1", "Seat"],
        title: "Line",
        after: null,
        sentence:
          'Phase 1, Seat: removed (quantity 10, unit price 15.00 GBP, cadence monthly, billed in advance, Discount "Launch" (percent 10 %, taken before minimum))',
      },
      {
        kind: "added",
        path: "phases.p1.lines.l4",
        before: null,
        sentence: "Phase 1, Share of sales: added (percent 2.9 %, cadence monthly, billed in advance)",
      },
    ]);
  });

  test("have the same line where it has another id and the same price lineage", () => {
    const before = withLines(line("l1", "fee", { quantity: "1" }));
    const after = withLines(line("other", "fee", { quantity: "2" }));
    expect(sentences(before, after)).toEqual(["Phase 1, Platform fee, Quantity: 1 → 2"]);
  });

  test("differ in a price that another took the place of", () => {
    expect(sentences(withLines(line("l1", "fee")), withLines(line("l1", "share")))).toEqual([
      "Phase 1, Share of sales, Price: Platform fee → Share of sales",
      "Phase 1, Share of sales, Price model: flat → percentage",
      "Phase 1, Share of sales, Percent: 500.00 GBP → 2.9 %",
    ]);
  });

  test("differ in when a line falls due", () => {
    const customPrice = {
      model: "flat",
      terms: { fee: "5400" },
      cadence: "annual",
      timing: "in_arrears",
    } as const;
    expect(sentences(withLines(line("l1", "fee")), withLines(line("l1", "fee", { customPrice })))).toEqual([
      "Phase 1, Platform fee, Fee: 500.00 GBP → 5400.00 GBP",
      "Phase 1, Platform fee, Cadence: monthly → annual",
      "Phase 1, Platform fee, Billed: in advance → in arrears",
    ]);
  });

  test("differ in the order of discounts, which changes what they come to", () => {
    const [ten, five] = [percentOff("a", "10", { description: "Ten" }), percentOff("b", "5", { description: "Five" })];
    const lines = (...discounts: (typeof ten)[]) => withLines(line("l1", "fee", { discounts }));
    expect(sentences(lines(ten, five), lines(five, ten))).toEqual([
      'Phase 1, Platform fee, Order of discounts: Discount "Ten", Discount "Five" → Discount "Five", Discount "Ten"',
    ]);
  });

  test("differ in phases that came and went", () => {
    const second = phase("p2", "2027-07-01", [], { name: "Growth" });
    const after = saleTerms({ phases: [...saleTerms().phases, second] });
    expect(sentences(saleTerms(), after)).toEqual(["Growth: added (start 1 Jul 2027)"]);
  });

  test("differ in what a minimum covers", () => {
    const minimum = (lineageIds: readonly string[] | null) => ({
      id: "m",
      description: "Spend",
      amount: "1000",
      cadence: "annual" as const,
      startsOn: null,
      endsBefore: null,
      proration: "full" as const,
      lineageIds,
      productId: "product",
    });
    const [all, some] = [null, ["API calls lineage", "Seat lineage"]].map((ids) =>
      saleTerms({ minimums: [minimum(ids)] }),
    );
    expect(sentences(all as SaleTerms, some as SaleTerms)).toEqual([
      'Minimum "Spend", Covers: all lines → API calls, Seat',
    ]);
    const other = saleTerms({ minimums: [{ ...minimum(null), productId: "support" }] });
    const products = new Map([
      ["product", "Platform"],
      ["support", "Support"],
    ]);
    expect(compareTerms(all as SaleTerms, other, PRICES, products)).toMatchObject([
      { sentence: 'Minimum "Spend", Product: Platform → Support', before: "product", after: "support" },
    ]);
  });

  test("differ in exactly the cells that were edited", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(
        anySale.chain((sale) => someEdits(sale).map((edits) => ({ sale, edits }))),
        ({ sale: { terms, prices }, edits }) => {
          const result = applyEdits(terms, prices, edits);
          if (!result.ok) return;
          const changed = result.value.changed.filter(({ shows }) => shows === null).map(({ path }) => path);
          const found = compareTerms(terms, result.value.terms, prices).map(({ path }) => path);
          // The price of a step brings the listed price that it is agreed in the place of.
          const facts = /\.ramp\.[^.]+\.price(Id|\.model|\.rest)$/;
          expect(found.filter((path) => !facts.test(path)).sort()).toEqual(changed.sort());
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("two versions of an amendment", () => {
  const NAMES = new Map([
    ["seats", "Seat"],
    ["basic", "Basic seat"],
    ["pro", "Professional seat"],
    ["floor", "Yearly minimum"],
    ["welcome", "Welcome"],
  ]);
  const amendment: AmendmentTerms = {
    kind: "amendment",
    name: "Upgrade",
    currency: "GBP",
    contractRevision: 1,
    effectiveOn: day("2027-04-01"),
    unusedTime: "credit",
    reason: "More seats",
    notes: null,
    changes: [{ id: "c1", kind: "change_quantity", lineageId: "seats", quantity: "20", endsBefore: null }],
  };

  test("differ in their values and changes", () => {
    const after: AmendmentTerms = {
      ...amendment,
      effectiveOn: day("2027-05-01"),
      changes: [
        { id: "c1", kind: "change_quantity", lineageId: "seats", quantity: "25", endsBefore: null },
        { id: "c2", kind: "extend", endsBefore: day("2029-01-01") },
      ],
    };
    expect(compareAmendments(amendment, after, NAMES).map(({ sentence }) => sentence)).toEqual([
      "Effective on: 1 Apr 2027 → 1 May 2027",
      "Change quantity, Seat, Quantity: 20 → 25",
      "Extend: added (ends before 1 Jan 2029)",
    ]);
    expect(compareAmendments(amendment, amendment, NAMES)).toEqual([]);
  });

  test("say lines, prices, minimums and discounts by their names", () => {
    const lineOf = (priceId: string) => ({
      priceId,
      customPrice: null,
      quantity: "3",
      description: null,
      discounts: [],
    });
    const before: AmendmentTerms = {
      ...amendment,
      changes: [
        { id: "c1", kind: "replace_line", lineageId: "seats", line: lineOf("basic") },
        { id: "c2", kind: "end_bound", boundId: "floor" },
      ],
    };
    const after: AmendmentTerms = {
      ...amendment,
      changes: [
        { id: "c1", kind: "replace_line", lineageId: "seats", line: lineOf("pro") },
        { id: "c3", kind: "end_discount", discountId: "welcome" },
      ],
    };
    expect(compareAmendments(before, after, NAMES)).toMatchObject([
      { sentence: "End bound, Yearly minimum: removed" },
      {
        sentence: "Replace line, Seat, Line price: Basic seat → Professional seat",
        path: "changes.c1.line.priceId",
        before: "basic",
        after: "pro",
      },
      { sentence: "End discount, Welcome: added" },
    ]);
  });

  test("have the same changes where whoever edits them puts all in the place of all", () => {
    const other = { id: "new", kind: "change_quantity", lineageId: "seats", quantity: "30", endsBefore: null } as const;
    expect(compareAmendments(amendment, { ...amendment, changes: [other] }, NAMES)).toMatchObject([
      { sentence: "Change quantity, Seat, Quantity: 20 → 30", path: "changes.new.quantity" },
    ]);
    const extend = { id: "x", kind: "extend", endsBefore: null } as const;
    const [first] = amendment.changes as [AmendmentTerms["changes"][number]];
    const swapped = compareAmendments(
      { ...amendment, changes: [first, extend] },
      { ...amendment, changes: [extend, first] },
      NAMES,
    );
    expect(swapped.map(({ sentence }) => sentence)).toEqual([
      "Order of changes: Change quantity Seat, Extend → Extend, Change quantity Seat",
    ]);
  });
});
