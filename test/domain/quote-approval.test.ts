import { describe, expect, test } from "vitest";
import { plainDate } from "../../server/domain/calendar/plain-date";
import { currency } from "../../server/domain/money/currency";
import { Decimal } from "../../server/domain/money/decimal";
import { carryOver, type EarlierApproval } from "../../server/domain/quote/approval-carry-over";
import { type ApprovalFacts, factsOfAmendment, factsOfSale } from "../../server/domain/quote/approval-facts";
import { neededApprovals } from "../../server/domain/quote/approval-needs";
import {
  type ApprovalCondition,
  type ApprovalRule,
  type Approver,
  conditionInWords,
} from "../../server/domain/quote/approval-rule";
import { type ApprovalStep, approvalStatuses, approvalToDecide } from "../../server/domain/quote/approval-turn";
import type { QuoteFigures } from "../../server/domain/quote/quote-figures";
import type { AmendmentTerms, SaleTerms } from "../../server/domain/quote/quote-terms";

const FINANCE: Approver = { kind: "role", role: "finance" };
const ADMIN: Approver = { kind: "role", role: "admin" };
const percent = (text: string) => new Decimal(text);

const rule = (condition: ApprovalCondition, more: Partial<ApprovalRule> = {}): ApprovalRule => ({
  id: condition.kind,
  name: condition.kind,
  condition,
  approvers: [FINANCE],
  position: 1,
  allowsOwn: false,
  ...more,
});
const discountOver = (over: string, of: "overall" | "line" | "either" = "either") =>
  rule({ kind: "discount", overPercent: percent(over), of });

const facts = (more: Partial<ApprovalFacts> = {}): ApprovalFacts => ({
  party: "Acme",
  currency: "GBP",
  baseCurrency: "GBP",
  total: { amount: new Decimal("100000"), inBase: new Decimal("100000") },
  term: { months: new Decimal(12) },
  discounts: [],
  paymentDays: 30,
  customPrices: [],
  notes: null,
  renewal: { rule: { months: 12, noticeDays: 30, upliftPercent: "3" } },
  trials: [],
  lateUsage: "next_invoice",
  guardRails: [],
  ...more,
});
const discount = (text: string, id = "overall") => ({
  id,
  name: id === "overall" ? "" : id,
  basis: "GBP",
  of: id === "overall" ? ("overall" as const) : ("line" as const),
  percent: percent(text),
});
const reasons = (rules: readonly ApprovalRule[], of: ApprovalFacts) =>
  neededApprovals(rules, of).flatMap(({ subjects }) => subjects.map(({ reason }) => reason));

describe("A rule asks, with the reason in words,", () => {
  test.each<[string, ApprovalCondition, Partial<ApprovalFacts>, string[]]>([
    ["of a discount below its limit nobody", discountOver("15").condition, { discounts: [discount("14.9")] }, []],
    ["of a discount at its limit nobody", discountOver("15").condition, { discounts: [discount("15")] }, []],
    [
      "of a discount over its limit",
      discountOver("15").condition,
      { discounts: [discount("22")] },
      ["Discount 22 % is over 15 %"],
    ],
    [
      "of a discount overall alone",
      discountOver("15", "overall").condition,
      { discounts: [discount("16"), discount("40", "Seats")] },
      ["Discount 16 % is over 15 %"],
    ],
    [
      "of each line",
      discountOver("15", "line").condition,
      { discounts: [discount("16"), discount("40", "Seats"), discount("3", "Fee")] },
      ["Discount 40 % on “Seats” is over 15 %"],
    ],
    ["of a term at its limit nobody", { kind: "term", overMonths: 12 }, {}, []],
    [
      "of a longer term",
      { kind: "term", overMonths: 12 },
      { term: { months: new Decimal("36.5") } },
      ["Term of 36.5 months is over 12 months"],
    ],
    ["of a term without an end no months", { kind: "term", overMonths: 12 }, { term: { months: null } }, []],
    ["of a term without an end", { kind: "no_end" }, { term: { months: null } }, ["Term has no end"]],
    ["of a total at its limit nobody", { kind: "total", overAmount: new Decimal("100000"), currency: null }, {}, []],
    [
      "of a total over its limit",
      { kind: "total", overAmount: new Decimal("99999.5"), currency: null },
      {},
      ["Total of 100,000 GBP is over 99,999.50 GBP"],
    ],
    ["of another currency nobody", { kind: "total", overAmount: new Decimal(1), currency: "EUR" }, {}, []],
    [
      "of a total in another currency, turned into the base currency",
      { kind: "total", overAmount: new Decimal(90_000), currency: null },
      { currency: "USD", total: { amount: new Decimal(120_000), inBase: new Decimal("95000.25") } },
      ["Total of 120,000 USD is over 90,000 GBP"],
    ],
    [
      "of a total that cannot be compared",
      { kind: "total", overAmount: new Decimal(90_000), currency: null },
      { currency: "USD", total: { amount: new Decimal(10), inBase: null } },
      ["Total of 10 USD cannot be compared with 90,000 GBP: there is no exchange rate"],
    ],
    ["of a currency in its list nobody", { kind: "currency", otherThan: ["GBP", "EUR"] }, {}, []],
    ["of any other currency", { kind: "currency", otherThan: ["EUR", "USD"] }, {}, ["Currency is GBP, not EUR or USD"]],
    ["of payment at its limit nobody", { kind: "payment_terms", overDays: 30 }, {}, []],
    [
      "of later payment",
      { kind: "payment_terms", overDays: 30 },
      { paymentDays: 31 },
      ["Payment after 31 days is over 30 days"],
    ],
    [
      "of prices of its own",
      { kind: "custom_prices" },
      { customPrices: [{ id: "1", name: "Seats", basis: "" }] },
      ["Price of its own on “Seats”"],
    ],
    ["of notes", { kind: "notes" }, { notes: "As agreed." }, ["Notes of its own"]],
    ["of no renewal", { kind: "renewal", is: "absent" }, { renewal: { rule: null } }, ["Does not renew by itself"]],
    ["of a renewal where none is asked for nobody", { kind: "renewal", is: "absent" }, {}, []],
    ["of a renewal", { kind: "renewal", is: "present" }, {}, ["Renews by itself for 12 months"]],
    ["of an uplift nobody", { kind: "uplift_waived" }, {}, []],
    [
      "of an uplift that is waived",
      { kind: "uplift_waived" },
      { renewal: { rule: { months: 12, noticeDays: 0, upliftPercent: null } } },
      ["Renews at the same prices"],
    ],
    [
      "of a longer trial",
      { kind: "trial", overDays: 30 },
      {
        trials: [
          { id: "1", name: "Fee", basis: "", days: 30, percentOff: percent("100") },
          { id: "2", name: "Seats", basis: "", days: 31, percentOff: percent("100") },
        ],
      },
      ["Trial of 31 days on “Seats” is over 30 days"],
    ],
    [
      "of late usage that is not billed",
      { kind: "late_usage", policies: ["ignore_with_report"] },
      { lateUsage: "ignore_with_report" },
      ["Late usage is not billed"],
    ],
    [
      "outside guard rails",
      { kind: "guard_rails" },
      { guardRails: [{ id: "1", basis: "", degree: null, reason: "Seats are below 10.00" }] },
      ["Seats are below 10.00"],
    ],
  ])("%s", (_title, condition, more, expected) => {
    expect(reasons([rule(condition)], facts(more))).toEqual(expected);
  });

  test("says what it looks at", () => {
    expect(conditionInWords(discountOver("15").condition)).toBe("Discount over 15 %");
    expect(conditionInWords({ kind: "total", overAmount: new Decimal("250000.5"), currency: "EUR" })).toBe(
      "Total over 250,000.50 EUR",
    );
    expect(conditionInWords({ kind: "term", overMonths: 1 })).toBe("Term over 1 month");
  });

  test("each of its approvers, rules in their order, those of one position by name", () => {
    const of = (name: string, position: number, approvers: readonly Approver[]) =>
      rule({ kind: "no_end" }, { id: name, name, position, approvers });
    const needed = neededApprovals(
      [of("late", 2, [ADMIN]), of("b", 1, [FINANCE, FINANCE]), of("a", 1, [ADMIN])],
      facts({ term: { months: null } }),
    );
    expect(
      needed.map(({ ruleName, approver, turn }) => [ruleName, approver.kind === "role" && approver.role, turn]),
    ).toEqual([
      ["a", "admin", 0],
      ["b", "finance", 0],
      ["b", "finance", 1],
      ["late", "admin", 0],
    ]);
  });
});

describe("An approval given before", () => {
  const needed = (of: ApprovalFacts, rules: readonly ApprovalRule[] = [discountOver("15")]) =>
    neededApprovals(rules, of);
  const given = (
    of: ApprovalFacts,
    outcome: "approved" | "rejected" = "approved",
    rules?: readonly ApprovalRule[],
  ): EarlierApproval[] => needed(of, rules).map((approval, index) => ({ ...approval, id: `given ${index}`, outcome }));
  const asked = (earlier: readonly EarlierApproval[], of: ApprovalFacts, rules?: readonly ApprovalRule[]) =>
    carryOver(earlier, needed(of, rules)).map(({ carriedFrom, subjects }) => [
      carriedFrom,
      ...subjects.map(({ reason }) => reason),
    ]);
  const on = (...discounts: readonly string[]) =>
    facts({ discounts: discounts.map((text, index) => discount(text, `line ${index}`)) });

  test("covers the same and what is milder, not what goes further", () => {
    const earlier = given(on("22"));
    expect(asked(earlier, on("22"))).toEqual([["given 0", "Discount 22 % on “line 0” is over 15 %"]]);
    expect(asked(earlier, on("18"))).toEqual([["given 0", "Discount 18 % on “line 0” is over 15 %"]]);
    expect(asked(earlier, on("22.1"))).toEqual([[null, "Discount 22.1 % on “line 0” is over 15 %"]]);
  });

  test("is asked anew only for what changed", () => {
    expect(asked(given(on("22", "30")), on("22", "31"))).toEqual([
      ["given 0", "Discount 22 % on “line 0” is over 15 %"],
      [null, "Discount 31 % on “line 1” is over 15 %"],
    ]);
  });

  test("does not cover another price of the same line", () => {
    const other = facts({ discounts: [{ ...discount("22", "line 0"), basis: "another price" }] });
    expect(asked(given(on("22")), other)).toEqual([[null, "Discount 22 % on “line 0” is over 15 %"]]);
  });

  test("does not cover the same for somebody else", () => {
    const forOthers = { ...on("22"), party: "Others" };
    expect(asked(given(on("22")), forOthers)).toEqual([[null, "Discount 22 % on “line 0” is over 15 %"]]);
  });

  test("does not cover another rule, nor another approver of the same", () => {
    const byAdmin = [rule(discountOver("15").condition, { approvers: [ADMIN] })];
    expect(asked(given(on("22")), on("22"), byAdmin)[0]?.[0]).toBeNull();
    const otherRule = [rule(discountOver("15").condition, { id: "other" })];
    expect(asked(given(on("22")), on("22"), otherRule)[0]?.[0]).toBeNull();
  });

  test("of a role that is asked twice counts once", () => {
    const twice = [rule(discountOver("15").condition, { approvers: [FINANCE, FINANCE] })];
    const [first] = given(on("22"), "approved", twice) as [EarlierApproval, EarlierApproval];
    expect(asked([first], on("22"), twice).map(([from]) => from)).toEqual(["given 0", null]);
  });

  test("no longer counts once the same was rejected", () => {
    const earlier = [...given(on("22")), ...given(on("30"), "rejected")];
    expect(asked(earlier, on("22"))).toEqual([[null, "Discount 22 % on “line 0” is over 15 %"]]);
    expect(asked([...earlier, ...given(on("20"))], on("19"))[0]?.[0]).toBe("given 0");
  });

  test("of notes counts for the same words alone", () => {
    const notes = [rule({ kind: "notes" })];
    const earlier = given(facts({ notes: "As agreed." }), "approved", notes);
    expect(asked(earlier, facts({ notes: "As agreed." }), notes)).toEqual([["given 0", "Notes of its own"]]);
    expect(asked(earlier, facts({ notes: "As not agreed." }), notes)).toEqual([[null, "Notes of its own"]]);
  });

  test("of a total counts while rates move, and for less", () => {
    const total = [rule({ kind: "total", overAmount: new Decimal(50_000), currency: null })];
    const inDollars = (amount: number, inBase: number) =>
      facts({ currency: "USD", total: { amount: new Decimal(amount), inBase: new Decimal(inBase) } });
    const earlier = given(inDollars(100_000, 80_000), "approved", total);
    expect(asked(earlier, inDollars(100_000, 99_000), total)[0]?.[0]).toBe("given 0");
    expect(asked(earlier, inDollars(99_000, 98_000), total)[0]?.[0]).toBe("given 0");
    expect(asked(earlier, inDollars(100_001, 80_000), total)[0]?.[0]).toBeNull();
  });
});

describe("Of several approvals", () => {
  const step = (id: string, more: Partial<ApprovalStep> = {}): ApprovalStep => ({
    id,
    ruleId: "rule",
    approver: FINANCE,
    turn: 0,
    allowsOwn: false,
    outcome: null,
    decidedBy: null,
    ...more,
  });
  const who = (id: string, role = "finance") => ({ kind: "member", id, role });
  const submitter = { kind: "member", id: "sally" };
  const decide = (steps: readonly ApprovalStep[], actor: ReturnType<typeof who>, id: string | null = null) => {
    const found = approvalToDecide(steps, { id, actor, submitter });
    return found.ok ? found.value.id : found.error.code;
  };

  test("the first that is undecided is asked, the others wait; when the quote is open no more they are cancelled", () => {
    const steps = [step("1", { outcome: "carried_over" }), step("2"), step("3")];
    expect(approvalStatuses(steps, { isOpen: true })).toEqual(["carried_over", "pending", "waiting"]);
    expect(approvalStatuses(steps, { isOpen: false })).toEqual(["carried_over", "cancelled", "cancelled"]);
  });

  test("the approver whose turn it is decides, nobody else", () => {
    const steps = [step("1"), step("2", { ruleId: "other", approver: ADMIN })];
    expect(decide(steps, who("fred"))).toBe("1");
    expect(decide(steps, who("fred"), "1")).toBe("1");
    expect(decide(steps, who("ada", "admin"))).toBe("NOT_YOUR_TURN");
    expect(decide(steps, who("ada", "admin"), "2")).toBe("NOT_YOUR_TURN");
    expect(decide([step("1", { approver: { kind: "member", memberId: "fred" } })], who("frida"))).toBe("NOT_YOUR_TURN");
    expect(decide([step("1", { approver: { kind: "member", memberId: "fred" } })], who("fred", "sales"))).toBe("1");
  });

  test("whoever submitted approves nothing of it, unless the rule allows it", () => {
    expect(decide([step("1")], who("sally"))).toBe("OWN_QUOTE");
    expect(decide([step("1", { allowsOwn: true })], who("sally"))).toBe("1");
  });

  test("two approvers of one rule are two people; of two rules they may be one", () => {
    const byFred = { outcome: "approved", decidedBy: { kind: "member", id: "fred" } } as const;
    const steps = [step("1", byFred), step("2", { turn: 1 })];
    expect(decide(steps, who("fred"))).toBe("APPROVED_BEFORE");
    expect(decide(steps, who("frida"))).toBe("2");
    expect(decide([step("1", byFred), step("2", { ruleId: "other" })], who("fred"))).toBe("2");
  });

  test("what one person is asked in parts, they give in parts", () => {
    const carried = { outcome: "carried_over", decidedBy: { kind: "member", id: "fred" } } as const;
    expect(decide([step("1", carried), step("2")], who("fred"))).toBe("2");
  });

  test("what is decided is not decided again", () => {
    const decided = step("1", { outcome: "approved", decidedBy: { kind: "member", id: "fred" } });
    expect(decide([decided, step("2", { turn: 1 })], who("frida"), "1")).toBe("APPROVAL_DECIDED");
    expect(decide([decided], who("frida"))).toBe("NOTHING_TO_APPROVE");
    expect(decide([step("1")], who("frida"), "of another submission")).toBe("NOTHING_TO_APPROVE");
  });
});

describe("The facts of a quote", () => {
  const line = (id: string, more: object = {}) => ({
    id,
    priceId: `price of ${id}`,
    customPrice: null,
    quantity: null,
    description: null,
    discounts: [],
    trial: null,
    ramp: [],
    ...more,
  });
  const sale = (lines: readonly object[], more: Partial<SaleTerms> = {}) =>
    ({
      kind: "sale",
      currency: "GBP",
      paymentTerms: null,
      notes: null,
      renewal: null,
      lateUsage: "next_invoice",
      discounts: [],
      phases: [{ id: "phase", name: null, startsOn: plainDate("2027-01-01"), endsBefore: null, lines }],
      ...more,
    }) as unknown as SaleTerms;
  const figures = (overall: string | null, lines: Readonly<Record<string, string | null>> = {}) =>
    ({
      currency: currency("GBP"),
      hasEnd: true,
      termMonths: new Decimal(12),
      total: { net: new Decimal(1000), discountPercent: overall === null ? null : new Decimal(overall) },
      lines: Object.entries(lines).map(([lineId, discountPercent]) => ({
        lineId,
        description: `the ${lineId}`,
        discountPercent: discountPercent === null ? null : new Decimal(discountPercent),
      })),
    }) as unknown as QuoteFigures;
  const surroundings = {
    party: "Acme",
    baseCurrency: "GBP",
    paymentTerms: { kind: "net_days", days: 14 } as const,
    rateToBase: new Decimal(1),
    guardRails: [],
  };
  const percents = (terms: SaleTerms, of: QuoteFigures) =>
    factsOfSale(terms, of, surroundings).discounts.map(({ id, of: measure, percent: by }) => [
      id,
      measure,
      by.toFixed(),
    ]);

  test("have its discount in tenths of a percent, so that rounded cents ask for nobody's approval", () => {
    expect(percents(sale([line("fee")]), figures("15.04", { fee: "15.06" }))).toEqual([
      ["overall", "overall", "15"],
      ["fee", "line", "15.1"],
    ]);
  });

  test("have what percentages take off together, also of usage that nobody knows and of a short time", () => {
    const discounts = [
      { percent: "10", amount: null, endsBefore: plainDate("2027-02-01") },
      { percent: "5", amount: null, endsBefore: null },
    ];
    expect(percents(sale([line("calls", { discounts })]), figures(null, { calls: null }))).toEqual([
      ["overall", "overall", "0"],
      ["calls", "line", "14.5"],
    ]);
  });

  test("have percentages over several lines, of the whole quote and of a part of it", () => {
    const over = (id: string, scope: object) => ({ id, description: id, percent: "25", amount: null, scope });
    const discounts = [
      over("all", { kind: "invoice" }),
      over("some", { kind: "group", lineageIds: ["a"] }),
      { ...over("amount", { kind: "invoice" }), percent: null, amount: "10" },
    ] as unknown as SaleTerms["discounts"];
    expect(percents(sale([], { discounts }), figures("0"))).toEqual([
      ["overall", "overall", "0"],
      ["all", "overall", "25"],
      ["some", "line", "25"],
    ]);
  });

  test("have the payment terms of the customer where it says none; to the end of a month is 30 days more", () => {
    expect(factsOfSale(sale([]), figures("0"), surroundings).paymentDays).toBe(14);
    const own = sale([], { paymentTerms: { kind: "end_of_month", days: 15 } });
    expect(factsOfSale(own, figures("0"), surroundings).paymentDays).toBe(45);
  });

  test("have trials in days, and prices of their own, also those of a ramp", () => {
    const customPrice = { model: "flat", terms: {} };
    const terms = sale([
      line("fee", { trial: { days: null, months: 2, percentOff: "100" } }),
      line("seats", { trial: { days: 14, months: null, percentOff: "50" }, customPrice }),
      line("ramped", { ramp: [{ priceId: "later", customPrice }], description: "Ramped seats" }),
    ]);
    const found = factsOfSale(terms, figures("0", { fee: "0", seats: "0" }), surroundings);
    expect(found.trials.map(({ name, days, percentOff }) => [name, days, percentOff.toFixed()])).toEqual([
      ["the fee", 59, "100"],
      ["the seats", 14, "50"],
    ]);
    expect(found.customPrices.map(({ name }) => name)).toEqual(["the seats", "Ramped seats"]);
  });

  test("of an amendment are what it changes", () => {
    const terms = {
      kind: "amendment",
      currency: "GBP",
      notes: null,
      changes: [
        { id: "1", kind: "change_discounts", lineageId: "seats", discounts: [{ percent: "30" }], endsBefore: null },
        { id: "2", kind: "renew", months: 36, upliftPercent: null },
      ],
    } as unknown as AmendmentTerms;
    const ends = (day: string | null) => ({ endsBefore: day === null ? null : plainDate(day) });
    const added = {
      ...surroundings,
      before: ends("2027-01-01"),
      after: ends("2030-01-01"),
      added: new Decimal("-12"),
      names: new Map([["1", "Seat"]]),
    };
    const found = factsOfAmendment(terms, added);
    expect(found.discounts.map(({ name, percent: by }) => [name, by.toFixed()])).toEqual([["Seat", "30"]]);
    expect(found.term?.months?.toFixed()).toBe("36");
    expect(found.total?.amount.toFixed()).toBe("-12");
    expect(factsOfAmendment(terms, { ...added, after: ends(null) }).term).toEqual({ months: null });
    expect(factsOfAmendment(terms, { ...added, after: ends("2026-06-01") }).term).toBeNull();
  });
});
