import type { PlannedApproval } from "../../domain/quote/approval-carry-over";
import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { invalidInput } from "../../platform/refusal";
import { insertQuoteEvent, lockVersion, type SeenVersion, saveQuote, statusAfterAct } from "../quote";
import { planApprovals } from "./plan-approvals";
import { insertSubmission } from "./submission.store";

/** Hands a complete quote in: it is asked of whom the rules name, or approved at once where they name nobody. */
export const submitQuote = command({
  name: "submitQuote",
  permission: "change_quotes",
  run: async (asked: SeenVersion, { caller, now, today, note }) => {
    const locked = await lockVersion(asked);
    if (!locked.ok) return locked;
    const { quote, version } = locked.value;
    const submitted = statusAfterAct(quote, "submit", today);
    if (!submitted.ok) return submitted;
    const planned = await planApprovals(quote, version, { now, today });
    if (!planned.ok) return invalidInput(planned.error);

    const { actor } = caller;
    const toAsk = planned.value.filter(({ carriedFrom }) => carriedFrom === null);
    const status = toAsk.length > 0 ? submitted.value : "approved";
    const of = { quoteId: quote.id, versionId: version.id, revision: version.revision };
    const submissionId = await insertSubmission(of, planned.value, actor, now);
    const saved = await saveQuote({ ...quote, status, statusReason: null }, now);
    const event = { quoteId: quote.id, versionOrdinal: version.ordinal, actor: actor.name, reason: null };
    const carriedOver = planned.value.length - toAsk.length;
    const facts = { actorId: actor.id, submissionId, asked: toAsk.length, carriedOver };
    await insertQuoteEvent({ ...event, kind: "submitted", facts, happenedAt: now });
    if (status === "approved") await insertQuoteEvent({ ...event, kind: "approved", facts, happenedAt: now });
    note({
      action: "quote.submitted",
      subjectType: "quote",
      subjectId: quote.id,
      before: { status: quote.status },
      after: { status: saved.status, version: version.ordinal, approvals: planned.value.map(inAudit) },
    });
    return ok({ quoteId: quote.id });
  },
});

const inAudit = ({ ruleName, approver, subjects, carriedFrom }: PlannedApproval) => ({
  rule: ruleName,
  approver,
  reasons: subjects.map(({ reason }) => reason),
  carriedFrom,
});
