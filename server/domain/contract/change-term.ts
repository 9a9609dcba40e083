import { isRecurring } from "../calendar/cadence";
import { earlierOf, laterOf, type PlainDate } from "../calendar/plain-date";
import { fail, ok } from "../result";
import { endValidity, withoutIdleDiscounts } from "./amend-bounds";
import { whenChanged } from "./amend-charges";
import type { AmendedTerms, ChangeContext, Changed } from "./amended-terms";
import type { AmendmentChangeOf } from "./amendment";
import { type ChargePiece, joinPieces, nextBoundary, piecesBefore, piecesFrom } from "./charge-piece";
import type { Validity } from "./check-validity";
import type { ContractDiscount, SpendBound } from "./contract";
import { holdsOn } from "./open-period";

/**
 * What runs to the end of the term runs to the new one, and bounds and discounts that end with it move along. What is
 * owed once over its own days stays what it is: stretched, it would be owed later and for more service.
 */
export function extend(terms: AmendedTerms, { endsBefore }: AmendmentChangeOf<"extend">): Changed {
  const old = terms.term.endsBefore;
  if (old === null || (endsBefore !== null && endsBefore <= old)) {
    const given = endsBefore === null ? {} : { given: endsBefore };
    return fail({ code: "EXTENSION_NOT_LATER", path: ["endsBefore"], ...given });
  }
  const moved = <T extends Validity>(item: T): T => (item.endsBefore === old ? { ...item, endsBefore } : item);
  const movedBound = (bound: SpendBound) => (bound.cadence === "term" ? bound : moved(bound));
  return ok({
    ...terms,
    term: { ...terms.term, endsBefore },
    minimums: terms.minimums.map(movedBound),
    maximums: terms.maximums.map(movedBound),
    discounts: terms.discounts.map(moved),
  });
}

/**
 * Ends every charge, and with the last one the contract. What is not billed on the day does not begin any more, one-time
 * charges among it. Bounds and discounts end with the last charge they concern.
 */
export function cancel(terms: AmendedTerms, change: AmendmentChangeOf<"cancel">, context: ChangeContext): Changed {
  const on = context.amendment.effectiveOn;
  const ends = new Map(
    terms.pieces
      .filter((piece) => holdsOn(piece, on))
      .map((piece) => [piece.charge.lineageId, endOf(piece, change, context, terms)]),
  );
  const endOfLineage = (lineageId: string) => ends.get(lineageId) ?? on;
  const endsBefore = [...ends.values()].reduce(laterOf, on);
  const pieces = terms.pieces.flatMap((piece) => piecesBefore([piece], endOfLineage(piece.charge.lineageId)));
  const isLeft = (lineageId: string) => pieces.some(({ charge }) => charge.lineageId === lineageId);
  const lastEnd = (lineageIds: readonly string[]) => lineageIds.map(endOfLineage).reduce(laterOf, on);

  const endBound = (bound: SpendBound): SpendBound[] => {
    if (bound.cadence === "term" && (bound.startsOn ?? on) >= endsBefore) return [];
    const lineageIds = bound.lineageIds === "all" ? "all" : bound.lineageIds.filter(isLeft);
    if (lineageIds.length === 0) return [];
    // What is owed once over its own days keeps them: they are what the part served is a part of.
    if (bound.cadence === "term") return [{ ...bound, lineageIds }];
    return endWith({ ...bound, lineageIds }, lineageIds === "all" ? endsBefore : lastEnd(lineageIds));
  };
  const endDiscount = (discount: ContractDiscount): ContractDiscount[] => {
    if (discount.scope.kind !== "group") return endWith(discount, endsBefore);
    const lineageIds = discount.scope.lineageIds.filter(isLeft);
    const scope = { kind: "group", lineageIds } as const;
    return lineageIds.length === 0 ? [] : endWith({ ...discount, scope }, lastEnd(lineageIds));
  };
  const term = { ...terms.term, endsBefore };
  /** What holds as long as the contract needs no end of its own to end with it. */
  const endWith = <T extends Validity>(item: T, day: PlainDate): T[] =>
    item.endsBefore === null && day === endsBefore && (item.startsOn ?? term.startsOn) < day
      ? [item]
      : endValidity(item, day, { term });

  return ok(
    withoutIdleDiscounts({
      term,
      pieces,
      minimums: terms.minimums.flatMap(endBound),
      maximums: terms.maximums.flatMap(endBound),
      discounts: terms.discounts.flatMap(endDiscount),
      cancelled: { on, without: terms },
    }),
  );
}

/** The day on which a cancellation ends what is billed: never beyond the end that it had. */
function endOf(
  { charge }: ChargePiece,
  { at }: AmendmentChangeOf<"cancel">,
  context: ChangeContext,
  { term }: AmendedTerms,
): PlainDate {
  const { effectiveOn } = context.amendment;
  const isToPeriodEnd = at === "period_end" && isRecurring(charge.cadence);
  const end = isToPeriodEnd
    ? nextBoundary(charge.cadence, context.anchor, effectiveOn)
    : whenChanged(charge, effectiveOn, context);
  return term.endsBefore === null ? end : earlierOf(end, term.endsBefore);
}

/** From the day on everything is as if the last cancellation had not been; the days between stay without charges. */
export function resume(terms: AmendedTerms, context: ChangeContext): Changed {
  if (terms.cancelled === null) return fail({ code: "NOT_CANCELLED", path: [] });
  const { on: cancelledOn, without } = terms.cancelled;
  const day = context.amendment.effectiveOn;
  const stoppedOn = terms.term.endsBefore ?? day;

  if (day <= cancelledOn) return ok(without);
  const before = piecesBefore(terms.pieces, earlierOf(day, stoppedOn));
  const resumed = { ...without, pieces: joinPieces([...before, ...piecesFrom(without.pieces, day)]) };

  const idAfter = (id: string) => `${id}@${context.amendment.id}`;
  const resumeBounds = (stopped: readonly SpendBound[], bounds: readonly SpendBound[]) =>
    bounds.flatMap((bound) => {
      const stoppedBound = stopped.find(({ id }) => id === bound.id);
      return resumeBound({ bound, stopped: stoppedBound, stoppedOn, day, idAfter });
    });
  const minimums = resumeBounds(terms.minimums, without.minimums);
  const isSplit = (boundId: string) => minimums.some(({ id }) => id === idAfter(boundId));
  return ok({
    ...resumed,
    minimums,
    maximums: resumeBounds(terms.maximums, without.maximums),
    discounts: without.discounts.flatMap((discount) => {
      const { scope } = discount;
      // What is given once is not given again after the break.
      const isGivenOnce = discount.kind === "fixed" && discount.cadence === "one_time";
      if (scope.kind !== "commitment" || isGivenOnce || !isSplit(scope.boundId)) return [discount];
      return [
        discount,
        { ...discount, id: idAfter(discount.id), scope: { ...scope, boundId: idAfter(scope.boundId) } },
      ];
    }),
  });
}

type ResumedBound = {
  readonly bound: SpendBound;
  /** What the cancellation left of it. */
  readonly stopped: SpendBound | undefined;
  /** The end of the contract as cancelled. */
  readonly stoppedOn: PlainDate;
  readonly day: PlainDate;
  readonly idAfter: (id: string) => string;
};

/**
 * Two bounds where days without charges lie between, for these owe nothing. What is owed once over its own days stays
 * one: split, it would be owed twice.
 */
function resumeBound({ bound, stopped, stoppedOn, day, idAfter }: ResumedBound): SpendBound[] {
  if (bound.cadence === "term") return [bound];
  if (stopped === undefined) return [{ ...bound, startsOn: laterOf(bound.startsOn ?? day, day) }];
  const ended = { ...stopped, endsBefore: stopped.endsBefore ?? stoppedOn };
  if (ended.endsBefore >= day) return [bound];
  if (bound.endsBefore !== null && bound.endsBefore <= day) return [ended];
  return [ended, { ...bound, id: idAfter(bound.id), startsOn: day }];
}
