import { Decimal } from "../../domain/money/decimal";
import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { markDraftsStale } from "../../platform/draft-staleness.store";
import { isId } from "../../platform/ids";
import { InputProblems } from "../../platform/input-problems";
import { conflict, invalidInput, notFound } from "../../platform/refusal";
import { entriesByGrant, insertCreditEntries } from "./credit-entry.store";
import { lockCreditGrants } from "./credit-grant.store";

/** Takes back a grant that was made by mistake and of which nothing was used; drafts that draw on it become stale. */
export const voidCreditGrant = command({
  name: "voidCreditGrant",
  permission: "run_billing",
  run: async ({ id, reason }: { readonly id: string; readonly reason: string }, { now, today, note }) => {
    const problems = new InputProblems();
    problems.checkText(reason, "The reason", 500, "reason");
    if (!problems.isEmpty) return invalidInput(problems.found);
    const grant = isId(id) ? (await lockCreditGrants([id])).get(id) : undefined;
    if (!grant) return notFound("credit grant", id);
    const entries = (await entriesByGrant([id])).get(id) ?? [];
    if (entries.some(({ kind }) => kind !== "granted")) {
      const isVoid = entries.some(({ kind }) => kind === "voided");
      return isVoid
        ? conflict("CREDIT_GRANT_VOIDED", "The grant is void already.", ["id"])
        : conflict(
            "CREDIT_GRANT_USED",
            "Something of the grant was used or has lapsed; only an unused one is voided.",
            ["id"],
          );
    }
    const amount = new Decimal(grant.amount).negated().toFixed();
    const voided = { kind: "voided", effectiveOn: today, invoiceId: null, billingKey: null } as const;
    await insertCreditEntries([{ ...voided, grantId: id, amount }], now);
    const staleInvoices = await markDraftsStale({
      customerIds: [grant.customerId],
      from: grant.startsOn,
      before: grant.endsBefore,
      reason: "credits",
      now,
    });
    note({
      action: "credit_grant.voided",
      subjectType: "credit_grant",
      subjectId: id,
      before: { balance: grant.balance },
      after: { balance: "0", reason },
    });
    return ok({ creditGrantId: id, staleInvoices });
  },
});
