import {
  InvoiceDetailDocument,
  type InvoiceDetailQuery,
  InvoiceGridDocument,
  type InvoiceGridInput,
  type InvoiceGridQuery,
  SavedViewsDocument,
  type SavedViewsQuery,
} from "../../schema/generated/operations";
import { texts } from "../texts";
import { ApiError } from "./api-error";
import type { GraphqlClient, RequestOptions } from "./graphql-client";

export type SavedView = SavedViewsQuery["savedViews"][number];
export type InvoiceGrid = InvoiceGridQuery["invoiceGrid"];
export type InvoiceDetail = NonNullable<InvoiceDetailQuery["invoice"]>;

/** A saved view in one billing month ("2026-10"): what is pulled, refreshed and sent. */
export interface ViewInMonth {
  readonly viewId: string;
  readonly month: string;
}

export async function listSavedViews(
  client: GraphqlClient,
  month: string,
  options?: RequestOptions,
): Promise<readonly SavedView[]> {
  return (await client.request(SavedViewsDocument, { month }, options)).savedViews;
}

const GRID_PAGE_ROWS = 10_000;

/** The whole grid, page after page. Facts about the answer as a whole are those of the last page, the newest. */
export async function loadInvoiceGrid(
  client: GraphqlClient,
  { viewId, month }: ViewInMonth,
  options?: RequestOptions,
): Promise<InvoiceGrid> {
  const rows: InvoiceGrid["rows"][number][] = [];
  let after: string | null = null;
  for (;;) {
    const input: InvoiceGridInput = { viewId, month, comparison: "PREVIOUS_MONTH", first: GRID_PAGE_ROWS, after };
    const { invoiceGrid }: InvoiceGridQuery = await client.request(InvoiceGridDocument, { input }, options);
    rows.push(...invoiceGrid.rows);
    if (!invoiceGrid.hasMore || invoiceGrid.endCursor === null) return { ...invoiceGrid, rows };
    after = invoiceGrid.endCursor;
  }
}

export async function loadInvoice(
  client: GraphqlClient,
  invoiceId: string,
  options?: RequestOptions,
): Promise<InvoiceDetail> {
  const { invoice } = await client.request(InvoiceDetailDocument, { id: invoiceId }, options);
  if (!invoice) throw new ApiError("REFUSED", texts.failures.invoiceGone, "NOT_FOUND");
  return invoice;
}
