import { isSamePeriod } from "../calendar/period";
import type { Contract } from "../contract/contract";
import { groupBy } from "../group-by";
import type { Currency } from "../money/currency";
import { type Decimal, ZERO } from "../money/decimal";
import { boundLines } from "./bound-lines";
import {
  chargeLine,
  discountedKeyOf,
  leftOf,
  limitLines,
  ownDiscountLines,
  type PricedSegment,
  priceGroup,
} from "./charge-lines";
import type { Explanation } from "./explanation";
import type { Line } from "./line";
import { makeLine } from "./make-line";
import { indexReadings } from "./measure-segment";
import type { Readings } from "./readings";
import { groupKeyOf, type SegmentPlan } from "./segment";
import { type DiscountShare, shareDiscounts } from "./share-discounts";

/**
 * The lines that a plan should have brought, whatever was billed, in the order of the decision "Order": charges with
 * their discounts, the contract's discounts, limits of prices, minimums and maximums of the contract, then the discounts
 * that come after them. Lines outside the window are among them, for others are compared, rounded or discounted with
 * them. A charge has its line even at zero, the other kinds only when they are not. Metered segments that are handed in
 * as they were billed, by key, keep the usage they were billed with.
 */
export function expectedLines(
  contract: Contract,
  plan: SegmentPlan,
  readings: Readings,
  billedUsage: ReadonlyMap<string, Explanation> = new Map(),
): Line[] {
  const { currency } = contract;
  const bySegment = indexReadings(readings, billedUsage);
  const groups = [...groupBy(plan.segments, groupKeyOf).values()].map((segments) =>
    priceGroup(segments, bySegment, currency),
  );
  const shares = sharesBeforeMinimum(contract, groups);
  const lines = groups.flatMap((priced) => {
    const charges = priced.map((part) => ({
      segment: part.segment,
      line: chargeLine(part, shares.get(part.segment.key) ?? [], currency),
    }));
    const limits = limitLines(charges, currency);
    return [
      ...[...charges, ...limits].flatMap(({ line }) => line ?? []),
      ...ownDiscountLines(charges, limits, currency),
    ];
  });
  const bounds = boundLines(plan.boundPeriods, lines, currency);
  return [...lines, ...bounds, ...sharedDiscountLines(contract, [...lines, ...bounds])];
}

function sharesBeforeMinimum(
  contract: Contract,
  groups: readonly (readonly PricedSegment[])[],
): ReadonlyMap<string, readonly DiscountShare[]> {
  if (contract.discounts.length === 0) return new Map();
  const items = groups.flat().map((priced) => ({ ...priced.segment, left: leftOf(priced) }));
  return shareDiscounts(contract, "before_minimum", items);
}

/** Discounts of the contract after the minimum, one line for each line that they are taken from. */
function sharedDiscountLines(contract: Contract, lines: readonly Line[]): Line[] {
  if (contract.discounts.length === 0) return [];
  const items = leftAfterOwnDiscounts(lines);
  const shares = shareDiscounts(contract, "after_minimum", items);
  return items.flatMap((line) =>
    (shares.get(line.key) ?? []).map((share) => sharedDiscountLine(line, share, contract.currency)),
  );
}

function sharedDiscountLine(of: Line, { discount, share, explained }: DiscountShare, currency: Currency): Line {
  return makeLine(
    { ...of, key: `${of.key}:discount:${discount.id}`, kind: "discount", adjusts: null },
    {
      currency,
      description: `${discount.description}: ${of.description}`,
      precise: ZERO.minus(share),
      charge: ZERO.minus(share),
      explained: { sharedDiscounts: [explained] },
    },
  );
}

/** A charge's own discounts after the minimum stand on lines of their own, and lower what is left of the charge. */
function leftAfterOwnDiscounts(lines: readonly Line[]): (Line & { readonly left: Decimal })[] {
  const discounted = lines.filter(({ kind }) => kind !== "discount");
  const keys = new Set(discounted.map(({ key }) => key));
  const taken = new Map<string, Decimal>();
  for (const discount of lines.filter(({ kind }) => kind === "discount")) {
    const key = discountedKeyOf(discount.key);
    // Overage of nothing has no line: then it was the limit that the discount came off.
    const from = keys.has(key) ? key : (discounted.find((line) => isLimitOf(line, discount))?.key ?? key);
    taken.set(from, discount.net.amount.plus(taken.get(from) ?? ZERO));
  }
  return discounted.map((line) => ({ ...line, left: line.net.amount.plus(taken.get(line.key) ?? ZERO) }));
}

const isLimitOf = (line: Line, { lineageId, fullPeriod, dueOn }: Line): boolean =>
  (line.kind === "true_up" || line.kind === "cap") &&
  line.lineageId === lineageId &&
  line.dueOn === dueOn &&
  isSamePeriod(line.fullPeriod, fullPeriod);
