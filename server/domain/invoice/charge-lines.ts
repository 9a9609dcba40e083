import { isSamePeriod, spanOf } from "../calendar/period";
import type { Charge } from "../contract/contract";
import type { Currency } from "../money/currency";
import { Decimal, ZERO } from "../money/decimal";
import { type RunningPart, roundRunning } from "../money/running-total";
import { type DiscountTaken, discountsFor, type FixedDiscountToDate, takeDiscounts } from "../pricing/discount";
import { compareWithBound } from "./compare-with-bound";
import { type MeasuredFacts, withDiscountFacts } from "./driver-facts";
import type { DiscountExplained, RunningTotalExplained } from "./explanation";
import { dueDayOf, type Line } from "./line";
import { type LineMoney, type LineOf, lineMoney, makeLine } from "./make-line";
import { isContractedAlone, type MeasuredSegment, measureSegment, type ReadingsBySegment } from "./measure-segment";
import { keyOf, type Segment } from "./segment";
import { type DiscountShare, explainShare, sharedDiscount } from "./share-discounts";
import type { SharedDiscount } from "./shared-discount";

/** What a segment comes to: its rounded charge and the discounts of its own charge. */
type SegmentPrice = Pick<MeasuredSegment, "quantity" | "unitPrice"> & {
  /** By the days of the segment: equal ones share a price. */
  readonly explain: (segment: Segment) => ReturnType<MeasuredSegment["explain"]>;
  readonly facts: () => MeasuredFacts | null;
  readonly charge: RunningPart;
  readonly discount: RunningPart;
  /** Before the contract's discounts. */
  readonly money: LineMoney;
  readonly taken: readonly DiscountTaken[];
  /** False where other segments share its running total. */
  readonly isAlone: boolean;
};

export type PricedSegment = { readonly segment: Segment; readonly price: SegmentPrice };

/** A segment with its line; null: overage of nothing. */
export type SegmentLine = { readonly segment: Segment; readonly line: Line | null };

/** What a limit of a price makes of its segments, with the last of them. */
export type LimitLine = { readonly segment: Segment; readonly line: Line };

/** What each charge comes to in whole periods in which its terms alone decide, by the very charge. */
export type PricedBefore = Map<Charge, readonly SegmentPrice[]>;

/**
 * Rounds the running total of all charges of a group, then that of the discounts on them, and bills the differences.
 * Whole periods in which the terms alone decide come to the same, so that those of a long term are priced once.
 */
export function priceGroup(
  segments: readonly Segment[],
  readings: ReadingsBySegment,
  currency: Currency,
  pricedBefore: PricedBefore = new Map(),
): PricedSegment[] {
  const inOrder = segments.length === 1 ? segments : segments.toSorted(byDueDay);
  const charge = inOrder[0]?.charge;
  const isLikeOthers = charge !== undefined && isByTermsAlone(inOrder, readings);
  const before = isLikeOthers ? pricedBefore.get(charge) : undefined;
  const prices = before ?? priceInOrder(inOrder, readings, currency);
  if (isLikeOthers && !before) pricedBefore.set(charge, prices);
  return inOrder.map((segment, index) => ({ segment, price: partAt(prices, index) }));
}

/** True of a whole period that no days, usage, seats or end of a discount have a say in. */
function isByTermsAlone(segments: readonly Segment[], readings: ReadingsBySegment): boolean {
  const [first] = segments;
  if (first === undefined || segments.length > 2) return false;
  return (
    segments.every((segment) => segment.charge === first.charge && isWhole(segment)) &&
    first.charge.discounts.every(({ endsBefore }) => endsBefore === null) &&
    isContractedAlone(first, readings)
  );
}

const isWhole = ({ ratedPeriod, servicePeriod, fullPeriod }: Segment): boolean =>
  isSamePeriod(ratedPeriod, fullPeriod) && isSamePeriod(servicePeriod, fullPeriod);

function priceInOrder(
  segments: readonly Segment[],
  readings: ReadingsBySegment,
  currency: Currency,
): readonly SegmentPrice[] {
  const measured = segments.map((segment) => measureSegment(segment, readings));
  const charges = roundRunning(
    measured.map(({ precise }) => precise),
    currency,
  );
  const taken = takeInOrder(
    measured.map(({ segment }, index) => ({ segment, amount: partAt(charges, index).amount })),
    "before_minimum",
  );
  const discounts = roundRunning(taken.map(totalTaken), currency);
  return measured.map((own, index) => ({
    quantity: own.quantity,
    unitPrice: own.unitPrice,
    explain: (segment) => (segment === own.segment ? own : measureSegment(segment, readings)).explain(),
    facts: own.facts,
    charge: partAt(charges, index),
    discount: partAt(discounts, index),
    money: lineMoney({
      currency,
      precise: own.precise,
      charge: partAt(charges, index).amount,
      discount: partAt(discounts, index).amount,
    }),
    taken: taken[index] ?? [],
    isAlone: measured.length === 1,
  }));
}

/** The line of a segment; null for overage of nothing. */
export function chargeLine(
  { segment, price }: PricedSegment,
  shares: readonly DiscountShare[],
  currency: Currency,
): Line | null {
  const { charge, discount, taken, isAlone } = price;
  if (segment.role === "overage" && charge.amount.isZero() && discount.amount.isZero()) return null;
  return makeLine(lineOf(segment, segment.key), {
    money: shares.length === 0 ? price.money : lowered(price.money, shares, currency),
    description:
      segment.role === "charge" ? segment.charge.description : `${segment.charge.description}: changes in the period`,
    quantity: price.quantity,
    unitPrice: price.unitPrice,
    shares: shares.length === 0 ? NO_SHARES : shares.map(sharedDiscount),
    facts() {
      const facts = price.facts();
      return facts && withDiscountFacts(facts, taken, shares);
    },
    explain() {
      const { quantity, slices, fullPeriodAmount, proration, lessBilledBefore, ratedPeriod, precise } =
        price.explain(segment);
      return {
        quantity,
        slices,
        fullPeriodAmount,
        proration,
        lessBilledBefore,
        ratedPeriod,
        precise,
        runningTotal: isAlone ? null : explainRunningTotal(charge, discount),
        discounts: taken.map(explainDiscount),
        sharedDiscounts: shares.map(explainShare),
      };
    },
  });
}

const NO_SHARES: readonly SharedDiscount[] = [];

const lowered = (
  { precise, charge, discount }: LineMoney,
  shares: readonly DiscountShare[],
  currency: Currency,
): LineMoney =>
  lineMoney({
    currency,
    precise: precise.amount,
    charge: charge.amount,
    discount: shares.reduce((total, { share }) => total.plus(share), discount.amount),
  });

/** Whether a charge may bring more than its charge lines: limits of its price, or discounts that come after them. */
export const isLimitedOrDiscountedAfter = ({ price, discounts }: Charge): boolean =>
  Boolean(price.minimum || price.maximum) || discounts.some(({ position }) => position === "after_minimum");

/** A price's own minimum and maximum over the segments that have it: each one line with the last of them. */
export function limitLines(charges: readonly SegmentLine[], currency: Currency): LimitLine[] {
  const trueUps = limitLine("minimum", charges, [], currency);
  return [...trueUps, ...limitLine("maximum", charges, trueUps, currency)];
}

function limitLine(
  bound: "minimum" | "maximum",
  charges: readonly SegmentLine[],
  others: readonly LimitLine[],
  currency: Currency,
): LimitLine[] {
  const limited = charges.filter(({ segment }) => segment.charge.price[bound]);
  const last = limited.at(-1)?.segment;
  const servicePeriod = spanOf(limited.map(({ segment }) => segment.servicePeriod));
  if (last === undefined || servicePeriod === null) return [];

  // A price in one piece is limited when it is billed, several pieces when the last of them has been served.
  const timing = limited.length === 1 && last.role === "charge" ? last.charge.timing : "in_arrears";
  const known = others.filter(({ line }) => line.dueOn <= dueDayOf({ timing, servicePeriod }));
  const { difference, explain } = compareWithBound(
    bound,
    limited
      .filter(({ segment }) => segment.role === "charge")
      .map(({ segment: { charge, servicePeriod, fullPeriod } }) => ({
        amount: charge.price[bound] ?? ZERO,
        proration: charge.proration,
        servicePeriod,
        fullPeriod,
      })),
    [...limited, ...known].flatMap(({ line }) => line ?? []),
    servicePeriod,
    currency,
  );
  const isDue = bound === "minimum" ? difference.gt(0) : difference.lt(0);
  if (!isDue) return [];
  const kind = bound === "minimum" ? "true_up" : "cap";
  const of = lineOf({ ...last, servicePeriod }, keyOf(last.charge.lineageId, last.fullPeriod, servicePeriod, kind));
  const line = makeLine(
    { ...of, kind, timing },
    {
      currency,
      description: `${bound === "minimum" ? "Minimum" : "Maximum"}: ${last.charge.description}`,
      precise: difference,
      charge: difference,
      explain: () => ({ comparison: explain() }),
    },
  );
  return [{ segment: last, line }];
}

/** Come off what minimum and maximum have made of the charge, so they lower the bill in any case. */
export function ownDiscountLines(
  charges: readonly SegmentLine[],
  limits: readonly LimitLine[],
  currency: Currency,
): Line[] {
  if (!charges.some(({ segment }) => segment.charge.discounts.some(({ position }) => position === "after_minimum"))) {
    return [];
  }
  const limited = charges.map(({ segment, line }) => ({
    segment,
    amount: limits
      .filter((limit) => limit.segment === segment)
      .reduce((total, limit) => total.plus(limit.line.net.amount), line?.net.amount ?? ZERO),
  }));
  const taken = withinTotal(limited, takeInOrder(limited, "after_minimum"));
  const amounts = roundRunning(
    taken.map((discounts) => ZERO.minus(totalTaken(discounts))),
    currency,
  );
  return charges.flatMap(({ segment }, index) => {
    const [amount, discounts] = [partAt(amounts, index), taken[index] ?? []];
    if (amount.amount.isZero()) return [];
    const names = discounts.map(({ discount }) => discount.description).join(", ");
    return makeLine(
      { ...lineOf(segment, discountKeyOf(segment)), kind: "discount" },
      {
        currency,
        description: `${names}: ${segment.charge.description}`,
        precise: amount.preciseToDate.minus(amount.preciseBefore),
        charge: amount.amount,
        explain: () => ({
          discounts: discounts.map(explainDiscount),
          runningTotal: charges.length === 1 ? null : explainRunningTotal(amount, null),
        }),
      },
    );
  });
}

const DISCOUNT_TAG = { charge: "discount", overage: "overage_discount" } as const;

const discountKeyOf = ({ charge, fullPeriod, servicePeriod, role }: Segment): string =>
  keyOf(charge.lineageId, fullPeriod, servicePeriod, DISCOUNT_TAG[role]);

/** The key of the line that an own discount after the minimum is taken from. */
export const discountedKeyOf = (discountKey: string): string =>
  discountKey.endsWith(`|${DISCOUNT_TAG.overage}`)
    ? `${discountKey.slice(0, -DISCOUNT_TAG.overage.length)}overage`
    : `${discountKey.slice(0, -DISCOUNT_TAG.charge.length)}charge`;

/**
 * A cap is known with the last segment, when earlier ones have had their discounts: what these then are too much of is
 * taken back with the last.
 */
function withinTotal(
  amounts: readonly { readonly amount: Decimal }[],
  taken: readonly (readonly DiscountTaken[])[],
): readonly (readonly (DiscountTaken & TakenBack)[])[] {
  const total = amounts.reduce((sum, { amount }) => sum.plus(amount), ZERO);
  const given = taken.reduce((sum, discounts) => sum.plus(totalTaken(discounts)), ZERO);
  const excess = Decimal.min(given, given.minus(total));
  const discount = taken.findLast((discounts) => discounts.length > 0)?.at(-1)?.discount;
  if (discount === undefined || !excess.gt(0)) return taken;
  const base = (amounts.at(-1)?.amount ?? ZERO).minus(totalTaken(taken.at(-1) ?? []));
  const takenBack = { discount, base, taken: ZERO.minus(excess), isTakenBack: true };
  return taken.map((discounts, index) => (index === taken.length - 1 ? [...discounts, takenBack] : discounts));
}

/** Discounts of segments in order: what a fixed one has given to earlier segments is not given again. */
function takeInOrder(
  amounts: readonly { readonly segment: Segment; readonly amount: Decimal }[],
  position: "before_minimum" | "after_minimum",
): DiscountTaken[][] {
  const toDate = new Map<string, FixedDiscountToDate>();
  return amounts.map(({ segment, amount }) => {
    const discounts = discountsFor(segment.charge.discounts, position, segment.ratedPeriod.startsOn);
    const taken = takeDiscounts(amount, discounts, toDate);
    for (const { discount, base, taken: share } of taken) {
      const before = toDate.get(discount.id) ?? { base: ZERO, given: ZERO };
      toDate.set(discount.id, { base: before.base.plus(base), given: before.given.plus(share) });
    }
    return taken;
  });
}

function lineOf(segment: Segment, key: string): LineOf {
  const { charge, fullPeriod, servicePeriod, role } = segment;
  return {
    key,
    kind: role,
    adjusts: null,
    lineageId: charge.lineageId,
    boundId: null,
    fullPeriod,
    servicePeriod,
    timing: role === "overage" ? "in_arrears" : charge.timing,
    chargeId: charge.id,
    productId: charge.productId,
    isOneTime: charge.cadence === "one_time",
    isMetered: charge.metricId !== null,
  };
}

function byDueDay(a: Segment, b: Segment): number {
  const order = (segment: Segment) => `${segment.dueOn} ${segment.servicePeriod.startsOn} ${segment.role}`;
  return order(a) < order(b) ? -1 : 1;
}

const totalTaken = (taken: readonly DiscountTaken[]): Decimal =>
  taken.reduce((total, { taken: share }) => total.plus(share), ZERO);

function partAt<P>(parts: readonly P[], index: number): P {
  const part = parts[index];
  if (part === undefined) throw new Error(`no part at ${index}`);
  return part;
}

/** Not by the terms of the discount, but because it had given too much. */
type TakenBack = { readonly isTakenBack?: boolean };

function explainDiscount({ discount, base, taken, isTakenBack }: DiscountTaken & TakenBack): DiscountExplained {
  return {
    description: discount.description,
    percent: discount.kind === "percent" && !isTakenBack ? discount.percent.toFixed() : null,
    fixed: discount.kind === "fixed" && !isTakenBack ? discount.amount.toFixed() : null,
    base: base.toFixed(),
    taken: taken.toFixed(),
  };
}

function explainRunningTotal(charge: RunningPart, discount: RunningPart | null): RunningTotalExplained {
  return {
    preciseBefore: charge.preciseBefore.toFixed(),
    preciseToDate: charge.preciseToDate.toFixed(),
    chargeBefore: charge.before.toFixed(),
    chargeToDate: charge.toDate.toFixed(),
    discountPreciseBefore: (discount?.preciseBefore ?? ZERO).toFixed(),
    discountPreciseToDate: (discount?.preciseToDate ?? ZERO).toFixed(),
    discountBefore: (discount?.before ?? ZERO).toFixed(),
    discountToDate: (discount?.toDate ?? ZERO).toFixed(),
  };
}
