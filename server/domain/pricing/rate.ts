import { Decimal, ONE, ZERO } from "../money/decimal";
import { unreachable } from "../unreachable";
import type { Price } from "./price";
import { rateMatrix, type UsageGroup } from "./rate-matrix";
import { type EventAmounts, needsEventAmounts, ratePercentage } from "./rate-percentage";
import { type RatedSlice, slice } from "./slice";
import { rateGraduated, rateGraduatedPercentage, rateVolume } from "./tiers";

/** A measured quantity with what some prices ask beside it. */
export type RatedUsage = {
  readonly quantity: Decimal;
  /** How many events; needed for a fixed fee per event. */
  readonly events?: Decimal;
  /** In order of occurrence; needed where the price looks at single events. */
  readonly eventAmounts?: EventAmounts;
  /** Adds up to the quantity; needed where the price has dimensions. */
  readonly groups?: readonly UsageGroup[];
};

/**
 * The single place where a quantity becomes an amount: that of one full period, as the slices that explain it. Included
 * units come off first; nothing is rounded; limits and discounts come later. A seat price is rated as if the seats
 * stayed all period. Throws for a price that asks more than a quantity (`rateUsage`).
 */
export function rate(price: Price, quantity: Decimal): RatedSlice[] {
  switch (price.model) {
    case "flat":
      return [slice("fee", ONE, price.fee)];
    case "one_time":
      return [slice("fee", quantity, price.fee)];
    case "per_unit":
      return [slice("units", billableUnits(price, quantity), price.unitPrice)];
    case "package":
      return [ratePackages(price.packageSize, price.packagePrice, billableUnits(price, quantity))];
    case "graduated":
      return rateGraduated(price.tiers, billableUnits(price, quantity), price.feeAtZero ?? true);
    case "volume":
      return rateVolume(price.tiers, billableUnits(price, quantity), price.feeAtZero ?? true);
    case "seat":
      return rate(price.perSeat, billableUnits(price, quantity));
    case "percentage":
      return ratePercentage(price, { total: quantity });
    case "graduated_percentage": {
      const amount = billableUnits({ includedUnits: price.includedAmount ?? null }, quantity);
      return rateGraduatedPercentage(price.tiers, amount, price.feeAtZero ?? true);
    }
    case "matrix":
      throw new Error("matrix price: rated from the usage of each group");
    default:
      return unreachable(price);
  }
}

/** As `rate`, of any price. Throws where the price asks for something that the usage does not say. */
export function rateUsage(price: Price, usage: RatedUsage): RatedSlice[] {
  if (price.model === "percentage") return ratePercentage(price, { ...usage, total: usage.quantity });
  if (price.model !== "matrix") return rate(price, usage.quantity);
  if (usage.groups === undefined) throw new Error("matrix price: the groups of the usage are missing");
  return rateMatrix(price, usage.groups);
}

/** What a price has to know of its usage beside the quantity. */
export type UsageAsked = "quantity" | "events" | "event_amounts" | "groups";

export function usageAsked(price: Price): UsageAsked {
  if (price.model === "matrix") return "groups";
  if (price.model !== "percentage") return "quantity";
  if (needsEventAmounts(price)) return "event_amounts";
  return price.fixedPerEvent && !price.fixedPerEvent.isZero() ? "events" : "quantity";
}

/** What is left after included units, never below zero. */
export function billableUnits({ includedUnits }: Pick<Price, "includedUnits">, quantity: Decimal): Decimal {
  const billable = includedUnits ? quantity.minus(includedUnits) : quantity;
  return billable.isNegative() ? ZERO : billable;
}

export function amountOf(slices: readonly RatedSlice[]): Decimal {
  return slices.reduce<Decimal | null>((total, { amount }) => total?.plus(amount) ?? amount, null) ?? ZERO;
}

function ratePackages(packageSize: Decimal, packagePrice: Decimal, units: Decimal): RatedSlice {
  return { ...slice("packages", units.div(packageSize).ceil(), packagePrice), packageSize };
}
