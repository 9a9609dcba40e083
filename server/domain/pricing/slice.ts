import { type Decimal, ZERO } from "../money/decimal";

/** What the quantity of a slice counts. With "percent" it is an amount, and the unit price a hundredth of the percent. */
export type SliceKind =
  | "fee"
  | "units"
  | "tier"
  | "packages"
  | "percent"
  | "percent_tier"
  | "matrix_row"
  | "matrix_default"
  | "events"
  | "events_at_minimum"
  | "events_at_maximum";

/** A part of a rated amount with one price: amount = quantity × unitPrice + flatFee. */
export type RatedSlice = {
  readonly kind: SliceKind;
  readonly quantity: Decimal;
  readonly unitPrice: Decimal;
  readonly flatFee: Decimal;
  readonly amount: Decimal;
  /** A tier's bounds: units above the one, up to and including the other. */
  readonly above: Decimal | null;
  readonly upTo: Decimal | null;
  readonly packageSize: Decimal | null;
  /** A row of a matrix: the property and value of each dimension. */
  readonly dimensions: readonly Dimension[] | null;
};

export type Dimension = { readonly property: string; readonly value: string };

export function slice(kind: SliceKind, quantity: Decimal, unitPrice: Decimal, flatFee: Decimal = ZERO): RatedSlice {
  const product = quantity.times(unitPrice);
  const amount = flatFee.isZero() ? product : product.plus(flatFee);
  return { kind, quantity, unitPrice, flatFee, amount, above: null, upTo: null, packageSize: null, dimensions: null };
}
