import { Field, ID, InputType, Int } from "type-graphql";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { Decimal } from "../../domain/money/decimal";
import { IDEMPOTENCY_KEY } from "../../platform/graphql/idempotency-key";
import { DecimalScalar, PlainDateScalar } from "../../platform/graphql/scalars";
import type { PaymentMethod, ReversalKind } from "./payment";
import type { WriteOffAs } from "./receivable";
import { PaymentMethodEnum, ReversalKindEnum, WriteOffAsEnum } from "./receivable.types";

@InputType({ description: "What a payment pays of one invoice." })
export class AllocationInput {
  @Field(() => ID) invoiceId!: string;
  @Field(() => DecimalScalar, { description: "In the currency of both." }) amount!: Decimal;
}

@InputType({ description: "What is left out is any." })
export class PaymentFilterInput {
  @Field(() => [ID], { nullable: true }) customerIds?: string[] | null;
  @Field(() => [String], { nullable: true, description: "ISO 4217 codes." }) currencies?: string[] | null;
  @Field(() => PlainDateScalar, { nullable: true }) receivedFrom?: PlainDate | null;
  @Field(() => PlainDateScalar, { nullable: true, description: "The last day, included." })
  receivedThrough?: PlainDate | null;
  @Field(() => Boolean, { nullable: true, description: "true: something of it is not allocated." })
  hasUnallocated?: boolean | null;
  @Field(() => String, { nullable: true, description: "In the reference, the payer's or the customer's name." })
  search?: string | null;
}

@InputType()
export class RecordPaymentInput {
  @Field(() => ID) customerId!: string;
  @Field(() => DecimalScalar) amount!: Decimal;
  @Field(() => String, { description: "ISO 4217 code; it pays invoices of this currency alone." }) currency!: string;
  @Field(() => PlainDateScalar, { description: "Today or before." }) receivedOn!: PlainDate;
  @Field(() => PaymentMethodEnum) method!: PaymentMethod;
  @Field(() => String, { nullable: true, description: "As the payer wrote it." }) reference?: string | null;
  @Field(() => String, { nullable: true }) payerName?: string | null;
  @Field(() => String, { nullable: true, description: "Such as an IBAN; payments from it are recognized later." })
  payerAccount?: string | null;
  @Field(() => String, { nullable: true, description: "For finance alone." }) note?: string | null;
  @Field(() => [AllocationInput], {
    nullable: true,
    description: "What it pays. What is not allocated is the customer's balance in this currency.",
  })
  allocations?: AllocationInput[] | null;
  @Field(() => Boolean, {
    defaultValue: false,
    description:
      "Allocate it by itself, where no allocations are given: to the invoices that the reference names; else to the one of which exactly the amount is due; else the oldest due first.",
  })
  allocateAutomatically!: boolean;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType()
export class ReallocatePaymentInput {
  @Field(() => ID) paymentId!: string;
  @Field(() => [AllocationInput], { description: "All that it is to pay; the rest is the customer's balance." })
  allocations!: AllocationInput[];
  @Field(() => String) reason!: string;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType()
export class ReversePaymentInput {
  @Field(() => ID) paymentId!: string;
  @Field(() => ReversalKindEnum) kind!: ReversalKind;
  @Field(() => String) reason!: string;
  @Field(() => PlainDateScalar, { nullable: true, description: "Left out: today." }) reversedOn?: PlainDate | null;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType()
export class ApplyCustomerBalanceInput {
  @Field(() => ID) invoiceId!: string;
  @Field(() => DecimalScalar, { nullable: true, description: "Left out: as much as is due and left." })
  amount?: Decimal | null;
  @Field(() => Int, { description: "Of the balance as it was read; 0 where there was none." }) balanceVersion!: number;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType()
export class ApplyCreditNoteInput {
  @Field(() => ID) creditNoteId!: string;
  @Field(() => ID, { description: "Another invoice of the customer, in the same currency." }) invoiceId!: string;
  @Field(() => DecimalScalar, { nullable: true, description: "Left out: as much as is due and left." })
  amount?: Decimal | null;
  @Field(() => Int, { description: "Of the balance as it was read." }) balanceVersion!: number;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType()
export class WriteOffInvoiceInput {
  @Field(() => ID) invoiceId!: string;
  @Field(() => WriteOffAsEnum) as!: WriteOffAs;
  @Field(() => String) reason!: string;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType()
export class ReverseWriteOffInput {
  @Field(() => ID) settlementId!: string;
  @Field(() => String) reason!: string;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType()
export class DisputeInvoiceInput {
  @Field(() => ID) invoiceId!: string;
  @Field(() => String, { description: "What the customer says is wrong." }) reason!: string;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType()
export class ResolveDisputeInput {
  @Field(() => ID) invoiceId!: string;
  @Field(() => String, { description: "How it ended." }) resolution!: string;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType()
export class RecordPromiseInput {
  @Field(() => ID) invoiceId!: string;
  @Field(() => PlainDateScalar, { nullable: true, description: "Left out: there is no promise any more." })
  promisedOn?: PlainDate | null;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}
