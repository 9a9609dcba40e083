import type { Answer, Client, TestApi, TestOrganization } from "../../testkit/api";

/** An organization with a customer and a small price list in pounds; every test makes its own. */
export type QuoteWorld = {
  readonly organization: TestOrganization;
  readonly finance: Client;
  readonly sales: Client;
  readonly customerId: string;
  readonly productId: string;
  readonly metricId: string;
  /** Prices by what they are: id and lineage. */
  readonly prices: Readonly<Record<"fee" | "annual" | "seats" | "setup" | "calls" | "dollars", PriceRef>>;
};
export type PriceRef = { readonly id: string; readonly lineageId: string };

export async function quoteWorld(
  api: TestApi,
  settings: Parameters<TestApi["organization"]>[0] = {},
): Promise<QuoteWorld> {
  const organization = await api.organization(settings);
  const [finance, sales] = [await organization.as("finance"), await organization.as("sales")];
  await finance.done("setTaxRate", "taxRate { id }", {
    code: "STANDARD",
    name: "VAT 20 %",
    jurisdiction: "GB",
    percent: "20",
    category: "STANDARD",
    validFromOn: "2020-01-01",
  });
  const { customer } = await finance.done("createCustomer", "customer { id }", {
    legalName: "Acme Ltd",
    currency: "GBP",
    addressLines: ["12 Orchard Road", "Leeds LS1 4AP"],
    country: "GB",
    contacts: [{ name: "Ada Byron", email: "ada@acme.example", isPrimary: true }],
  });
  const { product } = await finance.done("createProduct", "product { id }", {
    code: "PLATFORM",
    name: "Platform",
    taxCode: "STANDARD",
  });
  const { usageMetric } = await finance.done("createUsageMetric", "usageMetric { id }", {
    code: "calls",
    name: "API calls",
    unit: "call",
    eventType: "api_call",
    aggregation: "SUM",
    property: "count",
  });
  const price = async (terms: object, more: object): Promise<PriceRef> => {
    const usual = {
      productId: product.id,
      currency: "GBP",
      cadence: "MONTHLY",
      timing: "IN_ADVANCE",
      effectiveOn: "2026-01-01",
    };
    return (await finance.done("createPrice", "price { id lineageId }", { ...usual, terms, ...more })).price;
  };
  const tiers = [
    { upTo: "1000", unitPrice: "0.10" },
    { upTo: null, unitPrice: "0.05" },
  ];
  return {
    organization,
    finance,
    sales,
    customerId: customer.id,
    productId: product.id,
    metricId: usageMetric.id,
    prices: {
      fee: await price({ flat: { fee: "500.00" } }, { name: "Platform fee" }),
      annual: await price({ flat: { fee: "1200.00" } }, { name: "Support plan", cadence: "ANNUAL" }),
      seats: await price({ seat: { perUnit: { unitPrice: "15" }, strategy: "PRORATE_ALL_CHANGES" } }, { name: "Seat" }),
      setup: await price({ oneTime: { fee: "1000" } }, { name: "Set-up", cadence: "ONE_TIME" }),
      calls: await price(
        { graduated: { tiers } },
        { name: "API calls", timing: "IN_ARREARS", metricId: usageMetric.id },
      ),
      dollars: await price({ flat: { fee: "600" } }, { name: "Platform fee in dollars", currency: "USD" }),
    },
  };
}

/** Terms that are good: 2027, one phase, the platform fee and ten seats at 10 % off. */
export const simpleTerms = ({ prices }: QuoteWorld, more: object = {}): object => ({
  name: "Acme 2027",
  startsOn: "2027-01-01",
  endsBefore: "2028-01-01",
  phases: [
    {
      startsOn: "2027-01-01",
      lines: [
        { priceId: prices.fee.id },
        { priceId: prices.seats.id, quantity: "10", discounts: [{ description: "Launch", percent: "10" }] },
      ],
    },
  ],
  ...more,
});

/** A draft of sales with those terms. */
export async function simpleQuote(world: QuoteWorld, terms: object = {}, more: object = {}): Promise<Answer> {
  const { quote } = await world.sales.done(
    "createQuote",
    "quote { id number version current { id ordinal revision } }",
    {
      customerId: world.customerId,
      terms: simpleTerms(world, terms),
      ...more,
    },
  );
  return quote;
}
