import type { BillingAnchor } from "../calendar/cadence";
import type { OpenPeriod } from "../calendar/period";
import type { PlainDate } from "../calendar/plain-date";
import type { Problem } from "../problem";
import type { Result } from "../result";
import type { Amendment, AmendmentProblemCode } from "./amendment";
import { type ChargePiece, joinPieces, pieceOf } from "./charge-piece";
import { compilePhases } from "./compile-phases";
import type { Charge, Contract, ContractDiscount, SpendBound } from "./contract";

/**
 * A contract while amendments are made to it. Pieces that run to the end of the term have no end of their own, so that an
 * extension needs no more than another term; pieces that begin after the term wait for one.
 */
export type AmendedTerms = {
  readonly term: OpenPeriod;
  readonly pieces: readonly ChargePiece[];
  readonly minimums: readonly SpendBound[];
  readonly maximums: readonly SpendBound[];
  readonly discounts: readonly ContractDiscount[];
  /** The last cancellation, and the terms without it, to which later changes are made as well. */
  readonly cancelled: { readonly on: PlainDate; readonly without: AmendedTerms } | null;
};

/** The amendment that a change belongs to, and what its arithmetic needs of the contract. */
export type ChangeContext = {
  readonly amendment: Amendment;
  readonly changeIndex: number;
  readonly anchor: BillingAnchor;
  /** Charges as they were before the amendment. */
  readonly chargesBefore: ReadonlySet<Charge>;
};

/** Placed within the change. */
export type ChangeProblem = Problem<AmendmentProblemCode>;

export type Changed = Result<AmendedTerms, ChangeProblem>;

export function readTerms(contract: Contract): AmendedTerms {
  const { startsOn, endsBefore, minimums, maximums, discounts } = contract;
  const pieces = contract.phases.flatMap((phase) =>
    phase.charges.map((charge) =>
      pieceOf(charge, {
        startsOn: phase.startsOn,
        endsBefore: phase.endsBefore === endsBefore ? null : phase.endsBefore,
      }),
    ),
  );
  return {
    term: { startsOn, endsBefore },
    pieces: joinPieces(pieces),
    minimums,
    maximums,
    discounts,
    cancelled: null,
  };
}

/** The base with these terms. A phase that begins with one of the base keeps its id. */
export function writeContract(base: Contract, { term, pieces, minimums, maximums, discounts }: AmendedTerms): Contract {
  const known = new Map(base.phases.map(({ id, startsOn }) => [startsOn, id]));
  const phases = compilePhases(term, pieces).map((phase) => ({ ...phase, id: known.get(phase.startsOn) ?? phase.id }));
  return { ...base, endsBefore: term.endsBefore, phases, minimums, maximums, discounts };
}

/** Every charge that the terms know, with and without their cancellations. */
export function chargesOf({ pieces, cancelled }: AmendedTerms): Charge[] {
  const charges = pieces.map(({ charge }) => charge);
  return cancelled === null ? charges : [...charges, ...chargesOf(cancelled.without)];
}
