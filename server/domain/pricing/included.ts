import { type Decimal, ZERO } from "../money/decimal";
import type { Price } from "./price";
import { applyRatio, type Ratio } from "./prorate";

/** What costs nothing in a full period: units, or of a price in percent the first amounts, and its first events. */
export type Included = { readonly quantity: Decimal; readonly events: Decimal };

export function includedIn(price: Price): Included {
  switch (price.model) {
    case "percentage":
      return { quantity: price.includedAmount ?? ZERO, events: price.includedEvents ?? ZERO };
    case "graduated_percentage":
      return { quantity: price.includedAmount ?? ZERO, events: ZERO };
    default:
      return { quantity: price.includedUnits ?? ZERO, events: ZERO };
  }
}

/** The price with what a part of the full period includes; of events whole ones alone, for an event cannot be split. */
export function withIncludedOf(price: Price, ratio: Ratio): Price {
  if (ratio.numerator === ratio.denominator) return price;
  const { quantity, events } = includedIn(price);
  const share = applyRatio(quantity, ratio);
  switch (price.model) {
    case "percentage":
      return { ...price, includedAmount: share, includedEvents: applyRatio(events, ratio).floor() };
    case "graduated_percentage":
      return { ...price, includedAmount: share };
    default:
      return { ...price, includedUnits: share };
  }
}
