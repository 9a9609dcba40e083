import { type Cadence, isRecurring, type RecurringCadence } from "../../domain/calendar/cadence";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { BillingTiming } from "../../domain/contract/contract";
import type { Decimal } from "../../domain/money/decimal";
import type {
  FlatPrice,
  GraduatedPercentagePrice,
  GraduatedPrice,
  MatrixPrice,
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
import { fail, ok, type Result } from "../../domain/result";
import { unreachable } from "../../domain/unreachable";
import type { Problem } from "../../platform/refusal";
import { askFor, type CadenceName, readOptionalCadence } from "./asked-cadence";

type Terms<Model> = Omit<Model, "model">;
export type SeatTermsAsked = Pick<SeatPrice, "strategy"> & {
  readonly perUnit?: Terms<PerUnitPrice> | null;
  readonly graduated?: Terms<GraduatedPrice> | null;
  readonly volume?: Terms<VolumePrice> | null;
  readonly overageCadence?: CadenceName | null;
  readonly overageCadenceMonths?: number | null;
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
  readonly graduatedPercentage?: Terms<GraduatedPercentagePrice> | null;
  readonly matrix?: Terms<MatrixPrice> | null;
  readonly oneTime?: Terms<OneTimePrice> | null;
};

/** What a quantity is to cost, before anybody looked at it. */
export type TermsAsked = {
  readonly terms: PriceTermsAsked;
  readonly includedUnits: Decimal | null;
  readonly minimum: Decimal | null;
  readonly maximum: Decimal | null;
};

/** What a contract has in the place of a listed price's own terms; absent and null: as it is listed. */
export type CustomTerms = TermsAsked & {
  /** The amounts are for one such period. */
  readonly cadence?: CadenceName | null;
  /** Of the cadence "custom". */
  readonly cadenceMonths?: number | null;
  readonly timing?: BillingTiming | null;
};

export type PricedTerms = TermsAsked & { readonly currency: string };

/** A price as it is asked for. */
export type NewPrice = PricedTerms & {
  readonly productId: string;
  /** null: the first version of a new lineage */
  readonly lineageId: string | null;
  readonly name: string;
  readonly cadence: CadenceName;
  /** Of the cadence "custom"; absent and null: none. */
  readonly cadenceMonths?: number | null;
  readonly timing: BillingTiming;
  readonly proration: ProrationRule;
  /** Absent: the tax comes on top. */
  readonly taxInclusive?: boolean;
  readonly metricId: string | null;
  readonly effectiveOn: PlainDate;
};

/** A price, and where in the input its terms stand. */
type Placed<P> = { readonly price: P; readonly path: readonly string[] };
export type ReadTerms = Result<Placed<RatedPrice>, Problem>;

/** The price that the input means, or what keeps it from meaning one. */
export function readPriceTerms({ terms, includedUnits, minimum, maximum }: TermsAsked): ReadTerms {
  const model = readModel(terms, ["terms"]);
  if (!model.ok) return model;
  const beside = {
    ...(includedUnits && { includedUnits }),
    ...(minimum && { minimum }),
    ...(maximum && { maximum }),
  };
  return ok({ price: { ...model.value.price, ...beside }, path: model.value.path });
}

function readModel(asked: PriceTermsAsked, path: readonly string[]): Result<Placed<PriceModel>, Problem> {
  const one = exactlyOne(asked, path);
  if (!one.ok) return one;
  const place = [...path, one.value];
  const done = (price: PriceModel) => ok({ price, path: place });
  if (asked.flat) return done({ ...asked.flat, model: "flat" });
  if (asked.perUnit) return done({ ...asked.perUnit, model: "per_unit" });
  if (asked.package) return done({ ...asked.package, model: "package" });
  if (asked.graduated) return done({ ...asked.graduated, model: "graduated" });
  if (asked.volume) return done({ ...asked.volume, model: "volume" });
  if (asked.percentage) return done({ ...asked.percentage, model: "percentage" });
  if (asked.graduatedPercentage) return done({ ...asked.graduatedPercentage, model: "graduated_percentage" });
  if (asked.matrix) return done({ ...asked.matrix, model: "matrix" });
  if (asked.oneTime) return done({ ...asked.oneTime, model: "one_time" });
  return readSeat(asked.seat as SeatTermsAsked, place);
}

function readSeat(asked: SeatTermsAsked, path: readonly string[]): Result<Placed<SeatPrice>, Problem> {
  const { perUnit, graduated, volume, strategy } = asked;
  const one = exactlyOne({ perUnit, graduated, volume }, path);
  if (!one.ok) return one;
  const overage = readOverageCadence(asked, path);
  if (!overage.ok) return overage;
  const perSeat = perUnit
    ? ({ ...perUnit, model: "per_unit" } as const)
    : graduated
      ? ({ ...graduated, model: "graduated" } as const)
      : ({ ...(volume as Terms<VolumePrice>), model: "volume" } as const);
  const overageCadence = overage.value;
  const price: SeatPrice = { model: "seat", perSeat, strategy, ...(overageCadence && { overageCadence }) };
  return ok({ price, path: [...path, one.value] });
}

function readOverageCadence(
  { overageCadence = null, overageCadenceMonths: months = null }: SeatTermsAsked,
  path: readonly string[],
): Result<RecurringCadence | null, Problem> {
  const cadence = readOptionalCadence({ cadence: overageCadence, months });
  if (!cadence.ok) return fail({ ...cadence.error, path: [...path, "overageCadenceMonths"] });
  if (cadence.value === null || isRecurring(cadence.value)) return ok(cadence.value);
  const message = "Seats change at any time, so what they add falls due again and again. Send a cadence that recurs.";
  return fail({ code: "OVERAGE_ONE_TIME", message, path: [...path, "overageCadence"] });
}

function exactlyOne(asked: object, path: readonly string[]): Result<string, Problem> {
  const given = Object.entries(asked).flatMap(([name, value]) => (value === null || value === undefined ? [] : [name]));
  const [name] = given;
  if (name !== undefined && given.length === 1) return ok(name);
  const found = given.length === 0 ? "none" : given.join(" and ");
  const message = `Exactly one model must be given here; there is ${found}.`;
  return fail({ code: "NOT_EXACTLY_ONE_MODEL", message, path });
}

/** The terms that ask for a price, so that what was read once can be asked for again; null: as it is listed. */
export function customTermsOf(
  price: RatedPrice,
  { cadence, timing }: { readonly cadence: Cadence | null; readonly timing: BillingTiming | null },
): CustomTerms {
  const { includedUnits = null, minimum = null, maximum = null, ...model } = price;
  const asked = cadence && askFor(cadence);
  return {
    terms: termsOf(model as PriceModel),
    includedUnits,
    minimum,
    maximum,
    cadence: asked?.cadence ?? null,
    cadenceMonths: asked?.months ?? null,
    timing,
  };
}

function termsOf(price: PriceModel): PriceTermsAsked {
  switch (price.model) {
    case "flat":
      return { flat: price };
    case "per_unit":
      return { perUnit: price };
    case "package":
      return { package: price };
    case "graduated":
      return { graduated: price };
    case "volume":
      return { volume: price };
    case "percentage":
      return { percentage: price };
    case "graduated_percentage":
      return { graduatedPercentage: price };
    case "matrix":
      return { matrix: price };
    case "one_time":
      return { oneTime: price };
    case "seat":
      return { seat: seatTermsOf(price) };
    default:
      return unreachable(price);
  }
}

function seatTermsOf({ perSeat, strategy, overageCadence }: SeatPrice): SeatTermsAsked {
  const asked = overageCadence ? askFor(overageCadence) : null;
  return {
    strategy,
    ...(asked && { overageCadence: asked.cadence, overageCadenceMonths: asked.months }),
    ...(perSeat.model === "per_unit" && { perUnit: perSeat }),
    ...(perSeat.model === "graduated" && { graduated: perSeat }),
    ...(perSeat.model === "volume" && { volume: perSeat }),
  };
}
