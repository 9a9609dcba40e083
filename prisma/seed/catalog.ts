import type { PlainDate } from "../../server/domain/calendar/plain-date";
import { Decimal } from "../../server/domain/money/decimal";
import type { NewPrice, PriceTermsAsked } from "../../server/modules/catalog/new-price";
import type { ProductTerms } from "../../server/modules/catalog/product";
import type { MetricTerms } from "../../server/modules/usage/metric";

export const CURRENCIES = ["GBP", "USD", "EUR", "JPY"] as const;
export type DemoCurrency = (typeof CURRENCIES)[number];

/** From before the first contract. */
export const EFFECTIVE_ON = "2023-01-01" as PlainDate;

export const SOFTWARE = "SOFTWARE";
/** Compliance texts were sold as publications, without VAT. */
export const LIBRARY = "LIBRARY";

export const TAX_RATES = [
  { code: SOFTWARE, name: "VAT 20 %", percent: "20", category: "standard" },
  { code: LIBRARY, name: "VAT 0 % (publications)", percent: "0", category: "zero" },
] as const;

export const METRICS = {
  invoices: metric("Invoices processed", "invoice.processed", "sum", "count", "invoice"),
  api: metric("API calls", "api.called", "sum", "count", "API call"),
  payments: metric("Payments executed", "payment.executed", "sum", "amount", "currency unit"),
  storage: metric("Documents stored", "storage.measured", "max", "gigabytes", "GB"),
};
export type MetricKey = keyof typeof METRICS;

export const PRODUCTS = {
  platform: product("Platform subscription", null, SOFTWARE, "4000"),
  invoices: product("Invoice volume", "invoice", SOFTWARE, "4010"),
  api: product("API calls", "API call", SOFTWARE, "4020"),
  analytics: product("Analytics module", "seat", SOFTWARE, "4030"),
  entities: product("Legal entities", "entity", SOFTWARE, "4040"),
  payments: product("Payment processing", null, SOFTWARE, "4050"),
  storage: product("Document archive", "GB", SOFTWARE, "4060"),
  support: product("Premium support", null, SOFTWARE, "4070"),
  library: product("Compliance library", null, LIBRARY, "4080"),
  /** new in 2026; nobody has said under which account its revenue is booked */
  portal: product("Supplier portal", null, SOFTWARE, null),
  onboarding: product("Onboarding", null, SOFTWARE, "4100"),
};
export type ProductKey = keyof typeof PRODUCTS;

type PriceRow = Pick<NewPrice, "name" | "cadence" | "timing"> & {
  readonly product: ProductKey;
  readonly metric?: MetricKey;
  readonly includedUnits?: number;
  readonly terms: { readonly [C in DemoCurrency]: PriceTermsAsked };
};

/** The price list: round numbers, the same everywhere but for what the local market bears. */
export const PRICES = {
  "platform-team": monthlyFee("platform", "Platform Team", ["400", "500", "450", "80000"]),
  "platform-business": monthlyFee("platform", "Platform Business", ["900", "1150", "1050", "170000"]),
  "platform-enterprise": monthlyFee("platform", "Platform Enterprise", ["2400", "3000", "2750", "450000"]),
  "platform-business-arrears": {
    ...monthlyFee("platform", "Platform Business (in arrears)", ["900", "1150", "1050", "170000"]),
    timing: "in_arrears",
  },
  "invoice-volume": {
    product: "invoices",
    name: "Invoice volume",
    metric: "invoices",
    cadence: "monthly",
    timing: "in_arrears",
    terms: graduated(
      [10_000, 50_000],
      [
        ["0.40", "0.30", "0.20"],
        ["0.50", "0.38", "0.25"],
        ["0.45", "0.34", "0.22"],
        ["75", "56", "38"],
      ],
    ),
  },
  "api-calls": {
    product: "api",
    name: "API calls",
    metric: "api",
    includedUnits: 100_000,
    cadence: "monthly",
    timing: "in_arrears",
    terms: each(["0.0020", "0.0025", "0.0022", "0.40"], (unitPrice) => ({ perUnit: { unitPrice } })),
  },
  "api-calls-quarterly": {
    product: "api",
    name: "API calls (quarterly)",
    metric: "api",
    includedUnits: 300_000,
    cadence: "quarterly",
    timing: "in_arrears",
    terms: each(["0.0020", "0.0025", "0.0022", "0.40"], (unitPrice) => ({ perUnit: { unitPrice } })),
  },
  "analytics-seats": {
    product: "analytics",
    name: "Analytics seats",
    cadence: "monthly",
    timing: "in_arrears",
    terms: each(["45", "55", "50", "9000"], (unitPrice) => ({
      seat: { perUnit: { unitPrice }, strategy: "prorate_all_changes" },
    })),
  },
  "analytics-seats-in-advance": {
    product: "analytics",
    name: "Analytics seats (in advance)",
    cadence: "monthly",
    timing: "in_advance",
    terms: each(["45", "55", "50", "9000"], (unitPrice) => ({
      seat: { perUnit: { unitPrice }, strategy: "prorate_increments" },
    })),
  },
  "legal-entities": {
    product: "entities",
    name: "Legal entities",
    cadence: "monthly",
    timing: "in_advance",
    terms: each(["60", "75", "70", "11000"], (unitPrice) => ({ perUnit: { unitPrice } })),
  },
  "payment-processing": {
    product: "payments",
    name: "Payment processing",
    metric: "payments",
    cadence: "monthly",
    timing: "in_arrears",
    terms: each(["0.25", "0.25", "0.25", "0.25"], (percent) => ({ percentage: { percent } })),
  },
  "document-archive": {
    product: "storage",
    name: "Document archive",
    metric: "storage",
    cadence: "monthly",
    timing: "in_arrears",
    terms: each(["25", "30", "28", "4500"], (packagePrice) => ({
      package: { packageSize: new Decimal(100), packagePrice },
    })),
  },
  "premium-support": {
    ...monthlyFee("support", "Premium support", ["6000", "7500", "7000", "1150000"]),
    cadence: "annual",
  },
  "compliance-library": monthlyFee("library", "Compliance library", ["150", "190", "170", "28000"]),
  "supplier-portal": monthlyFee("portal", "Supplier portal", ["120", "150", "140", "23000"]),
  onboarding: {
    product: "onboarding",
    name: "Onboarding",
    cadence: "one_time",
    timing: "in_advance",
    terms: each(["2500", "3200", "2900", "480000"], (fee) => ({ oneTime: { fee } })),
  },
} as const satisfies Record<string, PriceRow>;
export type PriceKey = keyof typeof PRICES;

export const priceRow = (key: PriceKey): PriceRow => PRICES[key];

/** Amounts stand in the order of the currencies. */
type Amounts = readonly [gbp: string, usd: string, eur: string, jpy: string];

function each(amounts: Amounts, termsOf: (amount: Decimal) => PriceTermsAsked): PriceRow["terms"] {
  const [GBP, USD, EUR, JPY] = amounts.map((amount) => termsOf(new Decimal(amount))) as [
    PriceTermsAsked,
    PriceTermsAsked,
    PriceTermsAsked,
    PriceTermsAsked,
  ];
  return { GBP, USD, EUR, JPY };
}

function monthlyFee(product: ProductKey, name: string, fees: Amounts) {
  return {
    product,
    name,
    cadence: "monthly",
    timing: "in_advance",
    terms: each(fees, (fee) => ({ flat: { fee } })),
  } as const;
}

function graduated(bounds: readonly number[], unitPrices: readonly (readonly string[])[]): PriceRow["terms"] {
  const [GBP, USD, EUR, JPY] = unitPrices.map(
    (ofCurrency): PriceTermsAsked => ({
      graduated: {
        tiers: ofCurrency.map((unitPrice, index) => {
          const bound = bounds[index];
          return { upTo: bound === undefined ? null : new Decimal(bound), unitPrice: new Decimal(unitPrice) };
        }),
      },
    }),
  ) as [PriceTermsAsked, PriceTermsAsked, PriceTermsAsked, PriceTermsAsked];
  return { GBP, USD, EUR, JPY };
}

function metric(
  name: string,
  eventType: string,
  aggregation: MetricTerms["aggregation"],
  property: string,
  unit: string,
): Omit<MetricTerms, "code"> {
  return { name, eventType, aggregation, property, unit, filters: [], groupBy: [] };
}

function product(
  name: string,
  unit: string | null,
  taxCode: string,
  ledgerAccount: string | null,
): Omit<ProductTerms, "code"> {
  return { name, unit, taxCode, ledgerAccount, description: null };
}
