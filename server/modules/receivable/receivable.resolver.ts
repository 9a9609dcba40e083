import { Arg, Args, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import { toUnion } from "../../platform/graphql/errors";
import { PageArgs } from "../../platform/graphql/paging";
import { MoneyType, PlainDateScalar, toMoney } from "../../platform/graphql/scalars";
import type { RequestContext } from "../../platform/request-context";
import { type Customer, CustomerType } from "../customer";
import { type Invoice, InvoiceType, PaymentStatusEnum } from "../invoice";
import { applyCreditNote, applyCustomerBalance } from "./apply-balance";
import { disputeInvoice, recordPromise, resolveDispute } from "./dispute";
import type { Payment } from "./payment";
import {
  balancesOf,
  customerOf,
  findPayment,
  invoiceOf,
  paymentOf,
  readPayments,
  receivableOf,
  refundOf,
  settlementsOfDocument,
  settlementsOfPayment,
} from "./read-receivables";
import { daysOverdue, type Settlement } from "./receivable";
import {
  ApplyCreditNoteInput,
  ApplyCustomerBalanceInput,
  DisputeInvoiceInput,
  PaymentFilterInput,
  ReallocatePaymentInput,
  RecordPaymentInput,
  RecordPromiseInput,
  ResolveDisputeInput,
  ReversePaymentInput,
  ReverseWriteOffInput,
  WriteOffInvoiceInput,
} from "./receivable.inputs";
import {
  ApplyCreditNoteResult,
  ApplyCreditNoteSuccess,
  ApplyCustomerBalanceResult,
  ApplyCustomerBalanceSuccess,
  CustomerBalanceType,
  DisputeInvoiceResult,
  DisputeInvoiceSuccess,
  InvoiceDisputeType,
  PaymentConnection,
  PaymentReversalType,
  PaymentType,
  ReallocatePaymentResult,
  ReallocatePaymentSuccess,
  RecordPaymentResult,
  RecordPaymentSuccess,
  RecordPromiseResult,
  RecordPromiseSuccess,
  RefundType,
  ResolveDisputeResult,
  ResolveDisputeSuccess,
  ReversePaymentResult,
  ReversePaymentSuccess,
  ReverseWriteOffResult,
  ReverseWriteOffSuccess,
  SettlementType,
  WriteOffInvoiceResult,
  WriteOffInvoiceSuccess,
} from "./receivable.types";
import { reallocatePayment, recordPayment, reversePayment } from "./record-payment";
import type { Refund } from "./refund";
import { reverseWriteOff, writeOffInvoice } from "./write-off";

@Resolver(() => PaymentType)
export class PaymentResolver {
  @Query(() => PaymentType, { nullable: true, description: "null: there is none in this organization." })
  payment(@Arg("id", () => ID) id: string, @Ctx() context: RequestContext) {
    return findPayment(context, id);
  }

  @Query(() => PaymentConnection, { description: "Payments by the day they came in, the newest first." })
  payments(
    @Args(() => PageArgs) args: PageArgs,
    @Arg("filter", () => PaymentFilterInput, { nullable: true }) filter: PaymentFilterInput | null,
    @Ctx() context: RequestContext,
  ) {
    return readPayments(context, args, {
      customerIds: filter?.customerIds ?? null,
      currencies: filter?.currencies ?? null,
      receivedFrom: filter?.receivedFrom ?? null,
      receivedThrough: filter?.receivedThrough ?? null,
      hasLeft: filter?.hasUnallocated ?? null,
      search: filter?.search ?? null,
    });
  }

  @FieldResolver(() => CustomerType)
  customer(@Root() { customerId }: Payment, @Ctx() context: RequestContext) {
    return customerOf(context, customerId);
  }

  @FieldResolver(() => MoneyType)
  amount(@Root() { amount, currency }: Payment) {
    return toMoney(amount, currency);
  }

  @FieldResolver(() => MoneyType, { description: "What is left of it: part of the customer's balance." })
  unallocated(@Root() { left, currency }: Payment) {
    return toMoney(left, currency);
  }

  @FieldResolver(() => PaymentReversalType, { nullable: true, description: "null: it stands." })
  reversal(@Root() { reversalKind, reversedOn, reversalReason }: Payment) {
    return reversalKind && { kind: reversalKind, on: reversedOn, reason: reversalReason };
  }

  @FieldResolver(() => [SettlementType], {
    description: "What it ever paid, and what of that was taken back, in the order in which it was recorded.",
  })
  async settlements(@Root() payment: Payment, @Ctx() context: RequestContext) {
    return (await settlementsOfPayment(context, payment)).map((each) => ({ ...each, currency: payment.currency }));
  }

  @Mutation(() => RecordPaymentResult, {
    description: "Records that money came in. What is not allocated is the customer's balance in that currency.",
  })
  async recordPayment(
    @Arg("input", () => RecordPaymentInput) input: RecordPaymentInput,
    @Ctx() context: RequestContext,
  ) {
    const { reference, payerName, payerAccount, note, allocations, allocateAutomatically, ...given } = input;
    const payment = {
      ...given,
      reference: reference ?? null,
      payerName: payerName ?? null,
      payerAccount: payerAccount ?? null,
      note: note ?? null,
      allocations: allocations ?? (allocateAutomatically ? ("automatic" as const) : []),
    };
    return toUnion("RecordPaymentSuccess", await recordPayment(context, payment));
  }

  @Mutation(() => ReallocatePaymentResult, { description: "Lets a payment pay other invoices." })
  async reallocatePayment(
    @Arg("input", () => ReallocatePaymentInput) input: ReallocatePaymentInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("ReallocatePaymentSuccess", await reallocatePayment(context, { ...input }));
  }

  @Mutation(() => ReversePaymentResult, {
    description:
      "A payment bounced, or was a mistake: what it paid is due again. Refused where something was paid back.",
  })
  async reversePayment(
    @Arg("input", () => ReversePaymentInput) input: ReversePaymentInput,
    @Ctx() context: RequestContext,
  ) {
    const reversal = { ...input, reversedOn: input.reversedOn ?? null };
    return toUnion("ReversePaymentSuccess", await reversePayment(context, reversal));
  }

  @Mutation(() => ApplyCustomerBalanceResult, {
    description: "Pays an invoice out of what is left of the customer's payments and credit notes, the oldest first.",
  })
  async applyCustomerBalance(
    @Arg("input", () => ApplyCustomerBalanceInput) input: ApplyCustomerBalanceInput,
    @Ctx() context: RequestContext,
  ) {
    const given = { ...input, amount: input.amount ?? null };
    return toUnion("ApplyCustomerBalanceSuccess", await applyCustomerBalance(context, given));
  }

  @Mutation(() => ApplyCreditNoteResult, { description: "Pays an invoice out of what is left of a credit note." })
  async applyCreditNote(
    @Arg("input", () => ApplyCreditNoteInput) input: ApplyCreditNoteInput,
    @Ctx() context: RequestContext,
  ) {
    const given = { ...input, amount: input.amount ?? null };
    return toUnion("ApplyCreditNoteSuccess", await applyCreditNote(context, given));
  }

  @Mutation(() => WriteOffInvoiceResult, { description: "Gives up what is left of an invoice." })
  async writeOffInvoice(
    @Arg("input", () => WriteOffInvoiceInput) input: WriteOffInvoiceInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("WriteOffInvoiceSuccess", await writeOffInvoice(context, { ...input }));
  }

  @Mutation(() => ReverseWriteOffResult, { description: "What was given up is due again." })
  async reverseWriteOff(
    @Arg("input", () => ReverseWriteOffInput) input: ReverseWriteOffInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("ReverseWriteOffSuccess", await reverseWriteOff(context, { ...input }));
  }

  @Mutation(() => DisputeInvoiceResult, {
    description: "The customer does not accept an invoice: it is not reminded of, and stands apart in aging.",
  })
  async disputeInvoice(
    @Arg("input", () => DisputeInvoiceInput) input: DisputeInvoiceInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("DisputeInvoiceSuccess", await disputeInvoice(context, { ...input }));
  }

  @Mutation(() => ResolveDisputeResult, { description: "The dispute is over." })
  async resolveDispute(
    @Arg("input", () => ResolveDisputeInput) input: ResolveDisputeInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("ResolveDisputeSuccess", await resolveDispute(context, { ...input }));
  }

  @Mutation(() => RecordPromiseResult, {
    description: "The customer promised to pay by a day: the invoice is not reminded of before.",
  })
  async recordPromise(
    @Arg("input", () => RecordPromiseInput) input: RecordPromiseInput,
    @Ctx() context: RequestContext,
  ) {
    const promise = { ...input, promisedOn: input.promisedOn ?? null };
    return toUnion("RecordPromiseSuccess", await recordPromise(context, promise));
  }
}

type SettlementOf = Settlement & Pick<Payment, "currency">;

@Resolver(() => SettlementType)
export class SettlementResolver {
  @FieldResolver(() => MoneyType, { description: "Above zero; of a reversal below." })
  amount(@Root() { amount, currency }: SettlementOf) {
    return toMoney(amount, currency);
  }

  @FieldResolver(() => InvoiceType, { nullable: true, description: "null: it was paid back." })
  invoice(@Root() { invoiceId }: SettlementOf, @Ctx() context: RequestContext) {
    return invoiceId && invoiceOf(context, invoiceId);
  }

  @FieldResolver(() => PaymentType, { nullable: true, description: "The payment that it is drawn from." })
  payment(@Root() { paymentId }: SettlementOf, @Ctx() context: RequestContext) {
    return paymentId && paymentOf(context, paymentId);
  }

  @FieldResolver(() => InvoiceType, { nullable: true, description: "The credit note that it is drawn from." })
  creditNote(@Root() { creditNoteId }: SettlementOf, @Ctx() context: RequestContext) {
    return creditNoteId && invoiceOf(context, creditNoteId);
  }

  @FieldResolver(() => RefundType, { nullable: true, description: "The money that went back." })
  refund(@Root() { refundId }: SettlementOf, @Ctx() context: RequestContext) {
    return refundId && refundOf(context, refundId);
  }
}

@Resolver(() => RefundType)
export class RefundResolver {
  @FieldResolver(() => MoneyType)
  amount(@Root() { amount, currency }: Refund) {
    return toMoney(amount, currency);
  }

  @FieldResolver(() => CustomerType)
  customer(@Root() { customerId }: Refund, @Ctx() context: RequestContext) {
    return customerOf(context, customerId);
  }
}

@Resolver(() => InvoiceType)
export class InvoiceReceivableResolver {
  @FieldResolver(() => PaymentStatusEnum)
  paymentStatus(@Root() { paymentStatus }: Invoice) {
    return paymentStatus;
  }

  @FieldResolver(() => MoneyType, {
    description:
      "What payments, credit notes and write-offs settled; of a credit note what was used of it, below zero.",
  })
  settled(@Root() { settledTotal, currency }: Invoice) {
    return toMoney(settledTotal, currency);
  }

  @FieldResolver(() => MoneyType, {
    description:
      "What is still to be paid; of a credit note what is left of it, below zero. Of drafts and what is void, nothing.",
  })
  async due(@Root() invoice: Invoice, @Ctx() context: RequestContext) {
    return toMoney((await receivableOf(context, invoice)).due, invoice.currency);
  }

  @FieldResolver(() => Int, { description: "Days since it was due, where something is; else 0." })
  async daysOverdue(@Root() invoice: Invoice, @Ctx() context: RequestContext) {
    return daysOverdue(await receivableOf(context, invoice), context.caller.today);
  }

  @FieldResolver(() => [SettlementType], {
    description: "What ever settled it, and what of that was taken back; of a credit note, what it settled.",
  })
  async settlements(@Root() invoice: Invoice, @Ctx() context: RequestContext) {
    return (await settlementsOfDocument(context, invoice)).map((each) => ({ ...each, currency: invoice.currency }));
  }

  @FieldResolver(() => InvoiceDisputeType, { nullable: true, description: "null: nobody disputes it." })
  dispute(@Root() { disputedAt, disputeReason }: Invoice) {
    return disputedAt && { reason: disputeReason, since: disputedAt };
  }

  @FieldResolver(() => PlainDateScalar, {
    nullable: true,
    description: "The day by which the customer promised to pay.",
  })
  promisedOn(@Root() { promisedOn }: Invoice) {
    return promisedOn;
  }
}

@Resolver(() => CustomerType)
export class CustomerBalanceResolver {
  @FieldResolver(() => [CustomerBalanceType], {
    description: "What is left of payments and credit notes, one for each currency in which there ever was any.",
  })
  async balances(@Root() customer: Customer, @Ctx() context: RequestContext) {
    return (await balancesOf(context, customer)).map(({ amount, currency, version }) => ({
      balance: toMoney(amount, currency),
      version,
    }));
  }
}

const ofPayment = ({ paymentId }: { readonly paymentId: string }, context: RequestContext) =>
  paymentOf(context, paymentId);
const ofInvoice = ({ invoiceId }: { readonly invoiceId: string }, context: RequestContext) =>
  invoiceOf(context, invoiceId);

@Resolver(() => RecordPaymentSuccess)
export class RecordPaymentSuccessResolver {
  @FieldResolver(() => PaymentType)
  payment(@Root() success: RecordPaymentSuccess, @Ctx() context: RequestContext) {
    return ofPayment(success, context);
  }
}

@Resolver(() => ReallocatePaymentSuccess)
export class ReallocatePaymentSuccessResolver {
  @FieldResolver(() => PaymentType)
  payment(@Root() success: ReallocatePaymentSuccess, @Ctx() context: RequestContext) {
    return ofPayment(success, context);
  }
}

@Resolver(() => ReversePaymentSuccess)
export class ReversePaymentSuccessResolver {
  @FieldResolver(() => PaymentType)
  payment(@Root() success: ReversePaymentSuccess, @Ctx() context: RequestContext) {
    return ofPayment(success, context);
  }
}

@Resolver(() => ApplyCustomerBalanceSuccess)
export class ApplyCustomerBalanceSuccessResolver {
  @FieldResolver(() => InvoiceType)
  invoice(@Root() success: ApplyCustomerBalanceSuccess, @Ctx() context: RequestContext) {
    return ofInvoice(success, context);
  }
}

@Resolver(() => ApplyCreditNoteSuccess)
export class ApplyCreditNoteSuccessResolver {
  @FieldResolver(() => InvoiceType)
  invoice(@Root() success: ApplyCreditNoteSuccess, @Ctx() context: RequestContext) {
    return ofInvoice(success, context);
  }

  @FieldResolver(() => InvoiceType)
  creditNote(@Root() { creditNoteId }: ApplyCreditNoteSuccess, @Ctx() context: RequestContext) {
    return invoiceOf(context, creditNoteId);
  }
}

@Resolver(() => WriteOffInvoiceSuccess)
export class WriteOffInvoiceSuccessResolver {
  @FieldResolver(() => InvoiceType)
  invoice(@Root() success: WriteOffInvoiceSuccess, @Ctx() context: RequestContext) {
    return ofInvoice(success, context);
  }

  @FieldResolver(() => ID, { description: "Takes it back, where the customer pays after all." })
  settlementId(@Root() { settlementId }: WriteOffInvoiceSuccess) {
    return settlementId;
  }
}

@Resolver(() => ReverseWriteOffSuccess)
export class ReverseWriteOffSuccessResolver {
  @FieldResolver(() => InvoiceType)
  invoice(@Root() success: ReverseWriteOffSuccess, @Ctx() context: RequestContext) {
    return ofInvoice(success, context);
  }
}

@Resolver(() => DisputeInvoiceSuccess)
export class DisputeInvoiceSuccessResolver {
  @FieldResolver(() => InvoiceType)
  invoice(@Root() success: DisputeInvoiceSuccess, @Ctx() context: RequestContext) {
    return ofInvoice(success, context);
  }
}

@Resolver(() => ResolveDisputeSuccess)
export class ResolveDisputeSuccessResolver {
  @FieldResolver(() => InvoiceType)
  invoice(@Root() success: ResolveDisputeSuccess, @Ctx() context: RequestContext) {
    return ofInvoice(success, context);
  }
}

@Resolver(() => RecordPromiseSuccess)
export class RecordPromiseSuccessResolver {
  @FieldResolver(() => InvoiceType)
  invoice(@Root() success: RecordPromiseSuccess, @Ctx() context: RequestContext) {
    return ofInvoice(success, context);
  }
}
