import { inTransaction } from "../../platform/database/transaction";
import {
  countRecentInvoiceViews,
  type InvoiceViewed,
  type InvoiceVisitor,
  insertInvoiceView,
  markInvoiceViewed,
} from "./invoice-link.store";
import type { OpenedInvoice } from "./open-invoice-link";

const VIEWS_PER_MINUTE = 60;

/**
 * Notes that somebody looked. The first look of the customer, at the page or a file of it, is when the invoice was seen:
 * looks of programs and of people of the organization are not. False: too often within a minute; then nothing is noted.
 */
export async function noteInvoiceView(
  { link, invoice, now }: OpenedInvoice,
  what: InvoiceViewed,
  visitor: { readonly ip: string | null; readonly browser: string | null; readonly isProgram: boolean },
): Promise<boolean> {
  if ((await countRecentInvoiceViews(link.id)) >= VIEWS_PER_MINUTE) return false;
  const { ip, browser, isProgram } = visitor;
  const who: InvoiceVisitor = link.purpose === "staff" ? "staff" : isProgram ? "program" : "customer";
  await inTransaction(async () => {
    await insertInvoiceView({ linkId: link.id, what, visitor: who, viewedAt: now, ip, browser });
    if (who === "customer") await markInvoiceViewed(invoice.id, now);
  });
  return true;
}
