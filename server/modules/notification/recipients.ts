import type { PlainDate } from "../../domain/calendar/plain-date";
import type { Approver } from "../../domain/quote/approval-rule";
import { statusOn } from "../../domain/quote/quote-life";
import { activeMembers, type Member, membersById } from "../access";
import { type Approval, reasonOf, type Submission, submissionsByQuote } from "../approval";
import type { Quote, QuoteEvent } from "../quote";
import { firstMemberAt } from "./notification.store";
import type { QuoteInWords } from "./quote-event-words";

export type Told = { readonly memberIds: readonly string[]; readonly asked: QuoteInWords["asked"] };

/** Whoever looks after a quote: its owner, else who submitted it, else who made it; but nobody hears of what they did. */
export async function ownerOf(event: QuoteEvent, quote: Quote): Promise<Told> {
  const submission = (await submissionsByQuote([quote.id])).get(quote.id)?.at(-1);
  const submitterId = submission?.actorKind === "member" ? submission.actorId : null;
  const candidates = [quote.ownerId, submitterId, await firstMemberAt(quote.id)].filter((id) => id !== null);
  const members = await membersById(candidates);
  const owner = candidates.map((id) => members.get(id)).find((member) => member?.isActive);
  return { memberIds: owner && owner.id !== event.facts["actorId"] ? [owner.id] : [], asked: null };
}

/** Those whose turn it is to approve, after a quote was submitted or another approval was given. */
export async function askedBy(event: QuoteEvent, quote: Quote, today: PlainDate): Promise<Told> {
  const submission = (await submissionsByQuote([quote.id])).get(quote.id)?.at(-1);
  const approval = submission && nextAfter(event, submission);
  if (!approval || approval.outcome !== null || statusOn(quote, today) !== "in_approval") return NOBODY;
  const members = (await activeMembers()).filter((member) => isAsked(member, approval, submission));
  const asked = { reason: reasonOf(approval.subjects), submittedBy: submission.submittedBy };
  return { memberIds: members.map(({ id }) => id), asked };
}

const NOBODY: Told = { memberIds: [], asked: null };

/** The approval that an event made the next one; of an earlier submission nobody is told any more. */
function nextAfter({ kind, facts }: QuoteEvent, { id, approvals }: Submission): Approval | undefined {
  if (kind === "submitted") {
    return facts["submissionId"] === id ? approvals.find(({ outcome }) => outcome !== "carried_over") : undefined;
  }
  const given = approvals.find((approval) => approval.id === facts["approvalId"]);
  return given && approvals.find(({ position, outcome }) => position > given.position && outcome !== "carried_over");
}

function isAsked(member: Member, { approver, allowsOwn }: Approval, { actorKind, actorId }: Submission): boolean {
  const isOwn = actorKind === "member" && actorId === member.id;
  return isApprover(member, approver) && (allowsOwn || !isOwn);
}

const isApprover = (member: Member, approver: Approver): boolean =>
  approver.kind === "role" ? approver.role === member.role : approver.memberId === member.id;
