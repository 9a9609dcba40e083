import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainDate } from "../../server/domain/calendar/plain-date";
import { carryForward, type DraftInTurn } from "../../server/domain/invoice/carry-forward";
import { checkPurchaseOrder } from "../../server/domain/invoice/purchase-order";
import { Decimal, ZERO } from "../../server/domain/money/decimal";

const draft = (id: string, day: number, gross: string, sheetKey = "acme"): DraftInTurn => ({
  id,
  sheetKey,
  billsOn: plainDate(`2026-11-${String(day).padStart(2, "0")}`),
  gross: new Decimal(gross),
});

const carried = (...drafts: DraftInTurn[]) => carryForward(drafts).map(({ from, to }) => `${from} → ${to}`);

describe("a draft below zero goes", () => {
  it("to the next one that covers it whole, on its own day or later", () => {
    expect(carried(draft("minus", 10, "-50"), draft("early", 9, "100"), draft("later", 20, "100"))).toEqual([
      "minus → later",
    ]);
    expect(carried(draft("minus", 10, "-50"), draft("same", 10, "50"))).toEqual(["minus → same"]);
    expect(carried(draft("minus", 10, "-50"), draft("small", 11, "49.99"), draft("large", 12, "51"))).toEqual([
      "minus → large",
    ]);
  });

  it("nowhere where nothing covers it, or what does is of another sheet", () => {
    expect(carried(draft("minus", 10, "-50"), draft("small", 11, "49.99"))).toEqual([]);
    expect(carried(draft("minus", 10, "-50"), draft("other", 11, "100", "globex"))).toEqual([]);
    expect(carried(draft("minus", 10, "-50"), draft("zero", 11, "0"))).toEqual([]);
  });

  it("in turn: what one took is gone for the next", () => {
    expect(carried(draft("b", 2, "-60"), draft("a", 1, "-60"), draft("x", 5, "100"), draft("y", 6, "100"))).toEqual([
      "a → x",
      "b → y",
    ]);
  });
});

describe("law: carrying forward", () => {
  const RUNS = { seed: 2026, numRuns: Number(process.env["LAW_RUNS"] ?? 200) };
  const arbitrary = fc.array(
    fc.tuple(fc.integer({ min: 1, max: 28 }), fc.integer({ min: -500, max: 500 }), fc.constantFrom("a", "b")),
    { maxLength: 12 },
  );

  it("makes no draft negative, moves each at most once, and leaves the order of drafts without effect", () => {
    fc.assert(
      fc.property(arbitrary, (rows) => {
        const drafts = rows.map(([day, gross, sheet], index) => draft(`d${index}`, day, String(gross), sheet));
        const moves = carryForward(drafts);
        expect(carryForward(drafts.toReversed())).toEqual(moves);
        expect(new Set(moves.map(({ from }) => from)).size).toBe(moves.length);
        for (const target of drafts) {
          const taken = moves.filter(({ to }) => to === target.id);
          if (taken.length === 0) continue;
          const sum = taken.reduce(
            (total, { from }) => total.plus(drafts.find(({ id }) => id === from)?.gross ?? ZERO),
            target.gross,
          );
          expect(sum.gte(0)).toBe(true);
        }
      }),
      RUNS,
    );
  });
});

describe("a purchase order", () => {
  const order = {
    currency: "GBP",
    amountLimit: new Decimal(100),
    startsOn: plainDate("2026-11-01"),
    endsBefore: plainDate("2026-12-01"),
  } as const;
  const on = (day: string, net: string, used = "0", currency: "GBP" | "EUR" = "GBP") =>
    checkPurchaseOrder(order, new Decimal(used), { currency, net: new Decimal(net), on: plainDate(day) });

  it("holds from its first day to before the day after its last", () => {
    expect(on("2026-10-31", "1")).toBe("po_expired");
    expect(on("2026-11-01", "1")).toBeNull();
    expect(on("2026-11-30", "1")).toBeNull();
    expect(on("2026-12-01", "1")).toBe("po_expired");
  });

  it("covers what is left of it to the cent, in its currency", () => {
    expect(on("2026-11-01", "60.00", "40.00")).toBeNull();
    expect(on("2026-11-01", "60.01", "40.00")).toBe("po_exceeded");
    expect(on("2026-11-01", "1", "0", "EUR")).toBe("po_exceeded");
    expect(on("2026-11-01", "0", "500", "EUR")).toBeNull();
  });

  it("without limit and days covers everything", () => {
    const open = { ...order, amountLimit: null, startsOn: null, endsBefore: null };
    const invoice = { currency: "GBP", net: new Decimal("1e14"), on: plainDate("2026-01-01") } as const;
    expect(checkPurchaseOrder(open, ZERO, invoice)).toBeNull();
  });
});
