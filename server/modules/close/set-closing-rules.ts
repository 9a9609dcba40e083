import type { Decimal } from "../../domain/money/decimal";
import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { invalid } from "../../platform/refusal";
import { lockClosing, saveUnattributedUsageLimit, unattributedUsageLimit } from "./close.store";

/** How much may be left when a month is closed. */
export const setClosingRules = command({
  name: "setClosingRules",
  permission: "administer",
  run: async ({ usageLimit }: { readonly usageLimit: Decimal }, { caller, note }) => {
    if (usageLimit.lt(0) || usageLimit.decimalPlaces() > 4 || usageLimit.gte("1e15")) {
      return invalid("LIMIT_OUT_OF_RANGE", "Send an amount from 0, with at most four decimal places.", [
        "unattributedUsageLimit",
      ]);
    }
    await lockClosing();
    const before = await unattributedUsageLimit();
    await saveUnattributedUsageLimit(usageLimit.toFixed());
    note({
      action: "organization.closing_rules_set",
      subjectType: "organization",
      subjectId: caller.organizationId,
      before: { unattributedUsageLimit: before },
      after: { unattributedUsageLimit: usageLimit.toFixed() },
    });
    return ok({ unattributedUsageLimit: usageLimit.toFixed() });
  },
});
