import { inOrder } from "../in-order";
import { at } from "../problem";
import { fail, ok, type Result } from "../result";
import { unreachable } from "../unreachable";
import { addBound, addDiscount, endBound, endDiscount } from "./amend-bounds";
import { addCharge, changeCharge, removeCharge, replaceCharge } from "./amend-charges";
import {
  type AmendedTerms,
  type ChangeContext,
  type Changed,
  type ChangeProblem,
  chargesOf,
  readTerms,
  writeContract,
} from "./amended-terms";
import type { Amendment, AmendmentChange, AmendmentProblem } from "./amendment";
import { cancel, extend, resume } from "./change-term";
import { checkContract } from "./check-contract";
import type { Charge, Contract } from "./contract";
import { problem } from "./contract-problem";
import { hasDays, holdsOn } from "./open-period";

/** A contract after its amendments, and what a next one needs to know. */
export type AmendedContract = {
  readonly contract: Contract;
  /** True after a cancellation that was not taken back, even while charges still run out. */
  readonly isCancelled: boolean;
  /** What an extension would bill from the end of the term on, changes among it that wait for that day. */
  readonly continuing: readonly Charge[];
};

/**
 * The contract that its amendments make of it, in the order of their days, then as given. A change holds from its day
 * to the end of the term over the phases that follow. Charges that no amendment names stay the charges they are, id
 * and all; a changed one keeps its lineage and is called `<id>@<amendment>`. Refuses what cannot be done on its day,
 * and a contract that could not be billed.
 */
export function applyAmendments(
  base: Contract,
  amendments: readonly Amendment[],
): Result<Contract, AmendmentProblem[]> {
  const amended = amendContract(base, amendments);
  return amended.ok ? ok(amended.value.contract) : amended;
}

/** As applyAmendments, with what a renewal needs to know beside the contract. */
export function amendContract(
  base: Contract,
  amendments: readonly Amendment[],
): Result<AmendedContract, AmendmentProblem[]> {
  const problems: AmendmentProblem[] = [];
  let terms = readTerms(base);
  for (const { amendment, index } of inOrderOfDays(amendments)) {
    const amended = amend(terms, amendment, base);
    problems.push(...at(["amendments", index], amended.problems));
    terms = amended.terms;
  }
  if (problems.length > 0) return fail(problems);

  if (!hasDays(terms.term)) return fail([problem("TERM_WITHOUT_DAYS", ["endsBefore"], terms.term.endsBefore)]);
  const contract = writeContract(base, terms);
  const broken = checkContract(contract, { isCancelled: terms.cancelled !== null });
  return broken.length > 0
    ? fail(broken)
    : ok({ contract, isCancelled: terms.cancelled !== null, continuing: continuing(terms) });
}

function inOrderOfDays(amendments: readonly Amendment[]) {
  return amendments
    .map((amendment, index) => ({ amendment, index }))
    .sort((a, b) => inOrder(a.amendment.effectiveOn, b.amendment.effectiveOn));
}

function continuing({ term: { endsBefore }, pieces, cancelled }: AmendedTerms): Charge[] {
  if (endsBefore === null || cancelled !== null) return [];
  return pieces.filter((piece) => holdsOn(piece, endsBefore)).map(({ charge }) => charge);
}

type Amended = { readonly terms: AmendedTerms; readonly problems: readonly ChangeProblem[] };

function amend(before: AmendedTerms, amendment: Amendment, anchor: Contract): Amended {
  const chargesBefore = new Set(chargesOf(before));
  const problems: ChangeProblem[] = [];
  let terms = before;
  for (const [changeIndex, change] of amendment.changes.entries()) {
    if (isOutsideTerm(terms, change, amendment)) {
      problems.push({ code: "AMENDMENT_OUTSIDE_TERM", path: ["effectiveOn"], given: amendment.effectiveOn });
      break;
    }
    const changed = changeEverywhere(terms, change, { amendment, changeIndex, anchor, chargesBefore });
    if (changed.ok) terms = changed.value;
    else problems.push(...at(["changes", changeIndex], [changed.error]));
  }
  return { terms, problems };
}

/** An extension may begin on the day after the last; a resumption within the term that the cancellation cut short. */
function isOutsideTerm(
  { term, cancelled }: AmendedTerms,
  change: AmendmentChange,
  { effectiveOn }: Amendment,
): boolean {
  if (effectiveOn < term.startsOn) return true;
  const { endsBefore } = change.kind === "resume" && cancelled !== null ? cancelled.without.term : term;
  if (endsBefore === null || effectiveOn < endsBefore) return false;
  if (change.kind === "extend" && effectiveOn === endsBefore) return false;
  return change.kind === "resume" || cancelled === null;
}

/** Under a cancellation a change is made to both: to what runs out, and to what a resumption would bring back. */
function changeEverywhere(terms: AmendedTerms, change: AmendmentChange, context: ChangeContext): Changed {
  const changed = makeChange(terms, change, context);
  if (!changed.ok || terms.cancelled === null || change.kind === "cancel" || change.kind === "resume") return changed;
  const without = changeEverywhere(terms.cancelled.without, change, context);
  // What only the cancellation makes possible, such as a charge in the place of one that ended, ends with it.
  if (!without.ok) return changed;
  return ok({ ...changed.value, cancelled: { ...terms.cancelled, without: without.value } });
}

function makeChange(terms: AmendedTerms, change: AmendmentChange, context: ChangeContext): Changed {
  const { endsBefore } = terms.term;
  const isOver = endsBefore !== null && endsBefore <= context.amendment.effectiveOn;
  if (terms.cancelled !== null && change.kind !== "resume" && (isOver || change.kind === "extend")) {
    return fail({ code: "CONTRACT_CANCELLED", path: [] });
  }
  switch (change.kind) {
    case "add_charge":
      return addCharge(terms, change, context);
    case "remove_charge":
      return removeCharge(terms, change, context);
    case "replace_charge":
      return replaceCharge(terms, change, context);
    case "change_quantity":
    case "change_price":
    case "change_discounts":
      return changeCharge(terms, change, context);
    case "add_bound":
      return addBound(terms, change, context);
    case "end_bound":
      return endBound(terms, change, context);
    case "add_discount":
      return addDiscount(terms, change, context);
    case "end_discount":
      return endDiscount(terms, change, context);
    case "extend":
      return extend(terms, change);
    case "cancel":
      return cancel(terms, change, context);
    case "resume":
      return resume(terms, context);
    default:
      return unreachable(change);
  }
}
