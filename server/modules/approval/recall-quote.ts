import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { InputProblems } from "../../platform/input-problems";
import { conflict, invalidInput } from "../../platform/refusal";
import { insertQuoteEvent, lockVersion, type SeenVersion, saveQuote, statusAfterAct } from "../quote";
import { submissionsByQuote } from "./submission.store";

/** Takes a quote back from its approvers: for who submitted it, its owner and administrators. */
export const recallQuote = command({
  name: "recallQuote",
  permission: "change_quotes",
  run: async ({ reason, ...at }: SeenVersion & { readonly reason: string | null }, { caller, now, today, note }) => {
    const problems = new InputProblems();
    problems.checkOptionalText(reason, "The reason", 2_000, "reason");
    if (!problems.isEmpty) return invalidInput(problems.found);
    const locked = await lockVersion(at);
    if (!locked.ok) return locked;
    const { quote, version } = locked.value;
    const status = statusAfterAct(quote, "recall", today);
    if (!status.ok) return status;
    const { actor } = caller;
    const submission = (await submissionsByQuote([quote.id])).get(quote.id)?.at(-1);
    const isSubmitter = submission?.actorKind === actor.kind && submission.actorId === actor.id;
    const isOwner = actor.kind === "member" && quote.ownerId === actor.id;
    if (!isSubmitter && !isOwner && actor.role !== "admin") {
      const message = `${submission?.submittedBy} submitted it. Ask them to take it back, or an administrator.`;
      return conflict("NOT_THE_SUBMITTER", message, ["quoteId"]);
    }

    await saveQuote({ ...quote, status: status.value, statusReason: reason }, now);
    const event = { quoteId: quote.id, versionOrdinal: version.ordinal, kind: "recalled", actor: actor.name } as const;
    await insertQuoteEvent({ ...event, reason, facts: { actorId: actor.id, cause: "recall" }, happenedAt: now });
    note({
      action: "quote.recalled",
      subjectType: "quote",
      subjectId: quote.id,
      before: { status: quote.status },
      after: { status: status.value, reason },
    });
    return ok({ quoteId: quote.id });
  },
});
