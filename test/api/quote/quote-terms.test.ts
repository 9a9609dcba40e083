import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestApi, type TestApi } from "../../testkit/api";
import { countStatements } from "../../testkit/count-statements";
import { quoteWorld, simpleQuote } from "./quote-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

describe("the terms of a version", () => {
  test("are typed: money with its currency, percents, prices as the catalog shows them", async () => {
    const world = await quoteWorld(api);
    const { prices, productId } = world;
    const money = (amount: string) => ({ amount, currency: "GBP" });
    const { id } = await simpleQuote(world, {
      termMonths: 12,
      endsBefore: null,
      paymentTerms: { kind: "NET_DAYS", days: 14 },
      renewal: { months: 12, noticeDays: 30, upliftPercent: "3.5" },
      notes: "Thank you.",
      phases: [
        {
          startsOn: "2027-01-01",
          lines: [
            { priceId: prices.fee.id, customTerms: { terms: { flat: { fee: "450.50" } }, maximum: "5000" } },
            {
              priceId: prices.seats.id,
              quantity: "10",
              trial: { months: 1 },
              ramp: [{ afterMonths: 6, quantity: "20" }],
              discounts: [{ description: "Launch", percent: "10" }],
            },
          ],
        },
      ],
      maximums: [
        { amount: money("9000"), cadence: "CUSTOM", cadenceMonths: 4, productId, lineageIds: [prices.fee.lineageId] },
      ],
      discounts: [{ description: "Goodwill", amount: money("25"), cadence: "ONE_TIME" }],
    });
    const { quote } = await world.sales.data(
      `query ($id: ID!) { quote(id: $id) { problems { code } current { warnings { code } terms { __typename name currency notes
        ... on QuoteSaleTerms { startsOn endsBefore termMonths anchorOn firstPeriod paymentTerms { kind days } poNumber
          renewal { months noticeDays upliftPercent } rollsUpUsage lateUsage
          phases { name startsOn endsBefore lines { price { id name terms { __typename } } product { name } description quantity
            customTerms { model terms { __typename ... on FlatTerms { fee } } includedUnits minimum maximum }
            trial { days months percentOff } ramp { startsOn afterMonths quantity price { id } customTerms { model } }
            discounts { description percent amount { amount } position } } }
          minimums { id } maximums { description amount { amount currency } cadence cadenceMonths lineageIds product { id } }
          discounts { description percent amount { amount currency } cadence scope { kind } position } } } } } }`,
      { id },
    );
    expect(quote).toEqual({
      problems: [],
      current: {
        warnings: [],
        terms: {
          __typename: "QuoteSaleTerms",
          name: "Acme 2027",
          currency: "GBP",
          notes: "Thank you.",
          startsOn: "2027-01-01",
          endsBefore: "2028-01-01",
          termMonths: 12,
          anchorOn: null,
          firstPeriod: "ANCHOR",
          paymentTerms: { kind: "NET_DAYS", days: 14 },
          poNumber: null,
          renewal: { months: 12, noticeDays: 30, upliftPercent: "3.5" },
          rollsUpUsage: false,
          lateUsage: "NEXT_INVOICE",
          phases: [
            {
              name: "Phase 1",
              startsOn: "2027-01-01",
              endsBefore: "2028-01-01",
              lines: [
                {
                  price: { id: prices.fee.id, name: "Platform fee", terms: { __typename: "FlatTerms" } },
                  product: { name: "Platform" },
                  description: null,
                  quantity: null,
                  customTerms: {
                    model: "FLAT",
                    terms: { __typename: "FlatTerms", fee: "450.5" },
                    includedUnits: null,
                    minimum: null,
                    maximum: "5000",
                  },
                  trial: null,
                  ramp: [],
                  discounts: [],
                },
                {
                  price: { id: prices.seats.id, name: "Seat", terms: { __typename: "SeatTerms" } },
                  product: { name: "Platform" },
                  description: null,
                  quantity: "10",
                  customTerms: null,
                  trial: { days: null, months: 1, percentOff: "100" },
                  ramp: [{ startsOn: null, afterMonths: 6, quantity: "20", price: null, customTerms: null }],
                  discounts: [{ description: "Launch", percent: "10", amount: null, position: "BEFORE_MINIMUM" }],
                },
              ],
            },
          ],
          minimums: [],
          maximums: [
            {
              description: "Maximum",
              amount: { amount: "9000.00", currency: "GBP" },
              cadence: "CUSTOM",
              cadenceMonths: 4,
              lineageIds: [prices.fee.lineageId],
              product: { id: productId },
            },
          ],
          discounts: [
            {
              description: "Goodwill",
              percent: null,
              amount: { amount: "25.00", currency: "GBP" },
              cadence: "ONE_TIME",
              scope: { kind: "INVOICE" },
              position: "AFTER_MINIMUM",
            },
          ],
        },
      },
    });
  });

  test("say what is missing, and what may be a slip, without being refused", async () => {
    const world = await quoteWorld(api);
    const { id } = await simpleQuote(world, {
      phases: [
        {
          startsOn: "2027-03-01",
          lines: [{ priceId: world.prices.fee.id, discounts: [{ description: "Slip", percent: "0.2" }] }],
        },
      ],
    });
    const { quote } = await world.sales.data(
      "query ($id: ID!) { quote(id: $id) { problems { code path } warnings { code } current { problems { code } warnings { code path } } } }",
      { id },
    );
    expect(quote).toEqual({
      problems: [{ code: "PHASES_GAP", path: ["phases", "0", "startsOn"] }],
      warnings: [{ code: "PERCENT_BELOW_ONE" }],
      current: {
        problems: [{ code: "PHASES_GAP" }],
        warnings: [{ code: "PERCENT_BELOW_ONE", path: ["phases", "0", "lines", "0", "discounts", "0", "percent"] }],
      },
    });
  });

  test("are read with as many statements for many quotes and lines as for one", async () => {
    const query = `query ($first: Int!) { quotes(first: $first) { nodes { owner { name } priceBook { name } problems { code }
      current { warnings { code } guardRailViolations { code } terms { ... on QuoteSaleTerms {
        phases { lines { price { name metric { code } } product { name } ramp { price { name } } } } minimums { product { name } } } } } } } }`;
    const world = await quoteWorld(api);
    const { prices, productId } = world;
    const minimums = [{ amount: { amount: "1", currency: "GBP" }, cadence: "MONTHLY", productId }];
    const lines = [prices.fee, prices.annual, prices.seats, prices.setup, prices.calls].map(({ id }) => ({
      priceId: id,
    }));
    const { priceBook } = await world.finance.done("createPriceBook", "priceBook { id }", {
      name: "UK",
      currency: "GBP",
      entries: Object.values(prices)
        .filter(({ id }) => id !== prices.dollars.id)
        .map(({ lineageId }) => ({ lineageId, discountLimitPercent: "5" })),
    });
    const from = { priceBookId: priceBook.id };
    await simpleQuote(world, { phases: [{ startsOn: "2027-01-01", lines }], minimums }, from);
    const reading = () => countStatements(() => world.sales.data(query, { first: 50 }));
    await reading();
    const one = await reading();
    const phases = ["2027-01-01", "2027-04-01", "2027-07-01"].map((startsOn) => ({ startsOn, lines }));
    for (const name of ["Two", "Three", "Four", "Five"]) await simpleQuote(world, { name, phases, minimums }, from);
    // A statement more may tell another connection its organization.
    expect(await reading()).toBeLessThanOrEqual(one + 1);
  });
});
