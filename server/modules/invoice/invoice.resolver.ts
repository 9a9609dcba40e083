import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import { lastDayOf, type Period } from "../../domain/calendar/period";
import { explainInWords } from "../../domain/invoice/explain-in-words";
import { currency } from "../../domain/money/currency";
import { PageArgs } from "../../platform/graphql/paging";
import { JsonScalar, MoneyType, toMoney } from "../../platform/graphql/scalars";
import type { RequestContext } from "../../platform/request-context";
import { ProductType, productsById } from "../catalog";
import { ContractType, contractsById } from "../contract";
import { CustomerType, customersById } from "../customer";
import { type OperationItem, OperationItemType } from "../operation";
import type { Invoice, InvoiceLine } from "./invoice";
import { InvoiceFilterInput, toInvoiceFilter } from "./invoice.inputs";
import { InvoiceConnection, InvoiceLineType, InvoiceMailType, InvoiceType, ServicePeriod } from "./invoice.types";
import { findInvoice, linesOf, mailOf, readInvoices } from "./read-invoices";

const withLastDay = (period: Period): ServicePeriod => ({ ...period, lastDay: lastDayOf(period) });

@Resolver(() => InvoiceType)
export class InvoiceResolver {
  @Query(() => InvoiceType, {
    nullable: true,
    description: "One invoice; null where the organization has none with this id.",
  })
  invoice(@Arg("id", () => ID) id: string, @Ctx() context: RequestContext) {
    return findInvoice(context, id);
  }

  @Query(() => InvoiceConnection, { description: "Invoices by billing month, the newest first." })
  invoices(
    @Args(() => PageArgs) args: PageArgs,
    @Arg("filter", () => InvoiceFilterInput, { nullable: true }) filter: InvoiceFilterInput | null,
    @Ctx() context: RequestContext,
  ) {
    return readInvoices(context, args, toInvoiceFilter(filter));
  }

  @FieldResolver(() => CustomerType)
  customer(@Root() { customerId }: Invoice, @Ctx() context: RequestContext) {
    return context.mustLoad(customersById, customerId);
  }

  @FieldResolver(() => ContractType)
  contract(@Root() { contractId }: Invoice, @Ctx() context: RequestContext) {
    return context.mustLoad(contractsById, contractId);
  }

  @FieldResolver(() => ServicePeriod, { description: "All days that the lines serve." })
  servicePeriod(@Root() { serviceStartsOn, serviceEndsBefore }: Invoice) {
    return withLastDay({ startsOn: serviceStartsOn, endsBefore: serviceEndsBefore });
  }

  @FieldResolver(() => MoneyType)
  net(@Root() { netTotal, currency: code }: Invoice) {
    return toMoney(netTotal, code);
  }

  @FieldResolver(() => MoneyType)
  tax(@Root() { taxTotal, currency: code }: Invoice) {
    return toMoney(taxTotal, code);
  }

  @FieldResolver(() => MoneyType)
  gross(@Root() { grossTotal, currency: code }: Invoice) {
    return toMoney(grossTotal, code);
  }

  @FieldResolver(() => Boolean, {
    description: "An input changed since it was calculated; recalculate it before finalizing.",
  })
  isStale(@Root() { staleSince }: Invoice) {
    return staleSince !== null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "Path of the PDF on this server, read with the same authorization; null for drafts.",
  })
  documentUrl(@Root() { id, number }: Invoice) {
    return number && `/documents/${id}.pdf`;
  }

  @FieldResolver(() => InvoiceMailType, { nullable: true })
  mail(@Root() { id }: Invoice, @Ctx() context: RequestContext) {
    return mailOf(context, id);
  }

  @FieldResolver(() => [InvoiceLineType])
  async lines(@Root() { id, currency: code }: Invoice, @Ctx() context: RequestContext) {
    return (await linesOf(context, id)).map((line) => ({ ...line, currency: code }));
  }
}

type LineOfInvoice = InvoiceLine & Pick<Invoice, "currency">;

@Resolver(() => InvoiceLineType)
export class InvoiceLineResolver {
  @FieldResolver(() => ProductType)
  product(@Root() { productId }: LineOfInvoice, @Ctx() context: RequestContext) {
    return context.mustLoad(productsById, productId);
  }

  @FieldResolver(() => ServicePeriod, { description: "The days that this line serves." })
  servicePeriod(@Root() { serviceStartsOn, serviceEndsBefore }: LineOfInvoice) {
    return withLastDay({ startsOn: serviceStartsOn, endsBefore: serviceEndsBefore });
  }

  @FieldResolver(() => ServicePeriod, {
    description: "The whole period of its cadence, of which the line serves a part or all.",
  })
  fullPeriod(@Root() { fullStartsOn, fullEndsBefore }: LineOfInvoice) {
    return withLastDay({ startsOn: fullStartsOn, endsBefore: fullEndsBefore });
  }

  @FieldResolver(() => MoneyType, { description: "Rounded, before discounts." })
  charge(@Root() { chargeAmount, currency: code }: LineOfInvoice) {
    return toMoney(chargeAmount, code);
  }

  @FieldResolver(() => MoneyType, { description: "What is taken off the charge; positive." })
  discount(@Root() { discountAmount, currency: code }: LineOfInvoice) {
    return toMoney(discountAmount, code);
  }

  @FieldResolver(() => MoneyType)
  net(@Root() { netAmount, currency: code }: LineOfInvoice) {
    return toMoney(netAmount, code);
  }

  @FieldResolver(() => MoneyType)
  tax(@Root() { taxAmount, currency: code }: LineOfInvoice) {
    return toMoney(taxAmount, code);
  }

  @FieldResolver(() => JsonScalar, {
    description:
      "The inputs, slices, proration, discounts and minimum, in order, from which the amount can be derived by hand. Decimals are strings.",
  })
  explanation(@Root() { explanation }: LineOfInvoice) {
    return explanation;
  }

  @FieldResolver(() => [String], { description: "The explanation in sentences." })
  explanationText(@Root() { explanation, currency: code }: LineOfInvoice) {
    return explainInWords(explanation, currency(code));
  }
}

@Resolver(() => OperationItemType)
export class InvoiceOperationItemResolver {
  @FieldResolver(() => InvoiceType, {
    nullable: true,
    description: "Null where the subject is a contract, or the draft is gone.",
  })
  invoice(@Root() { subjectId }: OperationItem, @Ctx() context: RequestContext) {
    return findInvoice(context, subjectId);
  }
}
