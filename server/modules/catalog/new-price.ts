import type { Cadence } from "../../domain/calendar/cadence";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { BillingTiming } from "../../domain/contract/contract";
import type { Decimal } from "../../domain/money/decimal";
import type {
  FlatPrice,
  GraduatedPrice,
  OneTimePrice,
  PackagePrice,
  PercentagePrice,
  PerUnitPrice,
  PriceModel,
  Price as RatedPrice,
  SeatPrice,
  VolumePrice,
} from "../../domain/pricing/price";
import type { ProrationRule } from "../../domain/pricing/prorate";

type Terms<Model> = Omit<Model, "model">;
export type SeatTermsAsked = Pick<SeatPrice, "strategy"> & {
  readonly perUnit?: Terms<PerUnitPrice> | null;
  readonly graduated?: Terms<GraduatedPrice> | null;
  readonly volume?: Terms<VolumePrice> | null;
};

/** Exactly one of them is to be there. */
export type PriceTermsAsked = {
  readonly flat?: Terms<FlatPrice> | null;
  readonly perUnit?: Terms<PerUnitPrice> | null;
  readonly seat?: SeatTermsAsked | null;
  readonly package?: Terms<PackagePrice> | null;
  readonly graduated?: Terms<GraduatedPrice> | null;
  readonly volume?: Terms<VolumePrice> | null;
  readonly percentage?: Terms<PercentagePrice> | null;
  readonly oneTime?: Terms<OneTimePrice> | null;
};

/** A price as it is asked for, before anybody looked at it. */
export type NewPrice = {
  readonly productId: string;
  /** null: the first version of a new lineage */
  readonly lineageId: string | null;
  readonly name: string;
  readonly currency: string;
  readonly terms: PriceTermsAsked;
  readonly includedUnits: Decimal | null;
  readonly minimum: Decimal | null;
  readonly maximum: Decimal | null;
  readonly cadence: Cadence;
  readonly timing: BillingTiming;
  readonly proration: ProrationRule;
  readonly metricId: string | null;
  readonly effectiveOn: PlainDate;
};

export type TermsProblem = {
  readonly code: "NOT_EXACTLY_ONE_MODEL";
  readonly path: readonly string[];
  readonly given: readonly string[];
};

/** The price that the input means, and where in the input its terms stand; or what keeps it from meaning one. */
export type ReadTerms =
  | { readonly ok: true; readonly price: RatedPrice; readonly path: readonly string[] }
  | { readonly ok: false; readonly problem: TermsProblem };

export function readPriceTerms({ terms, includedUnits, minimum, maximum }: NewPrice): ReadTerms {
  const model = readModel(terms, ["terms"]);
  if (!model.ok) return model;
  const beside = {
    ...(includedUnits && { includedUnits }),
    ...(minimum && { minimum }),
    ...(maximum && { maximum }),
  };
  return { ok: true, price: { ...model.price, ...beside }, path: model.path };
}

type ReadModel =
  | { readonly ok: true; readonly price: PriceModel; readonly path: readonly string[] }
  | Extract<ReadTerms, { ok: false }>;

function readModel(asked: PriceTermsAsked, path: readonly string[]): ReadModel {
  const one = exactlyOne(asked, path);
  if (!one.ok) return one;
  const place = [...path, one.name];
  const done = (price: PriceModel): ReadModel => ({ ok: true, price, path: place });
  if (asked.flat) return done({ ...asked.flat, model: "flat" });
  if (asked.perUnit) return done({ ...asked.perUnit, model: "per_unit" });
  if (asked.package) return done({ ...asked.package, model: "package" });
  if (asked.graduated) return done({ ...asked.graduated, model: "graduated" });
  if (asked.volume) return done({ ...asked.volume, model: "volume" });
  if (asked.percentage) return done({ ...asked.percentage, model: "percentage" });
  if (asked.oneTime) return done({ ...asked.oneTime, model: "one_time" });
  return readSeat(asked.seat as SeatTermsAsked, place);
}

function readSeat({ strategy, ...rates }: SeatTermsAsked, path: readonly string[]): ReadModel {
  const one = exactlyOne(rates, path);
  if (!one.ok) return one;
  const { perUnit, graduated, volume } = rates;
  const perSeat = perUnit
    ? ({ ...perUnit, model: "per_unit" } as const)
    : graduated
      ? ({ ...graduated, model: "graduated" } as const)
      : ({ ...(volume as Terms<VolumePrice>), model: "volume" } as const);
  return { ok: true, price: { model: "seat", perSeat, strategy }, path: [...path, one.name] };
}

function exactlyOne(
  asked: object,
  path: readonly string[],
): { readonly ok: true; readonly name: string } | Extract<ReadTerms, { ok: false }> {
  const given = Object.entries(asked).flatMap(([name, value]) => (value === null || value === undefined ? [] : [name]));
  const [name] = given;
  return name !== undefined && given.length === 1
    ? { ok: true, name }
    : { ok: false, problem: { code: "NOT_EXACTLY_ONE_MODEL", path, given } };
}
