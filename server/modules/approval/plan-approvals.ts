import { carryOver, type EarlierApproval, type PlannedApproval } from "../../domain/quote/approval-carry-over";
import type { ApprovalFacts } from "../../domain/quote/approval-facts";
import { neededApprovals } from "../../domain/quote/approval-needs";
import { fail, ok, type Result } from "../../domain/result";
import type { Problem } from "../../platform/refusal";
import { membersById } from "../access";
import type { Quote, QuoteVersion } from "../quote";
import type { Submission } from "./approval";
import { listApprovalRules } from "./approval-rule.store";
import { loadFacts, type Time } from "./load-facts";
import { submissionsByQuote } from "./submission.store";

/** Whom a version would be asked of, one after the other, with what was given before; or what keeps it from being asked. */
export async function planApprovals(
  quote: Quote,
  version: QuoteVersion,
  time: Time,
): Promise<Result<readonly PlannedApproval[], readonly Problem[]>> {
  const facts = await loadFacts(quote, version, time);
  if (!facts.ok) return facts;
  const rules = (await listApprovalRules()).filter(({ isActive }) => isActive);
  const submissions = (await submissionsByQuote([quote.id])).get(quote.id) ?? [];
  const planned = carryOver(earlierOf(submissions), neededApprovals(rules, facts.value));
  const problems = [...unwatched(facts.value, planned), ...(await approversGone(planned))];
  return problems.length > 0 ? fail(problems) : ok(planned);
}

/** What was decided of a quote, in the order in which it was. */
const earlierOf = (submissions: readonly Submission[]): EarlierApproval[] =>
  submissions
    .flatMap(({ approvals }) => approvals)
    .flatMap(({ outcome, ...approval }) =>
      outcome === "approved" || outcome === "rejected" ? [{ ...approval, outcome }] : [],
    );

/** What a price book allows with an approval alone is approved by somebody. */
function unwatched({ guardRails }: ApprovalFacts, planned: readonly PlannedApproval[]): Problem[] {
  if (planned.length > 0) return [];
  return guardRails.map(({ reason }) => ({
    code: "NO_RULE_FOR_GUARD_RAILS",
    message: `${reason} No approval rule says who approves it. Make one for guard rails.`,
    path: ["quoteId"],
  }));
}

/** Nobody waits for a member who left. */
async function approversGone(planned: readonly PlannedApproval[]): Promise<Problem[]> {
  const asked = planned.flatMap(({ approver, ruleName, carriedFrom }) =>
    approver.kind === "member" && carriedFrom === null ? [{ ruleName, memberId: approver.memberId }] : [],
  );
  if (asked.length === 0) return [];
  const members = await membersById(asked.map(({ memberId }) => memberId));
  return asked.flatMap(({ ruleName, memberId }) => {
    const member = members.get(memberId);
    if (member?.isActive) return [];
    const message = `The rule "${ruleName}" asks ${member?.name ?? "a member"}, who has left. Change the rule.`;
    return [{ code: "APPROVER_GONE", message, path: ["quoteId"] }];
  });
}
