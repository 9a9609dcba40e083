import { Decimal as Base } from "decimal.js";
import type { Explanation, SliceExplained } from "../../server/domain/invoice/explanation";

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
  const mismatches: string[] = [];
  const expect = (what: string, derived: Exact, stated: string | null | undefined) => {
    const given = new Exact(stated ?? "NaN");
    if (!derived.minus(given).abs().lt(new Exact(10).pow(-DIGITS_COMPARED))) {
      mismatches.push(`${what}: derived ${derived.toFixed()}, stated ${stated}`);
    }
  };
  const { slices, comparison, adjustment, runningTotal } = explanation;

  for (const slice of slices) {
    expect("slice", exact(slice.quantity).times(slice.unitPrice).plus(slice.flatFee), slice.amount);
  }
  checkUnits(explanation, expect);
  checkProration(explanation, expect);

  if (explanation.fullPeriodAmount !== null) {
    const days = slices.some((slice) => slice.days !== null) ? daysIn(explanation.servicePeriod) : null;
    const total = sum(slices.map((slice) => exact(slice.amount).times(slice.days ?? 1)));
    const fullPeriodAmount = days === null ? total : total.div(days);
    expect("full-period amount", fullPeriodAmount, explanation.fullPeriodAmount);
    const { numerator, denominator } = explanation.proration ?? { numerator: 1, denominator: 1 };
    const prorated = fullPeriodAmount.times(numerator).div(denominator);
    expect("precise", prorated.minus(explanation.lessInAdvance ?? 0), explanation.precise);
  } else if (comparison !== null) {
    const bound = sum(
      comparison.parts.map((part) => {
        const { numerator, denominator } = part.proration ?? { numerator: 1, denominator: 1 };
        const precise = exact(part.fullPeriodAmount).times(numerator).div(denominator);
        expect("bound part", precise, part.precise);
        return precise;
      }),
    );
    expect("bound", round(bound, explanation), comparison.boundAmount);
    expect("covered", sum(comparison.covered.map(({ counted }) => exact(counted))), comparison.coveredTotal);
    expect("shortfall", exact(comparison.boundAmount).minus(comparison.coveredTotal), explanation.precise);
  } else if (adjustment !== null) {
    expect("difference", exact(adjustment.expected).minus(adjustment.billed), explanation.precise);
    if (adjustment.expectedLine) {
      expect("expected", exact(adjustment.expectedLine.result), adjustment.expected);
      mismatches.push(...mismatchesIn(adjustment.expectedLine));
    }
  } else {
    const taken = sum(explanation.discounts.map((discount) => exact(discount.taken)));
    expect("discounts after the minimum", taken.negated(), explanation.precise);
  }

  const preciseToDate = exact(runningTotal?.preciseBefore ?? "0").plus(explanation.precise);
  const chargeToDate = round(preciseToDate, explanation);
  expect("charge", chargeToDate.minus(runningTotal?.chargeBefore ?? 0), explanation.charge);
  if (runningTotal) {
    expect("precise to date", preciseToDate, runningTotal.preciseToDate);
    expect("charge to date", chargeToDate, runningTotal.chargeToDate);
  }

  let left = explanation.kind === "discount" ? null : exact(explanation.charge);
  for (const discount of explanation.discounts) {
    if (left !== null) expect("discount base", left, discount.base);
    if (discount.percent !== null) {
      expect("percent off", exact(discount.base).times(discount.percent).div(100), discount.taken);
    } else if (exact(discount.taken).gt(discount.fixed ?? 0)) {
      mismatches.push(`a fixed discount of ${discount.fixed} took ${discount.taken}`);
    }
    left = exact(discount.base).minus(discount.taken);
  }
  if (explanation.kind !== "discount") {
    const taken = sum(explanation.discounts.map((discount) => exact(discount.taken)));
    const discountToDate = round(exact(runningTotal?.discountPreciseBefore ?? "0").plus(taken), explanation);
    expect("discount", discountToDate.minus(runningTotal?.discountBefore ?? 0), explanation.discount);
  }
  expect("result", exact(explanation.charge).minus(explanation.discount), explanation.result);
  return mismatches;
}

type Expect = (what: string, derived: Exact, stated: string | null | undefined) => void;

/** measured − included = billable, not below zero, and the slices hold all billable units without gap. */
function checkUnits({ quantity, slices }: Explanation, expect: Expect): void {
  if (quantity === null) return;
  const isSeats = quantity.source.kind === "seats";
  const part = quantity.includedProration;
  const included = exact(quantity.includedInFullPeriod)
    .times(part?.numerator ?? 1)
    .div(part?.denominator ?? 1);
  expect("included", included, quantity.included);
  if (!isSeats) {
    const billable = exact(quantity.measured).minus(quantity.included);
    expect("billable", billable.isNegative() ? exact("0") : billable, quantity.billable);
  }
  const [first] = slices;
  if (isSeats || first === undefined) return;
  const counted = sum(slices.map((slice) => exact(slice.quantity)));
  if (first.kind === "units" || first.kind === "tier") expect("units in slices", counted, quantity.billable);
  if (first.kind === "packages") {
    expect(
      "packages",
      exact(quantity.billable)
        .div(first.packageSize ?? 1)
        .ceil(),
      first.quantity,
    );
  }
  if (first.kind === "tier") checkTiers(slices, expect);
}

/** Tiers follow each other, and none holds units beyond its bound. A volume price has one tier, which holds them all. */
function checkTiers(slices: readonly SliceExplained[], expect: Expect): void {
  let units = exact("0");
  for (const slice of slices) {
    if (slices.length > 1) expect("tier begins", units, slice.above);
    units = units.plus(slice.quantity);
    if (slice.upTo !== null && units.gt(slice.upTo)) expect("units up to the bound", units, slice.upTo);
  }
}

/** Days are those of the periods, and by days they are the share. */
function checkProration({ proration, servicePeriod, fullPeriod }: Explanation, expect: Expect): void {
  if (proration === null) return;
  const { rule, numerator, denominator, daysServed, daysInFullPeriod } = proration;
  expect("days served", new Exact(daysIn(servicePeriod)), `${daysServed}`);
  expect("days of the full period", new Exact(daysIn(fullPeriod)), `${daysInFullPeriod}`);
  if (rule === "by_days")
    expect("share of days", new Exact(daysServed).times(denominator), `${numerator * daysInFullPeriod}`);
}

const exact = (text: string): Exact => new Exact(text);
const sum = (amounts: readonly Exact[]): Exact => amounts.reduce((total, amount) => total.plus(amount), exact("0"));

/** Half away from zero, by adding half a unit and cutting off; a hair more, because the texts cut quotients off. */
function round(amount: Exact, { rounding }: Explanation): Exact {
  const unit = new Exact(10).pow(-rounding.minorUnits);
  const hair = new Exact(10).pow(-DIGITS_COMPARED);
  const units = amount.abs().plus(hair).div(unit).plus("0.5").floor();
  return units.times(unit).times(amount.isNegative() ? -1 : 1);
}

function daysIn({ startsOn, endsBefore }: { readonly startsOn: string; readonly endsBefore: string }): number {
  return (Date.parse(endsBefore) - Date.parse(startsOn)) / 86_400_000;
}
