import { type BillingAnchor, fullPeriods, type RecurringCadence } from "../calendar/cadence";
import type { OpenPeriod } from "../calendar/period";
import { addDays, earlierOf, laterOf, type PlainDate } from "../calendar/plain-date";
import { hasSameTerms } from "./charge-runs";
import type { Charge } from "./contract";

/** A charge over the days it holds. Pieces of one lineage do not overlap; null: as long as the contract. */
export type ChargePiece = OpenPeriod & { readonly charge: Charge };

/** A one-time charge serves its first day alone, so that no later cut makes it due again. */
export function pieceOf(charge: Charge, { startsOn, endsBefore }: OpenPeriod): ChargePiece {
  return { charge, startsOn, endsBefore: charge.cadence === "one_time" ? addDays(startsOn, 1) : endsBefore };
}

/** What the pieces have before a day. */
export function piecesBefore(pieces: readonly ChargePiece[], day: PlainDate): ChargePiece[] {
  return pieces
    .filter(({ startsOn }) => startsOn < day)
    .map((piece) => ({ ...piece, endsBefore: piece.endsBefore === null ? day : earlierOf(piece.endsBefore, day) }));
}

/** What the pieces have from a day on. */
export function piecesFrom(pieces: readonly ChargePiece[], day: PlainDate): ChargePiece[] {
  return pieces
    .filter(({ endsBefore }) => endsBefore === null || day < endsBefore)
    .map((piece) => ({ ...piece, startsOn: laterOf(piece.startsOn, day) }));
}

/** Joins what was cut and not changed. The pieces of a lineage are in order. */
export function joinPieces(pieces: readonly ChargePiece[]): ChargePiece[] {
  const joined: ChargePiece[] = [];
  for (const next of pieces) {
    const index = joined.findLastIndex(({ charge }) => charge.lineageId === next.charge.lineageId);
    const last = joined[index];
    if (last !== undefined && last.endsBefore === next.startsOn && isOneCharge(last.charge, next.charge)) {
      joined[index] = { ...last, endsBefore: next.endsBefore };
    } else joined.push(next);
  }
  return joined;
}

const isOneCharge = (a: Charge, b: Charge): boolean =>
  a.cadence !== "one_time" && a.id === b.id && (a === b || hasSameTerms(a, b));

/** The first boundary of full periods on or after a day. */
export function nextBoundary(cadence: RecurringCadence, anchor: BillingAnchor, day: PlainDate): PlainDate {
  const boundaries = fullPeriods(cadence, anchor, { from: day, through: day }).flatMap(({ startsOn, endsBefore }) => [
    startsOn,
    endsBefore,
  ]);
  return boundaries.find((boundary) => boundary >= day) ?? day;
}
