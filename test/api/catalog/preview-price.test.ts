import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Answer, type Client, startTestApi, type TestApi, type TestOrganization } from "../../testkit/api";

let api: TestApi;
let organization: TestOrganization;
let admin: Client;
beforeAll(async () => {
  api = await startTestApi();
  organization = await api.organization();
  admin = organization.admin;
});
afterAll(() => api.stop());

const PREVIEW = `query ($input: PreviewPriceInput!) { previewPrice(input: $input) {
  slices { kind quantity unitPrice flatFee amount above upTo packageSize dimensions { property value } }
  amountPrecise amount { amount currency } amountBounded { amount } problems { code message path } warnings { code path } } }`;
const preview = async (terms: object, usage: object, more: object = {}, client = admin): Promise<Answer> =>
  (await client.data(PREVIEW, { input: { currency: "GBP", terms, ...usage, ...more } })).previewPrice;

const slicesOf = ({ slices }: Answer): string[] =>
  slices.map(
    (slice: Answer) => `${slice.kind} ${slice.quantity} × ${slice.unitPrice} + ${slice.flatFee} = ${slice.amount}`,
  );
const problemsOf = ({ problems }: Answer): string[] =>
  problems.map(({ code, path }: Answer) => `${path.join(".")}: ${code}`);

const tiers = [{ upTo: "100", unitPrice: "0.5", flatFee: "10" }, { unitPrice: "0.333" }];
const matrix = {
  dimensions: ["region", "size"],
  rows: [{ values: ["eu", "small"], unitPrice: "1" }],
  defaultUnitPrice: "2.5",
};
const group = (quantity: string, region: string, size: string) => ({
  quantity,
  values: [
    { property: "region", value: region },
    { property: "size", value: size },
  ],
});

describe("a price that is not saved is rated", () => {
  test.each<[string, object, object, object, string[], string, string]>([
    ["flat", { flat: { fee: "500" } }, { quantity: "1" }, {}, ["FEE 1 × 500 + 0 = 500"], "500", "500.00"],
    [
      "per unit, after included units",
      { perUnit: { unitPrice: "0.0125" } },
      { quantity: "150" },
      { includedUnits: "49" },
      ["UNITS 101 × 0.0125 + 0 = 1.2625"],
      "1.2625",
      "1.26",
    ],
    [
      "by packages",
      { package: { packageSize: "1000", packagePrice: "12.5" } },
      { quantity: "1001" },
      {},
      ["PACKAGES 2 × 12.5 + 0 = 25"],
      "25",
      "25.00",
    ],
    [
      "by tiers",
      { graduated: { tiers } },
      { quantity: "101" },
      {},
      ["TIER 100 × 0.5 + 10 = 60", "TIER 1 × 0.333 + 0 = 0.333"],
      "60.333",
      "60.33",
    ],
    ["by volume", { volume: { tiers } }, { quantity: "101" }, {}, ["TIER 101 × 0.333 + 0 = 33.633"], "33.633", "33.63"],
    [
      "for seats",
      { seat: { strategy: "USE_MAXIMUM", perUnit: { unitPrice: "9" } } },
      { quantity: "3" },
      {},
      ["UNITS 3 × 9 + 0 = 27"],
      "27",
      "27.00",
    ],
    [
      "in percent, with a fee of each event",
      { percentage: { percent: "2.9", fixedPerEvent: "0.3" } },
      { quantity: "100", events: "4" },
      {},
      ["PERCENT 100 × 0.029 + 0 = 2.9", "EVENTS 4 × 0.3 + 0 = 1.2"],
      "4.1",
      "4.10",
    ],
    [
      "in percent, bounded for each event",
      { percentage: { percent: "1", minimumPerEvent: "1", maximumPerEvent: "3" } },
      { eventAmounts: ["50", "200", "900"] },
      {},
      ["PERCENT 200 × 0.01 + 0 = 2", "EVENTS_AT_MINIMUM 1 × 1 + 0 = 1", "EVENTS_AT_MAXIMUM 1 × 3 + 0 = 3"],
      "6",
      "6.00",
    ],
    [
      "in percent by tiers",
      {
        graduatedPercentage: {
          tiers: [
            { upTo: "1000", percent: "3" },
            { percent: "2", flatFee: "1" },
          ],
          includedAmount: "100",
        },
      },
      { quantity: "1600" },
      {},
      ["PERCENT_TIER 1000 × 0.03 + 0 = 30", "PERCENT_TIER 500 × 0.02 + 1 = 11"],
      "41",
      "41.00",
    ],
    [
      "by a matrix, whose groups say the quantity",
      { matrix },
      { groups: [group("4", "us", "small"), group("3", "eu", "small")] },
      { includedUnits: "1" },
      ["MATRIX_ROW 2 × 1 + 0 = 2", "MATRIX_DEFAULT 4 × 2.5 + 0 = 10"],
      "12",
      "12.00",
    ],
    ["once", { oneTime: { fee: "1000" } }, { quantity: "2" }, {}, ["FEE 2 × 1000 + 0 = 2000"], "2000", "2000.00"],
  ])("%s", async (_name, terms, usage, more, slices, precise, amount) => {
    const answer = await preview(terms, usage, more);
    expect(problemsOf(answer)).toEqual([]);
    expect(slicesOf(answer)).toEqual(slices);
    expect(answer).toMatchObject({
      amountPrecise: precise,
      amount: { amount, currency: "GBP" },
      amountBounded: { amount },
      warnings: [],
    });
  });

  test("with what tells a slice from another", async () => {
    const packages = await preview({ package: { packageSize: "10", packagePrice: "1" } }, { quantity: "1" });
    expect(packages.slices[0]).toMatchObject({ packageSize: "10", above: null, upTo: null, dimensions: null });
    const tiered = await preview({ graduated: { tiers } }, { quantity: "101" });
    expect(tiered.slices).toMatchObject([
      { above: "0", upTo: "100" },
      { above: "100", upTo: null },
    ]);
    const rows = await preview({ matrix }, { groups: [group("3", "eu", "small"), group("3", "eu", "large")] });
    expect(rows.slices.map(({ dimensions }: Answer) => dimensions)).toEqual([
      [
        { property: "region", value: "eu" },
        { property: "size", value: "small" },
      ],
      null,
    ]);
  });

  test.each([
    ["9.99", "10.00"],
    ["10", "10.00"],
    ["10.01", "10.01"],
    ["20", "20.00"],
    ["20.01", "20.00"],
  ])("between its minimum of 10 and its maximum of 20: %s owes %s", async (fee, owed) => {
    const answer = await preview({ flat: { fee } }, { quantity: "1" }, { minimum: "10", maximum: "20" });
    expect(answer.amountBounded.amount).toBe(owed);
  });

  test("in the minor units of its currency", async () => {
    const inCurrency = async (currency: string) =>
      (await preview({ flat: { fee: "10.4565" } }, { quantity: "1" }, { currency })).amount;
    expect(await inCurrency("JPY")).toEqual({ amount: "10", currency: "JPY" });
    expect(await inCurrency("KWD")).toEqual({ amount: "10.457", currency: "KWD" });
  });

  test("with a warning where a percent may be a slip", async () => {
    const { warnings } = await preview({ percentage: { percent: "0.1" } }, { quantity: "100" });
    expect(warnings).toEqual([{ code: "PERCENT_BELOW_ONE", path: ["terms", "percentage", "percent"] }]);
  });
});

describe("a preview says why it cannot rate", () => {
  test.each<[string, object, object, object, string[]]>([
    ["without a model", {}, { quantity: "1" }, {}, ["terms: NOT_EXACTLY_ONE_MODEL"]],
    ["a negative fee", { flat: { fee: "-1" } }, { quantity: "1" }, {}, ["terms.flat.fee: NEGATIVE"]],
    [
      "an unknown currency",
      { flat: { fee: "1" } },
      { quantity: "1" },
      { currency: "XXY" },
      ["currency: CURRENCY_UNKNOWN"],
    ],
    ["without a quantity", { perUnit: { unitPrice: "1" } }, {}, {}, ["quantity: QUANTITY_MISSING"]],
    ["fewer than no seats", { oneTime: { fee: "1" } }, { quantity: "-1" }, {}, ["quantity: QUANTITY_NEGATIVE"]],
    ["a matrix without groups", { matrix }, { quantity: "1" }, {}, ["groups: GROUPS_MISSING"]],
    [
      "groups that are not the quantity",
      { matrix },
      { quantity: "1", groups: [group("2", "eu", "small")] },
      {},
      ["quantity: QUANTITY_DIFFERS"],
    ],
    [
      "bounds of each event without events",
      { percentage: { percent: "1", minimumPerEvent: "1" } },
      { quantity: "1" },
      {},
      ["eventAmounts: EVENT_AMOUNTS_MISSING"],
    ],
    [
      "a fee of each event without their number",
      { percentage: { percent: "1", fixedPerEvent: "1" } },
      { quantity: "1" },
      {},
      ["events: EVENTS_MISSING"],
    ],
    [
      "more events than one looks at",
      { percentage: { percent: "1" } },
      { eventAmounts: Array.from({ length: 1001 }, () => "1") },
      {},
      ["eventAmounts: USAGE_TOO_LONG"],
    ],
  ])("%s", async (_name, terms, usage, more, expected) => {
    const answer = await preview(terms, usage, more);
    expect(problemsOf(answer)).toEqual(expected);
    expect(answer).toMatchObject({ slices: [], amountPrecise: null, amount: null, amountBounded: null });
  });
});

test("a preview saves nothing and asks only for the right to read", async () => {
  const analyst = await organization.as("analyst");
  const { amount } = await preview({ flat: { fee: "5" } }, { quantity: "1" }, {}, analyst);
  expect(amount.amount).toBe("5.00");
  expect((await admin.data("{ prices { nodes { id } } }")).prices.nodes).toEqual([]);
  const { errors } = await api.client(null).ask(PREVIEW, { input: { currency: "GBP", terms: { flat: { fee: "5" } } } });
  expect(errors?.[0].extensions.code).toBe("UNAUTHENTICATED");
});
