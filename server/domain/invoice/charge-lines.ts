import { spanOf } from "../calendar/period";
import type { Currency } from "../money/currency";
import { Decimal, ZERO } from "../money/decimal";
import { type RunningPart, roundRunning } from "../money/running-total";
import { type DiscountTaken, discountsFor, type FixedDiscountToDate, takeDiscounts } from "../pricing/discount";
import { compareWithBound } from "./compare-with-bound";
import type { DiscountExplained, RunningTotalExplained } from "./explanation";
import { dueDayOf, type Line } from "./line";
import { type LineOf, makeLine } from "./make-line";
import { type MeasuredSegment, measureSegment, type ReadingsBySegment } from "./measure-segment";
import { keyOf, type Segment } from "./segment";
import type { DiscountShare } from "./share-discounts";

/** A segment with its rounded charge and the discounts of its own charge. */
export type PricedSegment = {
  readonly measured: MeasuredSegment;
  readonly segment: Segment;
  readonly charge: RunningPart;
  readonly discount: RunningPart;
  readonly taken: readonly DiscountTaken[];
  /** False where other segments share its running total. */
  readonly isAlone: boolean;
};

/** A segment with its line; null: overage of nothing. */
export type SegmentLine = { readonly segment: Segment; readonly line: Line | null };

/** What a limit of a price makes of its segments, with the last of them. */
export type LimitLine = { readonly segment: Segment; readonly line: Line };

/** Rounds the running total of all charges of a group, then that of the discounts on them, and bills the differences. */
export function priceGroup(
  segments: readonly Segment[],
  readings: ReadingsBySegment,
  currency: Currency,
): PricedSegment[] {
  const measured = segments.toSorted(byDueDay).map((segment) => measureSegment(segment, readings));
  const charges = roundRunning(
    measured.map(({ precise }) => precise),
    currency,
  );
  const taken = takeInOrder(
    measured.map(({ segment }, index) => ({ segment, amount: partAt(charges, index).amount })),
    "before_minimum",
  );
  const discounts = roundRunning(taken.map(totalTaken), currency);
  return measured.map((part, index) => ({
    measured: part,
    segment: part.segment,
    charge: partAt(charges, index),
    discount: partAt(discounts, index),
    taken: taken[index] ?? [],
    isAlone: measured.length === 1,
  }));
}

/** What is left for the contract's discounts. */
export const leftOf = ({ charge, discount }: PricedSegment): Decimal => charge.amount.minus(discount.amount);

/** The line of a segment; null for overage of nothing. */
export function chargeLine(
  { measured, segment, charge, discount, taken, isAlone }: PricedSegment,
  shares: readonly DiscountShare[],
  currency: Currency,
): Line | null {
  if (segment.role === "overage" && charge.amount.isZero() && discount.amount.isZero()) return null;
  return makeLine(lineOf(segment, segment.role), {
    currency,
    description:
      segment.role === "charge" ? segment.charge.description : `${segment.charge.description}: changes in the period`,
    quantity: measured.quantity,
    unitPrice: measured.unitPrice,
    precise: measured.precise,
    charge: charge.amount,
    discount: shares.reduce((total, { share }) => total.plus(share), discount.amount),
    explained: {
      quantity: measured.explained.quantity,
      slices: measured.explained.slices,
      fullPeriodAmount: measured.explained.fullPeriodAmount,
      proration: measured.explained.proration,
      lessBilledBefore: measured.explained.lessBilledBefore,
      ratedPeriod: measured.explained.ratedPeriod,
      precise: measured.explained.precise,
      runningTotal: isAlone ? null : explainRunningTotal(charge, discount),
      discounts: taken.map(explainDiscount),
      sharedDiscounts: shares.map(({ explained }) => explained),
    },
  });
}

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
  const { difference, explained } = compareWithBound(
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
  const of = lineOf({ ...last, servicePeriod }, kind);
  const line = makeLine(
    { ...of, kind, timing },
    {
      currency,
      description: `${bound === "minimum" ? "Minimum" : "Maximum"}: ${last.charge.description}`,
      precise: difference,
      charge: difference,
      explained: { comparison: explained },
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
      { ...lineOf(segment, DISCOUNT_TAG[segment.role]), kind: "discount" },
      {
        currency,
        description: `${names}: ${segment.charge.description}`,
        precise: amount.preciseToDate.minus(amount.preciseBefore),
        charge: amount.amount,
        explained: {
          discounts: discounts.map(explainDiscount),
          runningTotal: charges.length === 1 ? null : explainRunningTotal(amount, null),
        },
      },
    );
  });
}

const DISCOUNT_TAG = { charge: "discount", overage: "overage_discount" } as const;

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

function lineOf(segment: Segment, tag: string): LineOf {
  const { charge, fullPeriod, servicePeriod, role } = segment;
  return {
    key: keyOf(charge.lineageId, fullPeriod, servicePeriod, tag),
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

function partAt(parts: readonly RunningPart[], index: number): RunningPart {
  const part = parts[index];
  if (part === undefined) throw new Error(`no running total at ${index}`);
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
