import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
import { countStatements } from "../../testkit/count-statements";
import { problemsOf } from "../contract/contract-world";
import { quoteWorld, simpleQuote } from "../quote/quote-world";
import { withRunningContract } from "../quote/running-contract";
import {
  ADMIN,
  approve,
  changeDiscount,
  FINANCE,
  inShort,
  newMember,
  newRule,
  quoteWithDiscount,
  read,
  reject,
  submit,
} from "./approval-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const SEAT_22 = "finance: Discount 22 % on “Seat” is over 15 %";
const discountOver15 = { discountOver: { percent: "15" } };
const setDay = (world: { organization: { admin: Answer } }, day: string) =>
  world.organization.admin.done("setTestClock", "organization { today }", { now: `${day}T09:00:00Z` });

describe("A quote that is submitted", () => {
  test("is approved at once where no rule applies", async () => {
    const world = await quoteWorld(api);
    await newRule(world, "Cheap", discountOver15);
    const quote = await quoteWithDiscount(world, "15");
    expect((await submit(world.sales, quote)).quote.status).toBe("APPROVED");
    const { approvals, submissions, history } = await read(world.sales, quote);
    expect(approvals).toEqual([]);
    expect(submissions).toEqual([{ versionOrdinal: 1, revision: 1, submittedBy: "test sales", approvals: [] }]);
    expect(history.map(({ kind }: Answer) => kind)).toEqual(["CREATED", "SUBMITTED", "APPROVED"]);
  });

  test("waits for its approvers, one after the other, with the reasons and what they said", async () => {
    const world = await quoteWorld(api);
    await newRule(world, "Cheap", discountOver15, { approvers: [FINANCE, ADMIN] });
    await newRule(world, "Long", { termOverMonths: 6 });
    const quote = await quoteWithDiscount(world, "22");
    expect((await submit(world.sales, quote)).quote.status).toBe("IN_APPROVAL");
    expect(inShort(await read(world.sales, quote))).toEqual([
      `${SEAT_22} PENDING`,
      "an administrator: Discount 22 % on “Seat” is over 15 % WAITING",
      "finance: Term of 12 months is over 6 months WAITING",
    ]);
    const { admin } = world.organization;
    expect(await approve(admin, quote)).toMatchObject({ __typename: "Conflict", code: "NOT_YOUR_TURN" });
    expect(await approve(world.finance, quote, { comment: "Good customer." })).toMatchObject({
      quote: { status: "IN_APPROVAL" },
      approval: { status: "APPROVED" },
    });
    expect(await approve(world.finance, quote)).toMatchObject({ code: "NOT_YOUR_TURN" });
    expect((await approve(admin, quote)).quote.status).toBe("IN_APPROVAL");
    expect((await approve(world.finance, quote)).quote.status).toBe("APPROVED");
    const { approvals, history } = await read(world.sales, quote);
    expect(approvals.map(({ status, decidedBy, comment }: Answer) => [status, decidedBy, comment])).toEqual([
      ["APPROVED", "test finance", "Good customer."],
      ["APPROVED", "test admin", null],
      ["APPROVED", "test finance", null],
    ]);
    expect(history.slice(1).map(({ kind, actor, reason }: Answer) => [kind, actor, reason])).toEqual([
      ["SUBMITTED", "test sales", null],
      ["APPROVAL_GIVEN", "test finance", "Good customer."],
      ["APPROVAL_GIVEN", "test admin", null],
      ["APPROVAL_GIVEN", "test finance", null],
      ["APPROVED", "test finance", null],
    ]);
  });

  test("has to be complete, with every problem at its place", async () => {
    const world = await quoteWorld(api);
    const quote = await simpleQuote(world, { phases: [{ startsOn: "2027-02-01", lines: [] }] });
    const refused = await submit(world.sales, quote);
    expect(refused.__typename).toBe("InvalidInput");
    expect(problemsOf(refused).every((problem) => problem.includes(" at terms."))).toBe(true);
    expect((await read(world.sales, quote)).status).toBe("DRAFT");
  });

  test("has something to bill in each phase, if only at a discount of 100 %", async () => {
    const world = await quoteWorld(api);
    const { prices, sales } = world;
    const lines = [{ priceId: prices.fee.id }];
    const quote = await simpleQuote(world, {
      phases: [
        { startsOn: "2027-01-01", lines },
        { name: "Growth", startsOn: "2027-07-01", lines: [] },
      ],
    });
    expect(await submit(sales, quote)).toMatchObject({
      __typename: "InvalidInput",
      code: "LINES_MISSING",
      path: ["terms", "phases", "1", "lines"],
      message:
        "Growth has no lines. Add what is offered in it, at a discount of 100 % where it is free, or remove the phase.",
    });
    const PHASES =
      "current { ordinal revision figures { totalContractValue { amount } } terms { ... on QuoteSaleTerms { phases { id } } } }";
    const drafted = await sales.data(`query ($id: ID!) { quote(id: $id) { problems { code path } ${PHASES} } }`, {
      id: quote.id,
    });
    expect(drafted.quote.problems).toEqual([{ code: "LINES_MISSING", path: ["phases", "1", "lines"] }]);
    // Six months at 500.00: what is there already is priced while people go on.
    expect(drafted.quote.current.figures).toEqual({ totalContractValue: { amount: "3000.00" } });
    const free = { priceId: prices.fee.id, discounts: [{ description: "Free", percent: "100" }] };
    await sales.done("addQuoteLine", "quote { id }", {
      quoteId: quote.id,
      versionOrdinal: 1,
      revision: 1,
      phaseIds: [drafted.quote.current.terms.phases[1].id],
      line: free,
    });
    expect(await submit(sales, quote)).toMatchObject({ __typename: "SubmitQuoteSuccess" });
  });

  test("says beforehand whom it would ask, and what keeps it from being submitted", async () => {
    const world = await quoteWorld(api);
    await newRule(world, "Cheap", discountOver15);
    const quote = await quoteWithDiscount(world, "22");
    const preview = async (id: string) =>
      (
        await world.sales.data(
          "query ($id: ID!) { previewApprovals(quoteId: $id) { problems { code } approvals { reason ruleName isCarriedOver approver { role } } } }",
          { id },
        )
      ).previewApprovals;
    const cheap = { reason: "Discount 22 % on “Seat” is over 15 %", ruleName: "Cheap", approver: { role: "FINANCE" } };
    expect(await preview(quote.id)).toEqual({ problems: [], approvals: [{ ...cheap, isCarriedOver: false }] });
    expect((await read(world.sales, quote)).submissions).toEqual([]);
    const blank = await simpleQuote(world, { phases: [] });
    expect((await preview(blank.id)).problems).not.toEqual([]);
    await submit(world.sales, quote);
    expect((await preview(quote.id)).problems).toEqual([{ code: "QUOTE_NOT_IN_STATE" }]);
    expect(await preview("nothing")).toBeNull();
  });

  test("is submitted as it was looked at, once, and only as a draft", async () => {
    const world = await quoteWorld(api);
    const quote = await simpleQuote(world);
    const at = (more: object) => world.sales.command("submitQuote", "quote { status }", { quoteId: quote.id, ...more });
    expect(await at({ versionOrdinal: 2 })).toMatchObject({ __typename: "NotFound", path: ["versionOrdinal"] });
    expect(await at({ versionOrdinal: 1, revision: 7 })).toMatchObject({
      __typename: "StaleVersion",
      currentVersion: 1,
    });
    const key = { idempotencyKey: "once" };
    expect((await at({ versionOrdinal: 1, revision: 1, ...key })).quote.status).toBe("APPROVED");
    expect((await at({ versionOrdinal: 1, revision: 1, ...key })).quote.status).toBe("APPROVED");
    expect(await at({})).toMatchObject({ code: "QUOTE_NOT_IN_STATE" });
    expect((await read(world.sales, quote)).submissions).toHaveLength(1);
  });

  test("is asked of a rule as the rule was then; the rule may be deleted since", async () => {
    const world = await quoteWorld(api);
    const rule = await newRule(world, "Cheap", discountOver15);
    const quote = await quoteWithDiscount(world, "22");
    await submit(world.sales, quote);
    await world.finance.done("deleteApprovalRule", "deletedId", { id: rule.id, version: rule.version });
    expect(inShort(await read(world.sales, quote))).toEqual([`${SEAT_22} PENDING`]);
    expect((await approve(world.finance, quote)).quote.status).toBe("APPROVED");
    const { quote: read1 } = await world.sales.data(
      "query ($id: ID!) { quote(id: $id) { approvals { ruleName rule { id } } } }",
      { id: quote.id },
    );
    expect(read1.approvals).toEqual([{ ruleName: "Cheap", rule: null }]);
  });

  test("in another currency is compared with the limit in the base currency", async () => {
    const world = await quoteWorld(api);
    await newRule(world, "Big", { totalOver: { amount: "5000" } });
    const dollars = (more: object = {}) =>
      simpleQuote(world, {
        currency: "USD",
        phases: [{ startsOn: "2027-01-01", lines: [{ priceId: world.prices.dollars.id }] }],
        ...more,
      });
    const unknown = await dollars();
    await submit(world.sales, unknown);
    expect(inShort(await read(world.sales, unknown))).toEqual([
      "finance: Total of 7,200 USD cannot be compared with 5,000 GBP: there is no exchange rate PENDING",
    ]);
    await world.finance.done("setExchangeRates", "set", {
      rates: [{ from: "USD", to: "GBP", on: "2026-11-02", rate: "0.75", source: "test" }],
    });
    const known = await dollars();
    await submit(world.sales, known);
    expect(inShort(await read(world.sales, known))).toEqual(["finance: Total of 7,200 USD is over 5,000 GBP PENDING"]);
    const short = await dollars({ endsBefore: "2027-07-01" });
    expect((await submit(world.sales, short)).quote.status).toBe("APPROVED");
  });
});

describe("Approvers", () => {
  test("do not approve what they submitted, unless the rule allows it", async () => {
    const world = await quoteWorld(api);
    const rule = await newRule(world, "Cheap", discountOver15);
    const own = await quoteWithDiscount(world, "22");
    await submit(world.finance, own);
    expect(await approve(world.finance, own)).toMatchObject({ code: "OWN_QUOTE" });
    const other = await world.organization.as("finance");
    expect((await approve(other, own)).quote.status).toBe("APPROVED");

    await world.finance.done("updateApprovalRule", "approvalRule { id }", { id: rule.id, version: 1, allowsOwn: true });
    const allowed = await quoteWithDiscount(world, "22");
    await submit(world.finance, allowed);
    expect((await approve(world.finance, allowed)).quote.status).toBe("APPROVED");
  });

  test("of one rule are different people", async () => {
    const world = await quoteWorld(api);
    await newRule(world, "Cheap", discountOver15, { approvers: [FINANCE, FINANCE] });
    const quote = await quoteWithDiscount(world, "22");
    await submit(world.sales, quote);
    await approve(world.finance, quote);
    expect(await approve(world.finance, quote)).toMatchObject({ code: "APPROVED_BEFORE" });
    expect((await approve(await world.organization.as("finance"), quote)).quote.status).toBe("APPROVED");
  });

  test("may be one member, whom nobody else stands in for", async () => {
    const world = await quoteWorld(api);
    const carol = await newMember(api, world.organization.id, "finance", "Carol Chief");
    await newRule(world, "Cheap", discountOver15, { approvers: [{ memberId: carol.id }] });
    const quote = await quoteWithDiscount(world, "22");
    await submit(world.sales, quote);
    expect(await approve(world.finance, quote)).toMatchObject({
      code: "NOT_YOUR_TURN",
      message: expect.stringContaining("Carol Chief"),
    });
    expect((await approve(carol, quote)).quote.status).toBe("APPROVED");

    await api.database.owner.query("UPDATE member SET deactivated_at = now() WHERE id = $1", [carol.id]);
    const later = await quoteWithDiscount(world, "22");
    expect(problemsOf(await submit(world.sales, later))).toEqual(["APPROVER_GONE at quoteId"]);
  });

  test("see what waits for them, and nothing else", async () => {
    const world = await quoteWorld(api);
    await newRule(world, "Cheap", discountOver15, { approvers: [FINANCE, FINANCE] });
    await newRule(world, "Long", { termOverMonths: 6 }, { approvers: [ADMIN] });
    const mine = async (client = world.finance, first = 10) => {
      const { myApprovals } = await client.data(
        `{ myApprovals(first: ${first}) { nodes { reason status quote { id status } } pageInfo { hasNextPage } } }`,
      );
      return myApprovals.nodes.map(({ quote }: Answer) => quote.id);
    };
    const one = await quoteWithDiscount(world, "22");
    const two = await quoteWithDiscount(world, "30", {}, { expiresOn: "2026-11-10" });
    const own = await quoteWithDiscount(world, "40");
    await submit(world.sales, one);
    await submit(world.sales, two);
    await submit(world.finance, own);
    expect(await mine()).toEqual([one.id, two.id]);
    expect(await mine(world.organization.admin)).toEqual([]);
    await approve(world.finance, one);
    expect(await mine()).toEqual([two.id]);
    const other = await world.organization.as("finance");
    expect(await mine(other)).toEqual([one.id, two.id, own.id]);
    expect(await mine(other, 1)).toEqual([one.id]);
    await approve(other, one);
    expect(await mine(world.organization.admin)).toEqual([one.id]);
    await setDay(world, "2026-11-11");
    expect(await mine(other)).toEqual([own.id]);
  });

  test("approve just what they looked at", async () => {
    const world = await quoteWorld(api);
    await newRule(world, "Cheap", discountOver15);
    const quote = await quoteWithDiscount(world, "22");
    await submit(world.sales, quote);
    const { approvals } = await read(world.finance, quote);
    await changeDiscount(world.sales, quote, "25");
    await submit(world.sales, quote);
    expect(await approve(world.finance, quote, { revision: 1 })).toMatchObject({
      __typename: "StaleVersion",
      currentVersion: 2,
    });
    expect(await approve(world.finance, quote, { approvalId: approvals[0].id })).toMatchObject({
      code: "NOTHING_TO_APPROVE",
    });
    expect(await approve(world.finance, quote, { versionOrdinal: 2 })).toMatchObject({
      code: "QUOTE_VERSION_NOT_FOUND",
    });
    expect(await approve(world.finance, quote, { approvalId: quote.id })).toMatchObject({ code: "APPROVAL_NOT_FOUND" });
    expect(await approve(world.finance, { id: quote.id }, { quoteId: approvals[0].id })).toMatchObject({
      code: "QUOTE_NOT_FOUND",
    });
  });

  test("who decide at the same time decide once", async () => {
    const world = await quoteWorld(api);
    await newRule(world, "Cheap", discountOver15);
    const others = await Promise.all([1, 2, 3, 4].map(() => world.organization.as("finance")));
    const quote = await quoteWithDiscount(world, "22");
    await submit(world.sales, quote);
    const approvalId = (await read(world.finance, quote)).approvals[0].id;
    const answers = await Promise.all(
      others.map((client, index) => (index % 2 ? approve : reject)(client, quote, { approvalId })),
    );
    const codes = answers.map(({ __typename, code }) => code ?? __typename).sort();
    expect(codes.filter((code) => code === "APPROVAL_DECIDED")).toHaveLength(3);
    const { status, history } = await read(world.sales, quote);
    const isApproved = codes.includes("ApproveQuoteSuccess");
    expect(status).toBe(isApproved ? "APPROVED" : "DRAFT");
    const decisions = history.filter(({ kind }: Answer) => ["APPROVED", "REJECTED"].includes(kind));
    expect(decisions.map(({ kind }: Answer) => kind)).toEqual([isApproved ? "APPROVED" : "REJECTED"]);
  });

  test("analysts and integrations are not, and strangers find nothing", async () => {
    const world = await quoteWorld(api);
    await newRule(world, "Cheap", discountOver15);
    const quote = await quoteWithDiscount(world, "22");
    await submit(world.sales, quote);
    const integration = await world.organization.as("integration");
    await expect(approve(integration, quote)).rejects.toThrow("FORBIDDEN");
    const stranger = await quoteWorld(api);
    const refused = await stranger.finance.command("approveQuote", "quote { id }", {
      quoteId: quote.id,
      versionOrdinal: 1,
      revision: 1,
    });
    expect(refused.code).toBe("QUOTE_NOT_FOUND");
  });
});

describe("A quote that changes", () => {
  test("after it was approved needs approval again only for what changed", async () => {
    const world = await quoteWorld(api);
    await newRule(world, "Cheap", discountOver15);
    await newRule(world, "Notes", { notes: true }, { approvers: [ADMIN] });
    const quote = await quoteWithDiscount(world, "22", { notes: "As agreed." });
    await submit(world.sales, quote);
    await approve(world.finance, quote, { comment: "Fine." });
    await approve(world.organization.admin, quote);
    expect((await read(world.sales, quote)).status).toBe("APPROVED");

    await changeDiscount(world.sales, quote, "30");
    expect((await read(world.sales, quote)).status).toBe("DRAFT");
    expect((await submit(world.sales, quote)).quote.status).toBe("IN_APPROVAL");
    const again = await read(world.sales, quote);
    expect(inShort(again)).toEqual([
      "finance: Discount 30 % on “Seat” is over 15 % PENDING",
      "an administrator: Notes of its own CARRIED_OVER",
    ]);
    expect(again.approvals[1].decidedBy).toBe("test admin");
    expect((await approve(world.finance, quote)).quote.status).toBe("APPROVED");

    await changeDiscount(world.sales, quote, "18");
    expect((await submit(world.sales, quote)).quote.status).toBe("APPROVED");
    const milder = await read(world.sales, quote);
    expect(inShort(milder)).toEqual([
      "finance: Discount 18 % on “Seat” is over 15 % CARRIED_OVER",
      "an administrator: Notes of its own CARRIED_OVER",
    ]);
    expect(milder.submissions.map(({ revision }: Answer) => revision)).toEqual([1, 2, 3]);
    expect(milder.submissions[0].approvals[0]).toEqual({
      reason: "Discount 22 % on “Seat” is over 15 %",
      status: "APPROVED",
    });
  });

  test("while it waits is a draft again; who was not asked yet is not asked any more", async () => {
    const world = await quoteWorld(api);
    await newRule(world, "Cheap", discountOver15, { approvers: [FINANCE, ADMIN] });
    const quote = await quoteWithDiscount(world, "22");
    await submit(world.sales, quote);
    await approve(world.finance, quote);
    await changeDiscount(world.sales, quote, "20");
    const draft = await read(world.sales, quote);
    expect([draft.status, ...draft.approvals.map(({ status }: Answer) => status)]).toEqual([
      "DRAFT",
      "APPROVED",
      "CANCELLED",
    ]);
    await submit(world.sales, quote);
    const { approvals } = await read(world.sales, quote);
    expect(approvals.map(({ status }: Answer) => status)).toEqual(["CARRIED_OVER", "PENDING"]);
  });
});

describe("A quote that is sent back", () => {
  test("is a draft with the reason, and is asked anew of whoever rejected it", async () => {
    const world = await quoteWorld(api);
    await newRule(world, "Cheap", discountOver15, { approvers: [FINANCE, ADMIN] });
    const quote = await quoteWithDiscount(world, "22");
    await submit(world.sales, quote);
    await approve(world.finance, quote);
    const { admin } = world.organization;
    expect(problemsOf(await reject(admin, quote, { reason: " " }))).toEqual(["TEXT_MISSING at reason"]);
    expect(await reject(admin, quote, { reason: "Too cheap.\nAsk for 18 %." })).toMatchObject({
      quote: { status: "DRAFT", statusReason: "Too cheap.\nAsk for 18 %." },
      approval: { status: "REJECTED" },
    });
    await submit(world.sales, quote);
    const again = await read(world.sales, quote);
    expect(again.statusReason).toBeNull();
    expect(again.approvals.map(({ status }: Answer) => status)).toEqual(["CARRIED_OVER", "PENDING"]);
    const [, rejected] = (
      await world.sales.data(
        "query ($id: ID!) { quote(id: $id) { submissions { approvals { status comment decidedBy } } } }",
        { id: quote.id },
      )
    ).quote.submissions[0].approvals;
    expect(rejected).toEqual({ status: "REJECTED", comment: "Too cheap.\nAsk for 18 %.", decidedBy: "test admin" });
  });

  test("by whoever submitted it is a draft; others leave it alone", async () => {
    const world = await quoteWorld(api);
    await newRule(world, "Cheap", discountOver15);
    const quote = await quoteWithDiscount(world, "22");
    await submit(world.sales, quote);
    const recall = (client = world.sales) =>
      client.command("recallQuote", "quote { status statusReason }", { quoteId: quote.id, reason: "Not yet." });
    expect(await recall(await world.organization.as("sales"))).toMatchObject({ code: "NOT_THE_SUBMITTER" });
    expect((await recall()).quote).toEqual({ status: "DRAFT", statusReason: "Not yet." });
    expect(await recall()).toMatchObject({ code: "QUOTE_NOT_IN_STATE" });
    expect(inShort(await read(world.sales, quote))).toEqual([`${SEAT_22} CANCELLED`]);
    expect(await approve(world.finance, quote)).toMatchObject({ code: "QUOTE_NOT_IN_STATE" });
  });

  test("leaves its history as it was, whoever writes", async () => {
    const world = await quoteWorld(api);
    await newRule(world, "Cheap", discountOver15);
    const quote = await quoteWithDiscount(world, "22");
    await submit(world.sales, quote);
    await reject(world.finance, quote);
    for (const table of ["quote_submission", "quote_approval", "quote_approval_decision"]) {
      await expect(api.database.owner.query(`DELETE FROM ${table}`)).rejects.toThrow();
    }
  });
});

describe("A quote whose last day is over", () => {
  test("is neither submitted nor approved, whether or not anybody wrote down that it expired", async () => {
    const world = await quoteWorld(api);
    await newRule(world, "Cheap", discountOver15);
    const draft = await quoteWithDiscount(world, "22", {}, { expiresOn: "2026-11-05" });
    const waiting = await quoteWithDiscount(world, "22", {}, { expiresOn: "2026-11-05" });
    await submit(world.sales, waiting);
    await setDay(world, "2026-11-05");
    expect((await read(world.sales, waiting)).status).toBe("IN_APPROVAL");
    await setDay(world, "2026-11-06");
    const expired = await read(world.sales, waiting);
    expect([expired.status, ...inShort(expired)]).toEqual(["EXPIRED", `${SEAT_22} CANCELLED`]);
    expect(await approve(world.finance, waiting)).toMatchObject({ code: "QUOTE_EXPIRED" });
    expect(await reject(world.finance, waiting)).toMatchObject({ code: "QUOTE_EXPIRED" });
    expect(await submit(world.sales, draft)).toMatchObject({ code: "QUOTE_EXPIRED" });
    expect((await read(world.sales, draft)).status).toBe("DRAFT");
    const { quotes } = await world.sales.data("{ quotes(statuses: [EXPIRED]) { nodes { id } } }");
    expect(quotes.nodes).toEqual([{ id: waiting.id }]);
    const { quotes: others } = await world.sales.data("{ quotes(statuses: [IN_APPROVAL]) { nodes { id } } }");
    expect(others.nodes).toEqual([]);
  });
});

describe("Whoever leaves the price book", () => {
  async function quoteFromBook(percent: string) {
    const world = await quoteWorld(api);
    const { prices } = world;
    const { priceBook } = await world.finance.done("createPriceBook", "priceBook { id }", {
      name: "2027",
      currency: "GBP",
      entries: [
        { lineageId: prices.fee.lineageId },
        { lineageId: prices.seats.lineageId, discountLimitPercent: "15", discountMaximumPercent: "40" },
      ],
    });
    return { world, quote: await quoteWithDiscount(world, percent, {}, { priceBookId: priceBook.id }) };
  }
  const OVER = "“Seat”: The discount, 22 % of list, needs approval: the price book allows 15 % without.";

  test("asks by a rule for guard rails, and is refused where nobody would be asked", async () => {
    const { world, quote } = await quoteFromBook("22");
    expect(problemsOf(await submit(world.sales, quote))).toEqual(["NO_RULE_FOR_GUARD_RAILS at quoteId"]);
    await newRule(world, "Guard rails", { guardRails: true });
    await submit(world.sales, quote);
    expect(inShort(await read(world.sales, quote))).toEqual([`finance: ${OVER} PENDING`]);
    await approve(world.finance, quote);
    await changeDiscount(world.sales, quote, "18");
    expect((await submit(world.sales, quote)).quote.status).toBe("APPROVED");
    await changeDiscount(world.sales, quote, "23");
    expect((await submit(world.sales, quote)).quote.status).toBe("IN_APPROVAL");
  });

  test("within its limits asks nobody", async () => {
    const { world, quote } = await quoteFromBook("15");
    expect((await submit(world.sales, quote)).quote.status).toBe("APPROVED");
  });
});

describe("A quote that amends a contract", () => {
  test("is approved for what it changes and adds", async () => {
    const world = await withRunningContract(await quoteWorld(api));
    const { prices, sales, contractId } = world;
    await newRule(world, "Cheap", discountOver15);
    await newRule(world, "Big", { totalOver: { amount: "1000" } });
    await newRule(world, "Long", { termOverMonths: 6 });
    const amend = async (changes: object[]): Promise<Answer> =>
      (
        await sales.done("createAmendmentQuote", "quote { id }", {
          contractId,
          terms: { effectiveOn: "2026-12-01", reason: "More people", changes },
        })
      ).quote;
    const small = await amend([{ changeQuantity: { lineageId: prices.seats.lineageId, quantity: "12" } }]);
    expect((await submit(sales, small)).quote.status).toBe("APPROVED");
    const large = await amend([
      { changeDiscounts: { lineageId: prices.seats.lineageId, discounts: [{ description: "Loyal", percent: "20" }] } },
      { extend: { endsBefore: "2028-01-01" } },
    ]);
    await submit(sales, large);
    expect(inShort(await read(sales, large))).toEqual([
      "finance: Discount 20 % on “Seat” is over 15 % PENDING",
      expect.stringMatching(/^finance: Total of 7,4\d\d GBP is over 1,000 GBP WAITING$/),
      "finance: Term of 12 months is over 6 months WAITING",
    ]);
  });
});

test("Many quotes with their approvals take as many statements as one", async () => {
  const world = await quoteWorld(api);
  await newRule(world, "Cheap", discountOver15, { approvers: [FINANCE, ADMIN] });
  const all = () =>
    world.sales.data(
      "{ quotes { nodes { status approvals { reason status rule { name } approver { name } } submissions { revision } } } }",
    );
  await submit(world.sales, await quoteWithDiscount(world, "22"));
  await all();
  const few = await countStatements(all);
  for (const percent of ["23", "24", "25"]) await submit(world.sales, await quoteWithDiscount(world, percent));
  expect(await countStatements(all)).toBe(few);
});
