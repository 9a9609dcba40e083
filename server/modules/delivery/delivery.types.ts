import { createUnionType, Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import type { MailPurpose } from "../../integrations/email/mail-template";
import { InvalidInput, NotFound, resultUnion } from "../../platform/graphql/errors";
import { DateTimeScalar } from "../../platform/graphql/scalars";
import type { AttemptOutcome, DeliveryPurpose, DeliveryStatus, RecipientKind, RecipientStatus } from "./delivery";
import type { InvoiceLinkPurpose, InvoiceViewed, InvoiceVisitor } from "./invoice-link.store";

export const DeliveryPurposeEnum = {
  INVOICE: "invoice",
  RESEND: "resend",
  TEST: "test",
  REMINDER: "reminder",
} as const;
registerEnumType(DeliveryPurposeEnum, {
  name: "DeliveryPurpose",
  description: "What a mail to a customer is for.",
  valuesConfig: {
    INVOICE: { description: "The first sending of an invoice or credit note, which makes it SENT." },
    RESEND: { description: "The same once more, for a reason." },
    TEST: { description: "To whoever tried it out; it does not count as sent." },
    REMINDER: { description: "Of several invoices that are overdue." },
  },
});

export const DeliveryStatusEnum = {
  QUEUED: "queued",
  SENDING: "sending",
  DEFERRED: "deferred",
  SENT: "sent",
  FAILED: "failed",
  UNCERTAIN: "uncertain",
} as const;
registerEnumType(DeliveryStatusEnum, {
  name: "DeliveryStatus",
  description: "Where a mail to a customer stands.",
  valuesConfig: {
    QUEUED: { description: "Waits for its turn." },
    SENDING: { description: "Is handed to the mail server just now." },
    DEFERRED: { description: "The mail server did not take it so far; it is tried again by itself." },
    SENT: { description: "The mail server took it, for at least one recipient." },
    FAILED: { description: "It was not sent, and is not tried again by itself." },
    UNCERTAIN: {
      description:
        "It was handed over without an answer. It is not sent again by itself: find out whether it arrived, then say so with resolveDelivery.",
    },
  },
});

export const RecipientKindEnum = { TO: "to", CC: "cc" } as const;
registerEnumType(RecipientKindEnum, { name: "DeliveryRecipientKind", description: "Addressed, or copied in." });

export const RecipientStatusEnum = {
  PENDING: "pending",
  ACCEPTED: "accepted",
  REFUSED: "refused",
  BOUNCED: "bounced",
  LEFT_OUT: "left_out",
} as const;
registerEnumType(RecipientStatusEnum, {
  name: "DeliveryRecipientStatus",
  description: "What became of a mail at one address.",
  valuesConfig: {
    PENDING: { description: "It was not sent so far." },
    ACCEPTED: { description: "Our mail server took it; whether it is read, nobody knows." },
    REFUSED: { description: "Our mail server did not take it for this address." },
    BOUNCED: { description: "It came back." },
    LEFT_OUT: { description: "It was not sent there, because mails to the address came back before." },
  },
});

export const AttemptOutcomeEnum = {
  SENT: "sent",
  TEMPORARY: "temporary",
  PERMANENT: "permanent",
  UNCERTAIN: "uncertain",
  INTERRUPTED: "interrupted",
} as const;
registerEnumType(AttemptOutcomeEnum, {
  name: "DeliveryAttemptOutcome",
  description: "What came of one try to send a mail.",
  valuesConfig: {
    TEMPORARY: { description: "Not taken, but it may be later." },
    PERMANENT: { description: "Not taken, and it will not be." },
    UNCERTAIN: { description: "Handed over whole, and never answered." },
    INTERRUPTED: { description: "Whoever made it was stopped before it had an answer." },
  },
});

export const MailPurposeEnum = { INVOICE: "invoice", CREDIT_NOTE: "credit_note", REMINDER: "reminder" } as const;
registerEnumType(MailPurposeEnum, { name: "MailPurpose", description: "Which mail a text is for." });

export const DeliveryFindingEnum = { ARRIVED: "arrived", NOT_ARRIVED: "not_arrived" } as const;
registerEnumType(DeliveryFindingEnum, {
  name: "DeliveryFinding",
  description: "What somebody found out about a mail that was uncertain.",
  valuesConfig: {
    ARRIVED: { description: "It counts as sent." },
    NOT_ARRIVED: { description: "It counts as failed, and may be sent again." },
  },
});

export const InvoiceLinkPurposeEnum = { CUSTOMER: "customer", STAFF: "staff" } as const;
registerEnumType(InvoiceLinkPurposeEnum, {
  name: "InvoiceLinkPurpose",
  description: "For whom a link is.",
  valuesConfig: {
    CUSTOMER: { description: "The first look through it counts as the customer's." },
    STAFF: { description: "For people of the organization, whose looks do not count." },
  },
});

export const InvoiceViewedEnum = { PAGE: "page", PDF: "pdf", USAGE: "usage" } as const;
registerEnumType(InvoiceViewedEnum, { name: "InvoiceViewed", description: "What was asked for through a link." });

export const InvoiceVisitorEnum = { CUSTOMER: "customer", STAFF: "staff", PROGRAM: "program" } as const;
registerEnumType(InvoiceVisitorEnum, {
  name: "InvoiceVisitor",
  description: "Who looked, as far as that can be told.",
  valuesConfig: { PROGRAM: { description: "Something that reads links by itself; its looks do not count." } },
});

@ObjectType("Delivery", { description: "A mail to a customer, from when it was asked for.", simpleResolvers: true })
export class DeliveryType {
  @Field(() => ID) id!: string;
  @Field(() => DeliveryPurposeEnum, { description: "What it is for." }) purpose!: DeliveryPurpose;
  @Field(() => DeliveryStatusEnum, { description: "Where it stands." }) status!: DeliveryStatus;
  @Field(() => String, { description: "Its subject line." }) subject!: string;
  @Field(() => String, { description: "Its text, with a place for each link; of older mails empty." }) text!: string;
  @Field(() => String, { description: "Under which mail servers know it, without angle brackets." }) messageId!: string;
  @Field(() => String, { nullable: true, description: "Why it was sent again." }) reason!: string | null;
  @Field(() => String, { nullable: true, description: "Why it did not leave so far, and what to do." }) failure!:
    | string
    | null;
  @Field(() => String, { description: "Who asked for it." }) requestedBy!: string;
  @Field(() => DateTimeScalar, { description: "When it was asked for." }) queuedAt!: Date;
  @Field(() => DateTimeScalar, { nullable: true, description: "When it is tried again by itself." })
  nextAttemptAt!: Date | null;
  @Field(() => DateTimeScalar, { nullable: true, description: "When the mail server took it." }) sentAt!: Date | null;
  @Field(() => String, { nullable: true, description: "Who found out what became of it, where it was uncertain." })
  resolvedBy!: string | null;
  @Field(() => DateTimeScalar, { nullable: true }) resolvedAt!: Date | null;
  @Field(() => String, { nullable: true, description: "What they found out." }) resolution!: string | null;
}

@ObjectType("DeliveryRecipient", { description: "Somebody whom a mail goes to.", simpleResolvers: true })
export class DeliveryRecipientType {
  @Field(() => RecipientKindEnum, { description: "Addressed, or copied in." }) kind!: RecipientKind;
  @Field(() => String, { description: "Empty where it is not known." }) name!: string;
  @Field(() => String) email!: string;
  @Field(() => RecipientStatusEnum, { description: "What became of it there." }) status!: RecipientStatus;
  @Field(() => String, { nullable: true, description: "Why it did not arrive." }) detail!: string | null;
}

@ObjectType("DeliveryAttempt", { description: "One try to send a mail, in the world's time.", simpleResolvers: true })
export class DeliveryAttemptType {
  @Field(() => Int, { description: "From 1." }) ordinal!: number;
  @Field(() => DateTimeScalar) beganAt!: Date;
  @Field(() => DateTimeScalar, { nullable: true, description: "null: there is no answer yet." }) endedAt!: Date | null;
  @Field(() => AttemptOutcomeEnum, { nullable: true, description: "What came of it." }) outcome!: AttemptOutcome | null;
  @Field(() => String, { nullable: true, description: "What the mail server said." }) detail!: string | null;
}

@ObjectType("InvoiceLink", {
  description: "A way to the page of an invoice without an account.",
  simpleResolvers: true,
})
export class InvoiceLinkType {
  @Field(() => ID) id!: string;
  @Field(() => InvoiceLinkPurposeEnum, { description: "For whom it is." }) purpose!: InvoiceLinkPurpose;
  @Field(() => DateTimeScalar, { description: "From then on it leads nowhere." }) expiresAt!: Date;
  @Field(() => DateTimeScalar, { nullable: true, description: "When it was taken back." }) revokedAt!: Date | null;
  @Field(() => String, { description: '"Billgrid" where it went with a mail.' }) createdBy!: string;
  @Field(() => DateTimeScalar) createdAt!: Date;
}

@ObjectType("InvoiceView", { description: "A look at the page of an invoice.", simpleResolvers: true })
export class InvoiceViewType {
  @Field(() => ID) id!: string;
  @Field(() => InvoiceViewedEnum, { description: "What was asked for." }) what!: InvoiceViewed;
  @Field(() => InvoiceVisitorEnum, { description: "Who looked." }) visitor!: InvoiceVisitor;
  @Field(() => DateTimeScalar) viewedAt!: Date;
  @Field(() => String, { nullable: true, description: "From which address." }) ip!: string | null;
  @Field(() => String, { nullable: true, description: "What the browser calls itself." }) browser!: string | null;
}

@ObjectType("BouncedAddress", {
  description: "An address that mails come back from; nothing is sent to it until clearBouncedAddress.",
  simpleResolvers: true,
})
export class BouncedAddressType {
  @Field(() => String, { description: "In small letters." }) email!: string;
  @Field(() => String, { description: "Why, as the mail server or an integration told it." }) detail!: string;
  @Field(() => String, { nullable: true, description: 'Such as "5.1.1".' }) statusCode!: string | null;
  @Field(() => String, { description: "Who reported it." }) reportedBy!: string;
  @Field(() => DateTimeScalar) bouncedAt!: Date;
}

@ObjectType("DeliverySettings", { description: "How mails to customers leave.", simpleResolvers: true })
export class DeliverySettingsType {
  @Field(() => Boolean, { description: "Usage by day goes with invoices that bill usage, as a CSV file." })
  attachesUsage!: boolean;
  @Field(() => Boolean, { description: "Documents over zero are mailed, too; else they are issued alone." })
  mailsZeroTotals!: boolean;
  @Field(() => Int, { nullable: true, description: "null: as fast as the mail server takes them." })
  mailsPerMinute!: number | null;
  @Field(() => Boolean, { description: "createBounceAddress was used." }) hasBounceAddress!: boolean;
  @Field(() => Int, { description: "Rises with each change; 0 before the first." }) version!: number;
}

@ObjectType("MailFile", { description: "Goes with every invoice, such as terms of business.", simpleResolvers: true })
export class MailFileType {
  @Field(() => ID) id!: string;
  @Field(() => String) fileName!: string;
  @Field(() => String) contentType!: string;
  @Field(() => Int) byteCount!: number;
  @Field(() => String) addedBy!: string;
  @Field(() => DateTimeScalar) addedAt!: Date;
}

@ObjectType("MailTemplate", {
  description:
    "What a mail says, in one language. The customer's language chooses; where there is no text in it, the built-in one holds.",
  simpleResolvers: true,
})
export class MailTemplateType {
  @Field(() => MailPurposeEnum, { description: "Which mail." }) purpose!: MailPurpose;
  @Field(() => Int, { description: "Of a reminder, from 1; of other mails 0." }) level!: number;
  @Field(() => String, { description: "BCP 47 tag." }) language!: string;
  @Field(() => String, { description: "One line." }) subject!: string;
  @Field(() => String, { description: "Paragraphs between empty lines." }) text!: string;
  @Field(() => Boolean, { description: "There is none of your own." }) isBuiltIn!: boolean;
  @Field(() => Int, { description: "Send it back when you save; 0: built in." }) version!: number;
  @Field(() => [String], { description: "What subject and text may name." }) placeholders!: readonly string[];
  @Field(() => String, { nullable: true }) updatedBy!: string | null;
  @Field(() => DateTimeScalar, { nullable: true }) updatedAt!: Date | null;
}

@ObjectType("PreviewMailSuccess", { description: "The mail as it would be.", simpleResolvers: true })
export class PreviewMailSuccess {
  @Field(() => String) subject!: string;
  @Field(() => String) text!: string;
  @Field(() => String, { description: "A whole document that loads nothing from anywhere." }) html!: string;
}
export const PreviewMailResult = createUnionType({
  name: "PreviewMailResult",
  description: "The mail, or what is wrong with its text.",
  types: () => [PreviewMailSuccess, InvalidInput, NotFound] as const,
  resolveType: (value) => (value as unknown as { readonly __typename: string }).__typename,
});

// ── What commands answer ─────────────────────────────────────────────────────────────────────────────────────────────

class OfDelivery {
  deliveryId!: string;
}

@ObjectType({ description: "The mail is queued." })
export class ResendInvoiceSuccess extends OfDelivery {}
export const ResendInvoiceResult = resultUnion("ResendInvoiceResult", () => ResendInvoiceSuccess);

@ObjectType({ description: "The mail to yourself is queued." })
export class SendTestInvoiceMailSuccess extends OfDelivery {}
export const SendTestInvoiceMailResult = resultUnion("SendTestInvoiceMailResult", () => SendTestInvoiceMailSuccess);

@ObjectType({ description: "It is known what became of the mail." })
export class ResolveDeliverySuccess extends OfDelivery {}
export const ResolveDeliveryResult = resultUnion("ResolveDeliveryResult", () => ResolveDeliverySuccess);

@ObjectType({ description: "The bounce is recorded.", simpleResolvers: true })
export class RecordMailBounceSuccess {
  @Field(() => ID, { description: "Of the record." }) bounceId!: string;
  @Field(() => ID, {
    nullable: true,
    description: "The mail that came back; null: none of ours is known to have gone there.",
  })
  deliveryId!: string | null;
}
export const RecordMailBounceResult = resultUnion("RecordMailBounceResult", () => RecordMailBounceSuccess);

@ObjectType({ description: "Mails are sent to the address again.", simpleResolvers: true })
export class ClearBouncedAddressSuccess {
  @Field(() => String) email!: string;
}
export const ClearBouncedAddressResult = resultUnion("ClearBouncedAddressResult", () => ClearBouncedAddressSuccess);

@ObjectType({ description: "The settings hold from the next mail on." })
export class ChangeDeliverySettingsSuccess {
  version!: number;
}
export const ChangeDeliverySettingsResult = resultUnion(
  "ChangeDeliverySettingsResult",
  () => ChangeDeliverySettingsSuccess,
);

@ObjectType({ description: "There is a new address; an earlier one takes nothing any more.", simpleResolvers: true })
export class CreateBounceAddressSuccess {
  @Field(() => String, {
    nullable: true,
    description: "To which delivery status notifications are posted as they are (message/rfc822). Shown this once.",
  })
  url!: string | null;
}
export const CreateBounceAddressResult = resultUnion("CreateBounceAddressResult", () => CreateBounceAddressSuccess);

@ObjectType({ description: "The file goes with every invoice from now on.", simpleResolvers: true })
export class AddMailFileSuccess {
  @Field(() => ID) fileId!: string;
}
export const AddMailFileResult = resultUnion("AddMailFileResult", () => AddMailFileSuccess);

@ObjectType({ description: "The file goes with no new mail.", simpleResolvers: true })
export class RemoveMailFileSuccess {
  @Field(() => ID) fileId!: string;
}
export const RemoveMailFileResult = resultUnion("RemoveMailFileResult", () => RemoveMailFileSuccess);

class OfTemplates {
  purpose!: MailPurpose;
  level!: number;
  language!: string;
}

@ObjectType({ description: "The text holds from the next mail on." })
export class SaveMailTemplateSuccess extends OfTemplates {}
export const SaveMailTemplateResult = resultUnion("SaveMailTemplateResult", () => SaveMailTemplateSuccess);

@ObjectType({ description: "The built-in text holds again." })
export class ResetMailTemplateSuccess extends OfTemplates {}
export const ResetMailTemplateResult = resultUnion("ResetMailTemplateResult", () => ResetMailTemplateSuccess);

@ObjectType({ description: "There is a link.", simpleResolvers: true })
export class CreateInvoiceLinkSuccess {
  @Field(() => ID) linkId!: string;
  @Field(() => String, { nullable: true, description: "Shown this once; a repetition of the command answers null." })
  url!: string | null;
}
export const CreateInvoiceLinkResult = resultUnion("CreateInvoiceLinkResult", () => CreateInvoiceLinkSuccess);

@ObjectType({ description: "The link leads nowhere any more.", simpleResolvers: true })
export class RevokeInvoiceLinkSuccess {
  @Field(() => ID) linkId!: string;
}
export const RevokeInvoiceLinkResult = resultUnion("RevokeInvoiceLinkResult", () => RevokeInvoiceLinkSuccess);
