import { formatDay } from "../../domain/calendar/format";
import { addDays, daysBetween, laterOf, type PlainDate } from "../../domain/calendar/plain-date";
import { Decimal } from "../../domain/money/decimal";
import type { NoReminderCode, OpenInvoice, ReminderItem, ReminderSettings, ReminderStop, Verdict } from "./reminder";

type Known = {
  readonly settings: Pick<ReminderSettings, "levels" | "tolerance">;
  readonly today: PlainDate;
  /** that went out, or are under way */
  readonly reminded: readonly Pick<ReminderItem, "level" | "remindedOn">[];
  /** that hold for this invoice, whatever they were said of */
  readonly stop: Pick<ReminderStop, "reason" | "stoppedBy" | "customerId" | "invoiceId"> | null;
};

const no = (code: NoReminderCode, message: string): Verdict => ({ isToRemind: false, code, message });

/**
 * Whether the customer is to be reminded of one invoice today, of which something is due. Each level comes once, in order:
 * when its days after the due day are over, and not earlier after the level before than their distance, so that nobody who
 * was never written to begins with the last warning.
 */
export function judgeInvoice(invoice: OpenInvoice, { settings, today, reminded, stop }: Known): Verdict {
  const { due, dueOn, isSent, isDisputed, promisedOn } = invoice;
  if (stop) return no("STOPPED", `${scopeOf(stop)} by ${stop.stoppedBy}: ${stop.reason}`);
  if (!isSent) return no("NOT_SENT", "The customer has not been sent this invoice.");
  if (isDisputed) return no("DISPUTED", "The customer disputes it.");
  if (promisedOn !== null && promisedOn >= today) {
    return no("PROMISED", `The customer promised to pay by ${formatDay(promisedOn)}.`);
  }
  if (new Decimal(due).lte(settings.tolerance)) {
    return no("WITHIN_TOLERANCE", `What is due, ${due}, is not more than the tolerance.`);
  }
  const last = reminded.reduce<Known["reminded"][number] | null>(
    (highest, each) => (highest === null || each.level > highest.level ? each : highest),
    null,
  );
  const next = settings.levels.find(({ level }) => level > (last?.level ?? 0));
  if (!next) return no("LEVELS_USED_UP", `It was reminded of ${reminded.length} times; there is no further level.`);
  const before = settings.levels.find(({ level }) => level === last?.level);
  const gap = last ? next.daysAfterDue - (before?.daysAfterDue ?? next.daysAfterDue - 1) : 0;
  const earliest = addDays(dueOn, next.daysAfterDue);
  const from = last ? laterOf(earliest, addDays(last.remindedOn, gap)) : earliest;
  if (today < from) return no("LEVEL_NOT_REACHED", `${next.name} comes on ${formatDay(from)}.`);
  return { isToRemind: true, level: next, daysOverdue: Math.max(0, daysBetween(dueOn, today)) };
}

const scopeOf = ({ customerId, invoiceId }: Pick<ReminderStop, "customerId" | "invoiceId">): string => {
  if (invoiceId !== null) return "Reminders of this invoice were stopped";
  return customerId !== null ? "Reminders to this customer were stopped" : "All reminders were stopped";
};
