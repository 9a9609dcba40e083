import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { QuoteStatus } from "../../domain/quote/quote-life";
import { ProblemType, resultUnion } from "../../platform/graphql/errors";
import { connectionOf } from "../../platform/graphql/paging";
import { DateTimeScalar, JsonScalar, PlainDateScalar } from "../../platform/graphql/scalars";
import { UpsertOutcomeEnum } from "../customer";
import type { QuoteDocumentKind, QuoteEventKind, QuoteKind } from "./quote";

export const QuoteKindEnum = { SALE: "sale", AMENDMENT: "amendment" } as const;
registerEnumType(QuoteKindEnum, {
  name: "QuoteKind",
  description: "What its execution makes.",
  valuesConfig: {
    SALE: { description: "A new contract." },
    AMENDMENT: { description: "A dated change of a running contract." },
  },
});

export const QuoteStatusEnum = {
  DRAFT: "draft",
  IN_APPROVAL: "in_approval",
  APPROVED: "approved",
  SENT: "sent",
  SIGNED: "signed",
  EXECUTED: "executed",
  DECLINED: "declined",
  EXPIRED: "expired",
  VOIDED: "voided",
} as const;
registerEnumType(QuoteStatusEnum, {
  name: "QuoteStatus",
  description: "Where the current version of a quote stands.",
  valuesConfig: {
    DRAFT: { description: "Being worked on." },
    IN_APPROVAL: { description: "Waits for approvers." },
    APPROVED: { description: "May be sent." },
    SENT: { description: "With the customer, to be signed; its terms do not change any more." },
    SIGNED: { description: "Signed by everybody; waits for finance to execute it." },
    EXECUTED: { description: "Became a contract, or an amendment of one." },
    DECLINED: { description: "The customer does not want it; a new version may follow." },
    EXPIRED: { description: "Its last day is over; a new version may follow." },
    VOIDED: { description: "Taken back for good." },
  },
});

export const QuoteEventKindEnum = {
  CREATED: "created",
  VERSION_STARTED: "version_started",
  SUBMITTED: "submitted",
  APPROVAL_GIVEN: "approval_given",
  APPROVED: "approved",
  REJECTED: "rejected",
  RECALLED: "recalled",
  SENT: "sent",
  VIEWED: "viewed",
  SIGNER_SIGNED: "signer_signed",
  SIGNED: "signed",
  DECLINED: "declined",
  SIGNATURE_CANCELLED: "signature_cancelled",
  REMINDED: "reminded",
  EXPIRING: "expiring",
  EXPIRED: "expired",
  VOIDED: "voided",
  EXECUTED: "executed",
} as const;
registerEnumType(QuoteEventKindEnum, { name: "QuoteEventKind", description: "What happened to a quote." });

export const QuoteDocumentKindEnum = {
  OFFER: "offer",
  SIGNED: "signed",
  PAPER: "paper",
  ATTACHMENT: "attachment",
} as const;
registerEnumType(QuoteDocumentKindEnum, {
  name: "QuoteDocumentKind",
  description: "What a file of a quote is.",
  valuesConfig: {
    OFFER: { description: "The offer as it was sent." },
    SIGNED: { description: "The offer with its signatures and the record of how they were given." },
    PAPER: { description: "The scan of an offer that was signed on paper." },
    ATTACHMENT: { description: "Anything else." },
  },
});

@ObjectType("Prospect", {
  description: "Who becomes a customer when the quote is executed.",
  simpleResolvers: true,
})
export class ProspectType {
  @Field(() => String, { description: "As printed on the document." }) legalName!: string;
  @Field(() => [String], { description: "As printed on the document." }) addressLines!: readonly string[];
  @Field(() => String, { nullable: true, description: "ISO 3166-1 alpha-2." }) country!: string | null;
  @Field(() => String, { nullable: true, description: "VAT or other tax number." }) taxId!: string | null;
  @Field(() => String, { description: "BCP 47 tag of the language of documents." }) language!: string;
  @Field(() => String, { nullable: true, description: "Who is spoken to." }) contactName!: string | null;
  @Field(() => String, { nullable: true, description: "Becomes the first billing contact." })
  contactEmail!: string | null;
  @Field(() => ID, { nullable: true, description: "The company's id in another system, such as the CRM." })
  externalId!: string | null;
}

@ObjectType("Quote", {
  description: "Terms offered to a customer or a prospect, in versions; executed when it is signed.",
  simpleResolvers: true,
})
export class QuoteType {
  @Field(() => ID, { description: "Stable for ever." }) id!: string;
  @Field(() => String, { description: "Unique in the organization, such as Q-00042." }) number!: string;
  @Field(() => QuoteKindEnum, { description: "What its execution makes." }) kind!: QuoteKind;
  status!: QuoteStatus;
  @Field(() => String, { nullable: true, description: "Why it was sent back, declined or voided." })
  statusReason!: string | null;
  @Field(() => ProspectType, { nullable: true, description: "null: it is to a customer." })
  prospect!: ProspectType | null;
  @Field(() => PlainDateScalar, { nullable: true, description: "The last day on which it can be signed." })
  expiresOn!: PlainDate | null;
  @Field(() => ID, { nullable: true, description: "Its id in another system, such as the CRM; unique." })
  externalId!: string | null;
  @Field(() => String, { nullable: true, description: "The deal of the CRM." }) deal!: string | null;
  @Field(() => Int, {
    description:
      "The quote's own, which rises with each change; send it back with an update. Versions of its terms have an ordinal.",
  })
  version!: number;
  @Field(() => DateTimeScalar, { description: "When it was created." }) createdAt!: Date;
  @Field(() => DateTimeScalar, { description: "When it was changed last." }) updatedAt!: Date;
}

export const QuoteConnection = connectionOf("Quote", () => QuoteType);

@ObjectType("QuoteVersion", {
  description: "What a quote offers, or offered. It never changes once it was sent, or another follows it.",
  simpleResolvers: true,
})
export class QuoteVersionType {
  @Field(() => ID, { description: "The version, whatever its number." }) id!: string;
  @Field(() => Int, { description: "Counted from 1." }) ordinal!: number;
  @Field(() => Int, { description: "Counts its edits; send it back with edits." }) revision!: number;
  @Field(() => DateTimeScalar, { nullable: true, description: "When it went to the customer." }) sentAt!: Date | null;
  @Field(() => DateTimeScalar, { nullable: true, description: "When another version took its place." })
  supersededAt!: Date | null;
  @Field(() => String, { description: "Who started it." }) createdBy!: string;
  @Field(() => DateTimeScalar, { description: "When it was started." }) createdAt!: Date;
  @Field(() => DateTimeScalar, { description: "When it was edited last." }) updatedAt!: Date;
}

@ObjectType("QuoteEdit", { description: "Who changed which cell of a version.", simpleResolvers: true })
export class QuoteEditType {
  @Field(() => Int, { description: "The revision that it led to." }) revision!: number;
  @Field(() => String, { description: "The cell." }) path!: string;
  @Field(() => JsonScalar, { nullable: true, description: "As it was." }) before!: unknown;
  @Field(() => JsonScalar, { nullable: true, description: "As it became." }) after!: unknown;
  @Field(() => String, { nullable: true, description: "Why, where it was said." }) note!: string | null;
  @Field(() => String, { description: "Who did it." }) editedBy!: string;
  @Field(() => DateTimeScalar, { description: "When it was done." }) editedAt!: Date;
}

@ObjectType("QuoteEvent", { description: "Something that happened to a quote.", simpleResolvers: true })
export class QuoteEventType {
  @Field(() => ID, { description: "The event." }) id!: string;
  @Field(() => QuoteEventKindEnum, { description: "What happened." }) kind!: QuoteEventKind;
  @Field(() => Int, { description: "The ordinal of the version that it happened to." }) versionOrdinal!: number;
  @Field(() => String, { description: "Who did it; a signer by name." }) actor!: string;
  @Field(() => String, { nullable: true, description: "Why, where it was said." }) reason!: string | null;
  @Field(() => JsonScalar, { description: "What else is known of it, by name." }) facts!: unknown;
  @Field(() => DateTimeScalar, { description: "When it happened." }) happenedAt!: Date;
}

@ObjectType("QuoteDocument", { description: "A file of a quote.", simpleResolvers: true })
export class QuoteDocumentType {
  @Field(() => ID, { description: "The file." }) id!: string;
  @Field(() => QuoteDocumentKindEnum, { description: "What it is." }) kind!: QuoteDocumentKind;
  @Field(() => Int, { description: "The ordinal of the version that it belongs to." }) versionOrdinal!: number;
  @Field(() => String, { description: "Under which it is saved." }) fileName!: string;
  @Field(() => String, { description: "Its MIME type." }) contentType!: string;
  @Field(() => Int, { description: "In bytes." }) size!: number;
  @Field(() => String, { description: "The SHA-256 hash of its bytes, in hexadecimal." }) sha256!: string;
  @Field(() => DateTimeScalar, { description: "When it was made, or uploaded." }) createdAt!: Date;
}

@ObjectType({ description: "The quote was created, as a draft.", simpleResolvers: true })
export class CreateQuoteSuccess {
  quoteId!: string;
  @Field(() => [ProblemType], { description: "What was accepted and may yet be a slip, such as PERCENT_BELOW_ONE." })
  warnings!: ProblemType[];
}
export const CreateQuoteResult = resultUnion("CreateQuoteResult", () => CreateQuoteSuccess);

@ObjectType({ description: "The copy is a draft with a number of its own.", simpleResolvers: true })
export class CloneQuoteSuccess {
  @Field(() => QuoteType, { description: "The copy." }) quote!: QuoteType;
  @Field(() => [ProblemType], { description: "What was accepted and may yet be a slip, such as PERCENT_BELOW_ONE." })
  warnings!: ProblemType[];
}
export const CloneQuoteResult = resultUnion("CloneQuoteResult", () => CloneQuoteSuccess);

@ObjectType({ description: "The quote is as it was sent.", simpleResolvers: true })
export class UpsertQuoteSuccess {
  @Field(() => QuoteType, { description: "As it is now." }) quote!: QuoteType;
  @Field(() => UpsertOutcomeEnum, { description: "What it took." }) outcome!: "created" | "updated" | "unchanged";
  @Field(() => [ProblemType], { description: "What was accepted and may yet be a slip, such as PERCENT_BELOW_ONE." })
  warnings!: ProblemType[];
}
export const UpsertQuoteResult = resultUnion("UpsertQuoteResult", () => UpsertQuoteSuccess);
