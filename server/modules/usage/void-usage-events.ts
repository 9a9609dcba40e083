import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { InputProblems } from "../../platform/input-problems";
import { invalid, invalidInput } from "../../platform/refusal";
import { REASON_LIMIT, recordedContributions } from "./check-usage-events";
import { lockEvents, replaceEvents } from "./correction.store";
import { holdMetrics, listMetrics } from "./metric.store";
import { markUsageStale, ownersOf } from "./touched-drafts";
import { changeDaySums } from "./usage-day.store";

export const VOID_LIMIT = 1_000;

/** Takes events out of what is counted; what they were is kept. Events that were taken out before stay so. */
export const voidUsageEvents = command({
  name: "voidUsageEvents",
  permission: "record_usage",
  run: async (
    { eventIds, reason }: { readonly eventIds: readonly string[]; readonly reason: string },
    { caller, now, note },
  ) => {
    if (eventIds.length === 0) return invalid("BATCH_EMPTY", "There is no event to void.", ["eventIds"]);
    if (eventIds.length > VOID_LIMIT) {
      const message = `There are ${eventIds.length} events; the limit is ${VOID_LIMIT}. Void them in several commands.`;
      return invalid("BATCH_TOO_LARGE", message, ["eventIds"]);
    }
    const problems = new InputProblems();
    problems.checkText(reason, "The reason", REASON_LIMIT, "reason");
    eventIds.forEach((id, index) => problems.checkText(id, "The event id", 200, "eventIds", String(index)));
    if (!problems.isEmpty) return invalidInput(problems.found);

    await holdMetrics();
    const metrics = await listMetrics();
    const known = await lockEvents(eventIds);
    eventIds.forEach((id, index) => {
      if (known.has(id)) return;
      problems.report("EVENT_UNKNOWN", `No event was recorded under the id "${id}".`, "eventIds", String(index));
    });
    if (!problems.isEmpty) return invalidInput(problems.found);

    const standing = [...known.values()].filter(({ isVoided }) => !isVoided);
    if (standing.length > 0) {
      const events = standing.flatMap(({ counted }) => counted ?? []);
      const removed = recordedContributions(events, metrics);
      await replaceEvents(
        standing.map((event) => ({ known: event, content: null, reason })),
        caller.actor.name,
      );
      await changeDaySums(removed, []);
      await markUsageStale(removed, metrics, await ownersOf(events), now);
    }
    const answer = { voided: standing.length, alreadyVoided: known.size - standing.length };
    note({
      action: "usage.voided",
      subjectType: "organization",
      subjectId: caller.organizationId,
      after: { ...answer, reason },
    });
    return ok(answer);
  },
});
