import type { RecurringCadence } from "../calendar/cadence";
import type { Decimal } from "../money/decimal";

/** A tier holds the units in (previous upTo, upTo]; tiers ascend, the last has no bound. */
export type Tier = {
  readonly upTo: Decimal | null;
  readonly unitPrice: Decimal;
  /** Due once as soon as the tier is reached. */
  readonly flatFee?: Decimal | null;
};

/** What any price may have beside its model. Amounts are in the currency of the contract; absent and null mean none. */
export type PriceTerms = {
  /** Units that cost nothing, per full period. */
  readonly includedUnits?: Decimal | null;
  /** Per full period, judged after discounts; less is topped up by a true-up line. */
  readonly minimum?: Decimal | null;
  /** Per full period, judged after discounts; more is taken back by a cap line. */
  readonly maximum?: Decimal | null;
};

export type FlatPrice = { readonly model: "flat"; readonly fee: Decimal };
export type PerUnitPrice = { readonly model: "per_unit"; readonly unitPrice: Decimal };
export type PackagePrice = {
  readonly model: "package";
  readonly packageSize: Decimal;
  readonly packagePrice: Decimal;
};
export type GraduatedPrice = {
  readonly model: "graduated";
  readonly tiers: readonly Tier[];
  /** The first tier's flat fee is due without any usage, judged after included units. Default true. */
  readonly feeAtZero?: boolean;
};
export type VolumePrice = { readonly model: "volume"; readonly tiers: readonly Tier[]; readonly feeAtZero?: boolean };

/**
 * So many percent of the events' amounts ("2.9" means 2.9 %, and may exceed 100). Fixed fee, bounds and included
 * events are per event, so they are rated from the events, never from a sum.
 */
export type PercentagePrice = {
  readonly model: "percentage";
  readonly percent: Decimal;
  readonly fixedPerEvent?: Decimal | null;
  readonly minimumPerEvent?: Decimal | null;
  readonly maximumPerEvent?: Decimal | null;
  /** The first events that cost nothing. */
  readonly includedEvents?: Decimal | null;
  /** The first part of the amounts that costs nothing; an event that it covers whole costs nothing at all. */
  readonly includedAmount?: Decimal | null;
};

/** A tier of amounts: of what lies in (previous upTo, upTo] so many percent. */
export type PercentTier = {
  readonly upTo: Decimal | null;
  /** "2.9" means 2.9 %; may exceed 100. */
  readonly percent: Decimal;
  /** Due once as soon as the tier is reached. */
  readonly flatFee?: Decimal | null;
};

/** Each part of the events' summed amounts costs the percent of the tier it lies in. */
export type GraduatedPercentagePrice = {
  readonly model: "graduated_percentage";
  readonly tiers: readonly PercentTier[];
  /** The first part of the amounts that costs nothing, per full period; tiers begin after it. */
  readonly includedAmount?: Decimal | null;
  readonly feeAtZero?: boolean;
};

/** The unit price of usage whose dimensions have these values, in the order of the price's dimensions. */
export type MatrixRow = { readonly values: readonly string[]; readonly unitPrice: Decimal };

/**
 * A unit price by what an event says of itself, such as region and model. Usage that no row names has the default
 * price, so that none is ever left unbilled. Included units are used up in the order of the rows, the default last.
 */
export type MatrixPrice = {
  readonly model: "matrix";
  /** Properties of the event, which the metric groups by. */
  readonly dimensions: readonly string[];
  readonly rows: readonly MatrixRow[];
  readonly defaultUnitPrice: Decimal;
};

/**
 * How seats that change within a period count. With b(d) = seats at the end of day d:
 * `use_maximum` the highest b for all days; `prorate_increments` the highest b so far, day by day;
 * `prorate_all_changes` b, day by day.
 */
export type SeatStrategy = "use_maximum" | "prorate_increments" | "prorate_all_changes";
export type SeatPrice = {
  readonly model: "seat";
  /** What so many seats cost for a full period. */
  readonly perSeat: PerUnitPrice | GraduatedPrice | VolumePrice;
  readonly strategy: SeatStrategy;
  /** How often seats beyond those billed in advance fall due; absent and null: with the price itself. */
  readonly overageCadence?: RecurringCadence | null;
};

/** Once, for each unit of the contracted quantity. */
export type OneTimePrice = { readonly model: "one_time"; readonly fee: Decimal };

/** What a quantity is rated by. Closed: a new model does not compile until every switch knows it. */
export type PriceModel =
  | FlatPrice
  | PerUnitPrice
  | SeatPrice
  | PackagePrice
  | GraduatedPrice
  | VolumePrice
  | PercentagePrice
  | GraduatedPercentagePrice
  | MatrixPrice
  | OneTimePrice;

export type Price = PriceModel & PriceTerms;
export type PriceModelName = Price["model"];
