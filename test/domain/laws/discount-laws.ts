import * as fc from "fast-check";
import { expect } from "vitest";
import { fullPeriods, isRecurring } from "../../../server/domain/calendar/cadence";
import { daysIn, includes, intersect, type Period } from "../../../server/domain/calendar/period";
import { daysBetween } from "../../../server/domain/calendar/plain-date";
import type { Contract, ContractDiscount } from "../../../server/domain/contract/contract";
import { groupBy } from "../../../server/domain/group-by";
import type { SharedDiscountExplained } from "../../../server/domain/invoice/explanation";
import type { Line } from "../../../server/domain/invoice/line";
import { type BoundPeriod, groupKeyOf, isCovered, type Segment } from "../../../server/domain/invoice/segment";
import { Decimal, ZERO } from "../../../server/domain/money/decimal";
import { money, roundToMinorUnit } from "../../../server/domain/money/money";
import { percent, percentOf } from "../../../server/domain/money/percent";
import { applyRatio, prorate } from "../../../server/domain/pricing/prorate";
import { arbitraryContract, withoutSharedTerms } from "../arbitrary-contract";
import { arbitraryWorld } from "../arbitrary-world";
import { byFullPeriod, linesOf, totalOf, wholeTerm } from "./bill";
import type { Law } from "./engine";

const isCharged = ({ kind }: Pick<Line, "kind">) => kind === "charge" || kind === "overage";
const isShared = ({ explanation }: Line) => explanation.kind === "discount" && explanation.sharedDiscounts.length > 0;

export const discountsStopAtZero: Law = {
  title: "discounts bring neither a charge nor what its limits make of it below zero",
  property: (engine) =>
    fc.property(arbitraryContract, arbitraryWorld, (terms, world) => {
      const lines = linesOf(engine, terms, world);
      for (const line of lines.filter(isCharged)) {
        if (line.charge.amount.gte(0)) expect(line.net.amount.gte(0), `${line.key} ${line.net.amount}`).toBe(true);
      }
      for (const [, same] of byFullPeriod(lines.filter((line) => !isShared(line)))) {
        const sumOf = (part: (line: Line) => Decimal) => same.reduce((total, line) => total.plus(part(line)), ZERO);
        const charged = sumOf(({ kind, charge }) => (kind === "discount" ? ZERO : charge.amount));
        // Discounts of the contract are no matter of one charge.
        const left = sumOf(({ net, explanation }) => net.amount.plus(totalShare(explanation.sharedDiscounts)));
        if (charged.gte(0)) expect(left.gte(0), `${left} left of ${charged}`).toBe(true);
      }
    }),
};

export const fixedDiscountIsGivenOnce: Law = {
  title: "a fixed discount of a charge gives its amount at the most once per full period",
  property: (engine) =>
    fc.property(arbitraryContract, arbitraryWorld, (terms, world) => {
      for (const [, lines] of byFullPeriod(linesOf(engine, terms, world))) {
        const fixed = lines.flatMap(({ kind, explanation }) =>
          explanation.discounts.filter((each) => each.fixed !== null).map((each) => ({ ...each, kind })),
        );
        for (const [, same] of groupBy(fixed, ({ description, kind }) => `${description} ${kind === "discount"}`)) {
          const taken = same.reduce((total, each) => total.plus(each.taken), ZERO);
          expect(taken.lte(Decimal.max(...same.map((each) => each.fixed ?? "0"))), `${taken} taken`).toBe(true);
        }
      }
    }),
};

const totalShare = (shared: readonly SharedDiscountExplained[]): Decimal =>
  shared.reduce((total, { share }) => total.plus(share), ZERO);

type Share = { readonly line: Line; readonly shared: SharedDiscountExplained };
const sharesIn = (lines: readonly Line[]): Share[] =>
  lines.flatMap((line) => line.explanation.sharedDiscounts.map((shared) => ({ line, shared })));

export const sharesAddUp: Law = {
  title: "shares of a contract's discount add up to what was given, and none takes more than is left",
  property: (engine) =>
    fc.property(arbitraryContract, arbitraryWorld, (terms, world) => {
      const shares = sharesIn(linesOf(engine, terms, world));
      const cellOf = ({ line, shared: { description } }: Share) => {
        const discount = terms.discounts.find(({ id }) => id === description);
        const granted = discount?.kind === "fixed" ? grantedFor(terms, discount, line) : "";
        return `${description} ${line.dueOn} ${granted}`;
      };
      for (const [, together] of groupBy(shares, cellOf)) {
        const given = new Set(together.map(({ shared }) => shared.given));
        expect([...given]).toEqual([sumOf(together.map(({ shared }) => shared.share))]);
        for (const { shared } of together) {
          if (new Decimal(shared.left).gte(0)) expect(new Decimal(shared.left).gte(shared.share)).toBe(true);
        }
      }
      for (const discount of terms.discounts) {
        if (discount.kind === "fixed") expectGivenOnce(terms, discount, shares);
      }
    }),
};

const sumOf = (amounts: readonly string[]): string =>
  amounts.reduce((total, amount) => total.plus(amount), ZERO).toFixed();

type FixedDiscount = ContractDiscount & { readonly kind: "fixed" };

/** The full period of the discount's cadence in which the line's service begins, or the only one. */
function grantedFor(terms: Contract, { cadence }: FixedDiscount, { servicePeriod: { startsOn } }: Line): string {
  if (!isRecurring(cadence)) return "once";
  const periods = fullPeriods(cadence, terms, { from: startsOn, through: startsOn });
  return periods.find((full) => includes(full, startsOn))?.startsOn ?? "none";
}

function expectGivenOnce(terms: Contract, discount: FixedDiscount, shares: readonly Share[]): void {
  const own = shares.filter(({ shared }) => shared.description === discount.id);
  const granted = roundToMinorUnit(money(discount.amount, terms.currency)).amount;
  for (const [, same] of groupBy(own, ({ line }) => grantedFor(terms, discount, line))) {
    const given = same.reduce((total, { shared }) => total.plus(shared.share), ZERO);
    expect(given.lte(granted), `${given} of ${granted}`).toBe(true);
  }
}

export const invoiceDiscountIsOfTheInvoice: Law = {
  title: "a percent off invoices takes it from what falls due on a day, rounded once",
  property: (engine) =>
    fc.property(arbitraryContract, arbitraryWorld, fc.integer({ min: 0, max: 1000 }), (given, world, tenths) => {
      const percentOff = percent(new Decimal(tenths).div(10));
      const discount: ContractDiscount = {
        id: "invoice",
        description: "invoice",
        kind: "percent",
        percent: percentOff,
        scope: { kind: "invoice" },
        position: "after_minimum",
        startsOn: null,
        endsBefore: null,
      };
      const lines = linesOf(engine, { ...given, discounts: [discount] }, world);
      for (const [, together] of groupBy(lines, ({ dueOn }) => dueOn)) {
        const base = totalOf(together.filter((line) => !isShared(line)));
        const taken = roundToMinorUnit(money(percentOf(base, percentOff), given.currency)).amount;
        expect(totalOf(together.filter(isShared)).toFixed()).toBe(ZERO.minus(taken).toFixed());
      }
    }),
};

export const boundsHold: Law = {
  title: "a minimum is always reached, and a maximum never exceeded by what it covers and true-ups",
  property: (engine) =>
    fc.property(arbitraryContract, arbitraryWorld, (terms, world) => {
      const { boundPeriods } = engine.planSegments(terms, wholeTerm(terms));
      const lines = linesOf(engine, terms, world);
      const trueUps = lines.filter(({ kind, boundId }) => kind === "true_up" && boundId !== null);
      for (const bound of boundPeriods) {
        const covered = lines.filter(
          ({ kind, lineageId }) => kind !== "discount" && lineageId !== null && isCovered(bound.bound, lineageId),
        );
        const others =
          bound.kind === "minimum"
            ? []
            : trueUps.filter((trueUp) =>
                isInside(
                  boundPeriods.find(({ key }) => key === trueUp.key),
                  bound,
                ),
              );
        const own = lines.filter(({ key }) => key === bound.key);
        const counted = [...covered, ...others].reduce(
          (total, line) => total.plus(countedIn(bound.servicePeriod, line)),
          totalOf(own),
        );
        const { amount, proration } = bound.bound;
        const ratio = prorate(proration, bound.servicePeriod, bound.fullPeriod);
        expectWithin(bound.kind, counted, rounded(applyRatio(amount, ratio), terms));
      }
    }),
};

/** True-ups of charges that the maximum covers, as far as they are owed by its last day. */
function isInside(minimum: BoundPeriod | undefined, maximum: BoundPeriod): boolean {
  if (minimum === undefined || minimum.dueOn > maximum.dueOn) return false;
  const { lineageIds } = minimum.bound;
  if (maximum.bound.lineageIds === "all") return true;
  return lineageIds !== "all" && lineageIds.every((lineageId) => isCovered(maximum.bound, lineageId));
}

function expectWithin(kind: BoundPeriod["kind"], counted: Decimal, bound: Decimal): void {
  const holds = kind === "minimum" ? counted.gte(bound) : counted.lte(bound);
  expect(holds, `${counted} at a ${kind} of ${bound}`).toBe(true);
}

const rounded = (amount: Decimal, { currency }: Contract): Decimal => roundToMinorUnit(money(amount, currency)).amount;

/** The share of a line's days that lie in the period, rounded to date. */
function countedIn(days: Period, { servicePeriod, net }: Line): Decimal {
  const shared = intersect(days, servicePeriod);
  if (shared === null) return ZERO;
  const toDay = (day: Period["startsOn"]) => {
    const share = net.amount.times(daysBetween(servicePeriod.startsOn, day)).div(daysIn(servicePeriod));
    return roundToMinorUnit(money(share, net.currency)).amount;
  };
  return toDay(shared.endsBefore).minus(toDay(shared.startsOn));
}

export const priceLimitsHold: Law = {
  title: "a price's own minimum is always reached, and its maximum never exceeded",
  property: (engine) =>
    fc.property(arbitraryContract, arbitraryWorld, (given, world) => {
      const terms = withoutSharedTerms(given);
      const lines = linesOf(engine, terms, world);
      for (const [, group] of groupBy(engine.planSegments(terms, wholeTerm(terms)).segments, groupKeyOf)) {
        for (const kind of ["minimum", "maximum"] as const) {
          const limited = group.filter(({ charge }) => charge.price[kind]);
          const [first] = limited;
          if (first === undefined || limited.length !== group.length) continue;
          const own = lines.filter(
            (line) =>
              line.kind !== "discount" &&
              line.lineageId === first.charge.lineageId &&
              line.fullPeriod.startsOn === first.fullPeriod.startsOn &&
              line.fullPeriod.endsBefore === first.fullPeriod.endsBefore,
          );
          const counted = totalOf(kind === "minimum" ? own.filter(({ kind: made }) => made !== "cap") : own);
          expectWithin(kind, counted, rounded(limitOf(limited, kind), terms));
        }
      }
    }),
};

const limitOf = (segments: readonly Segment[], kind: BoundPeriod["kind"]): Decimal =>
  segments
    .filter(({ role }) => role === "charge")
    .reduce((total, { charge, servicePeriod, fullPeriod }) => {
      const ratio = prorate(charge.proration, servicePeriod, fullPeriod);
      return total.plus(applyRatio(charge.price[kind] ?? ZERO, ratio));
    }, ZERO);
