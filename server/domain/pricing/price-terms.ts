import type { RecurringCadence } from "../calendar/cadence";
import { Decimal } from "../money/decimal";
import { unreachable } from "../unreachable";
import type {
  GraduatedPercentagePrice,
  MatrixRow,
  PercentagePrice,
  PercentTier,
  Price,
  PriceModelName,
  PriceTerms,
  SeatPrice,
  SeatStrategy,
  Tier,
} from "./price";

/** How a price's terms are kept: plain data in which every amount, rate and quantity is decimal text. */
export type StoredTerms = { readonly [field: string]: StoredTerm };
type StoredTerm = string | boolean | null | StoredTerms | readonly StoredTerms[] | readonly string[];

const BESIDE_THE_MODEL = ["includedUnits", "minimum", "maximum"] as const;
const PER_EVENT = ["fixedPerEvent", "minimumPerEvent", "maximumPerEvent", "includedEvents", "includedAmount"] as const;
type PerEvent = Pick<PercentagePrice, (typeof PER_EVENT)[number]>;

/** The terms as they are stored; the model stands beside them in a column of its own. None and null are left out. */
export function termsFromPrice(price: Price): StoredTerms {
  return { ...modelTerms(price), ...textsOf(price, BESIDE_THE_MODEL) };
}

function modelTerms(price: Price): StoredTerms {
  switch (price.model) {
    case "flat":
    case "one_time":
      return { fee: price.fee.toFixed() };
    case "per_unit":
      return { unitPrice: price.unitPrice.toFixed() };
    case "package":
      return { packageSize: price.packageSize.toFixed(), packagePrice: price.packagePrice.toFixed() };
    case "graduated":
    case "volume":
      return { tiers: price.tiers.map(tierTerms), ...feeAtZeroTerms(price) };
    case "percentage":
      return { percent: price.percent.toFixed(), ...textsOf(price, PER_EVENT) };
    case "graduated_percentage":
      return {
        tiers: price.tiers.map(percentTierTerms),
        ...textsOf(price, ["includedAmount"]),
        ...feeAtZeroTerms(price),
      };
    case "matrix":
      return {
        dimensions: price.dimensions,
        rows: price.rows.map(({ values, unitPrice }) => ({ values, unitPrice: unitPrice.toFixed() })),
        defaultUnitPrice: price.defaultUnitPrice.toFixed(),
      };
    case "seat":
      return {
        perSeat: { model: price.perSeat.model, ...modelTerms(price.perSeat) },
        strategy: price.strategy,
        ...(price.overageCadence && { overageCadence: price.overageCadence }),
      };
    default:
      return unreachable(price);
  }
}

const tierTerms = (tier: Tier): StoredTerms => ({
  upTo: tier.upTo?.toFixed() ?? null,
  unitPrice: tier.unitPrice.toFixed(),
  ...textsOf(tier, ["flatFee"]),
});

const percentTierTerms = (tier: PercentTier): StoredTerms => ({
  upTo: tier.upTo?.toFixed() ?? null,
  percent: tier.percent.toFixed(),
  ...textsOf(tier, ["flatFee"]),
});

const feeAtZeroTerms = ({ feeAtZero }: { readonly feeAtZero?: boolean }): StoredTerms =>
  feeAtZero === undefined ? {} : { feeAtZero };

/** The price exactly as termsFromPrice was given it. What does not read as terms of the model throws. */
export function priceFromTerms(model: PriceModelName, terms: StoredTerms): Price {
  return { ...modelFrom(model, terms), ...decimalsOf<PriceTerms>(terms, BESIDE_THE_MODEL) };
}

function modelFrom(model: PriceModelName, terms: StoredTerms): Price {
  switch (model) {
    case "flat":
    case "one_time":
      return { model, fee: decimalOf(terms, "fee") };
    case "per_unit":
      return { model, unitPrice: decimalOf(terms, "unitPrice") };
    case "package":
      return { model, packageSize: decimalOf(terms, "packageSize"), packagePrice: decimalOf(terms, "packagePrice") };
    case "graduated":
    case "volume":
      return { model, tiers: listOf(terms, "tiers").map(tierFrom), ...feeAtZeroFrom(terms) };
    case "percentage":
      return { model, percent: decimalOf(terms, "percent"), ...decimalsOf<PerEvent>(terms, PER_EVENT) };
    case "graduated_percentage":
      return {
        model,
        tiers: listOf(terms, "tiers").map(percentTierFrom),
        ...decimalsOf<Pick<GraduatedPercentagePrice, "includedAmount">>(terms, ["includedAmount"]),
        ...feeAtZeroFrom(terms),
      };
    case "matrix":
      return {
        model,
        dimensions: terms["dimensions"] as readonly string[],
        rows: listOf(terms, "rows").map(rowFrom),
        defaultUnitPrice: decimalOf(terms, "defaultUnitPrice"),
      };
    case "seat": {
      const perSeat = terms["perSeat"] as StoredTerms;
      return {
        model,
        perSeat: modelFrom(perSeat["model"] as SeatPrice["perSeat"]["model"], perSeat) as SeatPrice["perSeat"],
        strategy: terms["strategy"] as SeatStrategy,
        ...(terms["overageCadence"] !== undefined && { overageCadence: terms["overageCadence"] as RecurringCadence }),
      };
    }
    default:
      return unreachable(model);
  }
}

const listOf = (terms: StoredTerms, field: string) => terms[field] as readonly StoredTerms[];

const tierFrom = (terms: StoredTerms): Tier => ({
  upTo: terms["upTo"] === null ? null : decimalOf(terms, "upTo"),
  unitPrice: decimalOf(terms, "unitPrice"),
  ...decimalsOf<Pick<Tier, "flatFee">>(terms, ["flatFee"]),
});

const percentTierFrom = (terms: StoredTerms): PercentTier => ({
  upTo: terms["upTo"] === null ? null : decimalOf(terms, "upTo"),
  percent: decimalOf(terms, "percent"),
  ...decimalsOf<Pick<PercentTier, "flatFee">>(terms, ["flatFee"]),
});

const rowFrom = (terms: StoredTerms): MatrixRow => ({
  values: terms["values"] as readonly string[],
  unitPrice: decimalOf(terms, "unitPrice"),
});

const feeAtZeroFrom = ({ feeAtZero }: StoredTerms): { readonly feeAtZero?: boolean } =>
  typeof feeAtZero === "boolean" ? { feeAtZero } : {};

/** A number where text belongs, or nothing at all, is refused: it must not become a price of zero. */
function decimalOf(terms: StoredTerms, field: string): Decimal {
  const text = terms[field];
  if (typeof text !== "string") throw new Error(`stored price terms without decimal text in "${field}"`);
  return new Decimal(text);
}

function decimalsOf<T extends { readonly [F in keyof T]?: Decimal | null }>(
  terms: StoredTerms,
  fields: readonly (keyof T & string)[],
): T {
  const present = fields.filter((field) => (terms[field] ?? null) !== null);
  return Object.fromEntries(present.map((field) => [field, decimalOf(terms, field)])) as T;
}

function textsOf<F extends string>(
  part: { readonly [field in F]?: Decimal | null },
  fields: readonly F[],
): StoredTerms {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const value = part[field];
      return value ? [[field, value.toFixed()]] : [];
    }),
  );
}
