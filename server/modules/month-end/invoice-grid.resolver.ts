import { Arg, Ctx, Query, Resolver } from "type-graphql";
import type { RequestContext } from "../../platform/request-context";
import { InvoiceGridInput } from "./invoice-grid.inputs";
import { InvoiceGrid } from "./invoice-grid.types";
import { readInvoiceGrid } from "./read-invoice-grid";

@Resolver()
export class InvoiceGridResolver {
  @Query(() => InvoiceGrid, {
    description: "The bills of a month as a view shows them, in one small answer for a spreadsheet.",
  })
  invoiceGrid(
    @Arg("input", () => InvoiceGridInput) input: InvoiceGridInput,
    @Ctx() context: RequestContext,
  ): Promise<InvoiceGrid> {
    const { viewId = null, comparison = null, after = null, ...rest } = input;
    return readInvoiceGrid(context, { ...rest, viewId, comparison, after });
  }
}
