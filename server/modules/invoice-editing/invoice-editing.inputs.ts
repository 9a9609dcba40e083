import { Field, ID, InputType, Int } from "type-graphql";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { Decimal } from "../../domain/money/decimal";
import { IDEMPOTENCY_KEY } from "../../platform/graphql/idempotency-key";
import { DecimalScalar, PlainDateScalar } from "../../platform/graphql/scalars";
import type { AskedLine } from "./manual-line";

const VERSION = "Of the draft, as it was read; each act raises it.";
const REASON = "Why; kept in the audit trail.";

@InputType({ description: "A line that people write: either quantity and unitPrice, or amount." })
export class ManualLineInput {
  @Field(() => ID) productId!: string;
  @Field(() => String, { nullable: true, description: "As printed; default: the name of the product." })
  description?: string | null;
  @Field(() => PlainDateScalar, { description: "The first day that it serves." }) startsOn!: PlainDate;
  @Field(() => PlainDateScalar, { description: "The day after the last that it serves." }) endsBefore!: PlainDate;
  @Field(() => DecimalScalar, { nullable: true, description: "Up to 12 decimals; below zero it takes off." })
  quantity?: Decimal | null;
  @Field(() => DecimalScalar, {
    nullable: true,
    description: "Up to 12 decimals; quantity × unitPrice is rounded once, to the currency.",
  })
  unitPrice?: Decimal | null;
  @Field(() => DecimalScalar, {
    nullable: true,
    description: "Net; with the tax where prices of the invoice include it. Below zero it takes off.",
  })
  amount?: Decimal | null;
  @Field(() => String, { nullable: true, description: "Default: that of the product." }) taxCode?: string | null;
  @Field(() => String, { description: "Why the line is added; kept on it." }) reason!: string;
}

export const toAskedLine = (input: ManualLineInput): AskedLine => ({
  ...input,
  description: input.description ?? null,
  quantity: input.quantity ?? null,
  unitPrice: input.unitPrice ?? null,
  amount: input.amount ?? null,
  taxCode: input.taxCode ?? null,
});

@InputType()
abstract class EditInput {
  @Field(() => Int, { description: VERSION }) version!: number;
  @Field(() => String, { description: REASON }) reason!: string;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType()
abstract class DraftEditInput extends EditInput {
  @Field(() => ID) invoiceId!: string;
}

@InputType()
export class AddManualLineInput {
  @Field(() => ID) invoiceId!: string;
  @Field(() => Int, { description: VERSION }) version!: number;
  @Field(() => ManualLineInput) line!: ManualLineInput;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "What is left out stays; an amount replaces quantity and unitPrice, and these an amount." })
export class UpdateManualLineInput extends EditInput {
  @Field(() => ID, { description: "Of the manual line." }) id!: string;
  @Field(() => ID, { nullable: true }) productId?: string | null;
  @Field(() => String, { nullable: true }) description?: string | null;
  @Field(() => PlainDateScalar, { nullable: true }) startsOn?: PlainDate | null;
  @Field(() => PlainDateScalar, { nullable: true, description: "The day after the last." })
  endsBefore?: PlainDate | null;
  @Field(() => DecimalScalar, { nullable: true }) quantity?: Decimal | null;
  @Field(() => DecimalScalar, { nullable: true }) unitPrice?: Decimal | null;
  @Field(() => DecimalScalar, { nullable: true }) amount?: Decimal | null;
  @Field(() => String, { nullable: true, description: "null: that of the product." }) taxCode?: string | null;
}

@InputType()
export class RemoveManualLineInput extends EditInput {
  @Field(() => ID, { description: "Of the manual line." }) id!: string;
}

@InputType({ description: "What is left out stays as it is." })
export class UpdateDraftInvoiceInput extends DraftEditInput {
  @Field(() => String, { nullable: true, description: "Printed on the invoice; null: none." }) memo?: string | null;
  @Field(() => String, { nullable: true, description: "In place of the contract's; null: the contract's again." })
  poNumber?: string | null;
  @Field(() => String, { nullable: true, description: "For finance alone; null: none." }) internalNote?: string | null;
}

@InputType()
export class SetLineOverrideInput extends EditInput {
  @Field(() => ID, { description: "Of a line of a draft; a recalculation that changes the draft makes lines anew." })
  lineId!: string;
  @Field(() => DecimalScalar, {
    description: "In place of charge − discount: before tax, or with it where prices include it.",
  })
  amount!: Decimal;
}

@InputType()
abstract class SettleOverrideInput {
  @Field(() => ID, { description: "Of the override." }) id!: string;
  @Field(() => Int, {
    nullable: true,
    description: "Of the draft with its line, as it was read; left out where no draft has it.",
  })
  version?: number | null;
  @Field(() => String, { description: REASON }) reason!: string;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType()
export class ConfirmLineOverrideInput extends SettleOverrideInput {}

@InputType()
export class RemoveLineOverrideInput extends SettleOverrideInput {}

@InputType({ description: "A draft, as it was read." })
export class DraftSeenInput {
  @Field(() => ID) id!: string;
  @Field(() => Int) version!: number;
}

@InputType()
export class MergeDraftInvoicesInput {
  @Field(() => DraftSeenInput, { description: "The draft that stays, with its memo and PO number." })
  into!: DraftSeenInput;
  @Field(() => [DraftSeenInput], { description: "Up to 100, of the same customer, currency and kind of prices." })
  invoices!: DraftSeenInput[];
  @Field(() => String, { description: REASON }) reason!: string;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType()
export class SplitDraftInvoiceInput extends DraftEditInput {
  @Field(() => [ID], { description: "The lines that go; some have to stay." }) lineIds!: string[];
}

@InputType()
export class UndoDraftPlacementInput extends DraftEditInput {}

@InputType()
export class CreateOneOffInvoiceInput {
  @Field(() => ID) customerId!: string;
  @Field(() => String, { nullable: true, description: "ISO 4217 code; default: the customer's currency." })
  currency?: string | null;
  @Field(() => String, { nullable: true }) poNumber?: string | null;
  @Field(() => String, { nullable: true, description: "Printed on the invoice." }) memo?: string | null;
  @Field(() => [ManualLineInput], { description: "1 to 1,000; amounts before tax." }) lines!: ManualLineInput[];
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType()
export class DeleteDraftInvoicesInput {
  @Field(() => [DraftSeenInput], { description: "Up to 1,000; all of them or none." }) invoices!: DraftSeenInput[];
  @Field(() => String, { description: REASON }) reason!: string;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType()
export class AgreeDueDateInput extends DraftEditInput {
  @Field(() => PlainDateScalar, { description: "Later than it is due now." }) dueOn!: PlainDate;
}

@InputType({ description: "A person who gets an invoice." })
export class InvoiceRecipientInput {
  @Field(() => String) name!: string;
  @Field(() => String) email!: string;
}

@InputType()
export class SetInvoiceRecipientsInput extends DraftEditInput {
  @Field(() => [InvoiceRecipientInput], {
    description: "Up to 20; the first one is addressed, the others get a copy. Empty: the customer's contacts again.",
  })
  recipients!: InvoiceRecipientInput[];
}

@InputType()
export class SetInvoiceNoteInput {
  @Field(() => ID) invoiceId!: string;
  @Field(() => Int, { description: "Of the invoice, as it was read." }) version!: number;
  @Field(() => String, { nullable: true, description: "For finance alone; null: none." }) internalNote?: string | null;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "What is left out stays as on the last copy." })
export class AmendInvoiceCopyInput extends DraftEditInput {
  @Field(() => String, { nullable: true, description: "null: none." }) poNumber?: string | null;
  @Field(() => String, { nullable: true, description: "null: none." }) memo?: string | null;
}
