import { Field, ID, InputType, Int } from "type-graphql";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { Decimal } from "../../domain/money/decimal";
import { IDEMPOTENCY_KEY } from "../../platform/graphql/idempotency-key";
import { DecimalScalar, PercentScalar, PlainDateScalar } from "../../platform/graphql/scalars";
import type { CreditCategory, CreditEffect, CreditService } from "../invoice";
import { type PaymentMethod, PaymentMethodEnum } from "../receivable";
import type { AskedLine, AskedLines } from "./credit-note";
import { CreditCategoryEnum, CreditEffectEnum, CreditServiceEnum } from "./credit-note.types";

const REASON = "Stands on the document, after the words for the category.";
const TIMING = "Default: PAST_SERVICE.";

@InputType({
  description:
    "How much of a line to credit: at most one of the four; none: all that is left of it. Amounts and units have the sign of the line.",
})
export class CreditLineInput {
  @Field(() => ID) lineId!: string;
  @Field(() => DecimalScalar, {
    nullable: true,
    description: "As the line is priced: before tax, or with it where prices include tax.",
  })
  amount?: Decimal | null;
  @Field(() => DecimalScalar, { nullable: true, description: "With tax: exactly what the customer is to get back." })
  gross?: Decimal | null;
  @Field(() => DecimalScalar, { nullable: true, description: "Units of the line." }) quantity?: Decimal | null;
  @Field(() => PercentScalar, { nullable: true, description: "Of the line as it was billed." })
  percent?: Decimal | null;
}

@InputType()
export class CreateCreditNoteInput {
  @Field(() => ID, { description: "An issued invoice that is not void." }) invoiceId!: string;
  @Field(() => [CreditLineInput], {
    nullable: true,
    description:
      "Left out: all that is left of the invoice. What prepaid credits paid of a line comes back with it, in proportion.",
  })
  lines?: CreditLineInput[] | null;
  @Field(() => CreditEffectEnum, { description: "CORRECTION or FINAL." }) effect!: CreditEffect;
  @Field(() => CreditCategoryEnum) category!: CreditCategory;
  @Field(() => String, { description: REASON }) reason!: string;
  @Field(() => CreditServiceEnum, { defaultValue: "past_service", description: TIMING }) serviceTiming!: CreditService;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType()
export class CreditInvoiceInput {
  @Field(() => ID, { description: "An issued invoice that is not void." }) invoiceId!: string;
  @Field(() => CreditEffectEnum, { description: "CORRECTION or FINAL." }) effect!: CreditEffect;
  @Field(() => CreditCategoryEnum) category!: CreditCategory;
  @Field(() => String, { description: REASON }) reason!: string;
  @Field(() => CreditServiceEnum, { defaultValue: "past_service", description: TIMING }) serviceTiming!: CreditService;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType()
export class CreditAndReissueInvoiceInput {
  @Field(() => ID, { description: "An issued invoice of which nothing was credited yet." }) invoiceId!: string;
  @Field(() => CreditCategoryEnum) category!: CreditCategory;
  @Field(() => String, { description: REASON }) reason!: string;
  @Field(() => CreditServiceEnum, { defaultValue: "past_service", description: TIMING }) serviceTiming!: CreditService;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "What is left out stays." })
export class UpdateCreditNoteInput {
  @Field(() => ID) id!: string;
  @Field(() => Int, { description: "Of the credit note, as it was read." }) version!: number;
  @Field(() => [CreditLineInput], {
    nullable: true,
    description: "All that it is to take back; null: all that is left.",
  })
  lines?: CreditLineInput[] | null;
  @Field(() => CreditEffectEnum, { nullable: true }) effect?: CreditEffect | null;
  @Field(() => CreditCategoryEnum, { nullable: true }) category?: CreditCategory | null;
  @Field(() => String, { nullable: true }) reason?: string | null;
  @Field(() => CreditServiceEnum, { nullable: true }) serviceTiming?: CreditService | null;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType()
export class DeleteCreditNoteInput {
  @Field(() => ID) id!: string;
  @Field(() => Int, { description: "Of the credit note, as it was read." }) version!: number;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType()
export class PreviewCreditNoteInput {
  @Field(() => ID) invoiceId!: string;
  @Field(() => [CreditLineInput], { nullable: true, description: "Left out: all that is left of the invoice." })
  lines?: CreditLineInput[] | null;
}

@InputType()
export class RecordRefundInput {
  @Field(() => ID, { nullable: true, description: "The issued credit note of which what is left is paid out; or" })
  creditNoteId?: string | null;
  @Field(() => ID, { nullable: true, description: "the customer of whose balance it is paid, the oldest first." })
  customerId?: string | null;
  @Field(() => String, { nullable: true, description: "ISO 4217 code of the balance; default: the credit note's." })
  currency?: string | null;
  @Field(() => DecimalScalar, { description: "Above zero." }) amount!: Decimal;
  @Field(() => PlainDateScalar, { description: "The day on which it was paid: today or before." }) paidOn!: PlainDate;
  @Field(() => PaymentMethodEnum) method!: PaymentMethod;
  @Field(() => String, { nullable: true, description: "Such as the bank's." }) reference?: string | null;
  @Field(() => String) reason!: string;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

const toAskedLine = ({ lineId, amount, gross, quantity, percent }: CreditLineInput): AskedLine => ({
  lineId,
  amount: amount ?? null,
  gross: gross ?? null,
  quantity: quantity ?? null,
  percent: percent ?? null,
});

export const toAskedLines = (lines: CreditLineInput[] | null | undefined): AskedLines =>
  lines?.map(toAskedLine) ?? null;
