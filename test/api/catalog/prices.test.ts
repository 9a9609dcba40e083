import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { plainDate } from "../../../server/domain/calendar/plain-date";
import { Decimal } from "../../../server/domain/money/decimal";
import { uplift } from "../../../server/domain/pricing/uplift";
import { insertContractPrice, pricesById, readCustomTerms } from "../../../server/modules/catalog";
import type { CustomTerms, PriceTermsAsked, TermsAsked } from "../../../server/modules/catalog/new-price";
import { query, runAs } from "../../../server/platform/database/transaction";
import { newId } from "../../../server/platform/ids";
import { type Answer, type Client, startTestApi, type TestApi, type TestOrganization } from "../../testkit/api";
import { countStatements } from "../../testkit/count-statements";

let api: TestApi;
let organization: TestOrganization;
let admin: Client;
let productId: string;
let metricId: string;
let countMetricId: string;
let groupedMetricId: string;
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
  groupedMetricId = (
    await admin.done("createUsageMetric", "usageMetric { id }", {
      ...metric,
      code: "by-place",
      aggregation: "COUNT",
      groupBy: ["region", "size"],
    })
  ).usageMetric.id;
});
afterAll(() => api.stop());

const TIERS = "tiers { upTo unitPrice flatFee } feeAtZero";
const TERMS = `__typename ... on FlatTerms { fee } ... on OneTimeTerms { fee } ... on PerUnitTerms { unitPrice }
  ... on PackageTerms { packageSize packagePrice } ... on GraduatedTerms { ${TIERS} } ... on VolumeTerms { ${TIERS} }
  ... on PercentageTerms { percent fixedPerEvent minimumPerEvent maximumPerEvent includedEvents includedAmount }
  ... on GraduatedPercentageTerms { tiers { upTo percent flatFee } includedAmount feeAtZero }
  ... on MatrixTerms { dimensions rows { values unitPrice } defaultUnitPrice }
  ... on SeatTerms { strategy overageCadence overageCadenceMonths perSeat { __typename ... on PerUnitTerms { unitPrice } ... on GraduatedTerms { ${TIERS} } ... on VolumeTerms { ${TIERS} } } }`;
const ALL = `id lineageId name currency model terms { ${TERMS} } includedUnits minimum maximum cadence cadenceMonths timing proration taxInclusive contractId effectiveOn
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
const metricOf = (metric: string | undefined) =>
  metric && { sum: metricId, count: countMetricId, grouped: groupedMetricId }[metric];
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
        overageCadence: null,
        overageCadenceMonths: null,
        perSeat: { __typename: "GraduatedTerms", tiers: readTiers, feeAtZero: true },
      },
    ],
    [
      "SEAT",
      {
        seat: {
          strategy: "USE_MAXIMUM",
          perUnit: { unitPrice: "9" },
          overageCadence: "CUSTOM",
          overageCadenceMonths: 2,
        },
      },
      { timing: "IN_ADVANCE", cadence: "ANNUAL" },
      {
        __typename: "SeatTerms",
        strategy: "USE_MAXIMUM",
        overageCadence: "CUSTOM",
        overageCadenceMonths: 2,
        perSeat: { __typename: "PerUnitTerms", unitPrice: "9" },
      },
    ],
    [
      "GRADUATED_PERCENTAGE",
      {
        graduatedPercentage: {
          tiers: [{ upTo: "1000", percent: "2.90", flatFee: "5" }, { percent: "120" }],
          includedAmount: "50.00",
          feeAtZero: false,
        },
      },
      { metric: "sum" },
      {
        __typename: "GraduatedPercentageTerms",
        tiers: [
          { upTo: "1000", percent: "2.9", flatFee: "5" },
          { upTo: null, percent: "120", flatFee: null },
        ],
        includedAmount: "50",
        feeAtZero: false,
      },
    ],
    [
      "MATRIX",
      {
        matrix: {
          dimensions: ["size", "region"],
          rows: [
            { values: ["large", "eu"], unitPrice: "0.30" },
            { values: ["small", "eu"], unitPrice: "0.1" },
          ],
          defaultUnitPrice: "0.5",
        },
      },
      { metric: "grouped", includedUnits: "100" },
      {
        __typename: "MatrixTerms",
        dimensions: ["size", "region"],
        rows: [
          { values: ["large", "eu"], unitPrice: "0.3" },
          { values: ["small", "eu"], unitPrice: "0.1" },
        ],
        defaultUnitPrice: "0.5",
      },
    ],
    ["ONE_TIME", { oneTime: { fee: "1000" } }, { cadence: "ONE_TIME" }, { __typename: "OneTimeTerms", fee: "1000" }],
  ])("%s reads back as it was sent", async (model, terms, { metric, ...more }: Answer, expected) => {
    const limits = { minimum: "10", maximum: "99999.999" };
    const answer = await create(terms, { ...more, ...limits, metricId: metricOf(metric) });
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
      metric: metric ? { code: metric === "sum" ? "volume" : "by-place" } : null,
      taxInclusive: false,
      contractId: null,
      cadenceMonths: null,
    });
    const { nodes } = (await admin.data(`{ prices { nodes { ${ALL} } } }`)).prices;
    expect(nodes).toEqual([answer.price]);
  });

  test.each([
    ["seats", { seat: { strategy: "USE_MAXIMUM", perUnit: { unitPrice: "9" }, overageCadence: "QUARTERLY" } }],
    ["percent tiers", { graduatedPercentage: { tiers: [{ percent: "3" }], includedAmount: "7" } }, "sum"],
    [
      "a matrix",
      {
        matrix: {
          dimensions: ["region"],
          rows: [{ values: ["eu"], unitPrice: "2" }],
          defaultUnitPrice: "1",
        },
      },
      "grouped",
    ],
  ])("is rebuilt exactly for the engine: %s", async (_name, terms, metric?: string) => {
    const seat = { timing: "IN_ADVANCE", cadence: "ANNUAL" };
    const { price } = await create(terms, metric ? { metricId: metricOf(metric) } : seat);
    const found = await runAs(organization.id, async () => await pricesById([price.id]));
    expect(JSON.parse(JSON.stringify(found.get(price.id)?.price))).toEqual(
      {
        SEAT: {
          model: "seat",
          strategy: "use_maximum",
          perSeat: { model: "per_unit", unitPrice: "9" },
          overageCadence: "quarterly",
        },
        GRADUATED_PERCENTAGE: {
          model: "graduated_percentage",
          tiers: [{ upTo: null, percent: "3" }],
          includedAmount: "7",
          feeAtZero: true,
        },
        MATRIX: {
          model: "matrix",
          dimensions: ["region"],
          rows: [{ values: ["eu"], unitPrice: "2" }],
          defaultUnitPrice: "1",
        },
      }[price.model as string],
    );
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

describe("a price falls due", () => {
  const cadenceOf = async (more: object) => {
    const { price } = await create({ flat: { fee: "1" } }, more);
    return [price.cadence, price.cadenceMonths];
  };

  test("as often as is asked for, by a name where there is one", async () => {
    expect(await cadenceOf({ cadence: "HALF_YEARLY" })).toEqual(["HALF_YEARLY", null]);
    expect(await cadenceOf({ cadence: "CUSTOM", cadenceMonths: 2 })).toEqual(["CUSTOM", 2]);
    expect(await cadenceOf({ cadence: "CUSTOM", cadenceMonths: 3 })).toEqual(["QUARTERLY", null]);
    expect(await cadenceOf({ cadence: "CUSTOM", cadenceMonths: 120 })).toEqual(["CUSTOM", 120]);
  });

  test.each([
    ["months missing", { cadence: "CUSTOM" }, "CADENCE_MONTHS_MISSING"],
    ["no months at all", { cadence: "CUSTOM", cadenceMonths: 0 }, "CADENCE_MONTHS_OUT_OF_RANGE"],
    ["more than ten years", { cadence: "CUSTOM", cadenceMonths: 121 }, "CADENCE_MONTHS_OUT_OF_RANGE"],
    ["months beside a name", { cadence: "MONTHLY", cadenceMonths: 1 }, "CADENCE_MONTHS_NOT_APPLICABLE"],
  ])("but not with %s", async (_name, cadence, code) => {
    const answer = await create({ flat: { fee: "1" } }, cadence);
    expect(problemsOf(answer)).toEqual([`cadenceMonths: ${code}`]);
  });
});

test("a price may say what the customer pays, tax and all", async () => {
  const { price } = await create({ flat: { fee: "120" } }, { taxInclusive: true });
  expect(price.taxInclusive).toBe(true);
});

test("a percent below one is accepted with a warning, as it may be a slip", async () => {
  const input = {
    productId,
    name: "Fees",
    currency: "GBP",
    cadence: "MONTHLY",
    timing: "IN_ARREARS",
    effectiveOn: "2026-01-01",
    metricId,
    terms: { graduatedPercentage: { tiers: [{ upTo: "10", percent: "1" }, { percent: "0.5" }] } },
  };
  const { warnings } = await admin.done("createPrice", "warnings { code message path }", input);
  expect(warnings).toEqual([
    {
      code: "PERCENT_BELOW_ONE",
      message: "0.5 means 0.5 %. Was 50 % meant?",
      path: ["terms", "graduatedPercentage", "tiers", "1", "percent"],
    },
  ]);
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
      "with percent tiers of nothing",
      { graduatedPercentage: { tiers: [{ percent: "1" }] } },
      {},
      ["metricId: METRIC_MISSING"],
    ],
    [
      "with percent tiers of a number of events",
      { graduatedPercentage: { tiers: [{ percent: "1" }] } },
      { metric: "count" },
      ["metricId: METRIC_NOT_A_SUM"],
    ],
    [
      "with percent tiers that are wrong",
      {
        graduatedPercentage: {
          tiers: [
            { upTo: "5", percent: "-1" },
            { upTo: "5", percent: "1" },
          ],
          includedAmount: "-1",
        },
      },
      { metric: "sum", includedUnits: "1" },
      [
        "terms.graduatedPercentage.tiers.0.percent: NEGATIVE",
        "terms.graduatedPercentage.tiers.1.upTo: LAST_TIER_BOUNDED",
        "terms.graduatedPercentage.tiers.1.upTo: TIERS_NOT_ASCENDING",
        "terms.graduatedPercentage.includedAmount: NEGATIVE",
        "includedUnits: INCLUDED_UNITS_NOT_APPLICABLE",
      ],
    ],
    [
      "with a matrix of nothing",
      { matrix: { dimensions: [], rows: [], defaultUnitPrice: "1" } },
      {},
      ["metricId: METRIC_MISSING", "terms.matrix.dimensions: MATRIX_DIMENSIONS_MISSING"],
    ],
    [
      "with a matrix by what the metric does not group by",
      { matrix: { dimensions: ["region", "colour"], rows: [], defaultUnitPrice: "1" } },
      { metric: "grouped" },
      ["terms.matrix.dimensions.1: DIMENSION_NOT_GROUPED"],
    ],
    [
      "with a matrix by what the metric does not group at all",
      { matrix: { dimensions: ["region"], rows: [], defaultUnitPrice: "1" } },
      { metric: "count" },
      ["terms.matrix.dimensions.0: DIMENSION_NOT_GROUPED"],
    ],
    [
      "with a matrix whose rows are wrong",
      {
        matrix: {
          dimensions: ["region", "size", "region"],
          rows: [
            { values: ["eu", "", "eu"], unitPrice: "-1" },
            { values: ["eu", "small"], unitPrice: "1" },
            { values: ["eu", "", "eu"], unitPrice: "1" },
          ],
          defaultUnitPrice: "-1",
        },
      },
      { metric: "grouped" },
      [
        "terms.matrix.rows.0.values.1: TEXT_MISSING",
        "terms.matrix.rows.2.values.1: TEXT_MISSING",
        "terms.matrix.dimensions.2: MATRIX_DIMENSION_TWICE",
        "terms.matrix.rows.0.unitPrice: NEGATIVE",
        "terms.matrix.rows.1.values: MATRIX_VALUES_MISSING",
        "terms.matrix.rows.2.values: MATRIX_ROW_TWICE",
        "terms.matrix.defaultUnitPrice: NEGATIVE",
      ],
    ],
    [
      "with seats whose overage falls due once",
      { seat: { strategy: "USE_MAXIMUM", perUnit: { unitPrice: "1" }, overageCadence: "ONE_TIME" } },
      { timing: "IN_ADVANCE" },
      ["terms.seat.overageCadence: OVERAGE_ONE_TIME"],
    ],
    [
      "with seats whose overage falls due in five months of a year",
      {
        seat: {
          strategy: "USE_MAXIMUM",
          perUnit: { unitPrice: "1" },
          overageCadence: "CUSTOM",
          overageCadenceMonths: 5,
        },
      },
      { timing: "IN_ADVANCE", cadence: "ANNUAL" },
      ["terms.seat.overageCadence: OVERAGE_CADENCE_NOT_DIVIDING"],
    ],
    [
      "with seats whose overage falls due later than they themselves",
      { seat: { strategy: "USE_MAXIMUM", perUnit: { unitPrice: "1" }, overageCadence: "QUARTERLY" } },
      { timing: "IN_ADVANCE" },
      ["terms.seat.overageCadence: OVERAGE_CADENCE_NOT_DIVIDING"],
    ],
    [
      "with seats in arrears, which have no overage",
      { seat: { strategy: "USE_MAXIMUM", perUnit: { unitPrice: "1" }, overageCadence: "MONTHLY" } },
      { cadence: "ANNUAL" },
      ["terms.seat.overageCadence: OVERAGE_IN_ARREARS"],
    ],
    [
      "with seats whose overage has months and no cadence",
      { seat: { strategy: "USE_MAXIMUM", perUnit: { unitPrice: "1" }, overageCadenceMonths: 2 } },
      { timing: "IN_ADVANCE", cadence: "ANNUAL" },
      ["terms.seat.overageCadenceMonths: CADENCE_MONTHS_NOT_APPLICABLE"],
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
    const answer = await create(terms, { ...more, metricId: metricOf(metric) });
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

describe("a price of one contract alone", () => {
  const addContract = async (): Promise<string> => {
    const { customer } = await admin.done("createCustomer", "customer { id }", { legalName: "Acme", currency: "GBP" });
    const id = newId();
    await query(
      `INSERT INTO contract (organization_id, id, number, name, customer_id, currency, starts_on)
       VALUES ($1, $2, 'C-1', 'Contract', $3, 'GBP', '2026-01-01')`,
      [organization.id, id, customer.id],
    );
    return id;
  };

  test("is a version of the lineage that no list shows, as often as the contract is amended", async () => {
    const { price } = await create({ perUnit: { unitPrice: "2" } }, { metricId, taxInclusive: true });
    await runAs(organization.id, async () => {
      const contractId = await addContract();
      const listed = (await pricesById([price.id])).get(price.id);
      if (!listed) throw new Error("the price is not listed");
      const now = new Date("2026-11-03T09:00:00Z");
      const raised = {
        listed,
        contractId,
        price: uplift(listed.price, new Decimal("3.5")),
        cadence: listed.cadence,
        timing: listed.timing,
        effectiveOn: listed.effectiveOn,
      };
      const added = [await insertContractPrice(raised, now), await insertContractPrice(raised, now)];

      const found = await pricesById(added.map(({ id }) => id));
      for (const own of added) {
        expect(found.get(own.id)).toEqual(own);
        expect(own).toMatchObject({ lineageId: price.id, productId, metricId, contractId, taxInclusive: true });
        expect(JSON.parse(JSON.stringify(own.price))).toEqual({ model: "per_unit", unitPrice: "2.07" });
      }
    });
    expect((await admin.data("{ prices { nodes { id } } }")).prices.nodes).toEqual([{ id: price.id }]);
  });

  test("keeps no version of the catalog from coming into effect", async () => {
    const { price } = await create({ flat: { fee: "2" } });
    const effectiveOn = plainDate("2027-01-01");
    await runAs(organization.id, async () => {
      const contractId = await addContract();
      const listed = (await pricesById([price.id])).get(price.id);
      if (!listed) throw new Error("the price is not listed");
      const { price: terms, cadence, timing } = listed;
      await insertContractPrice({ listed, contractId, price: terms, cadence, timing, effectiveOn }, new Date());
    });
    const next = await create({ flat: { fee: "3" } }, { lineageId: price.id, effectiveOn: "2026-07-01" });
    expect(next.__typename).toBe("CreatePriceSuccess");
  });

  test("has terms that fit the cadence, the timing and the metric of the listed one", async () => {
    const { price } = await create({ perUnit: { unitPrice: "2" } }, { metricId: groupedMetricId });
    const listed = (await runAs(organization.id, async () => await pricesById([price.id]))).get(price.id);
    if (!listed) throw new Error("the price is not listed");
    const metric = { aggregation: "count", groupBy: ["region", "size"] } as const;
    const none = { includedUnits: null, minimum: null, maximum: null };
    const one = new Decimal(1);
    const read = (terms: PriceTermsAsked, due: Omit<CustomTerms, keyof TermsAsked> = {}) => {
      const result = readCustomTerms(listed, { ...none, ...due, terms }, metric);
      return result.ok ? result.value : result.error.map(({ code, path }) => `${path.join(".")}: ${code}`);
    };
    const perUnit = { unitPrice: one };
    const asListed = { cadence: "monthly", timing: "in_arrears" };
    expect(read({ perUnit })).toEqual({ price: { model: "per_unit", unitPrice: one }, ...asListed });
    expect(read({ perUnit }, { cadence: "custom", cadenceMonths: 2 })).toMatchObject({ cadence: "every_2_months" });
    expect(read({ perUnit }, { cadenceMonths: 2 })).toEqual(["cadenceMonths: CADENCE_MONTHS_NOT_APPLICABLE"]);
    expect(read({ perUnit }, { cadence: "one_time", timing: "in_advance" })).toEqual([
      "timing: METERED_IN_ADVANCE",
      "cadence: METERED_ONE_TIME",
    ]);
    expect(read({ flat: { fee: one } })).toEqual(["metricId: METRIC_NOT_APPLICABLE"]);
    expect(read({ percentage: { percent: one } })).toEqual(["metricId: METRIC_NOT_A_SUM"]);
    expect(read({ matrix: { dimensions: ["colour"], rows: [], defaultUnitPrice: one.negated() } })).toEqual([
      "terms.matrix.dimensions.0: DIMENSION_NOT_GROUPED",
      "terms.matrix.defaultUnitPrice: NEGATIVE",
    ]);
    expect(read({})).toEqual(["terms: NOT_EXACTLY_ONE_MODEL"]);
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
