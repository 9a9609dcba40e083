import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import type { CurrencyCode } from "../../domain/money/currency";
import { Decimal } from "../../domain/money/decimal";
import { PageArgs } from "../../platform/graphql/paging";
import { toMoney } from "../../platform/graphql/scalars";
import type { RequestContext } from "../../platform/request-context";
import { CustomerType, customersById } from "../customer";
import type { LineDifference } from "./compare-draft";
import { InvoiceType } from "./invoice.types";
import { type PreviewedDraft, previewRecalculation } from "./preview-recalculation";
import {
  PreviewedDraftType,
  type PreviewedLine,
  PreviewedLineDifference,
  PreviewedTotals,
  RecalculationPreviewConnection,
} from "./preview-recalculation.types";

@Resolver(() => PreviewedDraftType)
export class PreviewRecalculationResolver {
  @Query(() => RecalculationPreviewConnection, {
    description:
      "What recalculating these invoices would change, line by line, without saving anything: in order of their ids, up to 10,000 of them.",
  })
  previewRecalculation(
    @Arg("invoiceIds", () => [ID]) invoiceIds: string[],
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() context: RequestContext,
  ) {
    return previewRecalculation(context, { invoiceIds, ...args });
  }

  @FieldResolver(() => InvoiceType, { nullable: true, description: "As it is; null: it would be created." })
  invoice(@Root() { invoice }: PreviewedDraft) {
    return invoice;
  }

  @FieldResolver(() => CustomerType)
  customer(@Root() { customerId }: PreviewedDraft, @Ctx() context: RequestContext) {
    return context.mustLoad(customersById, customerId);
  }

  @FieldResolver(() => PreviewedTotals, { nullable: true, description: "null: it would be created." })
  before(@Root() { before, currency }: PreviewedDraft) {
    return totals(before, currency);
  }

  @FieldResolver(() => PreviewedTotals, { nullable: true, description: "null: it would be removed." })
  after(@Root() { after, currency }: PreviewedDraft) {
    return totals(after, currency);
  }

  @FieldResolver(() => [PreviewedLineDifference], {
    description: "Lines that would be added, removed or changed; the others stay.",
  })
  lines(@Root() { lines, currency }: PreviewedDraft): PreviewedLineDifference[] {
    return lines.map(({ before, after, changed }) => {
      const { billingKey, kind, origin, contractId } = (after ?? before) as NonNullable<LineDifference["after"]>;
      return {
        billingKey,
        kind,
        origin,
        contractId,
        changed,
        before: toLine(before, currency),
        after: toLine(after, currency),
      };
    });
  }
}

const totals = (of: PreviewedDraft["after"], currency: CurrencyCode): PreviewedTotals | null =>
  of && {
    net: toMoney(of.netTotal, currency),
    tax: toMoney(of.taxTotal, currency),
    gross: toMoney(of.grossTotal, currency),
    blockers: of.blockers,
  };

const toLine = (line: LineDifference["after"], currency: CurrencyCode): PreviewedLine | null =>
  line && {
    description: line.description,
    quantity: line.quantity && new Decimal(line.quantity).toFixed(),
    unitPrice: line.unitPrice && new Decimal(line.unitPrice).toFixed(),
    charge: toMoney(line.chargeAmount, currency),
    discount: toMoney(line.discountAmount, currency),
    engineAmount: line.engineAmount === null ? null : toMoney(line.engineAmount, currency),
    net: toMoney(line.netAmount, currency),
    taxCode: line.taxCode,
    taxPercent: new Decimal(line.taxPercent).toFixed(),
    tax: toMoney(line.taxAmount, currency),
    serviceStartsOn: line.serviceStartsOn,
    serviceEndsBefore: line.serviceEndsBefore,
  };
