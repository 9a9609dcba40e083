import { formatMonth } from "../../domain/calendar/format";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import { type CheckKind, isWaivable } from "../../domain/close/checklist";
import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { isId, newId } from "../../platform/ids";
import { InputProblems } from "../../platform/input-problems";
import { conflict, invalid, invalidInput, notFound } from "../../platform/refusal";
import { CHECK_TITLES } from "./check-titles";
import { insertWaiver, lockClosing, revokeWaiverRow, waiversById } from "./close.store";
import { checksOf } from "./read-checklist";

type Waived = {
  readonly month: PlainMonth;
  readonly check: CheckKind;
  readonly subjectId: string;
  readonly reason: string;
};

/** Lets a finding pass, for this month, with a reason. */
export const waiveFinding = command({
  name: "waiveFinding",
  permission: "close_months",
  run: async ({ month, check, subjectId, reason }: Waived, { caller, now, today, note }) => {
    const problems = new InputProblems();
    problems.checkText(reason, "The reason", 1_000, "reason");
    if (!problems.isEmpty) return invalidInput(problems.found);
    if (!isWaivable(check)) {
      const title = CHECK_TITLES[check];
      return invalid("NOT_WAIVABLE", `${title} cannot be let pass; the finding says what to do about it.`, ["check"]);
    }
    const lockedThrough = await lockClosing();
    if (lockedThrough !== null && month <= lockedThrough)
      return conflict("MONTH_CLOSED", `${formatMonth(month)} is closed. Reopen it first.`, ["month"]);
    const found = (await checksOf(month, today))
      .find(({ kind }) => kind === check)
      ?.findings.find((finding) => finding.subjectId === subjectId);
    if (!found) return notFound("finding", subjectId, ["subjectId"]);
    const { subject, amount, currency } = found;
    const id = newId();
    const waiver = { id, month, check, subjectId, subject, amount, currency, reason, waivedBy: caller.actor.name };
    if (!(await insertWaiver({ ...waiver, waivedAt: now })))
      return conflict("WAIVED_ALREADY", `${subject} was let pass already.`, ["subjectId"]);
    note({ action: "closing_waiver.made", subjectType: "closing_waiver", subjectId: id, after: waiver });
    return ok({ closingWaiverId: id });
  },
});

/** Takes a waiver back: the finding blocks again. */
export const revokeWaiver = command({
  name: "revokeWaiver",
  permission: "close_months",
  run: async ({ waiverId }: { readonly waiverId: string }, { caller, now, note }) => {
    const lockedThrough = await lockClosing();
    const waiver = isId(waiverId) ? (await waiversById([waiverId])).get(waiverId.toLowerCase()) : undefined;
    if (!waiver) return notFound("waiver", waiverId, ["waiverId"]);
    if (lockedThrough !== null && waiver.month <= lockedThrough)
      return conflict("MONTH_CLOSED", `${formatMonth(waiver.month)} is closed. Reopen it first.`, ["waiverId"]);
    if (!(await revokeWaiverRow(waiver.id, caller.actor.name, now)))
      return conflict("REVOKED_ALREADY", "The waiver was taken back already.", ["waiverId"]);
    note({ action: "closing_waiver.revoked", subjectType: "closing_waiver", subjectId: waiver.id, before: waiver });
    return ok({ closingWaiverId: waiver.id });
  },
});
