import { type Clock, organizationTime } from "../../platform/clock";
import { inTransaction } from "../../platform/database/transaction";
import { loadOrganization } from "../organization";
import { calculateDrafts } from "./calculate-drafts";
import { contractsWithRunning, lookAtRunningTonight } from "./running-invoice.store";

/** Contracts that are calculated in one transaction. */
const BATCH = 200;

/**
 * Brings invoices in progress up to date: their totals so far, and drafts out of those whose day has come, with the next
 * ones in progress behind them. Looks again the next night for as long as there are any. What fails halfway is done by
 * the next attempt, for a contract that is up to date is left as it is.
 */
export async function keepRunningInvoices(clock: Clock): Promise<void> {
  const organization = await loadOrganization();
  for (let afterId: string | null = null; ; ) {
    const contractIds = await contractsWithRunning({ afterId, limit: BATCH });
    if (contractIds.length === 0) break;
    await inTransaction(() => calculateDrafts(contractIds, organizationTime(clock, organization)));
    afterId = contractIds.at(-1) as string;
  }
  const isAny = (await contractsWithRunning({ afterId: null, limit: 1 })).length > 0;
  if (isAny) await lookAtRunningTonight();
}
