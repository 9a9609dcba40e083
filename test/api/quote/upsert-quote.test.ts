import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
import { problemsOf } from "../contract/contract-world";
import { type QuoteWorld, quoteWorld, simpleTerms } from "./quote-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const UPSERTED = `outcome quote { id number version status deal expiresOn customer { legalName }
  current { ordinal revision edits { path before after } terms { ... on QuoteSaleTerms { name minimums { id }
    phases { id lines { id quantity price { name } discounts { id percent } } } } } } }`;

const upsert = (world: QuoteWorld, input: object): Promise<Answer> =>
  world.sales.command("upsertQuote", UPSERTED, input);

const sent = (world: QuoteWorld, more: object = {}) => ({
  externalId: "crm-1",
  customerId: world.customerId,
  deal: "D-1",
  terms: simpleTerms(world),
  ...more,
});

describe("a quote by its external id", () => {
  test("is made once; the same content again changes nothing and answers the same", async () => {
    const world = await quoteWorld(api);
    const first = await upsert(world, sent(world));
    expect(first).toMatchObject({ outcome: "CREATED", quote: { number: "Q-00001", version: 1, deal: "D-1" } });
    const again = await upsert(world, sent(world));
    expect(again).toEqual({ ...first, outcome: "UNCHANGED" });
    const { auditEvents } = await world.organization.admin.data(
      "query ($id: ID!) { auditEvents(subjectId: $id) { nodes { action } } }",
      { id: first.quote.id },
    );
    expect(auditEvents.nodes).toEqual([{ action: "quote.created" }]);
  });

  test("sent twice at the same time makes one", async () => {
    const world = await quoteWorld(api);
    const answers = await Promise.all([1, 2, 3].map(() => upsert(world, sent(world))));
    expect(answers.map(({ outcome }) => outcome).sort()).toEqual(["CREATED", "UNCHANGED", "UNCHANGED"]);
    expect(new Set(answers.map(({ quote }) => quote.id)).size).toBe(1);
    const { quotes } = await world.sales.data("{ quotes { nodes { number } } }");
    expect(quotes.nodes).toHaveLength(1);
  });

  test("changes what is sent; what is left out stays, and parts that are the same keep their ids", async () => {
    const world = await quoteWorld(api);
    const first = await upsert(world, sent(world));
    const [phase] = first.quote.current.terms.phases;
    const changed = await upsert(world, {
      externalId: "crm-1",
      expiresOn: "2026-12-31",
      terms: simpleTerms(world, {
        phases: [
          {
            startsOn: "2027-01-01",
            lines: [
              { priceId: world.prices.annual.id },
              { priceId: world.prices.seats.id, quantity: "12", discounts: [{ description: "Launch", percent: "10" }] },
            ],
          },
        ],
      }),
    });
    expect(changed).toMatchObject({
      outcome: "UPDATED",
      quote: { deal: "D-1", expiresOn: "2026-12-31", version: 2, current: { ordinal: 1, revision: 2 } },
    });
    const { terms, edits } = changed.quote.current;
    expect(terms.phases[0].id).toBe(phase.id);
    expect(terms.phases[0].lines[1]).toEqual({ ...phase.lines[1], quantity: "12" });
    const path = `phases.${phase.id}.lines`;
    expect(edits).toEqual([
      { path: `${path}.${phase.lines[0].id}`, before: expect.anything(), after: null },
      { path: `${path}.${terms.phases[0].lines[0].id}`, before: null, after: expect.anything() },
      { path: `${path}.${phase.lines[1].id}.quantity`, before: "10", after: "12" },
    ]);
  });

  test("may name its customer by the customer's external id", async () => {
    const world = await quoteWorld(api);
    await world.sales.done("upsertCustomer", "outcome", {
      externalId: "account-9",
      legalName: "Beta SA",
      currency: "GBP",
    });
    const { customerId: _, ...rest } = sent(world);
    const { quote } = await upsert(world, { ...rest, customerExternalId: "account-9" });
    expect(quote.customer).toEqual({ legalName: "Beta SA" });
    expect(await upsert(world, { ...rest, customerExternalId: "account-10" })).toMatchObject({
      __typename: "NotFound",
      path: ["customerExternalId"],
    });
    expect(await upsert(world, sent(world, { customerExternalId: "account-9" }))).toMatchObject({
      code: "CUSTOMER_OR_PROSPECT",
    });
  });

  test("that is new needs terms, and wrong ones are refused with their places", async () => {
    const world = await quoteWorld(api);
    expect(await upsert(world, { externalId: "crm-2", customerId: world.customerId })).toMatchObject({
      code: "TERMS_MISSING",
      path: ["terms"],
    });
    await upsert(world, sent(world));
    const wrong = simpleTerms(world, {
      phases: [{ startsOn: "2027-01-01", lines: [{ priceId: world.prices.dollars.id }] }],
    });
    expect(problemsOf(await upsert(world, sent(world, { terms: wrong, deal: "D-2" })))).toEqual([
      "CURRENCY_MISMATCH at terms.phases.0.lines.0.priceId",
    ]);
    const { quote } = await upsert(world, { externalId: "crm-1" });
    expect(quote).toMatchObject({ deal: "D-1", version: 1, current: { revision: 1 } });
  });
});
