import type { Price } from "../pricing/price";
import type { StoredTerms } from "../pricing/price-terms";
import { unreachable } from "../unreachable";
import { type CellFormat, type CellLock, optional, required } from "./cell";

/** A scalar among the stored terms of a price: where it stands in them, and what it is called as a cell. */
export type PriceScalar = {
  readonly name: string;
  readonly title: string;
  readonly format: CellFormat;
  readonly at: readonly (string | number)[];
  readonly lock: CellLock | null;
};

/** The cell with the amount that people call the price. */
export const HEADLINE = "price";

const NUMBER = required("decimal");
const FEE = required("money");
const RATE = { ...FEE, isRate: true };
const PERCENT = { ...required("percent"), isRate: true };
const OPTIONAL_RATE = { ...optional("money"), isRate: true };
const UNITS = optional("decimal");
const AMOUNT = optional("money");

const scalar = (name: string, title: string, format: CellFormat, at: PriceScalar["at"]): PriceScalar => ({
  name,
  title,
  format,
  at,
  lock: null,
});
const beside = (name: string, title: string, format: CellFormat): PriceScalar =>
  scalar(`${HEADLINE}.${name}`, title, format, [name]);

const BOUNDS = [beside("minimum", "Minimum per period", AMOUNT), beside("maximum", "Maximum per period", AMOUNT)];
const INCLUDED_UNITS = beside("includedUnits", "Included units", UNITS);

/** Everything in a price that is one number, in the order in which people read it. */
export function scalarsOfPrice(price: Price): PriceScalar[] {
  switch (price.model) {
    case "flat":
    case "one_time":
      return [scalar(HEADLINE, "Fee", FEE, ["fee"]), ...BOUNDS];
    case "per_unit":
    case "package":
    case "graduated":
    case "volume":
    case "matrix":
      return [...scalarsOfModel(price), INCLUDED_UNITS, ...BOUNDS];
    case "seat":
      return [
        ...scalarsOfModel(price.perSeat).map((each) => ({ ...each, at: ["perSeat", ...each.at] })),
        INCLUDED_UNITS,
        ...BOUNDS,
      ];
    case "percentage":
      return [
        scalar(HEADLINE, "Percent", PERCENT, ["percent"]),
        beside("fixedPerEvent", "Fixed fee per event", OPTIONAL_RATE),
        beside("minimumPerEvent", "Minimum per event", OPTIONAL_RATE),
        beside("maximumPerEvent", "Maximum per event", OPTIONAL_RATE),
        beside("includedEvents", "Included events", UNITS),
        beside("includedAmount", "Included amount", OPTIONAL_RATE),
        ...BOUNDS,
      ];
    case "graduated_percentage":
      return [
        ...scalarsOfTiers(price.tiers, (name, at) => scalar(`${name}.percent`, "Percent", PERCENT, [...at, "percent"])),
        beside("includedAmount", "Included amount", OPTIONAL_RATE),
        ...BOUNDS,
      ];
    default:
      return unreachable(price);
  }
}

type RatedByUnits = Extract<Price, { model: "per_unit" | "package" | "graduated" | "volume" | "matrix" }>;

function scalarsOfModel(price: RatedByUnits): PriceScalar[] {
  switch (price.model) {
    case "per_unit":
      return [scalar(HEADLINE, "Unit price", RATE, ["unitPrice"])];
    case "package":
      return [
        scalar(HEADLINE, "Package price", RATE, ["packagePrice"]),
        beside("packageSize", "Units per package", NUMBER),
      ];
    case "graduated":
    case "volume":
      return scalarsOfTiers(price.tiers, (name, at) =>
        scalar(`${name}.unitPrice`, "Unit price", RATE, [...at, "unitPrice"]),
      );
    case "matrix":
      return [
        ...price.rows.map(({ values }, row) =>
          scalar(`${HEADLINE}.rows.${row}.unitPrice`, `Unit price of ${values.join(", ")}`, RATE, [
            "rows",
            row,
            "unitPrice",
          ]),
        ),
        beside("defaultUnitPrice", "Unit price of all others", RATE),
      ];
    default:
      return unreachable(price);
  }
}

function scalarsOfTiers(
  tiers: readonly { readonly upTo: unknown }[],
  rateOf: (name: string, at: PriceScalar["at"]) => PriceScalar,
): PriceScalar[] {
  return tiers.flatMap((_, index) => {
    const [name, at, isLast] = [`${HEADLINE}.tiers.${index}`, ["tiers", index], index === tiers.length - 1];
    const upTo = scalar(`${name}.upTo`, "Up to", isLast ? UNITS : NUMBER, [...at, "upTo"]);
    return [
      { ...upTo, lock: isLast ? ("LAST_TIER" as const) : null },
      rateOf(name, at),
      scalar(`${name}.flatFee`, "Flat fee", OPTIONAL_RATE, [...at, "flatFee"]),
    ].map((each) => ({ ...each, title: `${each.title}, tier ${index + 1}` }));
  });
}

type Data = StoredTerms[string] | undefined;

/** The text that stands there; null for none. */
export function readScalar(terms: StoredTerms, at: PriceScalar["at"]): string | null {
  const found = at.reduce<Data>((data, step) => (data as Readonly<Record<string | number, Data>>)?.[step], terms);
  return typeof found === "string" ? found : null;
}

/** The terms with another text there, if there is such a place. None is left out, but for the bound of a tier. */
export function writeScalar(terms: StoredTerms, at: PriceScalar["at"], text: string | null): StoredTerms {
  return written(terms, at, text) as StoredTerms;
}

function written(data: Data, [step, ...rest]: PriceScalar["at"], text: string | null): Data {
  if (step === undefined) return text as Data;
  if (Array.isArray(data)) {
    return data.map((each, index) => (index === step ? written(each, rest, text) : each)) as unknown as Data;
  }
  if (data === undefined) return data;
  const { [step]: old, ...others } = data as Readonly<Record<string, Data>>;
  if (rest.length === 0 && text === null && step !== "upTo") return others as Data;
  return { ...others, [step]: written(old, rest, text) } as Data;
}
