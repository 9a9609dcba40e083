import { Decimal as Base } from "decimal.js";
import type {
  ComparisonExplained,
  DiscountExplained,
  Explanation,
  PeriodText,
  ProrationExplained,
  SharedDiscountExplained,
  SliceExplained,
} from "../../server/domain/invoice/explanation";

/** More digits than the engine has, so that the checker's own rounding cannot hide a difference. */
const Exact = Base.clone({ precision: 80, rounding: Base.ROUND_HALF_UP });
type Exact = Base;

/** Quotients of 40 and of 80 digits agree this far. */
const DIGITS_COMPARED = 25;

/**
 * Recalculates a line from its explanation by hand, with none of the engine's code, and tells what does not come out.
 * An empty answer: every amount follows from the one before it.
 */
export function mismatchesIn(explanation: Explanation): string[] {
  const check = startChecking();
  const { comparison, adjustment, credit } = explanation;
  checkSlices(explanation, check);
  checkUnits(explanation, check);
  check.proration(explanation.proration, explanation.ratedPeriod ?? explanation.servicePeriod, explanation.fullPeriod);

  if (explanation.fullPeriodAmount !== null) checkPrice(explanation, check);
  else if (comparison !== null) checkComparison(comparison, explanation, check);
  else if (adjustment !== null) {
    check.equal("difference", exact(adjustment.expected).minus(adjustment.billed), explanation.precise);
    if (adjustment.expectedLine) {
      check.equal("expected", exact(adjustment.expectedLine.result), adjustment.expected);
      check.report(mismatchesIn(adjustment.expectedLine));
    }
  } else if (credit) {
    check.equal("credit drawn", exact(credit.drawn).negated(), explanation.precise);
    check.equal("balance", exact(credit.balanceBefore).minus(credit.drawn), credit.balanceAfter);
  } else {
    const taken = [
      ...explanation.discounts.map((each) => each.taken),
      ...explanation.sharedDiscounts.map((each) => each.share),
    ];
    check.equal("discounts after the minimum", total(taken).negated(), explanation.precise);
  }
  checkCharge(explanation, check);
  checkDiscounts(explanation, check);
  check.equal("result", exact(explanation.charge).minus(explanation.discount), explanation.result);
  return check.mismatches;
}

/** quantity × unitPrice + flatFee; seats: for so many days, on the average of all. Then the share of the full period. */
function checkPrice(explanation: Explanation, check: Check): void {
  const { slices, proration, ratedPeriod, servicePeriod } = explanation;
  const isByDay = slices.some(({ days }) => days !== null);
  const amount = sum(slices.map((slice) => exact(slice.amount).times(slice.days ?? 1)));
  const fullPeriodAmount = isByDay ? amount.div(daysIn(ratedPeriod ?? servicePeriod)) : amount;
  check.equal("full-period amount", fullPeriodAmount, explanation.fullPeriodAmount);
  const precise = shareOf(fullPeriodAmount, proration).minus(explanation.lessBilledBefore ?? 0);
  check.equal("precise", precise, explanation.precise);
}

function checkSlices({ slices }: Explanation, check: Check): void {
  for (const { quantity, unitPrice, flatFee, amount, kind, dimensions } of slices) {
    check.equal("slice", exact(quantity).times(unitPrice).plus(flatFee), amount);
    check.holds("dimensions are those of a row", (dimensions !== null) === (kind === "matrix_row"));
  }
  const rows = slices.flatMap(({ dimensions }) => (dimensions === null ? [] : [JSON.stringify(dimensions)]));
  check.holds("a row has one slice", new Set(rows).size === rows.length);
}

/** measured − included = billable, not below zero, and the slices hold all billable units without gap. */
function checkUnits({ quantity, slices, servicePeriod, fullPeriod, ratedPeriod }: Explanation, check: Check): void {
  if (quantity === null) return;
  check.proration(quantity.includedProration, servicePeriod, fullPeriod);
  check.equal("included", shareOf(exact(quantity.includedInFullPeriod), quantity.includedProration), quantity.included);
  if (quantity.breakdown.length > 0) {
    check.equal("breakdown", total(quantity.breakdown.map((share) => share.quantity)), quantity.measured);
  }
  const counted = sum(slices.map((slice) => exact(slice.quantity).times(slice.days ?? 1)));
  const [first] = slices;
  if (quantity.source.kind === "seats") {
    const isInUnits = first === undefined || first.kind === "units" || first.kind === "tier";
    if (isInUnits) check.equal("seats in slices", counted.div(daysIn(ratedPeriod ?? servicePeriod)), quantity.billable);
    return;
  }
  const billable = exact(quantity.measured).minus(quantity.included);
  check.equal("billable", billable.isNegative() ? exact("0") : billable, quantity.billable);
  checkUnitsInSlices(slices, counted, quantity, check);
}

function checkUnitsInSlices(
  slices: readonly SliceExplained[],
  counted: Exact,
  { billable, measured, source, includedEvents }: NonNullable<Explanation["quantity"]>,
  check: Check,
): void {
  const [first] = slices;
  if (first === undefined) return check.equal("units without a price", exact("0"), billable);
  switch (first.kind) {
    case "fee":
      return check.holds("a fee is for one or for each unit", first.quantity === "1" || first.quantity === measured);
    case "packages":
      return check.equal(
        "packages",
        exact(billable)
          .div(first.packageSize ?? 1)
          .ceil(),
        first.quantity,
      );
    case "tier":
    case "percent_tier":
      checkTiers(slices, check);
      return check.equal("units in tiers", counted, billable);
    case "units":
    case "matrix_row":
    case "matrix_default":
      return check.equal("units in slices", counted, billable);
    default: {
      const isWhole = slices.every(({ kind }) => kind === "percent" || kind === "events") && includedEvents === "0";
      if (isWhole) check.equal("amount in percent", exact(first.quantity), billable);
      const events = slices.filter(({ kind }) => kind.startsWith("events")).map((slice) => slice.quantity);
      const most = Exact.max(0, exact(source.kind === "usage" ? source.events : "0").minus(includedEvents));
      check.holds("no more events are charged than there were", total(events).lte(most));
    }
  }
}

/** Tiers follow each other, and none holds units beyond its bound. A volume price has one tier, which holds them all. */
function checkTiers(slices: readonly SliceExplained[], check: Check): void {
  const [first, ...others] = slices;
  if (others.length === 0) {
    const { above, quantity } = first ?? { above: "0", quantity: "0" };
    check.holds("the tier of the last unit", exact(above ?? "0").isZero() || exact(quantity).gt(above ?? "0"));
  }
  let units = exact("0");
  for (const { above, upTo, quantity } of slices) {
    if (others.length > 0) check.equal("tier begins", units, above);
    units = units.plus(quantity);
    check.holds("units up to the bound", upTo === null || units.lte(upTo));
  }
}

/** The prorated, rounded bound less what is covered: each line with the share of its days that lies in the period. */
function checkComparison(comparison: ComparisonExplained, explanation: Explanation, check: Check): void {
  const { servicePeriod, fullPeriod } = explanation;
  for (const { proration } of comparison.parts) {
    if (comparison.parts.length === 1) check.proration(proration, servicePeriod, fullPeriod);
    else check.shareOfDays(proration);
  }
  const parts = comparison.parts.map((part) => shareOf(exact(part.fullPeriodAmount), part.proration));
  comparison.parts.forEach((part, index) => check.equal("bound part", parts[index] ?? exact("0"), part.precise));
  check.equal("bound", round(sum(parts), explanation), comparison.boundAmount);
  for (const { net, counted, servicePeriod: served } of comparison.covered) {
    const [from, to] = [
      later(served.startsOn, servicePeriod.startsOn),
      earlier(served.endsBefore, servicePeriod.endsBefore),
    ];
    const toDay = (day: string) =>
      round(
        exact(net)
          .times(daysIn({ ...served, endsBefore: day }))
          .div(daysIn(served)),
        explanation,
      );
    check.equal("counted", toDay(to).minus(toDay(from)), counted);
  }
  check.equal("covered", total(comparison.covered.map(({ counted }) => counted)), comparison.coveredTotal);
  check.equal(
    "difference to the bound",
    exact(comparison.boundAmount).minus(comparison.coveredTotal),
    explanation.precise,
  );
  const isTakenBack = exact(explanation.precise).isNegative();
  check.holds("a minimum tops up and a maximum takes back", isTakenBack === (comparison.bound === "maximum"));
}

function checkCharge(explanation: Explanation, check: Check): void {
  const { runningTotal, precise, charge } = explanation;
  const preciseToDate = exact(runningTotal?.preciseBefore ?? "0").plus(precise);
  const chargeToDate = round(preciseToDate, explanation);
  check.equal("charge", chargeToDate.minus(runningTotal?.chargeBefore ?? 0), charge);
  if (runningTotal === null) return;
  check.equal("charged before", round(exact(runningTotal.preciseBefore), explanation), runningTotal.chargeBefore);
  check.equal("precise to date", preciseToDate, runningTotal.preciseToDate);
  check.equal("charge to date", chargeToDate, runningTotal.chargeToDate);
}

/** Own discounts one after the other on the charge, then those of the contract on what they leave. */
function checkDiscounts(explanation: Explanation, check: Check): void {
  const { discounts, sharedDiscounts, runningTotal } = explanation;
  const isDiscount = explanation.kind === "discount";
  let left = isDiscount ? null : exact(explanation.charge);
  for (const discount of discounts) {
    if (left !== null) check.equal("discount base", left, discount.base);
    checkDiscount(discount, check);
    left = exact(discount.base).minus(discount.taken);
  }
  for (const discount of sharedDiscounts) checkShare(discount, explanation, check);
  if (isDiscount) return check.equal("discount of a discount", exact("0"), explanation.discount);

  const taken = total(discounts.map((discount) => discount.taken));
  const discountToDate = round(exact(runningTotal?.discountPreciseBefore ?? "0").plus(taken), explanation);
  const own = discountToDate.minus(runningTotal?.discountBefore ?? 0);
  check.equal("discount", own.plus(total(sharedDiscounts.map(({ share }) => share))), explanation.discount);
  let leftToShare = exact(explanation.charge).minus(own);
  for (const { left: stated, share } of sharedDiscounts) {
    check.equal("left for the contract's discount", leftToShare, stated);
    leftToShare = leftToShare.minus(share);
  }
}

/** A fixed one gives what it has left, never more than there is; what is below zero takes back no more than that. */
function checkDiscount({ percent, fixed, base, taken }: DiscountExplained, check: Check): void {
  if (percent !== null) return check.equal("percent off", exact(base).times(percent).div(100), taken);
  const isInBounds = exact(base).gte(0)
    ? exact(taken).gte(0) && exact(taken).lte(Exact.min(fixed ?? 0, base))
    : exact(taken).lte(0) && exact(taken).gte(base);
  check.holds(`a fixed discount of ${fixed} on ${base} took ${taken}`, isInBounds);
}

function checkShare(discount: SharedDiscountExplained, explanation: Explanation, check: Check): void {
  const { percent, fixed, base, given, left, share } = discount;
  const unit = minorUnit(explanation);
  if (percent !== null) {
    check.equal("given in percent", round(exact(base).times(percent).div(100), explanation), given);
    const isNear = exact(left).times(percent).div(100).minus(share).abs().lt(unit);
    check.holds(`a share of ${share} is ${percent} % of ${left}, but for a minor unit`, isNear);
  } else {
    const most = Exact.min(round(exact(fixed ?? "0"), explanation), base);
    check.holds(`a fixed discount of ${fixed} on ${base} gave ${given}`, exact(given).lte(most) && exact(given).gt(0));
    check.holds(
      `a share of ${share} of ${given} given`,
      exact(share).gt(0) && exact(share).lte(Exact.min(given, left)),
    );
  }
  check.equal("a share is whole minor units", round(exact(share), explanation), share);
}

type Check = ReturnType<typeof startChecking>;

function startChecking() {
  const mismatches: string[] = [];
  const holds = (what: string, isSo: boolean) => {
    if (!isSo) mismatches.push(`not so: ${what}`);
  };
  const equal = (what: string, derived: Exact, stated: string | null | undefined) => {
    const isEqual = derived
      .minus(stated ?? Number.NaN)
      .abs()
      .lt(new Exact(10).pow(-DIGITS_COMPARED));
    if (!isEqual) mismatches.push(`${what}: derived ${derived.toFixed()}, stated ${stated}`);
  };
  const shareOfDays = (proration: ProrationExplained | null) => {
    if (proration === null) return;
    const { rule, numerator, denominator, daysServed, daysInFullPeriod } = proration;
    holds("a part is not more than the whole", numerator >= 0 && numerator <= denominator);
    if (rule === "by_days") {
      equal("share of days", new Exact(daysServed).times(denominator), `${numerator * daysInFullPeriod}`);
    }
  };
  return {
    mismatches,
    holds,
    equal,
    shareOfDays,
    report: (others: readonly string[]) => void mismatches.push(...others),
    /** Days are those of the periods, and by the rule they are the share. */
    proration: (proration: ProrationExplained | null, served: PeriodText, full: PeriodText) => {
      if (proration === null) return;
      shareOfDays(proration);
      equal("days served", new Exact(daysIn(served)), `${proration.daysServed}`);
      equal("days of the full period", new Exact(daysIn(full)), `${proration.daysInFullPeriod}`);
      if (proration.rule === "whole_months_then_days") {
        const stated = new Exact(proration.numerator).div(proration.denominator);
        equal("share of months", shareOfMonths(served, full), stated.toFixed());
      }
    },
  };
}

/** Of the months from the day on which the full period begins, or that it ends on where February had clamped the first. */
function shareOfMonths(served: PeriodText, full: PeriodText): Exact {
  const [from, to] = [partsOf(full.startsOn), partsOf(full.endsBefore)];
  const count = Math.max(1, (to.year - from.year) * 12 + to.month - from.month);
  const boundary = (index: number) =>
    index === 0
      ? full.startsOn
      : index === count
        ? full.endsBefore
        : dayInMonth(from.year, from.month + index, Math.max(from.day, to.day));
  const parts = Array.from({ length: count }, (_, index) => {
    const month = { startsOn: boundary(index), endsBefore: boundary(index + 1) };
    const both = {
      startsOn: later(month.startsOn, served.startsOn),
      endsBefore: earlier(month.endsBefore, served.endsBefore),
    };
    return new Exact(Math.max(0, daysIn(both))).div(daysIn(month));
  });
  return sum(parts).div(count);
}

const partsOf = (day: string) => {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  return { year, month, day: date };
};

/** Clamped to the last day of the month, counted from 1. */
function dayInMonth(year: number, month: number, day: number): string {
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1, Math.min(day, last))).toISOString().slice(0, 10);
}

const exact = (text: string): Exact => new Exact(text);
const sum = (amounts: readonly Exact[]): Exact => amounts.reduce((all, amount) => all.plus(amount), exact("0"));
const total = (texts: readonly string[]): Exact => sum(texts.map(exact));
const shareOf = (amount: Exact, proration: ProrationExplained | null): Exact =>
  proration === null ? amount : amount.times(proration.numerator).div(proration.denominator);
const later = (a: string, b: string): string => (a > b ? a : b);
const earlier = (a: string, b: string): string => (a < b ? a : b);

const minorUnit = ({ rounding }: Explanation): Exact => new Exact(10).pow(-rounding.minorUnits);

/** Half away from zero, by adding half a unit and cutting off; a hair more, because the texts cut quotients off. */
function round(amount: Exact, explanation: Explanation): Exact {
  const unit = minorUnit(explanation);
  const hair = new Exact(10).pow(-DIGITS_COMPARED);
  const units = amount.abs().plus(hair).div(unit).plus("0.5").floor();
  return units.times(unit).times(amount.isNegative() ? -1 : 1);
}

function daysIn({ startsOn, endsBefore }: PeriodText): number {
  return (Date.parse(endsBefore) - Date.parse(startsOn)) / 86_400_000;
}
