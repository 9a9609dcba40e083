import { ok, type Result } from "../../domain/result";
import { command } from "../../platform/command";
import { isId } from "../../platform/ids";
import { newLinkToken } from "../../platform/link-token";
import { conflict, notFound, type Refusal } from "../../platform/refusal";
import type { RequestContext } from "../../platform/request-context";
import { invoicesById } from "../invoice";
import { linkExpiryFrom } from "./invoice-link";
import { type InvoiceLinkPurpose, insertInvoiceLink, invoiceLinksById, revokeLink } from "./invoice-link.store";
import { addressOfInvoicePage } from "./link-in-mail";

export type NewInvoiceLink = { readonly invoiceId: string; readonly purpose: InvoiceLinkPurpose };

/** Makes a link to the page of an issued invoice, and shows it once: the secret is stored nowhere, so a repetition answers null. */
export async function createInvoiceLink(
  context: RequestContext,
  input: NewInvoiceLink & { readonly idempotencyKey: string },
): Promise<Result<{ readonly linkId: string; readonly url: string | null }, Refusal>> {
  let shown: string | null = null;
  const create = command({
    name: "createInvoiceLink",
    permission: "run_billing",
    run: async ({ invoiceId, purpose }: NewInvoiceLink, { caller, now, note }) => {
      const invoice = (await invoicesById(isId(invoiceId) ? [invoiceId] : [])).get(invoiceId);
      if (!invoice) return notFound("invoice", invoiceId, ["invoiceId"]);
      if (invoice.number === null) {
        return conflict("NOT_FINALIZED", "A draft has no page. Finalize it first.", ["invoiceId"]);
      }
      const { token, hash: tokenHash } = newLinkToken(caller.organizationId);
      const link = { invoiceId, purpose, expiresAt: linkExpiryFrom(now), createdBy: caller.actor.name };
      const linkId = await insertInvoiceLink({ ...link, tokenHash }, now);
      const after = { linkId, purpose, expiresAt: link.expiresAt };
      note({ action: "invoice.link_created", subjectType: "invoice", subjectId: invoiceId, after });
      shown = addressOfInvoicePage(context.services.publicUrl, token);
      return ok({ linkId });
    },
  });
  const result = await create(context, input);
  return result.ok ? ok({ ...result.value, url: shown }) : result;
}

/** Takes a link back at once; it stays in the list, and leads nowhere. */
export const revokeInvoiceLink = command({
  name: "revokeInvoiceLink",
  permission: "run_billing",
  run: async ({ linkId }: { readonly linkId: string }, { now, note }) => {
    const link = (await invoiceLinksById([linkId])).get(linkId);
    if (!link) return notFound("link", linkId, ["linkId"]);
    await revokeLink(linkId, now);
    note({
      action: "invoice.link_revoked",
      subjectType: "invoice",
      subjectId: link.invoiceId,
      before: { linkId, revokedAt: link.revokedAt },
      after: { linkId, revokedAt: link.revokedAt ?? now },
    });
    return ok({ linkId });
  },
});
