import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { pricesById } from "../../../server/modules/catalog";
import { runAs } from "../../../server/platform/database/transaction";
import { newId } from "../../../server/platform/ids";
import { type Answer, type Client, startTestApi, type TestApi, type TestOrganization } from "../../testkit/api";
import { countStatements } from "../../testkit/count-statements";

let api: TestApi;
let organization: TestOrganization;
let admin: Client;
let productId: string;
let metricId: string;
let countMetricId: string;
beforeAll(async () => {
  api = await startTestApi();
});
beforeEach(async () => {
  organization = await api.organization();
  admin = organization.admin;
  productId = (await admin.done("createProduct", "product { id }", { code: "API", name: "API", taxCode: "standard" }))
    .product.id;
  const metric = { name: "Payments", eventType: "payment", unit: "payment" };
  metricId = (
    await admin.done("createUsageMetric", "usageMetric { id }", {
      ...metric,
      code: "volume",
      aggregation: "SUM",
      property: "amount",
    })
  ).usageMetric.id;
  countMetricId = (
    await admin.done("createUsageMetric", "usageMetric { id }", { ...metric, code: "count", aggregation: "COUNT" })
  ).usageMetric.id;
});
afterAll(() => api.stop());

const TIERS = "tiers { upTo unitPrice flatFee } feeAtZero";
const TERMS = `__typename ... on FlatTerms { fee } ... on OneTimeTerms { fee } ... on PerUnitTerms { unitPrice }
  ... on PackageTerms { packageSize packagePrice } ... on GraduatedTerms { ${TIERS} } ... on VolumeTerms { ${TIERS} }
  ... on PercentageTerms { percent fixedPerEvent minimumPerEvent maximumPerEvent includedEvents includedAmount }
  ... on SeatTerms { strategy perSeat { __typename ... on PerUnitTerms { unitPrice } ... on GraduatedTerms { ${TIERS} } ... on VolumeTerms { ${TIERS} } } }`;
const ALL = `id lineageId name currency model terms { ${TERMS} } includedUnits minimum maximum cadence timing proration effectiveOn
  product { id code } metric { id code }`;
const create = (terms: object, more: object = {}) =>
  admin.command("createPrice", `price { ${ALL} }`, {
    productId,
    name: "Price",
    currency: "GBP",
    cadence: "MONTHLY",
    timing: "IN_ARREARS",
    effectiveOn: "2026-01-01",
    terms,
    ...more,
  });
const problemsOf = (answer: Answer): string[] =>
  answer.problems.map(({ code, path }: Answer) => `${path.join(".")}: ${code}`);

const tiers = [{ upTo: "1000.5", unitPrice: "0.10", flatFee: "5" }, { unitPrice: "0.000000000001" }];
const readTiers = [
  { upTo: "1000.5", unitPrice: "0.1", flatFee: "5" },
  { upTo: null, unitPrice: "0.000000000001", flatFee: null },
];

describe("a price of every model", () => {
  test.each([
    ["FLAT", { flat: { fee: "500.00" } }, {}, { __typename: "FlatTerms", fee: "500" }],
    [
      "PER_UNIT",
      { perUnit: { unitPrice: "0.0125" } },
      { metric: "sum", includedUnits: "100" },
      { __typename: "PerUnitTerms", unitPrice: "0.0125" },
    ],
    [
      "PACKAGE",
      { package: { packageSize: "1000", packagePrice: "12.50" } },
      {},
      { __typename: "PackageTerms", packageSize: "1000", packagePrice: "12.5" },
    ],
    [
      "GRADUATED",
      { graduated: { tiers } },
      { metric: "sum" },
      { __typename: "GraduatedTerms", tiers: readTiers, feeAtZero: true },
    ],
    [
      "VOLUME",
      { volume: { tiers, feeAtZero: false } },
      {},
      { __typename: "VolumeTerms", tiers: readTiers, feeAtZero: false },
    ],
    [
      "PERCENTAGE",
      { percentage: { percent: "2.9", fixedPerEvent: "0.30", maximumPerEvent: "50" } },
      { metric: "sum" },
      {
        __typename: "PercentageTerms",
        percent: "2.9",
        fixedPerEvent: "0.3",
        minimumPerEvent: null,
        maximumPerEvent: "50",
        includedEvents: null,
        includedAmount: null,
      },
    ],
    [
      "SEAT",
      { seat: { strategy: "PRORATE_INCREMENTS", graduated: { tiers } } },
      { timing: "IN_ADVANCE" },
      {
        __typename: "SeatTerms",
        strategy: "PRORATE_INCREMENTS",
        perSeat: { __typename: "GraduatedTerms", tiers: readTiers, feeAtZero: true },
      },
    ],
    ["ONE_TIME", { oneTime: { fee: "1000" } }, { cadence: "ONE_TIME" }, { __typename: "OneTimeTerms", fee: "1000" }],
  ])("%s reads back as it was sent", async (model, terms, { metric, ...more }: Answer, expected) => {
    const limits = { minimum: "10", maximum: "99999.999" };
    const answer = await create(terms, { ...more, ...limits, metricId: metric && metricId });
    expect(answer.__typename).toBe("CreatePriceSuccess");
    expect(answer.price).toMatchObject({
      model,
      terms: expected,
      ...limits,
      includedUnits: more.includedUnits ?? null,
      proration: "BY_DAYS",
      currency: "GBP",
    });
    expect(answer.price).toMatchObject({
      lineageId: answer.price.id,
      product: { code: "API" },
      metric: metric ? { code: "volume" } : null,
    });
    const { nodes } = (await admin.data(`{ prices { nodes { ${ALL} } } }`)).prices;
    expect(nodes).toEqual([answer.price]);
  });

  test("is rebuilt exactly for the engine", async () => {
    const { price } = await create({ graduated: { tiers } }, { includedUnits: "10.50", minimum: "5" });
    const found = await runAs(organization.id, async () => await pricesById([price.id]));
    expect(JSON.parse(JSON.stringify(found.get(price.id)?.price))).toEqual({
      model: "graduated",
      feeAtZero: true,
      tiers: [
        { upTo: "1000.5", unitPrice: "0.1", flatFee: "5" },
        { upTo: null, unitPrice: "1e-12" },
      ],
      includedUnits: "10.5",
      minimum: "5",
    });
  });
});

describe("a price is refused", () => {
  test.each([
    ["without a model", {}, {}, ["terms: NOT_EXACTLY_ONE_MODEL"]],
    ["with two models", { flat: { fee: "1" }, oneTime: { fee: "1" } }, {}, ["terms: NOT_EXACTLY_ONE_MODEL"]],
    [
      "with seats that cost nothing or twice",
      { seat: { strategy: "USE_MAXIMUM" } },
      {},
      ["terms.seat: NOT_EXACTLY_ONE_MODEL"],
    ],
    ["with a negative fee", { flat: { fee: "-1" } }, {}, ["terms.flat.fee: NEGATIVE"]],
    [
      "with tiers that do not ascend",
      { graduated: { tiers: [{ upTo: "10", unitPrice: "1" }, { upTo: "10", unitPrice: "-1" }, { unitPrice: "1" }] } },
      {},
      ["terms.graduated.tiers.1.unitPrice: NEGATIVE", "terms.graduated.tiers.1.upTo: TIERS_NOT_ASCENDING"],
    ],
    [
      "with a last tier that ends",
      { volume: { tiers: [{ upTo: "10", unitPrice: "1" }] } },
      {},
      ["terms.volume.tiers.0.upTo: LAST_TIER_BOUNDED"],
    ],
    [
      "with a tier without end in the middle",
      { volume: { tiers: [{ unitPrice: "1" }, { unitPrice: "1" }] } },
      {},
      ["terms.volume.tiers.0.upTo: TIER_UNBOUNDED"],
    ],
    ["without tiers", { volume: { tiers: [] } }, {}, ["terms.volume.tiers: TIERS_MISSING"]],
    [
      "with seats whose tiers do not ascend",
      { seat: { strategy: "USE_MAXIMUM", volume: { tiers: [{ upTo: "0", unitPrice: "1" }, { unitPrice: "1" }] } } },
      {},
      ["terms.seat.volume.tiers.0.upTo: TIERS_NOT_ASCENDING"],
    ],
    [
      "with packages of nothing",
      { package: { packageSize: "0", packagePrice: "1" } },
      {},
      ["terms.package.packageSize: PACKAGE_SIZE_NOT_POSITIVE"],
    ],
    [
      "with a minimum above its maximum",
      { flat: { fee: "1" } },
      { minimum: "2", maximum: "1" },
      ["minimum: MINIMUM_ABOVE_MAXIMUM"],
    ],
    [
      "with included units where there are none",
      { flat: { fee: "1" } },
      { includedUnits: "2" },
      ["includedUnits: INCLUDED_UNITS_NOT_APPLICABLE"],
    ],
    ["in a currency that does not exist", { flat: { fee: "1" } }, { currency: "EURO" }, ["currency: CURRENCY_UNKNOWN"]],
    ["without a name", { flat: { fee: "1" } }, { name: "" }, ["name: TEXT_MISSING"]],
    ["that is one-time every month", { oneTime: { fee: "1" } }, {}, ["cadence: ONE_TIME_PRICE_RECURRING"]],
    ["that is a percentage of nothing", { percentage: { percent: "1" } }, {}, ["metricId: METRIC_MISSING"]],
    [
      "that is a percentage of a number of events",
      { percentage: { percent: "1" } },
      { metric: "count" },
      ["metricId: METRIC_NOT_A_SUM"],
    ],
    [
      "with a metric that its model does not read",
      { flat: { fee: "1" } },
      { metric: "sum" },
      ["metricId: METRIC_NOT_APPLICABLE"],
    ],
    [
      "for usage in advance",
      { perUnit: { unitPrice: "1" } },
      { metric: "sum", timing: "IN_ADVANCE" },
      ["timing: METERED_IN_ADVANCE"],
    ],
    [
      "for usage once",
      { perUnit: { unitPrice: "1" } },
      { metric: "sum", cadence: "ONE_TIME" },
      ["cadence: METERED_ONE_TIME"],
    ],
  ])("%s", async (_name, terms, { metric, ...more }: Answer, expected) => {
    const answer = await create(terms, { ...more, metricId: metric && (metric === "sum" ? metricId : countMetricId) });
    expect(answer.__typename).toBe("InvalidInput");
    expect(problemsOf(answer)).toEqual(expected);
    expect((await admin.data("{ prices { nodes { id } } }")).prices.nodes).toEqual([]);
  });

  test.each([
    ["a JSON number", 500, "must be sent as a string"],
    ["an exponent", "1e3", "is not a Decimal"],
    ["a separator", "1,000.00", "is not a Decimal"],
    ["a currency sign", "£5", "is not a Decimal"],
  ])("for an amount that is %s, with its place", async (_name, fee, message) => {
    const { errors, status } = await admin.ask(
      "mutation ($input: CreatePriceInput!) { createPrice(input: $input) { __typename } }",
      {
        input: {
          productId,
          name: "P",
          currency: "GBP",
          cadence: "MONTHLY",
          timing: "IN_ARREARS",
          effectiveOn: "2026-01-01",
          terms: { flat: { fee } },
          idempotencyKey: newId(),
        },
      },
    );
    expect(status).toBe(400);
    expect(errors?.[0].message).toContain("input.terms.flat.fee");
    expect(errors?.[0].message).toContain(message);
  });

  test("for a product, metric or lineage that does not exist", async () => {
    const terms = { perUnit: { unitPrice: "1" } };
    expect(await create(terms, { productId: newId() })).toMatchObject({
      code: "PRODUCT_NOT_FOUND",
      path: ["productId"],
    });
    expect(await create(terms, { metricId: newId() })).toMatchObject({
      code: "USAGE_METRIC_NOT_FOUND",
      path: ["metricId"],
    });
    expect(await create(terms, { lineageId: newId() })).toMatchObject({
      code: "PRICE_LINEAGE_NOT_FOUND",
      path: ["lineageId"],
    });
    expect(await create(terms, { lineageId: "nonsense" })).toMatchObject({
      code: "PRICE_LINEAGE_NOT_FOUND",
      path: ["lineageId"],
    });
  });
});

describe("a further version", () => {
  test("belongs to the lineage and comes into effect later", async () => {
    const { price } = await create({ flat: { fee: "500" } });
    const next = await create({ flat: { fee: "550" } }, { lineageId: price.lineageId, effectiveOn: "2026-07-01" });
    expect(next.price).toMatchObject({ lineageId: price.lineageId, terms: { fee: "550" }, effectiveOn: "2026-07-01" });
    expect(next.price.id).not.toBe(price.id);

    const same = await create({ flat: { fee: "560" } }, { lineageId: price.lineageId, effectiveOn: "2026-07-01" });
    expect(same).toMatchObject({ __typename: "Conflict", code: "NOT_LATER_THAN_BEFORE", path: ["effectiveOn"] });
  });

  test("in another currency has its own days", async () => {
    const { price } = await create({ flat: { fee: "500" } });
    const dollars = await create({ flat: { fee: "600" } }, { lineageId: price.lineageId, currency: "USD" });
    expect(dollars.price).toMatchObject({ lineageId: price.lineageId, currency: "USD", effectiveOn: "2026-01-01" });
  });

  test("of another product is refused", async () => {
    const { price } = await create({ flat: { fee: "500" } });
    const { product } = await admin.done("createProduct", "product { id }", {
      code: "B",
      name: "B",
      taxCode: "standard",
    });
    expect(
      await create(
        { flat: { fee: "1" } },
        { lineageId: price.lineageId, productId: product.id, effectiveOn: "2027-01-01" },
      ),
    ).toMatchObject({
      code: "LINEAGE_OF_ANOTHER_PRODUCT",
      path: ["lineageId"],
    });
  });

  test("of the same day wins once for two at once", async () => {
    const { price } = await create({ flat: { fee: "500" } });
    const answers = await Promise.all(
      ["550", "560"].map((fee) => create({ flat: { fee } }, { lineageId: price.lineageId, effectiveOn: "2026-07-01" })),
    );
    expect(answers.map(({ __typename }) => __typename).sort()).toEqual(["Conflict", "CreatePriceSuccess"]);
  });
});

test("a price never changes, whoever asks the database", async () => {
  await create({ flat: { fee: "500" } });
  await expect(
    runAs(organization.id, async () => await api.database.pool.query("UPDATE price SET name = 'x'")),
  ).rejects.toMatchObject({ code: "42501" });
  await expect(
    runAs(organization.id, async () => await api.database.pool.query("DELETE FROM price")),
  ).rejects.toMatchObject({ code: "42501" });
});

test("prices are listed for one product or all, with statements that do not grow", async () => {
  const { product } = await admin.done("createProduct", "product { id }", {
    code: "B",
    name: "B",
    taxCode: "standard",
  });
  const whole = () => admin.data(`{ prices(first: 100) { nodes { ${ALL} } } }`);
  await create({ perUnit: { unitPrice: "1" } }, { metricId });
  await create({ flat: { fee: "1" } }, { productId: product.id });
  await whole();
  const few = await countStatements(whole);
  for (let index = 0; index < 20; index++)
    await create({ perUnit: { unitPrice: "1" } }, { metricId: index % 2 ? metricId : countMetricId });
  expect(await countStatements(whole)).toBe(few);

  const of = async (id: string) =>
    (await admin.data("query ($id: ID) { prices(productId: $id) { nodes { id } } }", { id })).prices.nodes.length;
  expect([await of(productId), await of(product.id), await of(newId()), await of("nonsense")]).toEqual([21, 1, 0, 0]);
});
