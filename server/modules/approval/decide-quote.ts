import type { PlainDate } from "../../domain/calendar/plain-date";
import type { Approver } from "../../domain/quote/approval-rule";
import { type ApprovalRefusal, approvalToDecide } from "../../domain/quote/approval-turn";
import { ok, type Result } from "../../domain/result";
import { unreachable } from "../../domain/unreachable";
import type { Actor } from "../../platform/access";
import { command } from "../../platform/command";
import { InputProblems } from "../../platform/input-problems";
import { conflict, invalidInput, notFound, type Refusal } from "../../platform/refusal";
import { insertQuoteEvent, type LockedQuote, lockVersion, type SeenVersion, saveQuote, statusAfterAct } from "../quote";
import type { Approval, Submission } from "./approval";
import { approverNames } from "./approver-names";
import { insertDecision, submissionsByQuote } from "./submission.store";

/** Which approval, of just what was looked at; `approvalId` null: the one that is asked now. */
export type DecidedApproval = SeenVersion & { readonly approvalId: string | null };

const COMMENT_LENGTH = 2_000;

export const approveQuote = command({
  name: "approveQuote",
  permission: "approve_quotes",
  run: async ({ comment, ...asked }: DecidedApproval & { readonly comment: string | null }, scope) => {
    const { caller, now, today, note } = scope;
    const problems = new InputProblems();
    problems.checkOptionalText(withoutBreaks(comment), "The comment", COMMENT_LENGTH, "comment");
    if (!problems.isEmpty) return invalidInput(problems.found);
    const found = await approvalFor(asked, "approve", caller.actor, today);
    if (!found.ok) return found;
    const { quote, version, submission, approval, status } = found.value;

    await insertDecision(approval, { outcome: "approved", comment }, caller.actor, now);
    const isLast = submission.approvals.every(({ id, outcome }) => outcome !== null || id === approval.id);
    const saved = isLast ? await saveQuote({ ...quote, status }, now) : quote;
    const event = { quoteId: quote.id, versionOrdinal: version.ordinal, actor: caller.actor.name };
    const facts = { actorId: caller.actor.id, approvalId: approval.id, rule: approval.ruleName };
    await insertQuoteEvent({ ...event, kind: "approval_given", reason: comment, facts, happenedAt: now });
    if (isLast) await insertQuoteEvent({ ...event, kind: "approved", reason: comment, facts, happenedAt: now });
    note({
      action: "quote.approval_given",
      subjectType: "quote",
      subjectId: quote.id,
      before: { status: quote.status },
      after: { status: saved.status, approvalId: approval.id, rule: approval.ruleName, comment },
    });
    return ok({ quoteId: quote.id, approvalId: approval.id });
  },
});

/** Back to whoever made it, with the reason. */
export const rejectQuote = command({
  name: "rejectQuote",
  permission: "approve_quotes",
  run: async ({ reason, ...asked }: DecidedApproval & { readonly reason: string }, scope) => {
    const { caller, now, today, note } = scope;
    const problems = new InputProblems();
    problems.checkText(withoutBreaks(reason), "The reason", COMMENT_LENGTH, "reason");
    if (!problems.isEmpty) return invalidInput(problems.found);
    const found = await approvalFor(asked, "reject", caller.actor, today);
    if (!found.ok) return found;
    const { quote, version, approval, status } = found.value;

    await insertDecision(approval, { outcome: "rejected", comment: reason }, caller.actor, now);
    await saveQuote({ ...quote, status, statusReason: reason }, now);
    const facts = { actorId: caller.actor.id, approvalId: approval.id, rule: approval.ruleName };
    const event = { quoteId: quote.id, versionOrdinal: version.ordinal, actor: caller.actor.name, reason };
    await insertQuoteEvent({ ...event, kind: "rejected", facts, happenedAt: now });
    note({
      action: "quote.rejected",
      subjectType: "quote",
      subjectId: quote.id,
      before: { status: quote.status },
      after: { status, approvalId: approval.id, rule: approval.ruleName, reason },
    });
    return ok({ quoteId: quote.id, approvalId: approval.id });
  },
});

/** A comment may have paragraphs. */
const withoutBreaks = <T extends string | null>(text: T): T => (text?.replaceAll(/[\n\r\t]/g, " ") ?? null) as T;

type ToDecide = LockedQuote & {
  readonly submission: Submission;
  readonly approval: Approval;
  readonly status: LockedQuote["quote"]["status"];
};

/** The approval that the actor decides now, under the lock of its quote. */
async function approvalFor(
  { approvalId, ...at }: DecidedApproval,
  act: "approve" | "reject",
  actor: Actor,
  today: PlainDate,
): Promise<Result<ToDecide, Refusal>> {
  const locked = await lockVersion(at);
  if (!locked.ok) return locked;
  const { quote, version } = locked.value;
  const submissions = (await submissionsByQuote([quote.id])).get(quote.id) ?? [];
  const asked = submissions.flatMap(({ approvals }) => approvals).find(({ id }) => id === approvalId);
  if (approvalId !== null && !asked) return notFound("approval", approvalId, ["approvalId"]);
  if (asked?.decision) return decidedBefore(asked);
  const status = statusAfterAct(quote, act, today);
  if (!status.ok) return status;

  const submission = submissions.at(-1);
  if (!submission) throw new Error(`the quote ${quote.id} is in approval and was never submitted`);
  const submitter = { kind: submission.actorKind, id: submission.actorId };
  const step = approvalToDecide(submission.approvals, { id: approvalId, actor, submitter });
  if (!step.ok) return refusalOf(step.error, submission);
  const approval = submission.approvals.find(({ id }) => id === step.value.id) as Approval;
  return ok({ quote, version, submission, approval, status: status.value });
}

const decidedBefore = ({ outcome, decision }: Approval) =>
  conflict(
    "APPROVAL_DECIDED",
    `${decision?.decidedBy} has ${outcome === "rejected" ? "rejected" : "approved"} this already. Look at the quote again.`,
    ["approvalId"],
  );

async function refusalOf(refusal: ApprovalRefusal, { submittedBy }: Submission): Promise<ReturnType<typeof conflict>> {
  switch (refusal.code) {
    case "NOTHING_TO_APPROVE":
      return conflict(refusal.code, "This is not asked any more. Look at the quote again.", ["approvalId"]);
    case "APPROVAL_DECIDED":
      return conflict(refusal.code, "This was decided already. Look at the quote again.", ["approvalId"]);
    case "NOT_YOUR_TURN": {
      const message = `It waits for ${await nameOf(refusal.next)}, who comes first or is not you.`;
      return conflict(refusal.code, message, ["quoteId"]);
    }
    case "OWN_QUOTE": {
      const message = `${submittedBy} submitted it and cannot approve it as well. Ask somebody else.`;
      return conflict(refusal.code, message, ["quoteId"]);
    }
    case "APPROVED_BEFORE": {
      const message = "The rule asks several people, and you are one of them already. Ask somebody else.";
      return conflict(refusal.code, message, ["quoteId"]);
    }
    default:
      return unreachable(refusal);
  }
}

const nameOf = async (approver: Approver): Promise<string> => (await approverNames([approver]))(approver);
