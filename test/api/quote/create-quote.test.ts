import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
import { problemsOf } from "../contract/contract-world";
import { quoteWorld, simpleQuote, simpleTerms } from "./quote-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

describe("a new quote", () => {
  test("is a draft with a number, a first version and an owner's history", async () => {
    const world = await quoteWorld(api);
    const { id } = await simpleQuote(world);
    const { quote } = await world.sales.data(
      `query ($id: ID!) { quote(id: $id) { number kind status expiresOn customer { legalName } contract { id }
         current { ordinal revision sentAt } history { kind actor } } }`,
      { id },
    );
    expect(quote).toEqual({
      number: "Q-00001",
      kind: "SALE",
      status: "DRAFT",
      expiresOn: null,
      customer: { legalName: "Acme Ltd" },
      contract: null,
      current: { ordinal: 1, revision: 1, sentAt: null },
      history: [{ kind: "CREATED", actor: "test sales" }],
    });
  });

  test("may be blank but for its name and first day, and to somebody who is no customer yet", async () => {
    const world = await quoteWorld(api);
    const { quote } = await world.sales.done("createQuote", "quote { status customer { id } prospect { legalName } }", {
      prospect: { legalName: "Newcomer GmbH" },
      terms: { name: "Newcomer", startsOn: "2027-01-01" },
    });
    expect(quote).toEqual({ status: "DRAFT", customer: null, prospect: { legalName: "Newcomer GmbH" } });
  });

  test("with terms that cannot be is refused with every place", async () => {
    const world = await quoteWorld(api);
    const refused = await world.sales.command("createQuote", "quote { id }", {
      customerId: world.customerId,
      expiresOn: "2020-01-01",
      terms: simpleTerms(world, {
        phases: [
          {
            startsOn: "2027-01-01",
            endsBefore: "2027-07-01",
            lines: [
              { priceId: world.prices.dollars.id },
              { priceId: world.prices.fee.id, discounts: [{ description: "Too much", percent: "101" }] },
            ],
          },
          { startsOn: "2027-06-01", lines: [] },
        ],
      }),
    });
    expect(refused.__typename).toBe("InvalidInput");
    expect(problemsOf(refused)).toEqual([
      "EXPIRED_ALREADY at expiresOn",
      "CURRENCY_MISMATCH at terms.phases.0.lines.0.priceId",
      "PERCENT_OUT_OF_RANGE at terms.phases.0.lines.1.discounts.0.percent",
      "PHASES_OVERLAP at terms.phases.1.startsOn",
    ]);
  });

  test("is refused beyond ten years, as it is when it is edited", async () => {
    const world = await quoteWorld(api);
    const create = (more: object) =>
      world.sales.command("createQuote", "quote { id }", {
        customerId: world.customerId,
        terms: simpleTerms(world, more),
      });
    const long = await create({ endsBefore: "2037-01-02" });
    expect(problemsOf(long)).toEqual(["TERM_TOO_LONG at terms.endsBefore"]);
    expect(long.message).toContain("End the term before 1 Jan 2037");
    const { quote } = await create({ endsBefore: "2037-01-01" });
    const edited = await world.sales.command("updateQuoteHeadTerms", "quote { id }", {
      quoteId: quote.id,
      versionOrdinal: 1,
      revision: 1,
      endsBefore: "9990-01-01",
    });
    expect(problemsOf(edited)).toEqual(["TERM_TOO_LONG at endsBefore"]);
  });

  test("says line where a contract says charge", async () => {
    const world = await quoteWorld(api);
    const { prices, sales, customerId } = world;
    const lines = [
      { priceId: prices.fee.id },
      { priceId: prices.fee.id },
      { priceId: prices.annual.id, discounts: [{ description: "Off", percent: "101" }] },
    ];
    const terms = simpleTerms(world, { phases: [{ startsOn: "2027-01-01", lines }] });
    const refused = await sales.command("createQuote", "quote { id }", { customerId, terms });
    const messages = refused.problems.map(({ message }: Answer) => message);
    expect(messages.join(" ")).not.toContain("charge");
    expect(messages).toContain(
      "Phase 1, line 2 has a price that another line of the phase has already, in this or another version. Add up the quantities in one line.",
    );
  });
});
