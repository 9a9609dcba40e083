import { localDayOf } from "../../server/domain/calendar/local-day";
import { finalizeInvoices } from "../../server/modules/invoice/finalize-invoices";
import { applyIssuedCreditNotes } from "../../server/modules/receivable";
import { SELLER } from "./seller";

/** Issues drafts with all that follows from it; in the demo none is refused. */
export async function issue(ids: readonly string[], now: Date): Promise<void> {
  const scope = { today: localDayOf(now, SELLER.timeZone), now };
  const outcomes = await finalizeInvoices(ids, scope);
  const refused = outcomes.find(({ status }) => status !== "succeeded");
  if (refused) throw new Error(`${now.toISOString()}: ${refused.code} ${refused.message}`);
  await applyIssuedCreditNotes(ids, scope);
}
