import type { OpenPeriod } from "../calendar/period";
import type { PlainDate } from "../calendar/plain-date";
import { inOrder } from "../in-order";
import type { ChargePiece } from "./charge-piece";
import type { Phase } from "./contract";
import { hasDays, holdsOn } from "./open-period";

/**
 * The phases that bill these pieces: a new one wherever a piece begins or ends, in order and without gaps over the
 * term; one without charges where nothing is billed. Charges stand in the order in which their lineages begin, then in
 * the order of the pieces. A one-time charge is in one phase only, the one that begins on its day. Days outside the
 * term are left out; a term without days has no phases.
 */
export function compilePhases(term: OpenPeriod, pieces: readonly ChargePiece[]): Phase[] {
  if (!hasDays(term)) return [];
  const ranked = inOrderOfLineages(pieces);
  const boundaries = [...new Set([term.startsOn, ...pieces.flatMap(boundariesOf)])]
    .filter((day) => holdsOn(term, day))
    .sort();
  return boundaries.map((startsOn, index) => ({
    id: `phase-${startsOn}`,
    startsOn,
    endsBefore: boundaries[index + 1] ?? term.endsBefore,
    charges: ranked.filter((piece) => isBilledFrom(piece, startsOn)).map(({ charge }) => charge),
  }));
}

function boundariesOf({ charge, startsOn, endsBefore }: ChargePiece): PlainDate[] {
  return endsBefore === null || charge.cadence === "one_time" ? [startsOn] : [startsOn, endsBefore];
}

const isBilledFrom = (piece: ChargePiece, day: PlainDate): boolean =>
  piece.charge.cadence === "one_time" ? piece.startsOn === day : holdsOn(piece, day);

/** Independent of how lineages were cut, so that compiling what was compiled changes nothing. */
function inOrderOfLineages(pieces: readonly ChargePiece[]): ChargePiece[] {
  const byStart = pieces.toSorted((a, b) => inOrder(a.startsOn, b.startsOn));
  const lineages = [...new Set(byStart.map(({ charge }) => charge.lineageId))];
  const rank = new Map(lineages.map((lineageId, index) => [lineageId, index]));
  const rankOf = ({ charge }: ChargePiece) => rank.get(charge.lineageId) ?? lineages.length;
  return byStart.sort((a, b) => rankOf(a) - rankOf(b));
}
