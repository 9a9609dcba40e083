import { fail, ok, type Result } from "../result";
import { isSameApprover, type NeededApproval } from "./approval-needs";
import type { Approver } from "./approval-rule";

/** Who did something, or wants to. */
export type ApprovalActor = { readonly kind: string; readonly id: string | null; readonly role: string };
type Identity = Pick<ApprovalActor, "kind" | "id">;

export type ApprovalOutcome = "approved" | "rejected" | "carried_over";

/** An approval of one submission, in their order; `outcome` null: nobody decided it yet. */
export type ApprovalStep = Pick<NeededApproval, "ruleId" | "approver" | "turn" | "allowsOwn"> & {
  readonly id: string;
  readonly outcome: ApprovalOutcome | null;
  /** Of an approval that was carried over, who gave it then. */
  readonly decidedBy: Identity | null;
};

/** pending: asked now; waiting: another comes first; cancelled: it was never decided and is not asked any more. */
export type ApprovalStatus = "pending" | "waiting" | "approved" | "rejected" | "carried_over" | "cancelled";

/** Where each approval stands; `isOpen`: the quote is in approval with just these. */
export function approvalStatuses(
  steps: readonly Pick<ApprovalStep, "outcome">[],
  { isOpen }: { readonly isOpen: boolean },
): ApprovalStatus[] {
  const next = isOpen ? steps.findIndex(({ outcome }) => outcome === null) : -1;
  return steps.map(
    ({ outcome }, index) => outcome ?? (next === -1 ? "cancelled" : index === next ? "pending" : "waiting"),
  );
}

export type ApprovalRefusal =
  | { readonly code: "NOTHING_TO_APPROVE" }
  /** Another approver is asked now. */
  | { readonly code: "NOT_YOUR_TURN"; readonly next: Approver }
  | { readonly code: "APPROVAL_DECIDED"; readonly outcome: ApprovalOutcome }
  | { readonly code: "OWN_QUOTE" }
  /** Another approver of the same rule was the same person. */
  | { readonly code: "APPROVED_BEFORE" };

/**
 * The approval that an actor decides now: the first that nobody decided. Refused where it is not the one that was asked
 * for (`id`), is somebody else's, is of a quote of the actor's own, or would be the actor's second of one rule.
 */
export function approvalToDecide(
  steps: readonly ApprovalStep[],
  { id, actor, submitter }: { readonly id: string | null; readonly actor: ApprovalActor; readonly submitter: Identity },
): Result<ApprovalStep, ApprovalRefusal> {
  const next = steps.find(({ outcome }) => outcome === null);
  const asked = id === null ? next : steps.find((step) => step.id === id);
  if (asked?.outcome) return fail({ code: "APPROVAL_DECIDED", outcome: asked.outcome });
  if (!next || !asked) return fail({ code: "NOTHING_TO_APPROVE" });
  if (asked !== next || !isApprover(next.approver, actor)) return fail({ code: "NOT_YOUR_TURN", next: next.approver });
  if (!next.allowsOwn && isSame(actor, submitter)) return fail({ code: "OWN_QUOTE" });
  const isSecond = steps.some(
    (step) => isOtherSlot(step, next) && step.decidedBy !== null && isSame(step.decidedBy, actor),
  );
  return isSecond ? fail({ code: "APPROVED_BEFORE" }) : ok(next);
}

/** Approvers of one rule are different people; what one of them approves may come in parts. */
const isOtherSlot = (a: ApprovalStep, b: ApprovalStep): boolean =>
  a.ruleId === b.ruleId && !(a.turn === b.turn && isSameApprover(a.approver, b.approver));

const isApprover = (approver: Approver, { kind, id, role }: ApprovalActor): boolean =>
  approver.kind === "role" ? approver.role === role : kind === "member" && approver.memberId === id;

const isSame = (a: Identity, b: Identity): boolean => a.kind === b.kind && a.id !== null && a.id === b.id;
