import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import type { PlainDate } from "../../domain/calendar/plain-date";
import { resultUnion } from "../../platform/graphql/errors";
import { connectionOf } from "../../platform/graphql/paging";
import { DateTimeScalar, MoneyType, PlainDateScalar } from "../../platform/graphql/scalars";
import type { PaymentMethod, PaymentSource, ReversalKind } from "./payment";
import type { SettlementKind, WriteOffAs } from "./receivable";

export const PaymentMethodEnum = {
  BANK_TRANSFER: "bank_transfer",
  DIRECT_DEBIT: "direct_debit",
  CARD: "card",
  CHEQUE: "cheque",
  CASH: "cash",
  OTHER: "other",
} as const;
registerEnumType(PaymentMethodEnum, { name: "PaymentMethod", description: "How money changed hands." });

export const PaymentSourceEnum = { MANUAL: "manual", BANK_FILE: "bank_file", XERO: "xero" } as const;
registerEnumType(PaymentSourceEnum, { name: "PaymentSource", description: "Where a payment was recorded." });

export const ReversalKindEnum = { BOUNCED: "bounced", MISTAKE: "mistake" } as const;
registerEnumType(ReversalKindEnum, {
  name: "PaymentReversalKind",
  description: "Why a payment pays nothing any more.",
  valuesConfig: {
    BOUNCED: { description: "The bank took it back." },
    MISTAKE: {
      description: "It never came in, or not from this customer; its line of a bank file is to be matched again.",
    },
  },
});

export const WriteOffAsEnum = { BAD_DEBT: "bad_debt", SMALL_DIFFERENCE: "small_difference" } as const;
registerEnumType(WriteOffAsEnum, {
  name: "WriteOffAs",
  description: "Why something due is given up.",
  valuesConfig: {
    BAD_DEBT: { description: "The customer will not pay; the invoice is then UNCOLLECTIBLE." },
    SMALL_DIFFERENCE: {
      description: "Too small to ask for, within the organization's limit; the invoice is then PAID.",
    },
  },
});

export const SettlementKindEnum = {
  PAYMENT: "payment",
  CREDIT_NOTE: "credit_note",
  BALANCE: "balance",
  WRITE_OFF: "write_off",
  REFUND: "refund",
} as const;
registerEnumType(SettlementKindEnum, {
  name: "SettlementKind",
  description: "How an amount was settled.",
  valuesConfig: {
    BALANCE: { description: "Drawn from what was left of the customer's payments and credit notes." },
    WRITE_OFF: { description: "Given up." },
    REFUND: { description: "Paid back to the customer." },
  },
});

@ObjectType("Settlement", {
  description:
    "What a payment or credit note pays of an invoice, is given up of it, or is paid back; never changed itself.",
})
export class SettlementType {
  @Field(() => ID, { simple: true }) id!: string;
  @Field(() => SettlementKindEnum, { simple: true }) kind!: SettlementKind;
  @Field(() => PlainDateScalar, { simple: true, description: "The day from which it counts." }) effectiveOn!: PlainDate;
  @Field(() => WriteOffAsEnum, { simple: true, nullable: true, description: "Of a write-off." })
  writeOffAs!: WriteOffAs | null;
  @Field(() => String, { simple: true, nullable: true, description: "Of a write-off, and of what takes one back." })
  reason!: string | null;
  @Field(() => ID, { simple: true, nullable: true, description: "Of a reversal: the settlement that it takes back." })
  reversesId!: string | null;
  @Field(() => String, { simple: true }) recordedBy!: string;
  @Field(() => DateTimeScalar, { simple: true }) recordedAt!: Date;
}

@ObjectType("PaymentReversal", { description: "A payment that bounced, or was a mistake.", simpleResolvers: true })
export class PaymentReversalType {
  @Field(() => ReversalKindEnum) kind!: ReversalKind;
  @Field(() => PlainDateScalar) on!: PlainDate;
  @Field(() => String) reason!: string;
}

@ObjectType("Payment", {
  description:
    "Money that came in from a customer. What it pays are settlements; what is left is the customer's balance.",
})
export class PaymentType {
  @Field(() => ID, { simple: true }) id!: string;
  @Field(() => PlainDateScalar, { simple: true }) receivedOn!: PlainDate;
  @Field(() => PlainDateScalar, {
    simple: true,
    description: "The day on which it is posted: receivedOn, or the first unlocked day.",
  })
  accountingOn!: PlainDate;
  @Field(() => PaymentMethodEnum, { simple: true }) method!: PaymentMethod;
  @Field(() => String, { simple: true, nullable: true, description: "As the payer wrote it." }) reference!:
    | string
    | null;
  @Field(() => String, { simple: true, nullable: true }) payerName!: string | null;
  @Field(() => String, { simple: true, nullable: true, description: "Such as an IBAN." }) payerAccount!: string | null;
  @Field(() => PaymentSourceEnum, { simple: true }) source!: PaymentSource;
  @Field(() => String, { simple: true, nullable: true, description: "Its id in the source." }) externalId!:
    | string
    | null;
  @Field(() => String, { simple: true, nullable: true, description: "For finance alone." }) note!: string | null;
  @Field(() => String, { simple: true }) recordedBy!: string;
  @Field(() => DateTimeScalar, { simple: true }) recordedAt!: Date;
}
export const PaymentConnection = connectionOf("Payment", () => PaymentType);

@ObjectType("Refund", { description: "Money that went back to a customer, out of its balance." })
export class RefundType {
  @Field(() => ID, { simple: true }) id!: string;
  @Field(() => PlainDateScalar, { simple: true }) paidOn!: PlainDate;
  @Field(() => PaymentMethodEnum, { simple: true }) method!: PaymentMethod;
  @Field(() => String, { simple: true, nullable: true }) reference!: string | null;
  @Field(() => String, { simple: true }) reason!: string;
  @Field(() => String, { simple: true }) recordedBy!: string;
  @Field(() => DateTimeScalar, { simple: true }) recordedAt!: Date;
}

@ObjectType("CustomerBalance", {
  description:
    "What is left of a customer's payments and credit notes in one currency: it can pay invoices, or be paid back.",
  simpleResolvers: true,
})
export class CustomerBalanceType {
  @Field(() => MoneyType) balance!: MoneyType;
  @Field(() => Int, { description: "Rises whenever it is used; send it back with what uses it." }) version!: number;
}

@ObjectType("InvoiceDispute", { description: "Why the customer does not pay.", simpleResolvers: true })
export class InvoiceDisputeType {
  @Field(() => String) reason!: string;
  @Field(() => DateTimeScalar) since!: Date;
}

@ObjectType({ description: "The payment was recorded." })
export class RecordPaymentSuccess {
  paymentId!: string;
}
export const RecordPaymentResult = resultUnion("RecordPaymentResult", () => RecordPaymentSuccess);

@ObjectType({ description: "The payment pays what was asked for." })
export class ReallocatePaymentSuccess {
  paymentId!: string;
}
export const ReallocatePaymentResult = resultUnion("ReallocatePaymentResult", () => ReallocatePaymentSuccess);

@ObjectType({ description: "The payment pays nothing any more." })
export class ReversePaymentSuccess {
  paymentId!: string;
}
export const ReversePaymentResult = resultUnion("ReversePaymentResult", () => ReversePaymentSuccess);

@ObjectType({ description: "The balance paid of the invoice." })
export class ApplyCustomerBalanceSuccess {
  invoiceId!: string;
}
export const ApplyCustomerBalanceResult = resultUnion("ApplyCustomerBalanceResult", () => ApplyCustomerBalanceSuccess);

@ObjectType({ description: "The credit note paid of the invoice." })
export class ApplyCreditNoteSuccess {
  invoiceId!: string;
  creditNoteId!: string;
}
export const ApplyCreditNoteResult = resultUnion("ApplyCreditNoteResult", () => ApplyCreditNoteSuccess);

@ObjectType({ description: "What was left of the invoice is given up." })
export class WriteOffInvoiceSuccess {
  invoiceId!: string;
  settlementId!: string;
}
export const WriteOffInvoiceResult = resultUnion("WriteOffInvoiceResult", () => WriteOffInvoiceSuccess);

@ObjectType({ description: "What was given up is due again." })
export class ReverseWriteOffSuccess {
  invoiceId!: string;
}
export const ReverseWriteOffResult = resultUnion("ReverseWriteOffResult", () => ReverseWriteOffSuccess);

@ObjectType({ description: "The invoice is disputed." })
export class DisputeInvoiceSuccess {
  invoiceId!: string;
}
export const DisputeInvoiceResult = resultUnion("DisputeInvoiceResult", () => DisputeInvoiceSuccess);

@ObjectType({ description: "The dispute is over." })
export class ResolveDisputeSuccess {
  invoiceId!: string;
}
export const ResolveDisputeResult = resultUnion("ResolveDisputeResult", () => ResolveDisputeSuccess);

@ObjectType({ description: "The promise is noted, or taken off." })
export class RecordPromiseSuccess {
  invoiceId!: string;
}
export const RecordPromiseResult = resultUnion("RecordPromiseResult", () => RecordPromiseSuccess);
