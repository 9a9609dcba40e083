import { Decimal } from "../money/decimal";
import type { ApprovalSubject, NeededApproval } from "./approval-needs";
import { isSameApprover } from "./approval-needs";

/** An approval that was decided before, for what it was asked then. */
export type EarlierApproval = Pick<NeededApproval, "ruleId" | "approver" | "turn" | "subjects"> & {
  readonly id: string;
  readonly outcome: "approved" | "rejected";
};

/** A needed approval, or the part of one; `carriedFrom`: the approval that was given for it before; null: to be asked. */
export type PlannedApproval = NeededApproval & { readonly carriedFrom: string | null };

/**
 * What is still to be asked of what is needed. An approval keeps for what did not change, or became milder; it is asked
 * anew for the rest alone, and for what the same approver rejected since. `earlier` in the order of the decisions.
 */
export function carryOver(
  earlier: readonly EarlierApproval[],
  needed: readonly NeededApproval[],
): readonly PlannedApproval[] {
  return needed.flatMap((approval) => {
    const own = earlier.filter((given) => isSameSlot(given, approval));
    const parts = new Map<string | null, ApprovalSubject[]>();
    for (const subject of approval.subjects) {
      const from = approvalOf(subject, own);
      parts.set(from, [...(parts.get(from) ?? []), subject]);
    }
    // What was given stands before what is asked.
    return [...parts]
      .sort(([a], [b]) => Number(a === null) - Number(b === null))
      .map(([carriedFrom, subjects]) => ({ ...approval, subjects, carriedFrom }));
  });
}

type Slot = Pick<NeededApproval, "ruleId" | "approver" | "turn">;
const isSameSlot = (a: Slot, b: Slot): boolean =>
  a.ruleId === b.ruleId && a.turn === b.turn && isSameApprover(a.approver, b.approver);

/** The latest approval that covers a subject, unless the same subject was rejected after it. */
function approvalOf(subject: ApprovalSubject, given: readonly EarlierApproval[]): string | null {
  for (const { id, outcome, subjects } of [...given].reverse()) {
    const about = subjects.filter(({ key }) => key === subject.key);
    if (outcome === "rejected" && about.length > 0) return null;
    if (outcome === "approved" && about.some((approved) => covers(approved, subject))) return id;
  }
  return null;
}

/** Whether an approval of one is an approval of the other: the same, or milder. */
export function covers(approved: ApprovalSubject, asked: ApprovalSubject): boolean {
  return (
    approved.key === asked.key &&
    approved.basis === asked.basis &&
    approved.degrees.length === asked.degrees.length &&
    asked.degrees.every((degree, index) => new Decimal(degree).lte(approved.degrees[index] as string))
  );
}
