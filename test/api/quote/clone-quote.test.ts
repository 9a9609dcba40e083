import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
import { problemsOf } from "../contract/contract-world";
import { type QuoteWorld, quoteWorld, simpleQuote } from "./quote-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const QUOTE = `quote { id number status customer { legalName } prospect { legalName } externalId deal expiresOn history { kind facts }
  current { ordinal revision terms { name ... on QuoteSaleTerms { poNumber startsOn endsBefore
    phases { id startsOn endsBefore lines { id price { name } quantity
      discounts { id description percent amount { amount } endsBefore } ramp { id startsOn quantity } } }
    minimums { id startsOn endsBefore amount { amount } } discounts { id scope { kind boundId } } } } } }`;

const money = (amount: string) => ({ amount, currency: "GBP" });

/** Two phases that share a discount, a ramp, and a discount for a minimum. */
const richTerms = ({ prices, productId }: QuoteWorld): object => {
  const line = {
    priceId: prices.seats.id,
    quantity: "10",
    discounts: [{ key: "shared", description: "Welcome", amount: money("100"), endsBefore: "2027-10-01" }],
  };
  return {
    poNumber: "PO-17",
    phases: [
      { startsOn: "2027-01-01", lines: [{ ...line, ramp: [{ startsOn: "2027-03-01", quantity: "20" }] }] },
      { startsOn: "2027-07-01", lines: [line] },
    ],
    minimums: [
      {
        key: "floor",
        amount: money("200"),
        cadence: "MONTHLY",
        productId,
        startsOn: "2027-02-01",
        endsBefore: "2027-12-01",
      },
    ],
    discounts: [{ description: "For it", percent: "5", scope: { commitment: { key: "floor" } } }],
  };
};

const idsIn = (terms: Answer): string[] => [
  ...terms.phases.flatMap((phase: Answer) => [phase.id, ...phase.lines.map(({ id }: Answer) => id)]),
  ...terms.minimums.map(({ id }: Answer) => id),
];

describe("a clone", () => {
  test("has a number and ids of its own, the same terms, and stays with the same customer", async () => {
    const world = await quoteWorld(api);
    const { id } = await simpleQuote(world, richTerms(world), { deal: "D-1", externalId: "crm-1" });
    const { quote } = await world.sales.data(`query ($id: ID!) { ${QUOTE.replace("quote {", "quote(id: $id) {")} }`, {
      id,
    });
    const cloned = await world.sales.done("cloneQuote", QUOTE, { quoteId: id });
    expect(cloned.quote).toMatchObject({
      number: "Q-00002",
      status: "DRAFT",
      customer: { legalName: "Acme Ltd" },
      externalId: null,
      deal: null,
      history: [{ kind: "CREATED", facts: { clonedFrom: "Q-00001", versionOrdinal: 1 } }],
      current: { ordinal: 1, revision: 1 },
    });
    const [before, after] = [quote.current.terms, cloned.quote.current.terms];
    const withoutIds = (terms: Answer) =>
      JSON.parse(JSON.stringify(terms), (key, value) => (/id$/i.test(key) ? 0 : value));
    expect(withoutIds(after)).toEqual(withoutIds(before));
    expect(idsIn(after).filter((one) => idsIn(before).includes(one))).toEqual([]);
    const [one, other] = after.phases.map(({ lines }: Answer) => lines[0].discounts[0].id);
    expect(one).toBe(other);
    expect(after.discounts[0].scope).toEqual({ kind: "COMMITMENT", boundId: after.minimums[0].id });
  });

  test("to somebody else, from another day on, moves all days and leaves the purchase order behind", async () => {
    const world = await quoteWorld(api);
    const { id } = await simpleQuote(world, richTerms(world));
    const { quote } = await world.sales.done("cloneQuote", QUOTE, {
      quoteId: id,
      prospect: { legalName: "Newcomer GmbH" },
      startsOn: "2028-03-15",
      name: "Newcomer 2028",
      expiresOn: "2027-12-31",
      externalId: "crm-2",
    });
    expect(quote).toMatchObject({
      customer: null,
      prospect: { legalName: "Newcomer GmbH" },
      expiresOn: "2027-12-31",
      externalId: "crm-2",
    });
    const { terms } = quote.current;
    expect(terms).toMatchObject({
      name: "Newcomer 2028",
      poNumber: null,
      startsOn: "2028-03-15",
      endsBefore: "2029-03-15",
    });
    expect(terms.phases.map(({ startsOn, endsBefore }: Answer) => [startsOn, endsBefore])).toEqual([
      ["2028-03-15", "2028-09-15"],
      ["2028-09-15", "2029-03-15"],
    ]);
    expect(terms.phases[0].lines[0]).toMatchObject({
      discounts: [{ endsBefore: "2028-12-15" }],
      ramp: [{ startsOn: "2028-05-15", quantity: "20" }],
    });
    expect(terms.minimums).toMatchObject([{ startsOn: "2028-04-15", endsBefore: "2029-02-15" }]);
  });

  test("of an earlier version has the terms of that version", async () => {
    const world = await quoteWorld(api);
    const { id } = await simpleQuote(world);
    expect(await world.sales.command("cloneQuote", "quote { id }", { quoteId: id, versionOrdinal: 2 })).toMatchObject({
      __typename: "NotFound",
      path: ["versionOrdinal"],
    });
    const { quote } = await world.sales.done("cloneQuote", QUOTE, { quoteId: id, versionOrdinal: 1 });
    expect(quote.current.terms.name).toBe("Acme 2027");
  });

  test("with days on which its prices are not effective yet is refused with the places", async () => {
    const world = await quoteWorld(api);
    const { id } = await simpleQuote(world);
    const early = await world.sales.command("cloneQuote", "quote { id }", { quoteId: id, startsOn: "2025-01-01" });
    expect(problemsOf(early)).toEqual([
      "PRICE_NOT_YET_EFFECTIVE at terms.phases.0.lines.0.priceId",
      "PRICE_NOT_YET_EFFECTIVE at terms.phases.0.lines.1.priceId",
    ]);
    const late = await world.sales.command("cloneQuote", "quote { id }", { quoteId: id, startsOn: "9998-01-01" });
    expect(problemsOf(late)).toEqual(["BEYOND_CALENDAR at startsOn"]);
    expect(await world.sales.command("cloneQuote", "quote { id }", { quoteId: world.customerId })).toMatchObject({
      code: "QUOTE_NOT_FOUND",
      path: ["quoteId"],
    });
  });

  test("takes nothing of what the first becomes later", async () => {
    const world = await quoteWorld(api);
    const { id } = await simpleQuote(world);
    const { quote } = await world.sales.done("cloneQuote", QUOTE, { quoteId: id });
    await world.sales.done("updateQuoteHeadTerms", "warnings { code }", {
      quoteId: id,
      versionOrdinal: 1,
      revision: 1,
      name: "Other",
    });
    const { quote: read } = await world.sales.data(
      `query ($id: ID!) { quote(id: $id) { current { terms { name } } } }`,
      {
        id: quote.id,
      },
    );
    expect(read.current.terms.name).toBe("Acme 2027");
  });
});
