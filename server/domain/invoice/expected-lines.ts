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
import { type Discounted, type DiscountShare, explainShare, shareDiscounts, sharedDiscount } from "./share-discounts";

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
  const lines: Line[] = [];
  for (const group of groups) {
    writeGroup(lines, group, (segment) => shares.get(segment) ?? NO_SHARES, currency);
  }
  const bounds = boundLines(plan.boundPeriods, lines, currency);
  return [...lines, ...bounds, ...sharedDiscountLines(contract, [...lines, ...bounds])];
}

/** The lines of a group: its charges, the limits of its prices, and its own discounts that come after them. */
function writeGroup(
  lines: Line[],
  group: readonly PricedSegment[],
  sharesOf: (segment: Segment) => readonly DiscountShare[],
  currency: Currency,
): void {
  const charges = group.map((priced) => ({
    segment: priced.segment,
    line: chargeLine(priced, sharesOf(priced.segment), currency),
  }));
  for (const { line } of charges) if (line !== null) lines.push(line);
  if (!group.some(({ segment }) => isLimitedOrDiscountedAfter(segment.charge))) return;
  const limits = limitLines(charges, currency);
  lines.push(...limits.map(({ line }) => line), ...ownDiscountLines(charges, limits, currency));
}

const NO_SHARES: readonly DiscountShare[] = [];

function sharesBeforeMinimum(
  contract: Contract,
  groups: readonly (readonly PricedSegment[])[],
): ReadonlyMap<Segment, readonly DiscountShare[]> {
  if (!hasDiscounts(contract, "before_minimum")) return new Map();
  const all = groups.flat();
  const items = all.map(
    (priced): Discounted => ({
      servicePeriod: priced.segment.servicePeriod,
      dueOn: priced.segment.dueOn,
      lineageId: priced.segment.charge.lineageId,
      left: priced.price.money.net.amount,
    }),
  );
  const shares = shareDiscounts(contract, "before_minimum", items);
  return new Map(all.map(({ segment }, place) => [segment, shares[place] ?? NO_SHARES]));
}

const hasDiscounts = ({ discounts }: Contract, position: DiscountPosition): boolean =>
  discounts.some((discount) => discount.position === position);

/** Discounts of the contract after the minimum, one line for each line that they are taken from. */
function sharedDiscountLines(contract: Contract, lines: readonly Line[]): Line[] {
  if (!hasDiscounts(contract, "after_minimum")) return [];
  const items = leftAfterOwnDiscounts(lines);
  const shares = shareDiscounts(contract, "after_minimum", items);
  return items.flatMap(({ line }, place) =>
    (shares[place] ?? []).map((share) => sharedDiscountLine(line, share, contract.currency)),
  );
}

function sharedDiscountLine(of: Line, taken: DiscountShare, currency: Currency): Line {
  const { discount } = taken;
  const off = taken.share.negated();
  return makeLine(besideLine(of, { key: `${of.key}:discount:${discount.id}`, kind: "discount" }), {
    currency,
    description: `${discount.description}: ${of.description}`,
    precise: off,
    charge: off,
    shares: [sharedDiscount(taken)],
    explain() {
      return { sharedDiscounts: [explainShare(taken)] };
    },
  });
}

/** A charge's own discounts after the minimum stand on lines of their own, and lower what is left of the charge. */
function leftAfterOwnDiscounts(lines: readonly Line[]): (Discounted & { readonly line: Line })[] {
  const ownDiscounts = lines.filter(({ kind }) => kind === "discount");
  const discounted = ownDiscounts.length === 0 ? lines : lines.filter(({ kind }) => kind !== "discount");
  const taken = takenByLine(discounted, ownDiscounts);
  return discounted.map((line) => {
    const { key, servicePeriod, dueOn, lineageId, net } = line;
    const off = taken.get(key);
    return { servicePeriod, dueOn, lineageId, left: off ? net.amount.plus(off) : net.amount, line };
  });
}

/** By key. */
function takenByLine(discounted: readonly Line[], ownDiscounts: readonly Line[]): ReadonlyMap<string, Decimal> {
  const taken = new Map<string, Decimal>();
  if (ownDiscounts.length === 0) return taken;
  const keys = new Set(discounted.map(({ key }) => key));
  for (const discount of ownDiscounts) {
    const key = discountedKeyOf(discount.key);
    // Overage of nothing has no line: then it was the limit that the discount came off.
    const from = keys.has(key) ? key : (discounted.find((line) => isLimitOf(line, discount))?.key ?? key);
    taken.set(from, discount.net.amount.plus(taken.get(from) ?? ZERO));
  }
  return taken;
}

const isLimitOf = (line: Line, { lineageId, fullPeriod, dueOn }: Line): boolean =>
  (line.kind === "true_up" || line.kind === "cap") &&
  line.lineageId === lineageId &&
  line.dueOn === dueOn &&
  isSamePeriod(line.fullPeriod, fullPeriod);
