import { Field, ID, InputType, Int } from "type-graphql";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { SigningProvider } from "../../domain/quote/signing";
import { IDEMPOTENCY_KEY } from "../../platform/graphql/idempotency-key";
import { DateTimeScalar, PlainDateScalar } from "../../platform/graphql/scalars";
import { cellEditOf, QuoteCellEditInput } from "../quote";
import type { PaperSignature } from "./record-paper-signature";
import type { ReplacedSigner } from "./replace-signer";
import type { QuoteToSend } from "./send-quote";
import type { SignerParty } from "./signing";
import { SignerPartyEnum, SigningProviderEnum } from "./signing.types";
import type { QuoteVersionToStart } from "./start-quote-version";

@InputType({ description: "Somebody who is to sign." })
export class SignerInput {
  @Field(() => String, { description: "As it will stand on the document." }) name!: string;
  @Field(() => String, { description: "Where the link goes, by which they sign." }) email!: string;
  @Field(() => String, { nullable: true, description: "Such as Chief Financial Officer." }) title?: string | null;
  @Field(() => SignerPartyEnum, { defaultValue: "customer", description: "For whom they sign." }) party!: SignerParty;
  @Field(() => Int, {
    nullable: true,
    description:
      "When it is their turn, from 1; those at the same position sign at once. null: after those listed before.",
  })
  position?: number | null;
}

@InputType({ description: "An approved quote, and who is to sign it." })
export class SendQuoteInput {
  @Field(() => ID, { description: "The quote." }) quoteId!: string;
  @Field(() => Int, { description: "The quote's own version that was looked at." }) version!: number;
  @Field(() => SigningProviderEnum, { defaultValue: "embedded", description: "Where it is signed." })
  provider!: SigningProvider;
  @Field(() => Boolean, {
    defaultValue: false,
    description: "At Dropbox Sign: inside a page that embeds it, without a mail to the signers.",
  })
  isEmbeddedAtProvider!: boolean;
  @Field(() => [SignerInput], { defaultValue: [], description: "At least one, but for a signature on paper." })
  signers!: SignerInput[];
  @Field(() => String, { nullable: true, description: "Stands in the mail to the signers." }) message?: string | null;
  @Field(() => PlainDateScalar, {
    nullable: true,
    description: "The last day on which it can be signed. Left out: the quote's own; null: until it is voided.",
  })
  expiresOn?: PlainDate | null;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

export const quoteToSendOf = (input: SendQuoteInput): QuoteToSend => ({
  quoteId: input.quoteId,
  version: input.version,
  provider: input.provider,
  isEmbeddedAtProvider: input.isEmbeddedAtProvider,
  signers: input.signers.map(({ name, email, title, party, position }) => ({
    party,
    name: name.trim(),
    email: email.trim(),
    title: title?.trim() || null,
    position: position ?? null,
  })),
  message: input.message ?? null,
  expiresOn: input.expiresOn,
});

@InputType({ description: "A link by which the customer sees the sent version; nobody signs by it." })
export class CreateQuoteLinkInput {
  @Field(() => ID, { description: "The quote." }) quoteId!: string;
  @Field(() => DateTimeScalar, { nullable: true, description: "Until when it leads there; null: 90 days." })
  expiresAt?: Date | null;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "A link that is to lead nowhere from now on." })
export class RevokeQuoteLinkInput {
  @Field(() => ID, { description: "The link." }) linkId!: string;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "A quote whose signers are to be reminded." })
export class RemindSignersInput {
  @Field(() => ID, { description: "The quote." }) quoteId!: string;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "The right address, or another person, for a signer who has not signed." })
export class ReplaceSignerInput {
  @Field(() => ID, { description: "The signer." }) signerId!: string;
  @Field(() => String, { description: "As it will stand on the document." }) name!: string;
  @Field(() => String, { description: "Where the new link goes." }) email!: string;
  @Field(() => String, { nullable: true, description: "Such as Chief Financial Officer." }) title?: string | null;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

export const replacedSignerOf = ({ signerId, name, email, title }: ReplaceSignerInput): ReplacedSigner => ({
  signerId,
  name: name.trim(),
  email: email.trim(),
  title: title?.trim() || null,
});

@InputType({ description: "A quote that is to be taken back for good." })
export class VoidQuoteInput {
  @Field(() => ID, { description: "The quote." }) quoteId!: string;
  @Field(() => String, { description: "Why; kept with the quote." }) reason!: string;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "A quote that the customer does not want." })
export class DeclineQuoteInput {
  @Field(() => ID, { description: "The quote." }) quoteId!: string;
  @Field(() => String, { description: "Why; kept with the quote." }) reason!: string;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "A version that is to be followed by another." })
export class StartQuoteVersionInput {
  @Field(() => ID, { description: "The quote." }) quoteId!: string;
  @Field(() => Int, { description: "The ordinal of the version that is followed: the current one." })
  versionOrdinal!: number;
  @Field(() => [QuoteCellEditInput], {
    defaultValue: [],
    description: "Made on the cells of the version that is followed; all or none.",
  })
  edits!: QuoteCellEditInput[];
  @Field(() => PlainDateScalar, {
    nullable: true,
    description: "The last day to sign the new version; null: as before.",
  })
  expiresOn?: PlainDate | null;
  @Field(() => String, { nullable: true, description: "Why; kept with the history of the quote." }) note?:
    | string
    | null;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

export const versionToStartOf = (input: StartQuoteVersionInput): QuoteVersionToStart => ({
  quoteId: input.quoteId,
  versionOrdinal: input.versionOrdinal,
  edits: input.edits.map(cellEditOf),
  expiresOn: input.expiresOn ?? null,
  note: input.note ?? null,
});

@InputType({ description: "Somebody who signed on paper." })
export class PaperSignerInput {
  @Field(() => String, { description: "As it stands on the paper." }) name!: string;
  @Field(() => String, { nullable: true, description: "Such as Chief Financial Officer." }) title?: string | null;
  @Field(() => SignerPartyEnum, { defaultValue: "customer", description: "For whom they signed." }) party!: SignerParty;
  @Field(() => PlainDateScalar, { description: "When they signed." }) signedOn!: PlainDate;
}

@InputType({ description: "A quote that came back signed on paper." })
export class RecordPaperSignatureInput {
  @Field(() => ID, { description: "The quote." }) quoteId!: string;
  @Field(() => ID, {
    description:
      "The scan, a PDF, PNG or JPEG of at most 10 MB: POST its bytes to /quotes/{id}/paper-scans?fileName=… first.",
  })
  scanId!: string;
  @Field(() => [PaperSignerInput], { description: "Everybody who signed." }) signers!: PaperSignerInput[];
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

export const paperSignatureOf = ({ quoteId, scanId, signers }: RecordPaperSignatureInput): PaperSignature => ({
  quoteId,
  scanId,
  signers: signers.map(({ name, title, party, signedOn }) => ({
    party,
    name: name.trim(),
    title: title?.trim() || null,
    signedOn,
  })),
});
