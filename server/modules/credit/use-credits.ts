import type { PlainDate } from "../../domain/calendar/plain-date";
import { Decimal, ZERO } from "../../domain/money/decimal";
import { markDraftsStale } from "../../platform/draft-staleness.store";
import type { CreditGrant } from "./credit";
import { insertCreditEntries } from "./credit-entry.store";
import { lockCreditGrants } from "./credit-grant.store";
import { markOverdrawnDrafts } from "./draft-credits.store";

/** What a line of an invoice draws from a grant; below zero: gives back to it. `billingKey` is that of the line it pays. */
export type CreditUse = { readonly grantId: string; readonly billingKey: string; readonly amount: Decimal };

/** The grants that invoices are about to use, held for this transaction. Several invoices share the balances. */
export class CreditsInUse {
  private readonly uses: (CreditUse & { readonly invoiceId: string })[] = [];

  private constructor(
    private readonly grants: ReadonlyMap<string, CreditGrant>,
    private readonly balances: Map<string, Decimal>,
  ) {}

  /** Before the invoices are locked. */
  static async take(grantIds: readonly string[]): Promise<CreditsInUse> {
    const grants = await lockCreditGrants(grantIds);
    return new CreditsInUse(grants, new Map([...grants].map(([id, { balance }]) => [id, new Decimal(balance)])));
  }

  /** False, and nothing is used, where a grant no longer covers what an invoice draws, or cannot take back what it gives. */
  use(invoiceId: string, uses: readonly CreditUse[]): boolean {
    const after = new Map(this.balances);
    for (const { grantId, amount } of uses) after.set(grantId, (after.get(grantId) ?? ZERO).minus(amount));
    const isCovered = uses.every(({ grantId }) => {
      const [balance, grant] = [after.get(grantId), this.grants.get(grantId)];
      return balance?.gte(0) && grant && balance.lte(grant.amount);
    });
    if (!isCovered) return false;
    for (const [grantId, balance] of after) this.balances.set(grantId, balance);
    this.uses.push(...uses.map((use) => ({ ...use, invoiceId })));
    return true;
  }

  /**
   * Writes what was used into the ledger. Drafts that draw more than is left become stale; where something was given
   * back, all drafts of the customer, as they may draw more.
   */
  async record({ now, on }: { readonly now: Date; readonly on: PlainDate }): Promise<void> {
    if (this.uses.length === 0) return;
    await insertCreditEntries(
      this.uses.map(({ grantId, invoiceId, billingKey, amount }) => ({
        grantId,
        kind: amount.gt(0) ? "consumed" : "returned",
        amount: ZERO.minus(amount).toFixed(),
        effectiveOn: on,
        invoiceId,
        billingKey,
      })),
      now,
    );
    await markOverdrawnDrafts([...this.balances.keys()], now);
    const customerIds = [
      ...new Set(
        this.uses
          .filter(({ amount }) => amount.lt(0))
          .map(({ grantId }) => (this.grants.get(grantId) as CreditGrant).customerId),
      ),
    ];
    if (customerIds.length > 0) {
      await markDraftsStale({ customerIds, from: null, before: null, reason: "credits", now });
    }
  }
}
