import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { creditLine } from "../../server/domain/invoice/credit-line";
import { explainInWords } from "../../server/domain/invoice/explain-in-words";
import {
  type CreditableLine,
  type CreditGrant,
  type CreditPaid,
  creditReturn,
  drawCredits,
  earnedOn,
  rollOver,
} from "../../server/domain/invoice/prepaid-credits";
import { currency } from "../../server/domain/money/currency";
import { type Decimal, ZERO } from "../../server/domain/money/decimal";
import { money } from "../../server/domain/money/money";
import { percent } from "../../server/domain/money/percent";
import { itemAmountsOf } from "../../server/domain/variance/item-amounts";
import { charge, contract, day, decimal, EUR, linesDue } from "./billing-world";

const grant = (id: string, balance: string, terms: Partial<CreditGrant> = {}): CreditGrant => ({
  id,
  kind: "prepaid",
  startsOn: day("2026-01-01"),
  endsBefore: null,
  priority: 0,
  productIds: "all",
  balance: decimal(balance),
  ...terms,
});
const line = (key: string, net: string, terms: Partial<CreditableLine> = {}): CreditableLine => ({
  key,
  productId: "api",
  net: decimal(net),
  earnedOn: day("2026-10-31"),
  ...terms,
});
const drawn = (lines: readonly CreditableLine[], grants: readonly CreditGrant[]) =>
  drawCredits(lines, grants).map(
    ({ grantId, lineKey, amount }) => `${grantId} pays ${amount.toFixed(2)} of ${lineKey}`,
  );
const sumOf = (amounts: readonly Decimal[]) => amounts.reduce((sum, amount) => sum.plus(amount), ZERO);

describe("credits pay", () => {
  it("what there is to pay, and no more than there is", () => {
    expect(drawn([line("a", "70")], [grant("g", "100")])).toEqual(["g pays 70.00 of a"]);
    expect(drawn([line("a", "70")], [grant("g", "69.99")])).toEqual(["g pays 69.99 of a"]);
    expect(drawn([line("a", "70")], [grant("g", "0")])).toEqual([]);
    expect(drawn([line("a", "0")], [grant("g", "10")])).toEqual([]);
  });

  it("the lines in their order, each by as many grants as it takes, and say what was left before", () => {
    const draws = drawCredits([line("a", "70"), line("b", "70")], [grant("g", "100"), grant("h", "100")]);
    expect(
      draws.map(({ grantId, lineKey, ...sums }) => [grantId, lineKey, ...Object.values(sums).map(String)]),
    ).toEqual([
      ["g", "a", "70", "100"],
      ["g", "b", "30", "30"],
      ["h", "b", "40", "100"],
    ]);
  });

  test.each<[string, Partial<CreditGrant>, Partial<CreditGrant>]>([
    ["the lower priority number", { priority: 1 }, { priority: 2, endsBefore: day("2026-11-01") }],
    ["then the sooner end", { endsBefore: day("2026-11-01") }, { endsBefore: day("2026-12-01"), kind: "promotional" }],
    ["an end before none", { endsBefore: day("2030-01-01") }, { kind: "promotional" }],
    ["then the promotional one", { kind: "promotional" }, { startsOn: day("2025-01-01") }],
    ["then the earlier begin", { startsOn: day("2025-01-01") }, { startsOn: day("2025-01-02") }],
    ["then the one that was granted first", {}, {}],
  ])("first from %s", (_, first, second) => {
    const grants = [grant("1", "5", first), grant("2", "5", second)];
    for (const given of [grants, grants.toReversed()]) {
      expect(drawn([line("a", "8")], given)).toEqual(["1 pays 5.00 of a", "2 pays 3.00 of a"]);
    }
  });

  test.each([
    ["2026-09-30", false],
    ["2026-10-01", true],
    ["2026-10-31", true],
    ["2026-11-01", false],
  ])("what is earned on %s from a grant of October: %s", (on, isPaid) => {
    const october = grant("g", "100", { startsOn: day("2026-10-01"), endsBefore: day("2026-11-01") });
    expect(drawn([line("a", "1", { earnedOn: day(on) })], [october])).toHaveLength(isPaid ? 1 : 0);
  });

  it("only the products of the grant", () => {
    const lines = [line("a", "10"), line("b", "10", { productId: "support" })];
    expect(drawn(lines, [grant("g", "100", { productIds: ["support"] })])).toEqual(["g pays 10.00 of b"]);
  });

  it("what discounts and caps on lines of their own leave: of their product first, then of the others in order", () => {
    const lines = [
      line("a", "100", { productId: "support" }),
      line("b", "100"),
      line("discount", "-30"),
      line("c", "100"),
    ];
    expect(drawn(lines, [grant("g", "1000")])).toEqual([
      "g pays 100.00 of a",
      "g pays 70.00 of b",
      "g pays 100.00 of c",
    ]);
    expect(drawn([line("a", "100", { productId: "x" }), line("goodwill", "-120")], [grant("g", "1000")])).toEqual([]);
    expect(drawn([line("a", "100", { productId: "x" }), line("goodwill", "-20")], [grant("g", "1000")])).toEqual([
      "g pays 80.00 of a",
    ]);
  });

  it("lines in arrears as of their last day served, lines in advance as of their first", () => {
    const servicePeriod = { startsOn: day("2026-10-01"), endsBefore: day("2026-11-01") };
    expect(earnedOn({ timing: "in_arrears", servicePeriod })).toBe("2026-10-31");
    expect(earnedOn({ timing: "in_advance", servicePeriod })).toBe("2026-10-01");
  });
});

const cents = (from: number, to: number) => fc.integer({ min: from, max: to }).map((units) => decimal(units).div(100));
const days = fc.constantFrom(day("2026-09-15"), day("2026-10-15"), day("2026-11-15"));
const arbitraryGrants = fc
  .array(
    fc.record({
      kind: fc.constantFrom("prepaid" as const, "promotional" as const),
      startsOn: fc.constantFrom(day("2026-09-01"), day("2026-10-01")),
      endsBefore: fc.constantFrom(null, day("2026-11-01"), day("2026-12-01")),
      priority: fc.integer({ min: 0, max: 2 }),
      productIds: fc.constantFrom("all" as const, ["api"], ["support"]),
      balance: cents(0, 20_000),
    }),
    { maxLength: 5 },
  )
  .map((list) => list.map((terms, index): CreditGrant => ({ id: `grant-${index}`, ...terms })));
const linesOf = (nets: fc.Arbitrary<Decimal>) =>
  fc
    .array(fc.record({ net: nets, productId: fc.constantFrom("api", "support"), earnedOn: days }), { maxLength: 6 })
    .map((list) => list.map((terms, index): CreditableLine => ({ key: `line-${index}`, ...terms })));

describe("whatever lines and grants there are", () => {
  it("no grant, no line and no invoice goes below zero, and only what is covered is paid", () => {
    fc.assert(
      fc.property(linesOf(cents(-10_000, 20_000)), arbitraryGrants, (lines, grants) => {
        const draws = drawCredits(lines, grants);
        expect(draws.every(({ amount }) => amount.gt(0))).toBe(true);
        for (const { id, balance } of grants) {
          const own = draws.filter(({ grantId }) => grantId === id);
          expect(sumOf(own.map(({ amount }) => amount)).lte(balance)).toBe(true);
          for (const { balanceBefore, amount } of own) expect(balanceBefore.gte(amount)).toBe(true);
        }
        for (const { key, net } of lines) {
          const paid = sumOf(draws.filter(({ lineKey }) => lineKey === key).map(({ amount }) => amount));
          expect(paid.isZero() || paid.lte(net)).toBe(true);
        }
        const all = sumOf(draws.map(({ amount }) => amount));
        expect(all.isZero() || all.lte(sumOf(lines.map(({ net }) => net)))).toBe(true);
      }),
    );
  });

  it("nothing payable is left while an eligible grant has a balance", () => {
    fc.assert(
      fc.property(linesOf(cents(1, 20_000)), arbitraryGrants, (lines, grants) => {
        const draws = drawCredits(lines, grants);
        const again = drawCredits(
          lines.map((each) => ({ ...each, net: each.net.minus(paidOf(draws, each)) })),
          grants.map((each) => ({ ...each, balance: each.balance.minus(usedOf(draws, each)) })),
        );
        expect(again).toEqual([]);
      }),
    );
  });

  it("two steps are one", () => {
    fc.assert(
      fc.property(linesOf(cents(1, 20_000)), arbitraryGrants, fc.nat(6), (lines, grants, cut) => {
        const first = drawCredits(lines.slice(0, cut), grants);
        const second = drawCredits(
          lines.slice(cut),
          grants.map((each) => ({ ...each, balance: each.balance.minus(usedOf(first, each)) })),
        );
        expect(inText([...first, ...second])).toEqual(inText(drawCredits(lines, grants)));
      }),
    );
  });

  it("the order in which grants are given does not matter", () => {
    fc.assert(
      fc.property(linesOf(cents(-5_000, 20_000)), arbitraryGrants, (lines, grants) => {
        expect(inText(drawCredits(lines, grants.toReversed()))).toEqual(inText(drawCredits(lines, grants)));
      }),
    );
  });
});

type Draws = ReturnType<typeof drawCredits>;
const paidOf = (draws: Draws, { key }: CreditableLine) =>
  sumOf(draws.filter(({ lineKey }) => lineKey === key).map(({ amount }) => amount));
const usedOf = (draws: Draws, { id }: CreditGrant) =>
  sumOf(draws.filter(({ grantId }) => grantId === id).map(({ amount }) => amount));
const inText = (draws: Draws) =>
  draws.map(({ grantId, lineKey, amount, balanceBefore }) => [
    grantId,
    lineKey,
    amount.toFixed(),
    balanceBefore.toFixed(),
  ]);

describe("a credited line gives credits back", () => {
  const paid = (grantId: string, amount: string, returned = "0"): CreditPaid => ({
    grantId,
    drawn: decimal(amount),
    returned: decimal(returned),
  });
  const returnsOf = (net: string, creditedToDate: string, parts: readonly CreditPaid[]) =>
    creditReturn({ lineNet: money(net, EUR), netCreditedToDate: money(creditedToDate, EUR), paid: parts }).map(
      ({ grantId, amount }) => `${grantId} ${amount.toFixed(2)}`,
    );

  it("pro rata", () => {
    expect(returnsOf("100", "30", [paid("g", "60")])).toEqual(["g 18.00"]);
    expect(returnsOf("3", "1", [paid("g", "1")])).toEqual(["g 0.33"]);
    expect(returnsOf("100", "0", [paid("g", "60")])).toEqual([]);
  });

  it("to date, less what has come back", () => {
    expect(returnsOf("3", "2", [paid("g", "1", "0.33")])).toEqual(["g 0.34"]);
    expect(returnsOf("3", "3", [paid("g", "1", "0.67")])).toEqual(["g 0.33"]);
  });

  it("to the grant that was drawn last, then to those before", () => {
    const both = [paid("first", "40"), paid("last", "20")];
    expect(returnsOf("100", "20", both)).toEqual(["last 12.00"]);
    expect(returnsOf("100", "50", both)).toEqual(["last 20.00", "first 10.00"]);
    expect(returnsOf("100", "50", [paid("first", "40"), paid("last", "20", "20")])).toEqual(["first 10.00"]);
  });

  it("never more than was drawn, though more than the line be credited", () => {
    expect(returnsOf("100", "130", [paid("g", "60")])).toEqual(["g 60.00"]);
    expect(returnsOf("0", "10", [paid("g", "60")])).toEqual([]);
  });

  it("in any parts exactly as much as was drawn, of each grant", () => {
    const parts = fc.array(fc.integer({ min: 1, max: 50_000 }), { minLength: 1, maxLength: 8 });
    const shares = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(parts, shares, (credits, drawnShares) => {
        const net = credits.reduce((all, part) => all + part, 0);
        let state = drawnShares.map(
          (share, index): CreditPaid => ({
            grantId: `${index}`,
            drawn: decimal(Math.floor((net * share) / 100 / drawnShares.length)).div(100),
            returned: ZERO,
          }),
        );
        let toDate = 0;
        for (const part of credits) {
          toDate += part;
          const back = creditReturn({
            lineNet: money(decimal(net).div(100), EUR),
            netCreditedToDate: money(decimal(toDate).div(100), EUR),
            paid: state,
          });
          state = state.map((own) => ({
            ...own,
            returned: own.returned.plus(back.find(({ grantId }) => grantId === own.grantId)?.amount ?? 0),
          }));
          expect(state.every(({ drawn: all, returned }) => returned.lte(all))).toBe(true);
        }
        expect(state.map(({ returned }) => returned.toFixed())).toEqual(state.map(({ drawn: all }) => all.toFixed()));
      }),
    );
  });
});

describe("at its end a grant rolls over", () => {
  const rule = { percent: percent("50"), maximumAmount: null, months: 3 };
  const ended = { endsBefore: day("2026-11-01"), balance: decimal("33.33"), rollover: rule };
  const over = (terms: Partial<Parameters<typeof rollOver>[0]>, on = "2026-11-01") => {
    const next = rollOver({ ...ended, ...terms }, { on: day(on), currency: EUR });
    return next && `${next.amount.toFixed()} ${next.startsOn} ${next.endsBefore}`;
  };

  it("a share of what is left, rounded, at most so much, for so many months", () => {
    expect(over({})).toBe("16.67 2026-11-01 2027-02-01");
    expect(over({ rollover: { ...rule, percent: null } })).toBe("33.33 2026-11-01 2027-02-01");
    expect(over({ rollover: { ...rule, maximumAmount: decimal("10") } })).toBe("10 2026-11-01 2027-02-01");
    expect(over({ rollover: { ...rule, percent: null, maximumAmount: decimal("40") } })).toBe(
      "33.33 2026-11-01 2027-02-01",
    );
    expect(over({}, "2026-11-30")).toBe("16.67 2026-11-30 2027-02-28");
  });

  it("not before it, not without an end or a rule, and not if nothing is left", () => {
    expect(over({}, "2026-10-31")).toBeNull();
    expect(over({ endsBefore: null })).toBeNull();
    expect(over({ rollover: null })).toBeNull();
    expect(over({ balance: decimal("0") })).toBeNull();
    expect(over({ balance: decimal("0.009") })).toBeNull();
  });

  it("in whole minor units of its currency", () => {
    const next = rollOver({ ...ended, balance: decimal("33") }, { on: day("2026-11-01"), currency: currency("JPY") });
    expect(next?.amount.toFixed()).toBe("17");
  });
});

describe("the line of a credit", () => {
  const [paid] = linesDue(contract([charge("api", { timing: "in_arrears" })]), {
    from: day("2026-02-01"),
    through: day("2026-02-01"),
  });
  if (!paid) throw new Error("a line to pay");
  const welcome = { id: "grant", name: "Welcome", kind: "promotional" } as const;
  const pay = (amount: string) =>
    creditLine(
      { line: paid, net: paid.net },
      { grant: welcome, amount: decimal(amount), balanceBefore: decimal("150") },
    );

  it("stands beside the line that it pays, below zero, and says what of which balance paid it", () => {
    const line = pay("60");
    expect(line).toMatchObject({
      key: `${paid.key}|credit|grant`,
      kind: "credit",
      adjusts: null,
      lineageId: "api",
      productId: "api-product",
      servicePeriod: paid.servicePeriod,
      timing: "in_arrears",
      description: "Promotional credit: Welcome",
    });
    expect(line.net.amount.toFixed()).toBe("-60");
    expect(explainInWords(line.explanation, EUR)).toEqual([
      "Welcome: 150.00 available",
      "60.00 pays api (100.00)",
      "90.00 left",
      "net −60.00",
    ]);
  });

  it("above zero gives back", () => {
    const line = pay("-12");
    expect(line.description).toBe("Promotional credit returned: Welcome");
    expect(explainInWords(line.explanation, EUR)).toEqual([
      "Welcome: 150.00 available",
      "12.00 comes back for api (100.00)",
      "162.00 left",
      "net 12.00",
    ]);
  });

  it("is compared with last month together with all other credits, as one layer over the items", () => {
    const items = itemAmountsOf([paid, pay("60"), { ...pay("10"), lineageId: "other" }], EUR);
    expect(items.map(({ kind, lineageId, net }) => [kind, lineageId, net.amount.toFixed()])).toEqual([
      ["item", "api", "100"],
      ["layer", "", "-70"],
    ]);
  });
});
