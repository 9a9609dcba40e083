import { Field, ID, InputType, Int } from "type-graphql";
import type { MailPurpose } from "../../integrations/email/mail-template";
import { IDEMPOTENCY_KEY } from "../../platform/graphql/idempotency-key";
import { DeliveryFindingEnum, InvoiceLinkPurposeEnum, MailPurposeEnum } from "./delivery.types";
import type { InvoiceLinkPurpose } from "./invoice-link.store";
import type { DeliveryFinding } from "./resolve-delivery";

@InputType({ description: "An invoice or credit note that was sent." })
export class ResendInvoiceInput {
  @Field(() => ID, { description: "Which." }) invoiceId!: string;
  @Field(() => String, { description: "Why it is sent again; for the log." }) reason!: string;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "An issued invoice or credit note." })
export class SendTestInvoiceMailInput {
  @Field(() => ID, { description: "Which." }) invoiceId!: string;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "What you found out about a mail that is UNCERTAIN." })
export class ResolveDeliveryInput {
  @Field(() => ID, { description: "The mail." }) deliveryId!: string;
  @Field(() => DeliveryFindingEnum, { description: "Whether it arrived." }) finding!: DeliveryFinding;
  @Field(() => String, { description: "How you know: for the log." }) resolution!: string;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "A mail that came back, as a mail service reports it." })
export class RecordMailBounceInput {
  @Field(() => String, { description: "Where it could not be delivered." }) email!: string;
  @Field(() => Boolean, { description: "True: it will not arrive, and the address is marked. False: it is late." })
  isPermanent!: boolean;
  @Field(() => String, { nullable: true, description: 'Such as "5.1.1".' }) statusCode?: string | null;
  @Field(() => String, { description: "Why, in the words of the mail server." }) detail!: string;
  @Field(() => ID, { nullable: true, description: "Left out: the last mail that went to the address." })
  deliveryId?: string | null;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "An address that works again." })
export class ClearBouncedAddressInput {
  @Field(() => String, { description: "Which." }) email!: string;
  @Field(() => String, { description: "How you know: for the log." }) reason!: string;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "What is left out stays as it is." })
export class ChangeDeliverySettingsInput {
  @Field(() => Int, { description: "The version that was looked at." }) version!: number;
  @Field(() => Boolean, { nullable: true, description: "Usage by day goes with invoices that bill usage." })
  attachesUsage?: boolean;
  @Field(() => Boolean, { nullable: true, description: "Documents over zero are mailed, too." })
  mailsZeroTotals?: boolean;
  @Field(() => Int, { nullable: true, description: "null: as fast as the mail server takes them." })
  mailsPerMinute?: number | null;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "A new address, in the place of an earlier one." })
export class CreateBounceAddressInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "Up to a megabyte; five files at the most." })
export class AddMailFileInput {
  @Field(() => String, { description: "As the customer sees it; its ending says what it is." }) fileName!: string;
  @Field(() => String, { description: "The bytes." }) contentBase64!: string;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "A file that is to go with no mail any more." })
export class RemoveMailFileInput {
  @Field(() => ID, { description: "Which." }) fileId!: string;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType()
abstract class MailTemplatePlaceInput {
  @Field(() => MailPurposeEnum, { description: "Which mail." }) purpose!: MailPurpose;
  @Field(() => Int, { defaultValue: 0, description: "Of a reminder, from 1." }) level!: number;
  @Field(() => String, { description: "BCP 47 tag, such as de-DE." }) language!: string;
}

@InputType({ description: "A text of your own." })
export class SaveMailTemplateInput extends MailTemplatePlaceInput {
  @Field(() => Int, { description: "The version that was looked at; 0 where there is none of your own." })
  version!: number;
  @Field(() => String, { description: "One line of up to 200 characters." }) subject!: string;
  @Field(() => String, { description: "Paragraphs between empty lines; up to 5,000 characters." }) text!: string;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "Where the built-in text is to hold again." })
export class ResetMailTemplateInput extends MailTemplatePlaceInput {
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "A text to be tried out." })
export class PreviewMailInput extends MailTemplatePlaceInput {
  @Field(() => String, { description: "One line." }) subject!: string;
  @Field(() => String, { description: "Paragraphs between empty lines." }) text!: string;
  @Field(() => ID, { nullable: true, description: "An issued document; left out: made-up figures." })
  invoiceId?: string | null;
}

@InputType({ description: "An issued invoice or credit note, and for whom the link is." })
export class CreateInvoiceLinkInput {
  @Field(() => ID, { description: "Which." }) invoiceId!: string;
  @Field(() => InvoiceLinkPurposeEnum, { defaultValue: "staff", description: "STAFF, unless said." })
  purpose!: InvoiceLinkPurpose;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "A link that is to lead nowhere any more." })
export class RevokeInvoiceLinkInput {
  @Field(() => ID, { description: "As the invoice lists it." }) linkId!: string;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}
