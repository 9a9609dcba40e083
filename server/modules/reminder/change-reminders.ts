import { Decimal } from "../../domain/money/decimal";
import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { InputProblems } from "../../platform/input-problems";
import { conflict, invalid, invalidInput, notFound, staleVersion } from "../../platform/refusal";
import { customersById } from "../customer";
import { invoicesById } from "../invoice";
import type { ReminderSettings } from "./reminder";
import {
  endStop,
  insertStop,
  lockReminderSettings,
  remindNextMorning,
  saveReminderSettings,
  stopsById,
} from "./reminder.store";

export type ReminderSettingsChange = {
  readonly version: number;
  readonly isScheduled?: boolean | null | undefined;
  readonly localHour?: number | null | undefined;
  readonly tolerance?: string | null | undefined;
  readonly levels?: readonly { readonly name: string; readonly daysAfterDue: number }[] | null | undefined;
};

const LEVELS_MOST = 9;

export const changeReminderSettings = command({
  name: "changeReminderSettings",
  permission: "administer",
  run: async ({ version, ...change }: ReminderSettingsChange, { caller, now, note }) => {
    const before = await lockReminderSettings();
    if (before.version !== version) return staleVersion("reminder settings", before.version);
    const problems = problemsOf(change);
    if (problems.length > 0) return invalidInput(problems);
    const after: ReminderSettings = {
      isScheduled: change.isScheduled ?? before.isScheduled,
      localHour: change.localHour ?? before.localHour,
      tolerance: change.tolerance ? new Decimal(change.tolerance) : before.tolerance,
      levels: change.levels?.map((level, index) => ({ ...level, level: index + 1 })) ?? before.levels,
      version: version + 1,
    };
    await saveReminderSettings(after, now);
    if (after.isScheduled) await remindNextMorning(after.localHour);
    const subject = { subjectType: "organization", subjectId: caller.organizationId };
    note({ action: "reminder_settings.changed", ...subject, before, after });
    return ok({ version: after.version });
  },
});

function problemsOf({ localHour, tolerance, levels }: Omit<ReminderSettingsChange, "version">) {
  const problems = new InputProblems();
  if (localHour != null && !(localHour >= 0 && localHour <= 23)) {
    problems.report("HOUR_OUT_OF_RANGE", `An hour is a number from 0 to 23, not ${localHour}.`, "localHour");
  }
  if (tolerance != null && (new Decimal(tolerance).lt(0) || new Decimal(tolerance).gt(1_000_000))) {
    problems.report("TOLERANCE_OUT_OF_RANGE", "A tolerance is from 0 to 1,000,000.", "tolerance");
  }
  if (levels != null && (levels.length === 0 || levels.length > LEVELS_MOST)) {
    problems.report("LEVELS_OUT_OF_RANGE", `Send 1 to ${LEVELS_MOST} levels, not ${levels.length}.`, "levels");
  }
  levels?.forEach(({ name, daysAfterDue }, index) => {
    const place = ["levels", String(index)];
    problems.checkText(name, "The name", 60, ...place, "name");
    if (!(daysAfterDue >= -30 && daysAfterDue <= 365)) {
      const text = `A level comes from 30 days before the due day to 365 after it, not at ${daysAfterDue}.`;
      problems.report("DAYS_OUT_OF_RANGE", text, ...place, "daysAfterDue");
    }
    const before = levels[index - 1];
    if (before && daysAfterDue <= before.daysAfterDue) {
      const text = `Each level comes later than the one before it, not at ${daysAfterDue} after ${before.daysAfterDue}.`;
      problems.report("LEVELS_NOT_RISING", text, ...place, "daysAfterDue");
    }
  });
  return problems.found;
}

export type StopToMake = {
  readonly customerId: string | null;
  readonly invoiceId: string | null;
  readonly isForAll: boolean;
  readonly reason: string;
};

/** Nobody is reminded from now on: of one invoice, of what a customer owes, or at all. */
export const stopReminders = command({
  name: "stopReminders",
  permission: "run_billing",
  run: async ({ customerId, invoiceId, isForAll, reason }: StopToMake, { caller, now, note }) => {
    const problems = new InputProblems();
    problems.checkText(reason, "The reason", 500, "reason");
    if (!problems.isEmpty) return invalidInput(problems.found);
    if (Number(customerId !== null) + Number(invoiceId !== null) + Number(isForAll) !== 1) {
      const message = "Say for what: customerId, or invoiceId, or isForAll; one of them.";
      return invalid("STOP_AMBIGUOUS", message, []);
    }
    if (customerId !== null && !(await customersById([customerId])).has(customerId)) {
      return notFound("customer", customerId, ["customerId"]);
    }
    if (invoiceId !== null && !(await invoicesById([invoiceId])).has(invoiceId)) {
      return notFound("invoice", invoiceId, ["invoiceId"]);
    }
    const stopId = await insertStop({ customerId, invoiceId, reason, stoppedBy: caller.actor.name }, now);
    if (stopId === null) return conflict("STOPPED_ALREADY", "That is stopped already. End that stop first.");
    const after = { customerId, invoiceId, isForAll, reason };
    note({ action: "reminders.stopped", subjectType: "reminder_stop", subjectId: stopId, after });
    return ok({ stopId });
  },
});

export const resumeReminders = command({
  name: "resumeReminders",
  permission: "run_billing",
  run: async ({ stopId }: { readonly stopId: string }, { caller, now, note }) => {
    const stop = (await stopsById([stopId])).get(stopId);
    if (!stop) return notFound("reminder stop", stopId, ["stopId"]);
    if (!(await endStop(stopId, caller.actor.name, now))) {
      return conflict("RESUMED_ALREADY", `It was ended by ${stop.endedBy}.`, ["stopId"]);
    }
    const { customerId, invoiceId, reason } = stop;
    const before = { customerId, invoiceId, reason };
    note({ action: "reminders.resumed", subjectType: "reminder_stop", subjectId: stopId, before });
    return ok({ stopId });
  },
});
