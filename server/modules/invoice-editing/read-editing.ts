import { type PageArgs, toConnection, toPage } from "../../platform/graphql/paging";
import type { RequestContext } from "../../platform/request-context";
import { type Invoice, invoicesById } from "../invoice";
import { type InvoiceRecipient, recipientsByInvoice } from "./issued.store";
import type { LineOverride, OverrideState } from "./line-override";
import { listOverrides, overridesById, unconfirmedByInvoice } from "./line-override.store";
import type { ManualLine } from "./manual-line";
import { manualLinesByInvoice } from "./manual-line.store";

export async function readOverrides(
  context: RequestContext,
  args: PageArgs,
  filter: { readonly state: OverrideState | null; readonly contractId: string | null },
) {
  context.require("read");
  const page = toPage(args);
  return toConnection(page, await listOverrides(filter, page), ({ id }) => [id]);
}

export async function manualLinesOf(context: RequestContext, { id }: Invoice): Promise<readonly ManualLine[]> {
  return (await context.load(manualLinesByInvoice, id)) ?? [];
}

export async function recipientsOf(context: RequestContext, { id }: Invoice): Promise<readonly InvoiceRecipient[]> {
  return (await context.load(recipientsByInvoice, id)) ?? [];
}

export async function unconfirmedOf(context: RequestContext, { id }: Invoice): Promise<number> {
  return (await context.load(unconfirmedByInvoice, id)) ?? 0;
}

export const invoiceOf = (context: RequestContext, id: string): Promise<Invoice | null> =>
  context.load(invoicesById, id);

export const overrideOf = (context: RequestContext, id: string): Promise<LineOverride> =>
  context.mustLoad(overridesById, id);
