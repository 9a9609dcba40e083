import type { PlainDate } from "../../domain/calendar/plain-date";
import { Decimal, ZERO } from "../../domain/money/decimal";
import { fail, ok, type Result } from "../../domain/result";
import { markDraftsStale } from "../../platform/draft-staleness.store";
import { entriesOfInvoice, insertCreditEntries } from "./credit-entry.store";
import { lockCreditGrants } from "./credit-grant.store";

/**
 * `spent`: what the invoice had given back was used by others since, so much of it; `returned before`: so much of what it
 * drew has come back already, by corrections on other invoices.
 */
export type ReturnRefused = {
  readonly code: "CREDITS_SPENT" | "CREDITS_RETURNED_BEFORE";
  readonly grantId: string;
  readonly amount: string;
};

export type ReturnedCredits = { readonly grantId: string; readonly amount: string };

/**
 * Undoes what an invoice did to credits, for one that is voided: what it drew goes back to its grants, line by line, and
 * what it gave back is drawn again, which is refused where others have used it since. Doing it twice does nothing more.
 * Answers what changed by grant; drafts of the grants' customers that may now draw more become stale. To be called
 * within the transaction that voids.
 */
export async function returnCredits(
  invoiceId: string,
  { now, today }: { readonly now: Date; readonly today: PlainDate },
): Promise<Result<ReturnedCredits[], ReturnRefused>> {
  const drawn = await entriesOfInvoice(invoiceId);
  const grants = await lockCreditGrants([...new Set(drawn.map(({ grantId }) => grantId))]);
  const returned: ReturnedCredits[] = [];
  for (const { id: grantId, balance, amount: granted } of grants.values()) {
    const own = drawn.filter((entry) => entry.grantId === grantId);
    const amount = own.reduce((sum, entry) => sum.minus(entry.amount), ZERO);
    const [missing, excess] = [amount.plus(balance).negated(), amount.plus(balance).minus(granted)];
    if (missing.gt(0)) return fail({ code: "CREDITS_SPENT", grantId, amount: missing.toFixed() });
    if (excess.gt(0)) return fail({ code: "CREDITS_RETURNED_BEFORE", grantId, amount: excess.toFixed() });
    returned.push({ grantId, amount: amount.toFixed() });
  }
  await insertCreditEntries(
    drawn.map(({ grantId, billingKey, amount }) => ({
      grantId,
      kind: new Decimal(amount).lt(0) ? "returned" : "consumed",
      amount: new Decimal(amount).negated().toFixed(),
      effectiveOn: today,
      invoiceId,
      billingKey,
    })),
    now,
  );
  const customerIds = [...new Set([...grants.values()].map(({ customerId }) => customerId))];
  if (customerIds.length > 0) await markDraftsStale({ customerIds, from: null, before: null, reason: "credits", now });
  return ok(returned);
}
