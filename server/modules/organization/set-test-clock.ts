import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { conflict } from "../../platform/refusal";
import { loadOrganization, saveTestClock } from "./organization.store";

export const setTestClock = command({
  name: "setTestClock",
  permission: "administer",
  run: async ({ now }: { readonly now: Date }, { note }) => {
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
