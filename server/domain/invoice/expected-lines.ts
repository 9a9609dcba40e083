import { isSamePeriod } from "../calendar/period";
import type { Contract } from "../contract/contract";
import { groupBy } from "../group-by";
import type { Currency } from "../money/currency";
import { type Decimal, ZERO } from "../money/decimal";
import type { DiscountPosition } from "../pricing/discount";
import { boundLines } from "./bound-lines";
import {
  chargeLine,
  discountedKeyOf,
  isLimitedOrDiscountedAfter,
  leftOf,
  limitLines,
  ownDiscountLines,
  type PricedBefore,
  type PricedSegment,
  priceGroup,
} from "./charge-lines";
import type { Explanation } from "./explanation";
import type { Line } from "./line";
import { besideLine, makeLine } from "./make-line";
import { indexReadings } from "./measure-segment";
import type { Readings } from "./readings";
import { groupKeyOf, type Segment, type SegmentPlan } from "./segment";
import { type Discounted, type DiscountShare, shareDiscounts, sharedDiscount } from "./share-discounts";

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
  const pricedBefore: PricedBefore = new Map();
  const groups = [...groupBy(plan.segments, groupKeyOf).values()].map((segments) =>
    priceGroup(segments, bySegment, currency, pricedBefore),
  );
  const shares = sharesBeforeMinimum(contract, groups);
  const lines = groups.flatMap((group) => groupLines(group, ({ key }) => shares.get(key) ?? NO_SHARES, currency));
  const bounds = boundLines(plan.boundPeriods, lines, currency);
  return [...lines, ...bounds, ...sharedDiscountLines(contract, [...lines, ...bounds])];
}

/** The lines of a group: its charges, the limits of its prices, and its own discounts that come after them. */
function groupLines(
  group: readonly PricedSegment[],
  sharesOf: (segment: Segment) => readonly DiscountShare[],
  currency: Currency,
): Line[] {
  const charges = group.map((priced) => ({
    segment: priced.segment,
    line: chargeLine(priced, sharesOf(priced.segment), currency),
  }));
  const lines = charges.flatMap(({ line }) => line ?? []);
  if (!group.some(({ segment }) => isLimitedOrDiscountedAfter(segment.charge))) return lines;
  const limits = limitLines(charges, currency);
  return [...lines, ...limits.map(({ line }) => line), ...ownDiscountLines(charges, limits, currency)];
}

const NO_SHARES: readonly DiscountShare[] = [];

function sharesBeforeMinimum(
  contract: Contract,
  groups: readonly (readonly PricedSegment[])[],
): ReadonlyMap<string, readonly DiscountShare[]> {
  if (!hasDiscounts(contract, "before_minimum")) return new Map();
  const items = groups.flat().map((priced) => ({ ...priced.segment, left: leftOf(priced) }));
  return shareDiscounts(contract, "before_minimum", items);
}

const hasDiscounts = ({ discounts }: Contract, position: DiscountPosition): boolean =>
  discounts.some((discount) => discount.position === position);

/** Discounts of the contract after the minimum, one line for each line that they are taken from. */
function sharedDiscountLines(contract: Contract, lines: readonly Line[]): Line[] {
  if (!hasDiscounts(contract, "after_minimum")) return [];
  const items = leftAfterOwnDiscounts(lines);
  const shares = shareDiscounts(contract, "after_minimum", items);
  return items.flatMap(({ key, line }) =>
    (shares.get(key) ?? []).map((share) => sharedDiscountLine(line, share, contract.currency)),
  );
}

function sharedDiscountLine(of: Line, taken: DiscountShare, currency: Currency): Line {
  const { discount, share, explain } = taken;
  return makeLine(besideLine(of, { key: `${of.key}:discount:${discount.id}`, kind: "discount" }), {
    currency,
    description: `${discount.description}: ${of.description}`,
    precise: ZERO.minus(share),
    charge: ZERO.minus(share),
    shares: [sharedDiscount(taken)],
    explain: () => ({ sharedDiscounts: [explain()] }),
  });
}

/** A charge's own discounts after the minimum stand on lines of their own, and lower what is left of the charge. */
function leftAfterOwnDiscounts(lines: readonly Line[]): (Discounted & { readonly line: Line })[] {
  const discounted = lines.filter(({ kind }) => kind !== "discount");
  const keys = new Set(discounted.map(({ key }) => key));
  const taken = new Map<string, Decimal>();
  for (const discount of lines.filter(({ kind }) => kind === "discount")) {
    const key = discountedKeyOf(discount.key);
    // Overage of nothing has no line: then it was the limit that the discount came off.
    const from = keys.has(key) ? key : (discounted.find((line) => isLimitOf(line, discount))?.key ?? key);
    taken.set(from, discount.net.amount.plus(taken.get(from) ?? ZERO));
  }
  return discounted.map((line) => ({
    key: line.key,
    servicePeriod: line.servicePeriod,
    dueOn: line.dueOn,
    lineageId: line.lineageId,
    left: line.net.amount.plus(taken.get(line.key) ?? ZERO),
    line,
  }));
}

const isLimitOf = (line: Line, { lineageId, fullPeriod, dueOn }: Line): boolean =>
  (line.kind === "true_up" || line.kind === "cap") &&
  line.lineageId === lineageId &&
  line.dueOn === dueOn &&
  isSamePeriod(line.fullPeriod, fullPeriod);
