import { formatDay, formatMonth } from "../../domain/calendar/format";
import { lastDayOf } from "../../domain/calendar/period";
import { monthOf, type PlainMonth, periodOf, shiftMonth } from "../../domain/calendar/plain-month";
import { blocking, type Check } from "../../domain/close/checklist";
import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { newId } from "../../platform/ids";
import { conflict, invalid } from "../../platform/refusal";
import { CHECK_TITLES } from "./check-titles";
import { insertClose, lockClosing, saveLockedThrough, saveReopened, standingCloses } from "./close.store";
import { enqueueEvidence } from "./evidence.store";
import { checksOf } from "./read-checklist";

/**
 * Closes a month: it is locked, with all before it. What is issued later is posted on the first day after it. Months are
 * closed one after the other; the first one may be any.
 */
export const closeMonth = command({
  name: "closeMonth",
  permission: "close_months",
  run: async ({ month, note }: { readonly month: PlainMonth; readonly note: string | null }, scope) => {
    const lockedThrough = await lockClosing();
    if (lockedThrough !== null && month <= lockedThrough)
      return conflict("MONTH_CLOSED", `${formatMonth(month)} is closed already.`, ["month"]);
    if (monthOf(scope.today) <= month) {
      const lastDay = formatDay(lastDayOf(periodOf(month)));
      return invalid("MONTH_RUNNING", `${formatMonth(month)} can be closed when its last day, ${lastDay}, is over.`, [
        "month",
      ]);
    }
    if (lockedThrough !== null && shiftMonth(lockedThrough, 1) !== month) {
      const next = formatMonth(shiftMonth(lockedThrough, 1));
      return conflict("EARLIER_MONTH_OPEN", `${next} is not closed yet. Close the months in their order.`, ["month"]);
    }
    const checklist = await checksOf(month, scope.today);
    const left = blocking(checklist);
    if (left.length > 0) {
      return conflict(
        "CLOSE_BLOCKED",
        `${formatMonth(month)} cannot be closed: ${left.map(inWords).join("; ")}. The checklist says what to do about each.`,
        ["month"],
      );
    }
    const id = newId();
    const { caller, now } = scope;
    await insertClose({ id, month, note, checklist, closedBy: caller.actor.name, closedAt: now });
    await saveLockedThrough(month, now);
    await enqueueEvidence(id);
    scope.note({ action: "month.closed", subjectType: "month_close", subjectId: id, after: { month, note } });
    return ok({ monthCloseId: id });
  },
});

const inWords = ({ kind, findings }: Check): string => {
  const count = findings.filter(({ isWaived }) => !isWaived).length;
  return `${CHECK_TITLES[kind].toLowerCase()} (${count})`;
};

/** Reopens the last month that was closed. What was issued meanwhile stays posted where it was. */
export const reopenMonth = command({
  name: "reopenMonth",
  permission: "close_months",
  run: async ({ month, reason }: { readonly month: PlainMonth; readonly reason: string }, { caller, now, note }) => {
    if (reason.trim() === "") return invalid("REASON_MISSING", "Say why the month is reopened.", ["reason"]);
    const lockedThrough = await lockClosing();
    const closes = await standingCloses();
    const close = closes.find((each) => each.month === month);
    if (!close) return conflict("MONTH_NOT_CLOSED", `${formatMonth(month)} is not closed.`, ["month"]);
    if (month !== lockedThrough) {
      return conflict(
        "LATER_MONTH_CLOSED",
        `${formatMonth(lockedThrough as PlainMonth)} was closed after it. Reopen the months from the last one back.`,
        ["month"],
      );
    }
    const earlier = closes.find((each) => each.month < month) ?? null;
    await saveReopened(close.id, { by: caller.actor.name, at: now, reason });
    await saveLockedThrough(earlier && earlier.month, now);
    note({ action: "month.reopened", subjectType: "month_close", subjectId: close.id, after: { month, reason } });
    return ok({ monthCloseId: close.id });
  },
});
