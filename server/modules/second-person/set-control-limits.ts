import { parseCurrency } from "../../domain/money/currency";
import type { Decimal } from "../../domain/money/decimal";
import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { InputProblems } from "../../platform/input-problems";
import { invalidInput } from "../../platform/refusal";
import { type ControlLimit, type ControlledKind, KIND_WORDS } from "./second-person";
import { controlLimits, replaceControlLimits } from "./second-person.store";

type Given = { readonly kind: ControlledKind; readonly currency: string; readonly amount: Decimal };

/** Says above which amounts a second person decides, in the place of all limits there were. */
export const setControlLimits = command({
  name: "setControlLimits",
  permission: "administer",
  run: async ({ limits }: { readonly limits: readonly Given[] }, { caller, note }) => {
    const problems = new InputProblems();
    const seen = new Set<string>();
    const wanted = limits.map(({ kind, currency, amount }, index): ControlLimit => {
      const [place, at] = ["limits", String(index)];
      const code = parseCurrency(currency);
      if (!code.ok)
        problems.report("CURRENCY_UNKNOWN", `"${currency}" is not an ISO 4217 currency code.`, place, at, "currency");
      if (amount.lt(0) || amount.decimalPlaces() > 4 || amount.gte("1e15"))
        problems.report(
          "LIMIT_OUT_OF_RANGE",
          "Send an amount from 0, with at most four decimal places.",
          place,
          at,
          "amount",
        );
      if (seen.has(`${kind} ${currency}`))
        problems.report("LIMIT_TWICE", `${KIND_WORDS[kind]} in ${currency} have two limits; send one.`, place, at);
      seen.add(`${kind} ${currency}`);
      return { kind, currency: currency as ControlLimit["currency"], amount: amount.toFixed() };
    });
    if (!problems.isEmpty) return invalidInput(problems.found);
    const before = await controlLimits();
    await replaceControlLimits(wanted);
    note({
      action: "organization.control_limits_set",
      subjectType: "organization",
      subjectId: caller.organizationId,
      before: { limits: before },
      after: { limits: wanted },
    });
    return ok({ count: wanted.length });
  },
});
