import { daysIn, includes, type Period } from "../calendar/period";
import { daysBetween, type PlainDate } from "../calendar/plain-date";
import { Decimal } from "../money/decimal";
import { unreachable } from "../unreachable";
import type { SeatStrategy } from "./price";

/** Seats at the end of the day before the period, and the new total at the end of each day that changed it. */
export type SeatHistory = {
  readonly openingSeats: Decimal;
  readonly changes: readonly { readonly on: PlainDate; readonly total: Decimal }[];
};

/** So many seats on so many days, in order. */
export type SeatDays = { readonly seats: Decimal; readonly days: number };

/** b(d) of every day of the period: seats at its end, not below the contracted ones. Equal days in a row are one entry. */
export function seatsByDay(period: Period, history: SeatHistory, contracted: Decimal): SeatDays[] {
  const changes = history.changes.toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
  const before = changes.filter(({ on }) => on < period.startsOn).at(-1);
  const runs: SeatDays[] = [];
  let seats = Decimal.max(before?.total ?? history.openingSeats, contracted);
  let startsOn = period.startsOn;
  const close = (endsBefore: PlainDate) => {
    const days = daysBetween(startsOn, endsBefore);
    if (days > 0) append(runs, { seats, days });
    startsOn = endsBefore;
  };
  for (const change of changes) {
    if (!includes(period, change.on)) continue;
    close(change.on);
    seats = Decimal.max(change.total, contracted);
  }
  close(period.endsBefore);
  return runs;
}

/** The seats that a strategy charges for each day. Decision "Seats". */
export function countSeats(strategy: SeatStrategy, byDay: readonly SeatDays[]): SeatDays[] {
  switch (strategy) {
    case "use_maximum":
      return [{ seats: Decimal.max(...byDay.map(({ seats }) => seats)), days: totalDays(byDay) }];
    case "prorate_increments": {
      const runs: SeatDays[] = [];
      for (const { seats, days } of byDay) {
        append(runs, { seats: Decimal.max(seats, runs.at(-1)?.seats ?? seats), days });
      }
      return runs;
    }
    case "prorate_all_changes":
      return [...byDay];
    default:
      return unreachable(strategy);
  }
}

/** The first day's seats for all days: what is billed in advance. */
export function seatsOfFirstDay(period: Period, byDay: readonly SeatDays[]): SeatDays[] {
  return byDay.slice(0, 1).map(({ seats }) => ({ seats, days: daysIn(period) }));
}

/**
 * The seats that a strategy charges for each day of the period while only its first `daysKnown` days have passed: the
 * days to come count the first day's seats, as billed in advance; a maximum so far counts for all days. What a part of
 * the period adds is the difference of two of these, so that the parts add up to `countSeats` when all days are known.
 */
export function countSeatsKnown(strategy: SeatStrategy, byDay: readonly SeatDays[], daysKnown: number): SeatDays[] {
  const [first] = byDay;
  if (first === undefined) return [];
  const known = countSeats(strategy, firstDays(byDay, Math.max(daysKnown, 1)));
  const daysToCome = totalDays(byDay) - totalDays(known);
  const last = known.at(-1) ?? first;
  if (daysToCome > 0) append(known, { seats: strategy === "use_maximum" ? last.seats : first.seats, days: daysToCome });
  return known;
}

function firstDays(byDay: readonly SeatDays[], count: number): SeatDays[] {
  let left = count;
  return byDay.flatMap(({ seats, days }) => {
    const taken = Math.min(days, left);
    left -= taken;
    return taken > 0 ? [{ seats, days: taken }] : [];
  });
}

export const totalDays = (runs: readonly SeatDays[]): number => runs.reduce((total, { days }) => total + days, 0);

function append(runs: SeatDays[], next: SeatDays): void {
  const last = runs.at(-1);
  if (last?.seats.equals(next.seats)) runs[runs.length - 1] = { seats: last.seats, days: last.days + next.days };
  else runs.push(next);
}
