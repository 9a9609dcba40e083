import { type ApprovalCondition, type Approver, conditionInWords } from "../../domain/quote/approval-rule";
import { approvalStatuses } from "../../domain/quote/approval-turn";
import { statusOn } from "../../domain/quote/quote-life";
import { type PageArgs, toConnection, toPage } from "../../platform/graphql/paging";
import type { RequestContext } from "../../platform/request-context";
import { membersById } from "../access";
import { currentVersionsByQuote, type Quote, quotesById, statusAfterAct } from "../quote";
import type { ApprovalInStatus, StoredRule, Submission } from "./approval";
import { approvalRulesById, listApprovalRules } from "./approval-rule.store";
import { ROLES } from "./approver-names";
import { planApprovals } from "./plan-approvals";
import { storedCondition } from "./stored-condition";
import { listPendingApprovals, submissionsByQuote } from "./submission.store";

// ── Rules ────────────────────────────────────────────────────────────────────────────────────────────────────────────

export function readApprovalRules(context: RequestContext): Promise<StoredRule[]> {
  context.require("read");
  return listApprovalRules();
}

export function findApprovalRule(context: RequestContext, id: string): Promise<StoredRule | null> {
  context.require("read");
  return context.load(approvalRulesById, id);
}

export const ruleOf = (context: RequestContext, { ruleId }: { readonly ruleId: string }): Promise<StoredRule> =>
  context.mustLoad(approvalRulesById, ruleId);

export const conditionOf = (condition: ApprovalCondition) => ({
  ...NO_CONDITION,
  ...storedCondition(condition),
  words: conditionInWords(condition),
});
const NO_CONDITION = {
  overPercent: null,
  of: null,
  overMonths: null,
  overAmount: null,
  currency: null,
  otherThan: null,
  overDays: null,
  is: null,
  policies: null,
};

export async function approverOf(context: RequestContext, approver: Approver) {
  if (approver.kind === "role") return { role: approver.role, member: null, name: ROLES[approver.role] };
  const member = await context.mustLoad(membersById, approver.memberId);
  return { role: null, member, name: member.name };
}

// ── Approvals ────────────────────────────────────────────────────────────────────────────────────────────────────────

export type SubmissionInStatus = Omit<Submission, "approvals"> & { readonly approvals: readonly ApprovalInStatus[] };

/** All that was submitted of a quote, the first first; only the last can still be asked. */
export async function submissionsOf(context: RequestContext, quote: Quote): Promise<SubmissionInStatus[]> {
  const submissions = (await context.load(submissionsByQuote, quote.id)) ?? [];
  const isInApproval = statusOn(quote, context.caller.today) === "in_approval";
  return submissions.map((submission, index) => {
    const isOpen = isInApproval && index === submissions.length - 1;
    const statuses = approvalStatuses(submission.approvals, { isOpen });
    const approvals = submission.approvals.map((approval, place) => ({
      ...approval,
      status: statuses[place] as ApprovalInStatus["status"],
    }));
    return { ...submission, approvals };
  });
}

/** Of what was submitted last. */
export const approvalsOf = async (context: RequestContext, quote: Quote): Promise<readonly ApprovalInStatus[]> =>
  (await submissionsOf(context, quote)).at(-1)?.approvals ?? [];

/** One approval of a quote that a command has named. */
export async function approvalOf(
  context: RequestContext,
  { quoteId, approvalId }: { readonly quoteId: string; readonly approvalId: string },
): Promise<ApprovalInStatus> {
  const submissions = await submissionsOf(context, await context.mustLoad(quotesById, quoteId));
  const found = submissions.flatMap(({ approvals }) => approvals).find(({ id }) => id === approvalId);
  if (!found) throw new Error(`no approval ${approvalId} of the quote ${quoteId}`);
  return found;
}

/** What waits for the caller: one of each quote, what was submitted first comes first. */
export async function readMyApprovals(context: RequestContext, args: PageArgs) {
  const { actor, today } = context.require("approve_quotes");
  const page = toPage(args, ["id"]);
  const pending = await listPendingApprovals(actor, today, page);
  const inStatus = pending.map((approval): ApprovalInStatus => ({ ...approval, status: "pending" }));
  return toConnection(page, inStatus, ({ id }) => [id]);
}

export const quoteOf = (context: RequestContext, { quoteId }: { readonly quoteId: string }): Promise<Quote> =>
  context.mustLoad(quotesById, quoteId);

/** Whom submitting would ask, and why; or what keeps it from being submitted. null: there is no such quote. */
export async function previewApprovals(context: RequestContext, quoteId: string) {
  const { now, today } = context.require("read");
  const quote = await context.load(quotesById, quoteId);
  if (!quote) return null;
  const version = await context.mustLoad(currentVersionsByQuote, quote.id);
  const after = statusAfterAct(quote, "submit", today);
  const state = after.ok ? [] : [after.error];
  const planned = await planApprovals(quote, version, { now, today });
  return {
    problems: [...state, ...(planned.ok ? [] : planned.error)].map(({ code, message, path }) => ({
      code,
      message,
      path,
    })),
    approvals: planned.ok ? planned.value : [],
  };
}
