import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { period } from "../../server/domain/calendar/period";
import { type PlainDate, plainDate } from "../../server/domain/calendar/plain-date";
import { plainMonth } from "../../server/domain/calendar/plain-month";
import type { Line, ProposedInvoice } from "../../server/domain/invoice/line";
import { makeLine } from "../../server/domain/invoice/make-line";
import {
  type ContractToPlace,
  type DraftToContinue,
  type Placement,
  placeLines,
} from "../../server/domain/invoice/place-lines";
import { currency } from "../../server/domain/money/currency";
import { Decimal } from "../../server/domain/money/decimal";
import { sum } from "../../server/domain/money/money";

const GBP = currency("GBP");
const OCTOBER = period(plainDate("2026-10-01"), plainDate("2026-11-01"));
const NOVEMBER_1 = plainDate("2026-11-01");
const NOVEMBER_2 = plainDate("2026-11-02");
const TODAY = plainDate("2026-11-03");

const line = (key: string, net: string, kind: Line["kind"] = "charge"): Line =>
  makeLine(
    {
      key,
      kind,
      adjusts: null,
      lineageId: key,
      boundId: null,
      chargeId: key,
      productId: "product",
      fullPeriod: OCTOBER,
      servicePeriod: OCTOBER,
      timing: "in_arrears",
      isOneTime: false,
      isMetered: false,
    },
    { currency: GBP, description: key, precise: new Decimal(net), charge: new Decimal(net), explain: () => ({}) },
  );

const proposal = (contractId: string, billsOn: PlainDate, lines: readonly Line[]): ProposedInvoice => ({
  contractId,
  currency: GBP,
  billsOn,
  billingMonth: plainMonth("2026-10"),
  servicePeriod: OCTOBER,
  lines,
  net: sum(
    lines.map(({ net }) => net),
    GBP,
  ),
});

const contract = (contractId: string, more: Partial<ContractToPlace> = {}): ContractToPlace => ({
  contractId,
  groupKey: null,
  sheetKey: "acme GBP",
  proposals: [proposal(contractId, NOVEMBER_1, [line(`${contractId}-calls`, "10"), line(`${contractId}-seats`, "20")])],
  ...more,
});

const draft = (id: string, contractId: string | null, more: Partial<DraftToContinue> = {}): DraftToContinue => ({
  id,
  contractId,
  billsOn: NOVEMBER_1,
  sheetKey: "acme GBP",
  standing: [],
  ...more,
});

const placement = (contractId: string, draftId: string, billingKey: string | null = null): Placement => ({
  contractId,
  billsOn: NOVEMBER_1,
  billingKey,
  draftId,
});

/** "draft/contract: keys", in order. */
const place = (
  contracts: readonly ContractToPlace[],
  { placements = [], drafts = [] }: { placements?: readonly Placement[]; drafts?: readonly DraftToContinue[] } = {},
): string[] =>
  placeLines({ contracts, placements, drafts, today: TODAY })
    .map(
      ({ draftId, contractId, lines }) =>
        `${draftId ?? "new"}/${contractId ?? "several"}: ${lines.map((each) => each.line.key).join(" ")}`,
    )
    .sort();

describe("without anything that people placed", () => {
  it("each contract has a document of its own for a day, which continues its draft", () => {
    expect(place([contract("a"), contract("b")], { drafts: [draft("D", "b")] })).toEqual([
      "D/b: b-calls b-seats",
      "new/a: a-calls a-seats",
    ]);
  });

  it("contracts of a customer with one invoice share a document, which is no single contract's", () => {
    const group = { groupKey: "acme" };
    expect(place([contract("a", group), contract("b", group)])).toEqual([
      "new/several: a-calls a-seats b-calls b-seats",
    ]);
  });

  it("a group of one contract is that contract's", () => {
    expect(place([contract("a", { groupKey: "acme" })])).toEqual(["new/a: a-calls a-seats"]);
  });

  it("contracts that differ in what a document has to agree in share none", () => {
    const [gbp, eur] = [contract("a", { groupKey: "acme" }), contract("b", { groupKey: "acme", sheetKey: "acme EUR" })];
    expect(place([gbp, eur])).toEqual(["new/a: a-calls a-seats", "new/b: b-calls b-seats"]);
  });

  it("a customer that gets one invoice from now on keeps the draft of one of its contracts", () => {
    const group = { groupKey: "acme" };
    const drafts = [draft("A", "a"), draft("B", "b")];
    expect(place([contract("a", group), contract("b", group)], { drafts })).toEqual([
      "A/several: a-calls a-seats b-calls b-seats",
    ]);
  });

  it("corrections alone continue the draft that no due day claims", () => {
    const correction = proposal("a", TODAY, [line("a-calls|adjustment", "5", "adjustment")]);
    const contracts = [contract("a", { proposals: [correction] })];
    expect(place(contracts, { drafts: [draft("A", "a", { billsOn: NOVEMBER_2 })] })).toEqual([
      "A/a: a-calls|adjustment",
    ]);
  });
});

describe("what people placed", () => {
  it("brings a contract's day to another draft, which then is no single contract's", () => {
    const drafts = [draft("A", "a"), draft("B", "b")];
    expect(place([contract("a"), contract("b")], { drafts, placements: [placement("b", "A")] })).toEqual([
      "A/several: a-calls a-seats b-calls b-seats",
    ]);
  });

  it("brings one line to another draft, and the line outranks its day", () => {
    const drafts = [draft("A", "a"), draft("X", null, { sheetKey: null }), draft("Y", null, { sheetKey: null })];
    const placements = [placement("a", "X"), placement("a", "Y", "a-seats")];
    expect(place([contract("a")], { drafts, placements })).toEqual(["X/several: a-calls", "Y/several: a-seats"]);
  });

  it("counts for nothing where the draft is gone, differs in currency, or has not fallen due", () => {
    const drafts = [
      draft("E", null, { sheetKey: "acme EUR" }),
      draft("R", null, { sheetKey: null, billsOn: plainDate("2026-12-01") }),
    ];
    for (const target of ["gone", "E", "R"]) {
      expect(place([contract("a")], { drafts, placements: [placement("a", target)] })).toEqual([
        "new/a: a-calls a-seats",
      ]);
    }
  });

  it("leaves the draft to the contract that was there first when it is taken back", () => {
    const standing = [
      { contractId: "b", billingKey: "b-calls" },
      { contractId: "a", billingKey: "a-calls" },
    ];
    expect(place([contract("a"), contract("b")], { drafts: [draft("B", null, { standing })] })).toEqual([
      "B/b: b-calls b-seats",
      "new/a: a-calls a-seats",
    ]);
  });

  it("does not make a draft that was split off the home of the rest", () => {
    const standing = [{ contractId: "a", billingKey: "a-seats" }];
    const drafts = [draft("X", null, { standing })];
    expect(place([contract("a")], { drafts, placements: [placement("a", "X", "a-seats")] })).toEqual([
      "X/several: a-seats",
      "new/a: a-calls",
    ]);
  });
});

describe("laws", () => {
  const ids = ["a", "b", "c"];
  const world = fc.record({
    grouped: fc.boolean(),
    sheets: fc.array(fc.constantFrom("GBP", "EUR"), { minLength: 3, maxLength: 3 }),
    drafts: fc.uniqueArray(
      fc.record({
        id: fc.constantFrom("A", "B", "C", "X", "Y"),
        contractId: fc.constantFrom("a", "b", "c", null, null),
        sheetKey: fc.constantFrom("GBP", "EUR", null),
        standing: fc.array(
          fc.constantFrom(
            { contractId: "a", billingKey: "a-calls" },
            { contractId: "b", billingKey: "b-seats" },
            { contractId: "c", billingKey: "c-calls" },
          ),
        ),
      }),
      { selector: ({ id, contractId }) => contractId ?? id, maxLength: 5 },
    ),
    placements: fc.array(
      fc.record({
        contractId: fc.constantFrom(...ids),
        draftId: fc.constantFrom("A", "B", "C", "X", "Y", "gone"),
        suffix: fc.constantFrom("calls", "seats", null),
      }),
    ),
  });

  it("every proposed line is on exactly one document, whatever was placed where, and no draft is continued twice", () => {
    fc.assert(
      fc.property(world, ({ grouped, sheets, drafts, placements }) => {
        const contracts = ids.map((id, index) =>
          contract(id, { groupKey: grouped ? "acme" : null, sheetKey: sheets[index] as string }),
        );
        const unique = [...new Map(drafts.map((each) => [each.id, draft(each.id, each.contractId, each)])).values()];
        const documents = placeLines({
          contracts,
          drafts: unique,
          placements: placements.map(({ contractId, draftId, suffix }) =>
            placement(contractId, draftId, suffix && `${contractId}-${suffix}`),
          ),
          today: TODAY,
        });
        const keys = documents.flatMap(({ lines }) => lines.map((each) => each.line.key)).sort();
        expect(keys).toEqual(["a-calls", "a-seats", "b-calls", "b-seats", "c-calls", "c-seats"]);
        const continued = documents.flatMap(({ draftId }) => draftId ?? []);
        expect(new Set(continued).size).toBe(continued.length);
        for (const { lines, sheetKey } of documents) {
          const sheetsOn = new Set(lines.map(({ contractId }) => sheets[ids.indexOf(contractId as string)]));
          expect([...sheetsOn]).toEqual([sheetKey]);
        }
        const ofOne = documents.flatMap(({ contractId, billsOn }) => (contractId ? [`${contractId} ${billsOn}`] : []));
        expect(new Set(ofOne).size).toBe(ofOne.length);
      }),
      { seed: 2026, numRuns: Number(process.env["LAW_RUNS"] ?? 300) },
    );
  });
});
