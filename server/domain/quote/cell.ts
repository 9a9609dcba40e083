import type { Cadence } from "../calendar/cadence";
import type { BillingTiming } from "../contract/contract";
import type { Price } from "../pricing/price";

/** How a cell's text is written. */
export type CellKind = "text" | "day" | "whole" | "decimal" | "percent" | "money" | "choice" | "cadence";

/**
 * What may stand in a cell. `percent` is 0 to 100 and `money` no finer than the currency, unless they are rates; `cadence` one of the choices or
 * every_2_months and so on; the range is of whole numbers.
 */
export type CellFormat = {
  readonly kind: CellKind;
  /** Whether it may be empty. */
  readonly isOptional: boolean;
  readonly choices: readonly string[];
  readonly range: { readonly least: number; readonly most: number } | null;
  /** Nothing off is no discount. */
  readonly isZeroNone: boolean;
  /** What usage is rated by: an amount per unit, which may be finer than the currency, or a percentage, which may be above 100. */
  readonly isRate: boolean;
};

/**
 * One scalar of the terms of a quote, with a path made of ids that stays the same as lines come and go. Its text is
 * canonical: the same value has the same text.
 */
export type Cell = {
  readonly path: string;
  /** What it belongs to, outermost first: "Phase 1", "Platform fee". */
  readonly where: readonly string[];
  readonly title: string;
  readonly format: CellFormat;
  readonly value: string | null;
  /** What holds where nothing else is agreed: the listed amount, the name of the price. */
  readonly standard: string | null;
  readonly lock: CellLock | null;
  /** The path of the cell that is stored, where this one only shows it in another way. */
  readonly shows: string | null;
  /** The paths of cells that mean something else once this one changes: an edit of it gives them as well. */
  readonly givenWith: readonly string[];
};

/** Why a cell shows something and takes nothing. */
export type CellLock =
  /** the last tier holds whatever lies beyond the others */
  | "LAST_TIER"
  /** a discount is either a percent or an amount, and stays which it is */
  | "OTHER_KIND_OF_DISCOUNT"
  /** there are several discounts, fixed ones, or ones that end: each has cells of its own */
  | "SEVERAL_DISCOUNTS"
  /** steps of the ramp have amounts that no cell shows, and that are for periods of the present cadence */
  | "STEP_PRICES";

/** A price as it is listed, as far as a quote's terms speak of it. */
export type QuotedPrice = {
  readonly name: string;
  readonly lineageId: string;
  readonly price: Price;
  readonly cadence: Cadence;
  readonly timing: BillingTiming;
};

/** The prices that terms name, by id. */
export type QuotedPrices = ReadonlyMap<string, QuotedPrice>;

/** A cell of one part of the terms, such as a line; `write` is handed a value that the format takes. */
export type Field<Part> = Omit<Cell, "path" | "where"> & {
  /** As those that it shows and is given with, it is named within the part. */
  readonly name: string;
  readonly write: (part: Part, value: string | null) => Part;
};

type FieldGiven<Part> = Pick<Field<Part>, "name" | "title" | "format" | "value" | "write"> & Partial<Field<Part>>;

export const field = <Part>(given: FieldGiven<Part>): Field<Part> => ({
  name: given.name,
  title: given.title,
  format: given.format,
  value: given.value,
  standard: given.standard ?? null,
  lock: given.lock ?? null,
  shows: given.shows ?? null,
  givenWith: given.givenWith ?? [],
  write: given.write,
});

const format = (kind: CellKind, isOptional: boolean): CellFormat => ({
  kind,
  isOptional,
  choices: [],
  range: null,
  isZeroNone: false,
  isRate: false,
});

export const required = (kind: CellKind): CellFormat => format(kind, false);
export const optional = (kind: CellKind): CellFormat => format(kind, true);
export const wholeFrom = (least: number, most: number): CellFormat => ({
  ...optional("whole"),
  range: { least, most },
});
export const oneOf = (choices: readonly string[]): CellFormat => ({ ...required("choice"), choices });
export const cadenceAmong = (choices: readonly string[]): CellFormat => ({ ...required("cadence"), choices });
export const oneOfOrNone = (choices: readonly string[]): CellFormat => ({ ...optional("choice"), choices });

/** What nothing that people agree outlasts. */
export const TEN_YEARS = { months: 120, days: 3660 } as const;
