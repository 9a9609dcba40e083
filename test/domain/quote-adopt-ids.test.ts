import { describe, expect, test } from "vitest";
import { plainDate } from "../../server/domain/calendar/plain-date";
import { adoptIds } from "../../server/domain/quote/adopt-ids";
import type { LineDiscount, QuoteLine, QuotePhase, SaleTerms } from "../../server/domain/quote/quote-terms";
import { copyTerms } from "../../server/domain/quote/rename-ids";

const discount = (id: string, description: string): LineDiscount => ({
  id,
  description,
  percent: "10",
  amount: null,
  endsBefore: null,
  position: "before_minimum",
});

const line = (id: string, priceId: string, discounts: readonly LineDiscount[] = []): QuoteLine => ({
  id,
  priceId,
  customPrice: null,
  quantity: null,
  description: null,
  discounts,
  trial: null,
  ramp: [],
});

const phase = (id: string, startsOn: string, lines: readonly QuoteLine[]): QuotePhase => ({
  id,
  name: null,
  startsOn: plainDate(startsOn),
  endsBefore: null,
  lines,
});

const terms = (phases: readonly QuotePhase[], more: Partial<SaleTerms> = {}): SaleTerms => ({
  kind: "sale",
  name: "Offer",
  currency: "GBP",
  startsOn: plainDate("2027-01-01"),
  endsBefore: null,
  anchorOn: null,
  firstPeriod: "anchor",
  paymentTerms: null,
  poNumber: null,
  renewal: null,
  rollsUpUsage: false,
  lateUsage: "next_invoice",
  notes: null,
  phases,
  minimums: [],
  maximums: [],
  discounts: [],
  ...more,
});

const bound = (id: string) => ({
  id,
  description: "Minimum commitment",
  amount: "100",
  cadence: "monthly" as const,
  startsOn: null,
  endsBefore: null,
  proration: "by_days" as const,
  lineageIds: null,
  productId: "product",
});

const forBound = (id: string, boundId: string) => ({
  id,
  description: "For it",
  percent: "5",
  amount: null,
  cadence: null,
  scope: { kind: "commitment" as const, boundId },
  position: null,
  startsOn: null,
  endsBefore: null,
});

const counter = () => {
  let count = 0;
  return () => `new-${++count}`;
};

const SHARED = discount("shared", "Welcome");
const PRESENT = terms(
  [
    phase("p1", "2027-01-01", [line("l1", "fee", [SHARED]), line("l2", "seat")]),
    phase("p2", "2027-07-01", [line("l3", "fee", [SHARED, discount("own", "Loyalty")])]),
  ],
  { minimums: [bound("b1")], discounts: [forBound("d1", "b1")] },
);

describe("terms that are sent anew", () => {
  test("are equal to the present ones where they say the same", () => {
    expect(adoptIds(copyTerms(PRESENT, counter()), PRESENT)).toEqual(PRESENT);
  });

  test("keep the ids of what is the same one, whatever else changed around it", () => {
    const sent = terms([
      phase("a", "2026-12-01", [line("b", "support")]),
      phase("c", "2027-01-01", [line("d", "seat"), line("e", "fee", [discount("f", "Renamed")])]),
    ]);
    const adopted = adoptIds(sent, PRESENT);
    expect(adopted.phases.map(({ id }) => id)).toEqual(["p2", "p1"]);
    expect(adopted.phases[0]?.lines[0]?.id).toBe("b");
    expect(adopted.phases[1]?.lines.map(({ id }) => id)).toEqual(["l2", "l1"]);
    expect(adopted.phases[1]?.lines[1]?.discounts[0]?.id).toBe("shared");
  });

  test("do not make one discount of two", () => {
    const sent = terms([
      phase("a", "2027-01-01", [line("b", "fee", [discount("x", "Welcome")])]),
      phase("c", "2027-07-01", [line("d", "fee", [discount("y", "Welcome")])]),
    ]);
    const [first, second] = adoptIds(sent, PRESENT).phases.map(({ lines }) => lines[0]?.discounts[0]?.id);
    expect(first).toBe("shared");
    expect(second).not.toBe("shared");
  });
});

describe("a copy of terms", () => {
  test("has new ids everywhere, and what is one thing in two places stays one", () => {
    const copy = copyTerms(PRESENT, counter());
    expect(JSON.stringify(copy)).not.toMatch(/"id":"(?!new-)/);
    const [one, other] = copy.phases.map(({ lines }) => lines[0]?.discounts[0]?.id);
    expect(one).toBe(other);
    expect(copy.discounts[0]?.scope).toEqual({ kind: "commitment", boundId: copy.minimums[0]?.id });
  });
});
