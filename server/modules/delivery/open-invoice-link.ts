import type { PlainDate } from "../../domain/calendar/plain-date";
import { type Clock, organizationTime } from "../../platform/clock";
import { runAs } from "../../platform/database/transaction";
import { parseLinkToken } from "../../platform/link-token";
import { type Invoice, invoicesById } from "../invoice";
import { loadOrganization, type Organization } from "../organization";
import { findInvoiceLink, type InvoiceLink } from "./invoice-link.store";

/** A link that leads somewhere, with what it leads to. */
export type OpenedInvoice = {
  readonly link: InvoiceLink;
  readonly invoice: Invoice;
  readonly organization: Organization;
  readonly now: Date;
  readonly today: PlainDate;
};

export type InvoiceLinkRefusal = "LINK_UNKNOWN" | "LINK_REVOKED" | "LINK_EXPIRED";

export type OpenedInvoiceLink =
  | { readonly kind: "open"; readonly opened: OpenedInvoice }
  | { readonly kind: "refused"; readonly refusal: InvoiceLinkRefusal };

/** Does the work of a request with this token inside the organization that the token names. */
export async function openInvoiceLink<T>(
  token: string,
  clock: Clock,
  work: (opened: OpenedInvoiceLink) => Promise<T>,
): Promise<T> {
  const refused = (refusal: InvoiceLinkRefusal) => work({ kind: "refused", refusal });
  const parsed = parseLinkToken(token);
  if (!parsed) return refused("LINK_UNKNOWN");
  return runAs(parsed.organizationId, async () => {
    const link = await findInvoiceLink(parsed.hash);
    if (!link) return refused("LINK_UNKNOWN");
    const organization = await loadOrganization();
    const { now, today } = organizationTime(clock, organization);
    if (link.revokedAt !== null) return refused("LINK_REVOKED");
    if (link.expiresAt <= now) return refused("LINK_EXPIRED");
    const invoice = (await invoicesById([link.invoiceId])).get(link.invoiceId);
    if (!invoice) throw new Error(`the link ${link.id} is to no invoice`);
    return work({ kind: "open", opened: { link, invoice, organization, now, today } });
  });
}
