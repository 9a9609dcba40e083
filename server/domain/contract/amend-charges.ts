import { isRecurring } from "../calendar/cadence";
import type { PlainDate } from "../calendar/plain-date";
import { fail, ok } from "../result";
import type { AmendedTerms, ChangeContext, Changed } from "./amended-terms";
import type { AmendmentChangeOf } from "./amendment";
import { type ChargePiece, joinPieces, nextBoundary, pieceOf, piecesBefore, piecesFrom } from "./charge-piece";
import { hasSameTerms } from "./charge-runs";
import type { Charge } from "./contract";
import { holdsOn, shareDays } from "./open-period";

/** The charge begins on the day of the amendment, whatever is done with unused time: it has none. */
export function addCharge(
  terms: AmendedTerms,
  change: AmendmentChangeOf<"add_charge">,
  context: ChangeContext,
): Changed {
  const startsOn = context.amendment.effectiveOn;
  const { lineageId } = change.charge;
  const wrongEnd = checkEnd(change.endsBefore, startsOn, terms);
  if (wrongEnd !== null) return fail(wrongEnd);

  // An end with the term is no end of its own, or an extension would leave the charge behind.
  const endsBefore = change.endsBefore === terms.term.endsBefore ? null : change.endsBefore;
  const piece = pieceOf(change.charge, { startsOn, endsBefore });
  const isBilled = terms.pieces.some((other) => other.charge.lineageId === lineageId && shareDays(other, piece));
  if (isBilled) return fail({ code: "LINEAGE_ALREADY_BILLED", path: ["charge", "lineageId"], given: lineageId });
  const mine = [...piecesOf(terms, lineageId), piece].sort((a, b) => (a.startsOn < b.startsOn ? -1 : 1));
  return ok(withPieces(terms, lineageId, mine));
}

export function removeCharge(
  terms: AmendedTerms,
  change: AmendmentChangeOf<"remove_charge">,
  context: ChangeContext,
): Changed {
  const billed = billedOn(terms, change.lineageId, context);
  if (billed === null) return unknownLineage(change.lineageId);
  const from = whenChanged(billed.charge, context.amendment.effectiveOn, context);
  return ok(withPieces(terms, change.lineageId, piecesBefore(piecesOf(terms, change.lineageId), from)));
}

/** Over all days that the lineage has from then on; a one-time charge takes the place of them all, once. */
export function replaceCharge(
  terms: AmendedTerms,
  change: AmendmentChangeOf<"replace_charge">,
  context: ChangeContext,
): Changed {
  const { lineageId } = change;
  const billed = billedOn(terms, lineageId, context);
  if (billed === null) return unknownLineage(lineageId);
  const from = whenChanged(billed.charge, context.amendment.effectiveOn, context);
  const mine = piecesOf(terms, lineageId);
  const replaced = piecesFrom(mine, from).map(({ charge, startsOn, endsBefore }) =>
    pieceOf(renamed(charge, { ...change.charge, lineageId }, context), { startsOn, endsBefore }),
  );
  if (replaced.length === 0) return fail(endsUnchanged(lineageId));
  const after = change.charge.cadence === "one_time" ? replaced.slice(0, 1) : replaced;
  return ok(withPieces(terms, lineageId, [...piecesBefore(mine, from), ...after]));
}

/** Other terms from the day of the amendment, or between it and the change's own end. */
export function changeCharge(
  terms: AmendedTerms,
  change: AmendmentChangeOf<"change_quantity" | "change_price" | "change_discounts">,
  context: ChangeContext,
): Changed {
  const { lineageId, endsBefore = null } = change;
  const { effectiveOn } = context.amendment;
  const billed = billedOn(terms, lineageId, context);
  if (billed === null) return unknownLineage(lineageId);
  const wrongEnd = checkEnd(endsBefore, effectiveOn, terms);
  if (wrongEnd !== null) return fail(wrongEnd);

  const from = whenChanged(billed.charge, effectiveOn, context);
  const until = endsBefore === null ? null : whenChanged(billed.charge, endsBefore, context);
  if (until !== null && until <= from) return fail(endsTooEarly(endsBefore));

  const mine = piecesOf(terms, lineageId);
  const later = piecesFrom(mine, from);
  if (later.length === 0) return fail(endsUnchanged(lineageId));
  const changed = (until === null ? later : piecesBefore(later, until)).map((piece) => ({
    ...piece,
    charge: renamed(piece.charge, { ...piece.charge, ...newTerms(change) }, context),
  }));
  const after = until === null ? [] : piecesFrom(later, until);
  return ok(withPieces(terms, lineageId, [...piecesBefore(mine, from), ...changed, ...after]));
}

function newTerms(
  change: AmendmentChangeOf<"change_quantity" | "change_price" | "change_discounts">,
): Pick<Charge, "quantity"> | Pick<Charge, "price"> | Pick<Charge, "discounts"> {
  switch (change.kind) {
    case "change_quantity":
      return { quantity: change.quantity };
    case "change_price":
      return { price: change.price };
    case "change_discounts":
      return { discounts: change.discounts };
  }
}

/** The day from which a charge changes: with unused time kept, what is billed in advance runs to a boundary first. */
export function whenChanged(charge: Charge, day: PlainDate, { amendment, anchor }: ChangeContext): PlainDate {
  const { cadence, timing } = charge;
  return amendment.unusedTime === "keep" && timing === "in_advance" && isRecurring(cadence)
    ? nextBoundary(cadence, anchor, day)
    : day;
}

/**
 * Changed terms under an id of their own; terms that come out as they were stay the charge they are. Several changes of
 * one amendment may hold for different days, so that each leaves its mark.
 */
function renamed(before: Charge, after: Charge, { amendment, changeIndex, chargesBefore }: ChangeContext): Charge {
  if (hasSameTerms(before, after)) return before;
  const mark = chargesBefore.has(before) ? `@${amendment.id}` : `.${changeIndex}`;
  return { ...after, id: `${before.id}${mark}` };
}

function billedOn(terms: AmendedTerms, lineageId: string, { amendment }: ChangeContext): ChargePiece | null {
  const isBilled = (piece: ChargePiece) =>
    piece.charge.lineageId === lineageId && holdsOn(piece, amendment.effectiveOn);
  return terms.pieces.find(isBilled) ?? null;
}

const piecesOf = ({ pieces }: AmendedTerms, lineageId: string): ChargePiece[] =>
  pieces.filter(({ charge }) => charge.lineageId === lineageId);

/** Puts the pieces of a lineage, in order, where its first one stood. */
function withPieces(terms: AmendedTerms, lineageId: string, mine: readonly ChargePiece[]): AmendedTerms {
  const isMine = ({ charge }: ChargePiece) => charge.lineageId === lineageId;
  const place = terms.pieces.findIndex(isMine);
  const others = terms.pieces.filter((piece) => !isMine(piece));
  return { ...terms, pieces: others.toSpliced(place < 0 ? others.length : place, 0, ...joinPieces(mine)) };
}

function checkEnd(endsBefore: PlainDate | null, startsOn: PlainDate, { term }: AmendedTerms) {
  if (endsBefore === null) return null;
  if (endsBefore <= startsOn) return endsTooEarly(endsBefore);
  if (term.endsBefore === null || endsBefore <= term.endsBefore) return null;
  return { code: "AMENDMENT_OUTSIDE_TERM", path: ["endsBefore"], given: endsBefore } as const;
}

const endsTooEarly = (endsBefore: PlainDate | null) =>
  ({
    code: "CHANGE_ENDS_BEFORE_IT_STARTS",
    path: ["endsBefore"],
    ...(endsBefore === null ? {} : { given: endsBefore }),
  }) as const;

/** With unused time kept, the charge runs out before the change would take effect. */
const endsUnchanged = (lineageId: string) =>
  ({ code: "CHANGE_ENDS_BEFORE_IT_STARTS", path: ["lineageId"], given: lineageId }) as const;

const unknownLineage = (lineageId: string): Changed =>
  fail({ code: "LINEAGE_UNKNOWN", path: ["lineageId"], given: lineageId });
