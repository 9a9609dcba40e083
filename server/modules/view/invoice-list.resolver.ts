import { Arg, Args, Ctx, ID, Query, Resolver } from "type-graphql";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import { PageArgs } from "../../platform/graphql/paging";
import { PlainMonthScalar } from "../../platform/graphql/scalars";
import type { RequestContext } from "../../platform/request-context";
import { InvoiceConnection } from "../invoice";
import { InvoiceFilter } from "./invoice-filter.types";
import { InvoiceSortInput, ViewCount } from "./invoice-list.types";
import { readInvoices, readViewCounts } from "./read-invoices";

@Resolver()
export class InvoiceListResolver {
  @Query(() => InvoiceConnection, {
    description: "Invoices in an order; without one that of the view, else by billing month, the newest first.",
  })
  invoices(
    @Args(() => PageArgs) args: PageArgs,
    @Arg("filter", () => InvoiceFilter, { nullable: true }) filter: InvoiceFilter | null,
    @Arg("viewId", () => ID, { nullable: true, description: "Only those of this saved view, whatever the month." })
    viewId: string | null,
    @Arg("sort", () => [InvoiceSortInput], { nullable: true, description: "Up to 5, the first decides." })
    sort: InvoiceSortInput[] | null,
    @Ctx() context: RequestContext,
  ) {
    return readInvoices(context, args, { filter: filter ?? null, viewId: viewId ?? null, sort: sort ?? null });
  }

  @Query(() => [ViewCount], { description: "How many invoices views select, up to 1,000 each, in one go." })
  viewCounts(
    @Arg("viewIds", () => [ID], { nullable: true, description: "Up to 100; left out: all that you see." })
    viewIds: string[] | null,
    @Arg("month", () => PlainMonthScalar, { nullable: true, description: "Of this billing month alone." })
    month: PlainMonth | null,
    @Ctx() context: RequestContext,
  ) {
    return readViewCounts(context, { viewIds: viewIds ?? null, month: month ?? null });
  }
}
