import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
import { countStatements } from "../../testkit/count-statements";
import { problemsOf } from "../contract/contract-world";
import { quoteWorld } from "../quote/quote-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const BOOK = `priceBook { id name description currency startsOn endsBefore archivedAt version entries { lineageId price { name currency }
  discountLimitPercent discountMaximumPercent minimumQuantity maximumQuantity floorUnitAmount } }`;

describe("a price book", () => {
  test("has prices in one currency, each with its guard rails, in the order of the list", async () => {
    const { finance, prices } = await quoteWorld(api);
    const { priceBook } = await finance.done("createPriceBook", BOOK, {
      name: "UK 2027",
      description: "List of the year",
      currency: "GBP",
      startsOn: "2026-10-01",
      endsBefore: "2028-01-01",
      entries: [
        {
          lineageId: prices.seats.lineageId,
          discountLimitPercent: "10",
          discountMaximumPercent: "25",
          minimumQuantity: "5",
          maximumQuantity: "500",
          floorUnitAmount: "11.50",
        },
        { lineageId: prices.fee.lineageId },
      ],
    });
    const none = {
      discountLimitPercent: null,
      discountMaximumPercent: null,
      minimumQuantity: null,
      maximumQuantity: null,
      floorUnitAmount: null,
    };
    expect(priceBook).toEqual({
      id: expect.any(String),
      name: "UK 2027",
      description: "List of the year",
      currency: "GBP",
      startsOn: "2026-10-01",
      endsBefore: "2028-01-01",
      archivedAt: null,
      version: 1,
      entries: [
        {
          lineageId: prices.seats.lineageId,
          price: { name: "Seat", currency: "GBP" },
          discountLimitPercent: "10",
          discountMaximumPercent: "25",
          minimumQuantity: "5",
          maximumQuantity: "500",
          floorUnitAmount: "11.5",
        },
        { ...none, lineageId: prices.fee.lineageId, price: { name: "Platform fee", currency: "GBP" } },
      ],
    });
  });

  test("with entries that cannot be is refused with every place", async () => {
    const { finance, prices, customerId } = await quoteWorld(api);
    const refused = await finance.command("createPriceBook", "priceBook { id }", {
      name: " ",
      currency: "GBP",
      startsOn: "2027-01-01",
      endsBefore: "2027-01-01",
      entries: [
        { lineageId: prices.dollars.lineageId },
        { lineageId: customerId },
        { lineageId: "no id at all" },
        { lineageId: prices.fee.lineageId, discountLimitPercent: "30", discountMaximumPercent: "20" },
        { lineageId: prices.fee.lineageId, discountMaximumPercent: "101", minimumQuantity: "3", maximumQuantity: "2" },
        { lineageId: prices.seats.lineageId, floorUnitAmount: "-1" },
      ],
    });
    expect(problemsOf(refused)).toEqual([
      "TEXT_MISSING at name",
      "VALIDITY_WITHOUT_DAYS at endsBefore",
      "CURRENCY_MISMATCH at entries.0.lineageId",
      "PRICE_NOT_FOUND at entries.1.lineageId",
      "PRICE_NOT_FOUND at entries.2.lineageId",
      "LIMIT_ABOVE_MAXIMUM at entries.3.discountLimitPercent",
      "LINEAGE_TWICE at entries.4.lineageId",
      "PERCENT_OUT_OF_RANGE at entries.4.discountMaximumPercent",
      "MINIMUM_ABOVE_MAXIMUM at entries.4.minimumQuantity",
      "NEGATIVE at entries.5.floorUnitAmount",
    ]);
    const money = await finance.command("createPriceBook", "priceBook { id }", { name: "X", currency: "XYZ" });
    expect(problemsOf(money)).toEqual(["CURRENCY_UNKNOWN at currency"]);
  });

  test("changes at the version that was read, and keeps its name for itself until it is archived", async () => {
    const { finance, prices } = await quoteWorld(api);
    const create = (name: string) => finance.command("createPriceBook", BOOK, { name, currency: "GBP" });
    const [{ priceBook: one }, { priceBook: other }] = [await create("One"), await create("Other")];
    expect(await create("One")).toMatchObject({ __typename: "Conflict", code: "NAME_TAKEN", path: ["name"] });
    const update = (input: object) => finance.command("updatePriceBook", BOOK, { id: other.id, version: 1, ...input });
    expect(await update({ name: "One" })).toMatchObject({ __typename: "Conflict", code: "NAME_TAKEN" });
    expect(problemsOf(await update({ name: null }))).toEqual(["NULL_NOT_ALLOWED at name"]);
    expect(await update({ description: "Spare", startsOn: "2027-01-01" })).toMatchObject({
      priceBook: { version: 2, name: "Other", description: "Spare", startsOn: "2027-01-01" },
    });
    expect(await update({ description: null })).toMatchObject({ __typename: "StaleVersion", currentVersion: 2 });
    const entries = [{ lineageId: prices.fee.lineageId }];
    const set = await finance.done("setPriceBookEntries", BOOK, { id: other.id, version: 2, entries });
    expect(set.priceBook).toMatchObject({ version: 3, entries: [{ lineageId: prices.fee.lineageId }] });
    const emptied = await finance.done("setPriceBookEntries", BOOK, { id: other.id, version: 3, entries: [] });
    expect(emptied.priceBook.entries).toEqual([]);

    const archived = await finance.done("archivePriceBook", BOOK, { id: one.id, version: 1 });
    expect(archived.priceBook).toMatchObject({ version: 2, archivedAt: expect.any(String) });
    expect(await finance.command("updatePriceBook", BOOK, { id: one.id, version: 2, name: "Back" })).toMatchObject({
      code: "PRICE_BOOK_ARCHIVED",
    });
    expect(await create("One")).toMatchObject({ __typename: "CreatePriceBookSuccess" });
    const { priceBooks } = await finance.data("{ priceBooks { nodes { name } } }");
    expect(priceBooks.nodes.map(({ name }: Answer) => name)).toEqual(["One", "Other"]);
    const all = await finance.data(
      "{ priceBooks(first: 2, includeArchived: true) { nodes { name } pageInfo { hasNextPage } } }",
    );
    expect(all.priceBooks).toEqual({ nodes: [{ name: "One" }, { name: "One" }], pageInfo: { hasNextPage: true } });
  });

  test("is read with as many statements for many as for one", async () => {
    const { finance, prices } = await quoteWorld(api);
    const entries = [prices.fee, prices.seats, prices.calls].map(({ lineageId }) => ({ lineageId }));
    await finance.done("createPriceBook", BOOK, { name: "One", currency: "GBP", entries });
    const reading = () =>
      countStatements(() => finance.data("{ priceBooks { nodes { entries { price { name product { name } } } } } }"));
    await reading();
    const one = await reading();
    for (const name of ["Two", "Three"])
      await finance.done("createPriceBook", BOOK, { name, currency: "GBP", entries });
    // A statement more may tell another connection its organization.
    expect(await reading()).toBeLessThanOrEqual(one + 1);
  });

  test("is for those who keep the catalog, and another organization sees nothing of it", async () => {
    const { sales, finance } = await quoteWorld(api);
    const input = { name: "Mine", currency: "GBP", idempotencyKey: "sales" };
    const { errors } = await sales.ask(
      "mutation ($input: CreatePriceBookInput!) { createPriceBook(input: $input) { __typename } }",
      { input },
    );
    expect(errors?.[0].extensions).toMatchObject({ code: "FORBIDDEN", permission: "CHANGE_CATALOG" });
    const { priceBook } = await finance.done("createPriceBook", BOOK, { name: "Ours", currency: "GBP" });
    const stranger = await quoteWorld(api);
    expect(
      await stranger.finance.data("query ($id: ID!) { priceBook(id: $id) { name } }", { id: priceBook.id }),
    ).toEqual({
      priceBook: null,
    });
    const update = { id: priceBook.id, version: 1, name: "Theirs" };
    expect(await stranger.finance.command("updatePriceBook", BOOK, update)).toMatchObject({
      code: "PRICE_BOOK_NOT_FOUND",
    });
  });
});
