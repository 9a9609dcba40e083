import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
import { problemsOf } from "../contract/contract-world";
import { type QuoteWorld, quoteWorld, simpleQuote, simpleTerms } from "../quote/quote-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

async function bookOf(world: QuoteWorld, entries: readonly object[], more: object = {}): Promise<string> {
  const { priceBook } = await world.finance.done("createPriceBook", "priceBook { id }", {
    name: "UK 2027",
    currency: "GBP",
    entries,
    ...more,
  });
  return priceBook.id;
}

const oneLine = (line: object): object => ({ phases: [{ startsOn: "2027-01-01", lines: [line] }] });

describe("a quote that is made from a price book", () => {
  test("has its currency, and may use its prices alone", async () => {
    const world = await quoteWorld(api);
    const { prices } = world;
    const priceBookId = await bookOf(world, [{ lineageId: prices.fee.lineageId }]);
    const create = (terms: object) =>
      world.sales.command("createQuote", "quote { priceBook { name } current { terms { currency } } }", {
        customerId: world.customerId,
        priceBookId,
        terms: simpleTerms(world, terms),
      });
    expect(problemsOf(await create({}))).toEqual(["PRICE_NOT_IN_PRICE_BOOK at terms.phases.0.lines.1.priceId"]);
    expect(await create(oneLine({ priceId: prices.fee.id }))).toMatchObject({
      quote: { priceBook: { name: "UK 2027" }, current: { terms: { currency: "GBP" } } },
    });
    const stepped = oneLine({ priceId: prices.fee.id, ramp: [{ afterMonths: 6, priceId: prices.annual.id }] });
    expect(problemsOf(await create(stepped))).toContain("PRICE_NOT_ALIKE at terms.phases.0.lines.0.ramp.0.priceId");
    expect(problemsOf(await create({ currency: "USD", phases: [] }))).toEqual(["CURRENCY_MISMATCH at priceBookId"]);
  });

  test("needs a book that is valid today", async () => {
    const world = await quoteWorld(api);
    const entries = [{ lineageId: world.prices.fee.lineageId }];
    const from = async (priceBookId: string) =>
      problemsOf(
        await world.sales.command("createQuote", "quote { id }", {
          customerId: world.customerId,
          priceBookId,
          terms: simpleTerms(world, oneLine({ priceId: world.prices.fee.id })),
        }),
      );
    expect(await from(await bookOf(world, entries, { name: "Over", endsBefore: "2026-11-03" }))).toEqual([
      "PRICE_BOOK_NOT_VALID at priceBookId",
    ]);
    expect(await from(await bookOf(world, entries, { name: "To come", startsOn: "2026-11-04" }))).toEqual([
      "PRICE_BOOK_NOT_VALID at priceBookId",
    ]);
    expect(
      await from(await bookOf(world, entries, { name: "One day", startsOn: "2026-11-03", endsBefore: "2026-11-04" })),
    ).toEqual([]);
    const archived = await bookOf(world, entries, { name: "Gone" });
    await world.finance.done("archivePriceBook", "priceBook { id }", { id: archived, version: 1 });
    expect(await from(archived)).toEqual(["PRICE_BOOK_ARCHIVED at priceBookId"]);
    expect(await from(world.customerId)).toEqual(["PRICE_BOOK_NOT_FOUND at priceBookId"]);
  });

  test("is refused beyond the maximum discount, and says what needs approval beyond the limit", async () => {
    const world = await quoteWorld(api);
    const { prices } = world;
    const rail = { discountLimitPercent: "10", discountMaximumPercent: "25" };
    const priceBookId = await bookOf(world, [{ lineageId: prices.fee.lineageId, ...rail }]);
    const { id } = await simpleQuote(world, oneLine({ priceId: prices.fee.id }), { priceBookId });
    const read = async (): Promise<Answer> =>
      (
        await world.sales.data(
          `query ($id: ID!) { quote(id: $id) { problems { code } current { revision terms { ... on QuoteSaleTerms { phases { lines { id } } } }
             guardRailViolations { code severity lineId path limit actual message } } } }`,
          { id },
        )
      ).quote;
    const [{ id: lineId }] = (await read()).current.terms.phases[0].lines;
    const discounted = async (...percents: string[]) =>
      world.sales.command("setQuoteLineDiscounts", "warnings { code }", {
        quoteId: id,
        versionOrdinal: 1,
        revision: (await read()).current.revision,
        lineId,
        discounts: percents.map((percent) => ({ description: "Off", percent })),
      });

    await discounted("10");
    expect((await read()).current.guardRailViolations).toEqual([]);
    await discounted("10", "5");
    expect((await read()).current.guardRailViolations).toEqual([
      {
        code: "DISCOUNT_ABOVE_LIMIT",
        severity: "APPROVAL",
        lineId,
        path: ["phases", "0", "lines", "0", "discounts"],
        limit: "10",
        actual: "14.5",
        message: "The discount, 14.5 % of list, needs approval: the price book allows 10 % without.",
      },
    ]);
    expect((await read()).problems).toEqual([]);
    await discounted("25");
    expect(problemsOf(await discounted("25.01"))).toEqual(["DISCOUNT_ABOVE_MAXIMUM at discounts"]);
    const custom = await world.sales.command("updateQuoteLine", "warnings { code }", {
      quoteId: id,
      versionOrdinal: 1,
      revision: (await read()).current.revision,
      lineId,
      customTerms: { terms: { flat: { fee: "450" } } },
    });
    // 25 % off a price that is 10 % lower already is 32.5 % off the list.
    expect(problemsOf(custom)).toEqual(["DISCOUNT_ABOVE_MAXIMUM at discounts"]);
  });

  test("holds trials and ramps against the list over the whole term", async () => {
    const world = await quoteWorld(api);
    const { prices } = world;
    const priceBookId = await bookOf(world, [{ lineageId: prices.fee.lineageId, discountMaximumPercent: "10" }]);
    const trial = (months: number) =>
      world.sales.command("createQuote", "quote { id }", {
        customerId: world.customerId,
        priceBookId,
        terms: simpleTerms(world, oneLine({ priceId: prices.fee.id, trial: { months } })),
      });
    expect((await trial(1)).__typename).toBe("CreateQuoteSuccess");
    const refused = await trial(2);
    expect(problemsOf(refused)).toEqual(["DISCOUNT_ABOVE_MAXIMUM at terms.phases.0.lines.0.trial"]);
    expect(refused.message).toBe("The discount, 16.67 % of list, is above 10 %, the most that the price book allows.");
  });

  test("has no way around the book by a discount over several lines, of which each has its share", async () => {
    const world = await quoteWorld(api);
    const { prices } = world;
    const priceBookId = await bookOf(world, [
      { lineageId: prices.fee.lineageId, discountMaximumPercent: "10" },
      { lineageId: prices.seats.lineageId },
    ]);
    const create = async (discount: object) =>
      problemsOf(
        await world.sales.command("createQuote", "quote { id }", {
          customerId: world.customerId,
          priceBookId,
          terms: simpleTerms(world, { discounts: [{ description: "Goodwill", ...discount }] }),
        }),
      );
    expect(await create({ percent: "10" })).toEqual([]);
    expect(await create({ percent: "10.01" })).toEqual(["DISCOUNT_ABOVE_MAXIMUM at terms.discounts"]);
    expect(await create({ percent: "50", scope: { group: { lineageIds: [prices.seats.lineageId] } } })).toEqual([]);
    // 500.00 of the 635.00 a month are the fee's: its share of 63.50 is 50.00.
    const monthly = (amount: string) => create({ amount: { amount, currency: "GBP" }, cadence: "MONTHLY" });
    expect(await monthly("63.50")).toEqual([]);
    expect(await monthly("64.00")).toEqual(["DISCOUNT_ABOVE_MAXIMUM at terms.discounts"]);
    const capped = problemsOf(
      await world.sales.command("createQuote", "quote { id }", {
        customerId: world.customerId,
        priceBookId,
        terms: simpleTerms(world, {
          maximums: [{ amount: { amount: "500", currency: "GBP" }, cadence: "MONTHLY", productId: world.productId }],
        }),
      }),
    );
    expect(capped).toEqual(["DISCOUNT_ABOVE_MAXIMUM at terms.maximums"]);
  });

  test("keeps to quantities and floors, in ramps too", async () => {
    const world = await quoteWorld(api);
    const { prices } = world;
    const priceBookId = await bookOf(world, [
      { lineageId: prices.seats.lineageId, minimumQuantity: "5", maximumQuantity: "20", floorUnitAmount: "12" },
    ]);
    const create = async (line: object) =>
      problemsOf(
        await world.sales.command("createQuote", "quote { id }", {
          customerId: world.customerId,
          priceBookId,
          terms: simpleTerms(world, oneLine({ priceId: prices.seats.id, quantity: "10", ...line })),
        }),
      );
    const at = "terms.phases.0.lines.0";
    expect(await create({ quantity: "5" })).toEqual([]);
    expect(await create({ quantity: "4.99" })).toEqual([`QUANTITY_BELOW_MINIMUM at ${at}.quantity`]);
    expect(await create({ quantity: null })).toEqual([`QUANTITY_BELOW_MINIMUM at ${at}.quantity`]);
    expect(await create({ ramp: [{ afterMonths: 3, quantity: "20" }] })).toEqual([]);
    expect(await create({ ramp: [{ afterMonths: 3, quantity: "21" }] })).toEqual([
      `QUANTITY_ABOVE_MAXIMUM at ${at}.ramp.0.quantity`,
    ]);
    expect(await create({ discounts: [{ description: "Off", percent: "20" }] })).toEqual([]);
    expect(await create({ discounts: [{ description: "Off", percent: "20.1" }] })).toEqual([
      `UNIT_AMOUNT_BELOW_FLOOR at ${at}.priceId`,
    ]);
  });

  test("has somebody approve of a custom price for usage, whose discount nobody can measure", async () => {
    const world = await quoteWorld(api);
    const { prices } = world;
    const priceBookId = await bookOf(world, [{ lineageId: prices.calls.lineageId, discountMaximumPercent: "10" }]);
    const tiers = [{ upTo: null, unitPrice: "0.01" }];
    const { id } = await simpleQuote(
      world,
      oneLine({ priceId: prices.calls.id, customTerms: { terms: { graduated: { tiers } } } }),
      { priceBookId },
    );
    const { quote } = await world.sales.data(
      "query ($id: ID!) { quote(id: $id) { current { guardRailViolations { code severity limit actual } } } }",
      { id },
    );
    expect(quote.current.guardRailViolations).toEqual([
      { code: "DISCOUNT_NOT_MEASURABLE", severity: "APPROVAL", limit: "10", actual: null },
    ]);
  });

  test("that a stricter book would refuse is edited elsewhere and has a problem until it is put right", async () => {
    const world = await quoteWorld(api);
    const { prices } = world;
    const entries = [prices.fee, prices.seats].map(({ lineageId }) => ({ lineageId }));
    const priceBookId = await bookOf(world, entries);
    const { id } = await simpleQuote(world, {}, { priceBookId });
    await world.finance.done("setPriceBookEntries", "priceBook { id }", {
      id: priceBookId,
      version: 1,
      entries: [{ ...entries[0] }, { ...entries[1], discountMaximumPercent: "5" }],
    });
    const edited = await world.sales.done(
      "updateQuoteHeadTerms",
      "quote { problems { code path } current { terms { ... on QuoteSaleTerms { phases { id lines { id } } } } } }",
      { quoteId: id, versionOrdinal: 1, revision: 1, name: "Renamed" },
    );
    expect(edited.quote.problems).toEqual([
      { code: "DISCOUNT_ABOVE_MAXIMUM", path: ["phases", "0", "lines", "1", "discounts"] },
    ]);
    const [{ lines }] = edited.quote.current.terms.phases;
    const set = (revision: number, percent: string) =>
      world.sales.command("setQuoteLineDiscounts", "quote { problems { code } }", {
        quoteId: id,
        versionOrdinal: 1,
        revision,
        lineId: lines[1].id,
        discounts: [{ description: "Launch", percent }],
      });
    expect(problemsOf(await set(2, "12"))).toEqual(["DISCOUNT_ABOVE_MAXIMUM at discounts"]);
    expect(await set(2, "5")).toMatchObject({ quote: { problems: [] } });
  });

  test("may be taken from its book again, or put into one that fits", async () => {
    const world = await quoteWorld(api);
    const fits = await bookOf(
      world,
      [world.prices.fee, world.prices.seats].map(({ lineageId }) => ({ lineageId })),
    );
    const strict = await bookOf(world, [{ lineageId: world.prices.fee.lineageId }], { name: "Strict" });
    const { id } = await simpleQuote(world);
    const update = (version: number, priceBookId: string | null) =>
      world.sales.command("updateQuote", "quote { version priceBook { name } }", { id, version, priceBookId });
    expect(problemsOf(await update(1, strict))).toEqual(["PRICE_NOT_IN_PRICE_BOOK at terms.phases.0.lines.1.priceId"]);
    expect(await update(1, fits)).toMatchObject({ quote: { version: 2, priceBook: { name: "UK 2027" } } });
    expect(await update(2, null)).toMatchObject({ quote: { version: 3, priceBook: null } });
  });
});
