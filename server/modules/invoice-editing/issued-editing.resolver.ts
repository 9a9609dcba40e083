import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { toUnion } from "../../platform/graphql/errors";
import type { RequestContext } from "../../platform/request-context";
import { type Invoice, InvoiceType } from "../invoice";
import { agreeDueDate } from "./agree-due-date";
import { amendInvoiceCopy } from "./amend-invoice-copy";
import {
  AgreeDueDateInput,
  AmendInvoiceCopyInput,
  SetInvoiceNoteInput,
  SetInvoiceRecipientsInput,
} from "./invoice-editing.inputs";
import {
  AgreeDueDateResult,
  AgreeDueDateSuccess,
  AmendInvoiceCopyResult,
  AmendInvoiceCopySuccess,
  InvoiceRecipientType,
  SetInvoiceNoteResult,
  SetInvoiceNoteSuccess,
  SetInvoiceRecipientsResult,
  SetInvoiceRecipientsSuccess,
} from "./invoice-editing.types";
import { invoiceOf, recipientsOf } from "./read-editing";
import { setInvoiceNote } from "./set-invoice-note";
import { setInvoiceRecipients } from "./set-invoice-recipients";

@Resolver(() => InvoiceType)
export class IssuedEditingResolver {
  @FieldResolver(() => [InvoiceRecipientType], {
    description: "Who gets it in place of the customer's contacts; empty: the contacts.",
  })
  recipients(@Root() invoice: Invoice, @Ctx() context: RequestContext) {
    return recipientsOf(context, invoice);
  }

  @Mutation(() => AgreeDueDateResult, {
    description: "Agrees on a later due day of an issued invoice; its document stays as it is.",
  })
  async agreeDueDate(@Arg("input", () => AgreeDueDateInput) input: AgreeDueDateInput, @Ctx() context: RequestContext) {
    return toUnion("AgreeDueDateSuccess", await agreeDueDate(context, { ...input }));
  }

  @Mutation(() => SetInvoiceRecipientsResult, {
    description: "Says who gets an issued invoice in place of the customer's contacts.",
  })
  async setInvoiceRecipients(
    @Arg("input", () => SetInvoiceRecipientsInput) input: SetInvoiceRecipientsInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("SetInvoiceRecipientsSuccess", await setInvoiceRecipients(context, { ...input }));
  }

  @Mutation(() => SetInvoiceNoteResult, {
    description: "Keeps a note for finance on an invoice, draft or issued.",
  })
  async setInvoiceNote(
    @Arg("input", () => SetInvoiceNoteInput) input: SetInvoiceNoteInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion(
      "SetInvoiceNoteSuccess",
      await setInvoiceNote(context, { ...input, internalNote: input.internalNote ?? null }),
    );
  }

  @Mutation(() => AmendInvoiceCopyResult, {
    description:
      "Makes a copy of an issued invoice with another PO number or memo, where the organization allows it. The original is kept.",
  })
  async amendInvoiceCopy(
    @Arg("input", () => AmendInvoiceCopyInput) input: AmendInvoiceCopyInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("AmendInvoiceCopySuccess", await amendInvoiceCopy(context, { ...input }));
  }
}

@Resolver(() => AgreeDueDateSuccess)
export class AgreeDueDateSuccessResolver {
  @FieldResolver(() => InvoiceType, { description: "As it is then." })
  invoice(@Root() { invoiceId }: AgreeDueDateSuccess, @Ctx() context: RequestContext) {
    return invoiceOf(context, invoiceId);
  }
}

@Resolver(() => SetInvoiceRecipientsSuccess)
export class SetInvoiceRecipientsSuccessResolver {
  @FieldResolver(() => InvoiceType, { description: "As it is then." })
  invoice(@Root() { invoiceId }: SetInvoiceRecipientsSuccess, @Ctx() context: RequestContext) {
    return invoiceOf(context, invoiceId);
  }
}

@Resolver(() => SetInvoiceNoteSuccess)
export class SetInvoiceNoteSuccessResolver {
  @FieldResolver(() => InvoiceType, { description: "As it is then." })
  invoice(@Root() { invoiceId }: SetInvoiceNoteSuccess, @Ctx() context: RequestContext) {
    return invoiceOf(context, invoiceId);
  }
}

@Resolver(() => AmendInvoiceCopySuccess)
export class AmendInvoiceCopySuccessResolver {
  @FieldResolver(() => InvoiceType, { description: "As it is then." })
  invoice(@Root() { invoiceId }: AmendInvoiceCopySuccess, @Ctx() context: RequestContext) {
    return invoiceOf(context, invoiceId);
  }
}
