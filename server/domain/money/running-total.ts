import type { Currency } from "./currency";
import { type Decimal, ZERO } from "./decimal";
import { money, roundToMinorUnit } from "./money";

/** One part of a running total: its precise amount, and the rounded amount it is given. */
export type RunningPart = {
  readonly preciseBefore: Decimal;
  readonly preciseToDate: Decimal;
  readonly before: Decimal;
  readonly toDate: Decimal;
  /** toDate − before */
  readonly amount: Decimal;
};

/**
 * Rounds the total to date and gives each part the difference, so that nothing drifts: the parts add up to the rounded
 * sum of the precise amounts (decision "Rounding").
 */
export function roundRunning(parts: readonly Decimal[], currency: Currency): RunningPart[] {
  let [preciseBefore, before] = [ZERO, ZERO];
  return parts.map((part) => {
    const preciseToDate = preciseBefore.plus(part);
    const toDate = roundToMinorUnit(money(preciseToDate, currency)).amount;
    const running = { preciseBefore, preciseToDate, before, toDate, amount: toDate.minus(before) };
    [preciseBefore, before] = [preciseToDate, toDate];
    return running;
  });
}
