import { createUnionType, Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import type { SignatureKind, SignatureRequestStatus, SignerStatus, SigningProvider } from "../../domain/quote/signing";
import { commandRefusals, ProblemType, resultUnion } from "../../platform/graphql/errors";
import { DateTimeScalar } from "../../platform/graphql/scalars";
import { ChangedQuoteCellType, QuoteCellEditType, QuoteEditConflict, QuoteType } from "../quote";
import type { LinkPurpose, SignerParty, SigningMail, SigningMailKind, ViewedWhat } from "./signing";
import type { SignerOutcome } from "./start-quote-version";

export const SigningProviderEnum = { EMBEDDED: "embedded", DROPBOX_SIGN: "dropbox_sign", PAPER: "paper" } as const;
registerEnumType(SigningProviderEnum, {
  name: "SigningProvider",
  description: "Where a quote is signed.",
  valuesConfig: {
    EMBEDDED: { description: "On Billgrid's own page, by links that are mailed." },
    DROPBOX_SIGN: { description: "At Dropbox Sign." },
    PAPER: { description: "On paper; the scan is filed by recordPaperSignature." },
  },
});

export const SignatureRequestStatusEnum = {
  QUEUED: "queued",
  SENT: "sent",
  COMPLETED: "completed",
  DECLINED: "declined",
  WITHDRAWN: "withdrawn",
  FAILED: "failed",
} as const;
registerEnumType(SignatureRequestStatusEnum, {
  name: "SignatureRequestStatus",
  description: "Where the signatures of a version stand.",
  valuesConfig: {
    QUEUED: { description: "On its way to the provider." },
    SENT: { description: "With the signers." },
    COMPLETED: { description: "Signed by everybody, and the signed document is kept." },
    DECLINED: { description: "A signer does not want it." },
    WITHDRAWN: { description: "Taken back; no signature on it counts." },
    FAILED: { description: "The provider did not take it; send it again." },
  },
});

export const SignerStatusEnum = { WAITING: "waiting", SIGNED: "signed", DECLINED: "declined" } as const;
registerEnumType(SignerStatusEnum, { name: "SignerStatus", description: "What a signer has done." });

export const SignerPartyEnum = { CUSTOMER: "customer", SELLER: "seller" } as const;
registerEnumType(SignerPartyEnum, { name: "SignerParty", description: "For whom somebody signs." });

export const SignatureKindEnum = { TYPED: "typed", DRAWN: "drawn", PAPER: "paper", PROVIDER: "provider" } as const;
registerEnumType(SignatureKindEnum, {
  name: "SignatureKind",
  description: "How somebody signed.",
  valuesConfig: {
    TYPED: { description: "A name typed on Billgrid's page." },
    DRAWN: { description: "Drawn on Billgrid's page." },
    PAPER: { description: "On paper." },
    PROVIDER: { description: "At the provider, which holds the signature." },
  },
});

export const LinkPurposeEnum = { VIEW: "view", SIGN: "sign" } as const;
registerEnumType(LinkPurposeEnum, { name: "QuoteLinkPurpose", description: "What a link is for." });

export const ViewedWhatEnum = {
  PAGE: "page",
  OFFER: "offer",
  SIGNED: "signed",
  SIGN: "sign",
  DECLINE: "decline",
} as const;
registerEnumType(ViewedWhatEnum, {
  name: "QuoteViewed",
  description: "What was asked for through a link.",
  valuesConfig: {
    PAGE: { description: "The page." },
    OFFER: { description: "The offer as PDF." },
    SIGNED: { description: "The signed document." },
    SIGN: { description: "To sign, successfully or not." },
    DECLINE: { description: "To decline, successfully or not." },
  },
});

export const SigningMailKindEnum = {
  INVITATION: "invitation",
  REMINDER: "reminder",
  SIGNED: "signed",
  WITHDRAWN: "withdrawn",
} as const;
registerEnumType(SigningMailKindEnum, { name: "SigningMailKind", description: "What a mail to a signer is about." });

export const SigningMailStatusEnum = { QUEUED: "queued", SENT: "sent", FAILED: "failed", DROPPED: "dropped" } as const;
registerEnumType(SigningMailStatusEnum, {
  name: "SigningMailStatus",
  description: "What became of a mail to a signer.",
  valuesConfig: {
    QUEUED: { description: "Waits, or is tried again; the error says why." },
    SENT: { description: "Went out." },
    FAILED: { description: "Was refused for good." },
    DROPPED: { description: "Had become untrue before it went out." },
  },
});

@ObjectType("SignatureRequest", {
  description: "The signatures that are asked for on one version of a quote.",
  simpleResolvers: true,
})
export class SignatureRequestType {
  @Field(() => ID, { description: "The request." }) id!: string;
  @Field(() => Int, { description: "The ordinal of the version that is signed." }) versionOrdinal!: number;
  @Field(() => SigningProviderEnum, { description: "Where it is signed." }) provider!: SigningProvider;
  @Field(() => SignatureRequestStatusEnum, { description: "Where it stands." }) status!: SignatureRequestStatus;
  @Field(() => String, { description: "The SHA-256 hash of the very bytes that are signed, in hexadecimal." })
  documentSha256!: string;
  @Field(() => String, { nullable: true, description: "In the mail to the signers." }) message!: string | null;
  @Field(() => String, { nullable: true, description: "Why it was declined or withdrawn." }) statusReason!:
    | string
    | null;
  @Field(() => String, { nullable: true, description: "Why the provider did not take it." }) failure!: string | null;
  @Field(() => String, { description: "Who sent it." }) createdBy!: string;
  @Field(() => DateTimeScalar, { description: "When it was sent." }) createdAt!: Date;
  @Field(() => DateTimeScalar, { nullable: true, description: "When everybody had signed." }) completedAt!: Date | null;
}

@ObjectType("Signer", { description: "Somebody who signs a version of a quote.", simpleResolvers: true })
export class SignerType {
  @Field(() => ID, { description: "The signer." }) id!: string;
  @Field(() => Int, { description: "From 1; those at the same position sign at once." }) position!: number;
  @Field(() => String, { description: "As it stands on the document." }) name!: string;
  @Field(() => String, { nullable: true, description: "null: signed on paper." }) email!: string | null;
  @Field(() => String, { nullable: true, description: "Such as Chief Financial Officer." }) title!: string | null;
  @Field(() => SignerPartyEnum, { description: "For whom they sign." }) party!: SignerParty;
  @Field(() => SignerStatusEnum, { description: "What they have done." }) status!: SignerStatus;
  @Field(() => SignatureKindEnum, { nullable: true, description: "How they signed." })
  signatureKind!: SignatureKind | null;
  @Field(() => DateTimeScalar, { nullable: true, description: "When they signed." }) signedAt!: Date | null;
  @Field(() => String, { nullable: true, description: "What they agreed to, in its very words." }) consent!:
    | string
    | null;
  @Field(() => String, { nullable: true, description: "The hash of the document that they signed." })
  documentSha256!: string | null;
  @Field(() => String, { nullable: true, description: "From where they signed or declined." }) ip!: string | null;
  @Field(() => String, { nullable: true, description: "By which browser, as it says of itself." }) browser!:
    | string
    | null;
  @Field(() => DateTimeScalar, { nullable: true, description: "When they declined." }) declinedAt!: Date | null;
  @Field(() => String, { nullable: true, description: "Why they declined." }) declineReason!: string | null;
  @Field(() => DateTimeScalar, { nullable: true, description: "When they were asked to sign last." })
  remindedAt!: Date | null;
}

@ObjectType("SigningMail", { description: "A mail to a signer.", simpleResolvers: true })
export class SigningMailType {
  @Field(() => SigningMailKindEnum, { description: "What it is about." }) kind!: SigningMailKind;
  @Field(() => String, { description: "To which address." }) recipient!: string;
  @Field(() => SigningMailStatusEnum, { description: "What became of it." }) status!: SigningMail["status"];
  @Field(() => String, { nullable: true, description: "Why it did not go out, or not everywhere." }) error!:
    | string
    | null;
  @Field(() => DateTimeScalar, { description: "When it was written." }) queuedAt!: Date;
  @Field(() => DateTimeScalar, { nullable: true, description: "When it went out." }) sentAt!: Date | null;
}

@ObjectType("QuoteLink", {
  description: "By which somebody without an account sees a version, or signs it. Its address is shown once.",
  simpleResolvers: true,
})
export class QuoteLinkType {
  @Field(() => ID, { description: "The link." }) id!: string;
  @Field(() => LinkPurposeEnum, { description: "What it is for." }) purpose!: LinkPurpose;
  @Field(() => DateTimeScalar, { description: "From when it leads nowhere." }) expiresAt!: Date;
  @Field(() => DateTimeScalar, { nullable: true, description: "When it was taken back." }) revokedAt!: Date | null;
  @Field(() => String, { description: "Who made it; Billgrid for those that are mailed." }) createdBy!: string;
  @Field(() => DateTimeScalar, { description: "When it was made." }) createdAt!: Date;
}

@ObjectType("QuoteView", { description: "Somebody used a link.", simpleResolvers: true })
export class QuoteViewType {
  @Field(() => ID, { description: "The view." }) id!: string;
  @Field(() => ViewedWhatEnum, { description: "What was asked for." }) what!: ViewedWhat;
  @Field(() => DateTimeScalar, { description: "When." }) viewedAt!: Date;
  @Field(() => String, { nullable: true, description: "From where." }) ip!: string | null;
  @Field(() => String, { nullable: true, description: "By which browser, as it says of itself." }) browser!:
    | string
    | null;
}

@ObjectType()
abstract class ToQuote {
  @Field(() => QuoteType, { description: "As it is now." }) quote!: QuoteType;
}

@ObjectType({ description: "The quote is with its signers, or on its way to them.", simpleResolvers: true })
export class SendQuoteSuccess extends ToQuote {}
export const SendQuoteResult = resultUnion("SendQuoteResult", () => SendQuoteSuccess);

@ObjectType({ description: "The link, with its address.", simpleResolvers: true })
export class CreateQuoteLinkSuccess {
  linkId!: string;
  @Field(() => String, {
    nullable: true,
    description: "Where it leads. Shown once: null when the command is repeated, for it is stored nowhere.",
  })
  url!: string | null;
}
export const CreateQuoteLinkResult = resultUnion("CreateQuoteLinkResult", () => CreateQuoteLinkSuccess);

@ObjectType({ description: "The link leads nowhere.", simpleResolvers: true })
export class RevokeQuoteLinkSuccess {
  linkId!: string;
}
export const RevokeQuoteLinkResult = resultUnion("RevokeQuoteLinkResult", () => RevokeQuoteLinkSuccess);

@ObjectType({ description: "The reminders are on their way.", simpleResolvers: true })
export class RemindSignersSuccess extends ToQuote {
  signerIds!: readonly string[];
}
export const RemindSignersResult = resultUnion("RemindSignersResult", () => RemindSignersSuccess);

@ObjectType({ description: "The signer is another; earlier links lead nowhere.", simpleResolvers: true })
export class ReplaceSignerSuccess extends ToQuote {
  signerId!: string;
}
export const ReplaceSignerResult = resultUnion("ReplaceSignerResult", () => ReplaceSignerSuccess);

@ObjectType({ description: "The quote is void; signatures that were asked for are taken back.", simpleResolvers: true })
export class VoidQuoteSuccess extends ToQuote {}
export const VoidQuoteResult = resultUnion("VoidQuoteResult", () => VoidQuoteSuccess);

@ObjectType({ description: "The quote is declined; a new version may follow.", simpleResolvers: true })
export class DeclineQuoteSuccess extends ToQuote {}
export const DeclineQuoteResult = resultUnion("DeclineQuoteResult", () => DeclineQuoteSuccess);

@ObjectType({ description: "The quote is signed, with the scan among its documents.", simpleResolvers: true })
export class RecordPaperSignatureSuccess extends ToQuote {}
export const RecordPaperSignatureResult = resultUnion("RecordPaperSignatureResult", () => RecordPaperSignatureSuccess);

export const SignerOutcomeEnum = {
  SIGNATURE_LAPSED: "signature_lapsed",
  TOLD: "told",
  NEVER_ASKED: "never_asked",
  DECLINED: "declined",
} as const;
registerEnumType(SignerOutcomeEnum, {
  name: "SignerOutcome",
  description: "What a new version means for somebody who was to sign the one before.",
  valuesConfig: {
    SIGNATURE_LAPSED: { description: "Signed the one before; the signature does not hold for the new one." },
    TOLD: { description: "Was asked to sign it, and is told that it is off." },
    NEVER_ASKED: { description: "Was not asked yet." },
    DECLINED: { description: "Declined the one before." },
  },
});

@ObjectType("SignerAfterNewVersion", {
  description: "What a new version means for somebody who was to sign the one before.",
  simpleResolvers: true,
})
export class SignerAfterNewVersionType {
  @Field(() => ID, { description: "The signer of the version before." }) signerId!: string;
  @Field(() => String, { description: "As it stands on the document." }) name!: string;
  @Field(() => SignerOutcomeEnum, { description: "In one word." }) outcome!: SignerOutcome["outcome"];
  @Field(() => String, { description: "In a sentence." }) message!: string;
}

@ObjectType({
  description: "A draft follows the version before, which is superseded; signatures asked for it are taken back.",
  simpleResolvers: true,
})
export class StartQuoteVersionSuccess extends ToQuote {
  @Field(() => [ChangedQuoteCellType], { description: "Every cell that became another." })
  applied!: ChangedQuoteCellType[];
  @Field(() => [QuoteCellEditType], { description: "The edits that take all of it back." }) undo!: QuoteCellEditType[];
  @Field(() => [ProblemType], { description: "What keeps it from being submitted; known where it was edited." })
  problems!: ProblemType[];
  @Field(() => [ProblemType], { description: "What was accepted and may yet be a slip, such as PERCENT_BELOW_ONE." })
  warnings!: ProblemType[];
  @Field(() => [SignerAfterNewVersionType], { description: "What it means for the signers of the version before." })
  signers!: SignerAfterNewVersionType[];
}
export const StartQuoteVersionResult = createUnionType({
  name: "StartQuoteVersionResult",
  description: "What came of the command: its success, or why nothing was changed.",
  types: () => [StartQuoteVersionSuccess, QuoteEditConflict, ...commandRefusals] as const,
  resolveType: (value) => (value as unknown as { readonly __typename: string }).__typename,
});
