import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import { lastDayOf, type Period } from "../../domain/calendar/period";
import { currency } from "../../domain/money/currency";
import { JsonScalar, MoneyType, toMoney } from "../../platform/graphql/scalars";
import type { RequestContext } from "../../platform/request-context";
import { ProductType, productsById } from "../catalog";
import { ContractType, contractsById } from "../contract";
import { type CreditEntry, CreditEntryType, CreditGrantType, creditGrantsById } from "../credit";
import { CustomerType, customersById } from "../customer";
import { type OperationItem, OperationItemType } from "../operation";
import { explainDocumentLine } from "./explain-line";
import type { Invoice, InvoiceAmendment, InvoiceLine } from "./invoice";
import {
  InvoiceAmendmentType,
  InvoiceExchangeRate,
  InvoiceLineType,
  InvoiceType,
  ServicePeriod,
} from "./invoice.types";
import {
  amendmentsOf,
  creditNoteOf,
  documentPath,
  documentUrlOf,
  exchangeRateOf,
  findInvoice,
  linesOf,
} from "./read-invoices";

export const withLastDay = (period: Period): ServicePeriod => ({ ...period, lastDay: lastDayOf(period) });

@Resolver(() => InvoiceType)
export class InvoiceResolver {
  @Query(() => InvoiceType, {
    nullable: true,
    description: "One invoice; null where the organization has none with this id.",
  })
  invoice(@Arg("id", () => ID) id: string, @Ctx() context: RequestContext) {
    return findInvoice(context, id);
  }

  @FieldResolver(() => CustomerType)
  customer(@Root() { customerId }: Invoice, @Ctx() context: RequestContext) {
    return context.mustLoad(customersById, customerId);
  }

  @FieldResolver(() => ContractType, {
    nullable: true,
    description: "Null: it has lines of several contracts, or of none; each line names its own.",
  })
  contract(@Root() { contractId }: Invoice, @Ctx() context: RequestContext) {
    return contractId === null ? null : context.mustLoad(contractsById, contractId);
  }

  @FieldResolver(() => InvoiceType, {
    nullable: true,
    description: "Of a credit note: the invoice that it takes back.",
  })
  corrects(@Root() { correctsInvoiceId }: Invoice, @Ctx() context: RequestContext) {
    return correctsInvoiceId && findInvoice(context, correctsInvoiceId);
  }

  @FieldResolver(() => InvoiceType, {
    nullable: true,
    description: "Of an invoice that is issued again: the one that it replaces.",
  })
  reissues(@Root() { reissuesInvoiceId }: Invoice, @Ctx() context: RequestContext) {
    return reissuesInvoiceId && findInvoice(context, reissuesInvoiceId);
  }

  @FieldResolver(() => InvoiceType, {
    nullable: true,
    description:
      "The credit note that takes it back as a whole, so that it is issued again; it does so once it is finalized. All others: creditNotes.",
  })
  creditedBy(@Root() { id }: Invoice, @Ctx() context: RequestContext) {
    return creditNoteOf(context, id);
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

  @FieldResolver(() => InvoiceExchangeRate, {
    nullable: true,
    description: "null for drafts, and for invoices in the base currency.",
  })
  exchangeRate(@Root() invoice: Invoice, @Ctx() context: RequestContext) {
    return exchangeRateOf(context, invoice);
  }

  @FieldResolver(() => Boolean, {
    description: "An input changed since it was calculated; recalculate it before finalizing.",
  })
  isStale(@Root() { staleSince }: Invoice) {
    return staleSince !== null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      "Path of the PDF on this server, read with the same authorization: marked void, else the last amended copy, else as issued; null for drafts.",
  })
  documentUrl(@Root() invoice: Invoice, @Ctx() context: RequestContext) {
    return documentUrlOf(context, invoice);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "Path of the PDF as issued, which never changes; null for drafts.",
  })
  issuedDocumentUrl(@Root() { id, number }: Invoice) {
    return number && documentPath({ invoiceId: id, rendition: "issued", amendment: 0 });
  }

  @FieldResolver(() => [InvoiceAmendmentType], {
    description: "Copies of an issued invoice on which PO number or memo were amended, the first ones first.",
  })
  amendments(@Root() { id }: Invoice, @Ctx() context: RequestContext) {
    return amendmentsOf(context, id);
  }

  @FieldResolver(() => [InvoiceLineType])
  async lines(@Root() { id, currency: code, documentKind }: Invoice, @Ctx() context: RequestContext) {
    return (await linesOf(context, id)).map((line) => ({ ...line, currency: code, documentKind }));
  }
}

@Resolver(() => InvoiceAmendmentType)
export class InvoiceAmendmentResolver {
  @FieldResolver(() => String, { description: "Path of the PDF on this server, read with the same authorization." })
  documentUrl(@Root() { invoiceId, ordinal }: InvoiceAmendment) {
    return documentPath({ invoiceId, rendition: "amended", amendment: ordinal });
  }
}

type LineOfInvoice = InvoiceLine & Pick<Invoice, "currency" | "documentKind">;

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

  @FieldResolver(() => MoneyType, {
    description: "Rounded, before discounts; with the tax where prices include it.",
  })
  charge(@Root() { chargeAmount, currency: code }: LineOfInvoice) {
    return toMoney(chargeAmount, code);
  }

  @FieldResolver(() => MoneyType, {
    nullable: true,
    description: "What the engine came to, where people set another amount; on the same side of tax as the charge.",
  })
  engineAmount(@Root() { engineAmount, currency: code }: LineOfInvoice) {
    return engineAmount === null ? null : toMoney(engineAmount, code);
  }

  @FieldResolver(() => ContractType, { nullable: true, description: "That it bills; null on lines that people added." })
  contract(@Root() { contractId }: LineOfInvoice, @Ctx() context: RequestContext) {
    return contractId === null ? null : context.mustLoad(contractsById, contractId);
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
      "The inputs, slices, proration, discounts and minimum, in order, from which the amount can be derived by hand; on a credit note those of what is taken back. Decimals are strings.",
  })
  explanation(@Root() { explanation }: LineOfInvoice) {
    return explanation;
  }

  @FieldResolver(() => [String], { description: "The explanation in sentences." })
  explanationText(@Root() line: LineOfInvoice) {
    return explainDocumentLine(line, currency(line.currency));
  }

  @FieldResolver(() => CreditGrantType, { nullable: true, description: "Of a line of credits: what pays." })
  creditGrant(@Root() { creditGrantId }: LineOfInvoice, @Ctx() context: RequestContext) {
    return creditGrantId && context.mustLoad(creditGrantsById, creditGrantId);
  }
}

@Resolver(() => CreditEntryType)
export class InvoiceOfCreditEntryResolver {
  @FieldResolver(() => InvoiceType, {
    nullable: true,
    description: "That was paid, or gave back; null for entries without one.",
  })
  invoice(@Root() { invoiceId }: CreditEntry, @Ctx() context: RequestContext) {
    return invoiceId && findInvoice(context, invoiceId);
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
