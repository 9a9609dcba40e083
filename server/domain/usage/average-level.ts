import { type Decimal, ZERO } from "../money/decimal";

/** From an instant to another. */
export type Span = { readonly startsAt: Date; readonly endsAt: Date };

/** Changes of a level that last until the same instant, added up. */
export type LevelChanges = {
  /** the sum of the changes */
  readonly change: Decimal;
  /** the sum of each change times the milliseconds from the start of the span to it; none for changes before the span */
  readonly changeByElapsed: Decimal;
  /** the end of the span, or before it where the level is not held to the end */
  readonly until: Date;
};

/**
 * The level over a span on the average of time: each change counts for as long as it lasts. Real time, so that a day of
 * 25 hours weighs more than one of 23. Divides once, at the end.
 */
export function averageLevel(changes: readonly LevelChanges[], { startsAt, endsAt }: Span): Decimal {
  if (endsAt <= startsAt) throw new Error(`no time between ${startsAt.toISOString()} and ${endsAt.toISOString()}`);
  const levelByTime = changes.reduce(
    (total, { change, changeByElapsed, until }) =>
      total.plus(change.times(until.getTime() - startsAt.getTime())).minus(changeByElapsed),
    ZERO,
  );
  return levelByTime.div(endsAt.getTime() - startsAt.getTime());
}
