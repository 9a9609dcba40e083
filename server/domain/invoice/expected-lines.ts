import { overlaps, spanOf } from "../calendar/period";
import type { Contract } from "../contract/contract";
import { groupBy } from "../group-by";
import type { Currency } from "../money/currency";
import { type Decimal, ZERO } from "../money/decimal";
import { type RunningPart, roundRunning } from "../money/running-total";
import { type DiscountTaken, discountsFor, type FixedDiscountsUsed, takeDiscounts } from "../pricing/discount";
import { compareWithBound } from "./compare-with-bound";
import type { DiscountExplained, RunningTotalExplained } from "./explanation";
import type { Line } from "./line";
import { makeLine } from "./make-line";
import { indexReadings, type MeasuredSegment, measureSegment, type ReadingsBySegment } from "./measure-segment";
import type { Readings } from "./readings";
import { groupKeyOf, isCovered, keyOf, type MinimumPeriod, type Segment, type SegmentPlan } from "./segment";

/**
 * The lines that a plan should have brought, whatever was billed: charges with their discounts, overage, limits of
 * prices, discounts after them, and true-ups of minimum commitments. Lines outside the window are among them, for
 * others are compared or rounded with them. A charge has its line even at zero, the other kinds only when they are not.
 */
export function expectedLines(contract: Contract, plan: SegmentPlan, readings: Readings): Line[] {
  const bySegment = indexReadings(readings);
  const groups = [...groupBy(plan.segments, groupKeyOf).values()];
  const lines = groups.flatMap((segments) => linesOfGroup(segments, bySegment, contract.currency));
  const trueUps = plan.minimumPeriods.flatMap((period) => trueUpOfCommitment(period, lines, contract.currency));
  return [...lines, ...trueUps];
}

/** All lines of one price lineage in one full period. */
function linesOfGroup(segments: readonly Segment[], readings: ReadingsBySegment, currency: Currency): Line[] {
  const measured = segments.toSorted(byDueDay).map((segment) => measureSegment(segment, readings));
  const charges = roundCharges(measured, currency);
  const trueUps = limitLine("minimum", charges, [], currency);
  const limits = [...trueUps, ...limitLine("maximum", charges, trueUps, currency)];
  return [
    ...charges.map(({ line }) => line).filter((line) => line.kind === "charge" || !isNothing(line)),
    ...limits,
    ...discountsAfterMinimum(charges, limits, currency),
  ];
}

const isNothing = ({ charge, discount }: Line): boolean => charge.amount.isZero() && discount.amount.isZero();

type SegmentLine = { readonly segment: Segment; readonly line: Line };

/** Rounds the running total of the charges, then that of the discounts on them, and bills the differences. */
function roundCharges(measured: readonly MeasuredSegment[], currency: Currency): SegmentLine[] {
  const charges = roundRunning(
    measured.map(({ precise }) => precise),
    currency,
  );
  const taken = takeInOrder(
    measured.map(({ segment }, index) => ({ segment, amount: partAt(charges, index).amount })),
    "before_minimum",
  );
  const discounts = roundRunning(taken.map(totalTaken), currency);
  return measured.map((part, index) => {
    const [charge, discount] = [partAt(charges, index), partAt(discounts, index)];
    const { segment, explained } = part;
    const line = makeLine({
      ...identityOf(segment, segment.role),
      currency,
      description:
        segment.role === "charge" ? segment.charge.description : `${segment.charge.description}: changes in the period`,
      quantity: part.quantity,
      unitPrice: part.unitPrice,
      precise: part.precise,
      charge: charge.amount,
      discount: discount.amount,
      explained: {
        ...explained,
        runningTotal: measured.length === 1 ? null : explainRunningTotal(charge, discount),
        discounts: (taken[index] ?? []).map(explainDiscount),
      },
    });
    return { segment, line };
  });
}

/** A price's own minimum or maximum over the segments that have it: one line with the last of them. */
function limitLine(
  bound: "minimum" | "maximum",
  charges: readonly SegmentLine[],
  others: readonly Line[],
  currency: Currency,
): Line[] {
  const limited = charges.filter(({ segment }) => segment.charge.price[bound]);
  const last = limited.at(-1);
  const servicePeriod = spanOf(limited.map(({ segment }) => segment.servicePeriod));
  if (last === undefined || servicePeriod === null) return [];

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
    [...limited.map(({ line }) => line), ...others],
    servicePeriod,
    currency,
  );
  const isDue = bound === "minimum" ? difference.gt(0) : difference.lt(0);
  if (!isDue) return [];
  const kind = bound === "minimum" ? "true_up" : "cap";
  return [
    makeLine({
      ...identityOf({ ...last.segment, servicePeriod }, kind),
      kind,
      // A price in one piece is limited when it is billed, several pieces when the last of them has been served.
      timing: limited.length === 1 ? last.line.timing : "in_arrears",
      currency,
      description: `${bound === "minimum" ? "Minimum" : "Maximum"}: ${last.segment.charge.description}`,
      precise: difference,
      charge: difference,
      explained: { comparison: explained },
    }),
  ];
}

/** Come off what minimum and maximum have made of the charge, so they lower the bill in any case. */
function discountsAfterMinimum(charges: readonly SegmentLine[], limits: readonly Line[], currency: Currency): Line[] {
  const limitsTotal = limits.reduce((total, { net }) => total.plus(net.amount), ZERO);
  const taken = takeInOrder(
    charges.map(({ segment, line }, index) => ({
      segment,
      amount: index === charges.length - 1 ? line.net.amount.plus(limitsTotal) : line.net.amount,
    })),
    "after_minimum",
  );
  const amounts = roundRunning(
    taken.map((discounts) => ZERO.minus(totalTaken(discounts))),
    currency,
  );
  return charges.flatMap(({ segment }, index) => {
    const [amount, discounts] = [partAt(amounts, index), taken[index] ?? []];
    if (amount.amount.isZero()) return [];
    const names = discounts.map(({ discount }) => discount.description).join(", ");
    return makeLine({
      ...identityOf(segment, segment.role === "charge" ? "discount" : "overage_discount"),
      kind: "discount",
      currency,
      description: `${names}: ${segment.charge.description}`,
      precise: amount.preciseToDate.minus(amount.preciseBefore),
      charge: amount.amount,
      explained: {
        discounts: discounts.map(explainDiscount),
        runningTotal: charges.length === 1 ? null : explainRunningTotal(amount, null),
      },
    });
  });
}

function trueUpOfCommitment(period: MinimumPeriod, lines: readonly Line[], currency: Currency): Line[] {
  const { minimum, servicePeriod, fullPeriod, key } = period;
  const covered = lines.filter(
    (line) =>
      line.kind !== "discount" &&
      line.lineageId !== null &&
      isCovered(minimum, line.lineageId) &&
      overlaps(servicePeriod, line.servicePeriod),
  );
  const bound = { amount: minimum.amount, proration: minimum.proration, servicePeriod, fullPeriod };
  const { difference, explained } = compareWithBound("minimum", [bound], covered, servicePeriod, currency);
  if (!difference.gt(0)) return [];
  return [
    makeLine({
      key,
      kind: "true_up",
      adjusts: null,
      lineageId: null,
      minimumId: minimum.id,
      fullPeriod,
      servicePeriod,
      timing: "in_arrears",
      currency,
      description: minimum.description,
      precise: difference,
      charge: difference,
      explained: { comparison: explained },
    }),
  ];
}

/** Discounts of segments in order: what a fixed one has given to earlier segments is not given again. */
function takeInOrder(
  amounts: readonly { readonly segment: Segment; readonly amount: Decimal }[],
  position: "before_minimum" | "after_minimum",
): DiscountTaken[][] {
  const fixedUsed = new Map<string, Decimal>() satisfies FixedDiscountsUsed;
  return amounts.map(({ segment, amount }) => {
    const discounts = discountsFor(segment.charge.discounts, position, segment.servicePeriod.startsOn);
    const taken = takeDiscounts(amount, discounts, fixedUsed);
    for (const { discount, taken: share } of taken) {
      fixedUsed.set(discount.id, share.plus(fixedUsed.get(discount.id) ?? ZERO));
    }
    return taken;
  });
}

function identityOf(segment: Segment, tag: string) {
  const { charge, fullPeriod, servicePeriod, role } = segment;
  return {
    key: keyOf(charge.lineageId, fullPeriod, servicePeriod, tag),
    kind: role,
    adjusts: null,
    lineageId: charge.lineageId,
    minimumId: null,
    fullPeriod,
    servicePeriod,
    timing: role === "overage" ? ("in_arrears" as const) : charge.timing,
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

function explainDiscount({ discount, base, taken }: DiscountTaken): DiscountExplained {
  return {
    description: discount.description,
    percent: discount.kind === "percent" ? discount.percent.toFixed() : null,
    fixed: discount.kind === "fixed" ? discount.amount.toFixed() : null,
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
