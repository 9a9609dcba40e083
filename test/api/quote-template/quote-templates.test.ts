import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
import { problemsOf } from "../contract/contract-world";
import { type QuoteWorld, quoteWorld, simpleQuote } from "../quote/quote-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const TEMPLATE = `template { id name description version archivedAt createdBy priceBook { name } terms { name
  ... on QuoteSaleTerms { poNumber startsOn phases { id startsOn lines { price { name } quantity } } } } }`;
const QUOTE = `quote { number status deal customer { legalName } history { kind facts } current { terms { name
  ... on QuoteSaleTerms { startsOn endsBefore phases { id startsOn endsBefore lines { price { name } quantity discounts { percent } } } } } } }`;

const saved = async (world: QuoteWorld, input: object = {}, terms: object = {}): Promise<Answer> => {
  const { id } = await simpleQuote(world, terms);
  return (await world.sales.done("saveQuoteAsTemplate", TEMPLATE, { quoteId: id, name: "Standard year", ...input }))
    .template;
};

describe("a template", () => {
  test("keeps the terms of a quote, without the purchase order", async () => {
    const world = await quoteWorld(api);
    const template = await saved(world, { description: "For most" }, { poNumber: "PO-1" });
    expect(template).toMatchObject({
      name: "Standard year",
      description: "For most",
      version: 1,
      archivedAt: null,
      createdBy: "test sales",
      priceBook: null,
      terms: {
        name: "Acme 2027",
        poNumber: null,
        startsOn: "2027-01-01",
        phases: [{ lines: [{ price: { name: "Platform fee" } }, { price: { name: "Seat" }, quantity: "10" }] }],
      },
    });
  });

  test("makes a quote whose days are moved to the asked start, to whomever", async () => {
    const world = await quoteWorld(api);
    const template = await saved(
      world,
      {},
      {
        phases: [
          { startsOn: "2027-01-01", lines: [{ priceId: world.prices.seats.id, quantity: "10" }] },
          { startsOn: "2027-04-01", lines: [{ priceId: world.prices.seats.id, quantity: "20" }] },
        ],
      },
    );
    const input = {
      templateId: template.id,
      customerId: world.customerId,
      startsOn: "2027-02-15",
      name: "Acme again",
      deal: "D",
    };
    const { quote } = await world.sales.done("createQuoteFromTemplate", QUOTE, input);
    expect(quote).toMatchObject({
      number: "Q-00002",
      status: "DRAFT",
      deal: "D",
      customer: { legalName: "Acme Ltd" },
      history: [{ kind: "CREATED", facts: { template: "Standard year" } }],
    });
    const { terms } = quote.current;
    expect(terms).toMatchObject({
      name: "Acme again",
      startsOn: "2027-02-15",
      endsBefore: "2028-02-15",
      phases: [
        { startsOn: "2027-02-15", endsBefore: "2027-05-15", lines: [{ quantity: "10" }] },
        { startsOn: "2027-05-15", endsBefore: "2028-02-15", lines: [{ quantity: "20" }] },
      ],
    });
    expect(terms.phases[0].id).not.toBe(template.terms.phases[0].id);
  });

  test("is refused where it cannot be used", async () => {
    const world = await quoteWorld(api);
    const template = await saved(world);
    const create = (input: object) =>
      world.sales.command("createQuoteFromTemplate", QUOTE, {
        templateId: template.id,
        customerId: world.customerId,
        startsOn: "2027-01-01",
        ...input,
      });
    expect(problemsOf(await create({ customerId: null }))).toEqual(["CUSTOMER_OR_PROSPECT at customerId"]);
    expect(problemsOf(await create({ startsOn: "2025-06-01", expiresOn: "2020-01-01" }))).toEqual([
      "EXPIRED_ALREADY at expiresOn",
      "PRICE_NOT_YET_EFFECTIVE at terms.phases.0.lines.0.priceId",
      "PRICE_NOT_YET_EFFECTIVE at terms.phases.0.lines.1.priceId",
    ]);
    expect(await create({ templateId: world.customerId })).toMatchObject({ code: "QUOTE_TEMPLATE_NOT_FOUND" });
    const stranger = await quoteWorld(api);
    expect(
      await stranger.sales.command("createQuoteFromTemplate", QUOTE, {
        templateId: template.id,
        customerId: stranger.customerId,
        startsOn: "2027-01-01",
      }),
    ).toMatchObject({ code: "QUOTE_TEMPLATE_NOT_FOUND" });
  });

  test("is renamed, and goes out of use when it is deleted; its name is free again", async () => {
    const world = await quoteWorld(api);
    const { id } = await saved(world);
    const { id: quoteId } = await simpleQuote(world);
    const again = (name: string) => world.sales.command("saveQuoteAsTemplate", TEMPLATE, { quoteId, name });
    expect(await again("Standard year")).toMatchObject({ __typename: "Conflict", code: "NAME_TAKEN" });
    expect(await again("Second")).toMatchObject({ __typename: "SaveQuoteAsTemplateSuccess" });
    const update = (input: object) =>
      world.sales.command("updateQuoteTemplate", TEMPLATE, { id, version: 1, ...input });
    expect(await update({ name: "Second" })).toMatchObject({ code: "NAME_TAKEN" });
    expect(await update({ name: "First", description: "The usual" })).toMatchObject({
      template: { name: "First", description: "The usual", version: 2 },
    });
    expect(await update({ name: "Late" })).toMatchObject({ __typename: "StaleVersion", currentVersion: 2 });
    const deleted = await world.sales.done("deleteQuoteTemplate", TEMPLATE, { id, version: 2 });
    expect(deleted.template.archivedAt).not.toBeNull();
    const input = { templateId: id, customerId: world.customerId, startsOn: "2027-01-01" };
    expect(await world.sales.command("createQuoteFromTemplate", QUOTE, input)).toMatchObject({
      __typename: "Conflict",
      code: "QUOTE_TEMPLATE_DELETED",
    });
    expect(await again("First")).toMatchObject({ __typename: "SaveQuoteAsTemplateSuccess" });
    const { quoteTemplates } = await world.sales.data("{ quoteTemplates { nodes { name } } }");
    expect(quoteTemplates.nodes).toEqual([{ name: "First" }, { name: "Second" }]);
    const { quoteTemplate } = await world.sales.data("query ($id: ID!) { quoteTemplate(id: $id) { name } }", { id });
    expect(quoteTemplate).toEqual({ name: "First" });
  });

  test("of a quote from a price book makes quotes from that book", async () => {
    const world = await quoteWorld(api);
    const { priceBook } = await world.finance.done("createPriceBook", "priceBook { id }", {
      name: "UK",
      currency: "GBP",
      entries: [world.prices.fee, world.prices.seats].map(({ lineageId }) => ({ lineageId })),
    });
    const { id: quoteId } = await simpleQuote(world, {}, { priceBookId: priceBook.id });
    const { template } = await world.sales.done("saveQuoteAsTemplate", TEMPLATE, { quoteId, name: "From the book" });
    expect(template.priceBook).toEqual({ name: "UK" });
    const input = { templateId: template.id, customerId: world.customerId, startsOn: "2027-01-01" };
    const made = (more: object) =>
      world.sales.done("createQuoteFromTemplate", "quote { priceBook { name } }", { ...input, ...more });
    expect((await made({})).quote.priceBook).toEqual({ name: "UK" });
    expect((await made({ priceBookId: null })).quote.priceBook).toBeNull();
  });
});
