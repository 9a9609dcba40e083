import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { conflict, invalid } from "../../platform/refusal";
import { loadOrganization, saveTestClock } from "./organization.store";

const EARLIEST_YEAR = 2000;
const LATEST_YEAR = 2100;

export const setTestClock = command({
  name: "setTestClock",
  permission: "administer",
  run: async ({ now }: { readonly now: Date }, { note }) => {
    const year = now.getUTCFullYear();
    if (year < EARLIEST_YEAR || year > LATEST_YEAR) {
      return invalid("CLOCK_OUT_OF_RANGE", `A test clock shows a year from ${EARLIEST_YEAR} to ${LATEST_YEAR}.`, [
        "now",
      ]);
    }
    const { id, mode, testClockAt } = await loadOrganization();
    if (mode !== "sandbox") {
      return conflict(
        "NOT_A_SANDBOX",
        "Only a sandbox has a test clock; a live organization follows the world's time.",
        ["now"],
      );
    }
    await saveTestClock(now);
    note({
      action: "organization.test_clock_set",
      subjectType: "organization",
      subjectId: id,
      before: { testClockAt },
      after: { testClockAt: now },
    });
    return ok({ organizationId: id });
  },
});
