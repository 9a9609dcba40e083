import { Arg, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from "type-graphql";
import { toUnion } from "../../platform/graphql/errors";
import type { RequestContext } from "../../platform/request-context";
import { answerWithQuote, type Quote, QuoteType } from "../quote";
import { createQuoteLink } from "./create-quote-link";
import { declineQuote, voidQuote } from "./end-quote";
import {
  currentRequestOf,
  isOnTurn,
  linkOf,
  linksOf,
  mailsOf,
  requestsOfQuote,
  signerOf,
  signersOf,
  viewCountOf,
  viewsOf,
} from "./read-signing";
import { recordPaperSignature } from "./record-paper-signature";
import { remindSigners } from "./remind-signers";
import { replaceSigner } from "./replace-signer";
import { revokeQuoteLink } from "./revoke-quote-link";
import { sendQuote } from "./send-quote";
import type { QuoteLink, SignatureRequest, Signer } from "./signing";
import {
  CreateQuoteLinkInput,
  DeclineQuoteInput,
  paperSignatureOf,
  quoteToSendOf,
  RecordPaperSignatureInput,
  RemindSignersInput,
  ReplaceSignerInput,
  RevokeQuoteLinkInput,
  replacedSignerOf,
  SendQuoteInput,
  StartQuoteVersionInput,
  VoidQuoteInput,
  versionToStartOf,
} from "./signing.inputs";
import {
  CreateQuoteLinkResult,
  CreateQuoteLinkSuccess,
  DeclineQuoteResult,
  QuoteLinkType,
  QuoteViewType,
  RecordPaperSignatureResult,
  RemindSignersResult,
  RemindSignersSuccess,
  ReplaceSignerResult,
  ReplaceSignerSuccess,
  RevokeQuoteLinkResult,
  RevokeQuoteLinkSuccess,
  SendQuoteResult,
  SignatureRequestType,
  SignerType,
  SigningMailType,
  StartQuoteVersionResult,
  VoidQuoteResult,
} from "./signing.types";
import { startQuoteVersion } from "./start-quote-version";

@Resolver(() => QuoteType)
export class QuoteSigningResolver {
  @FieldResolver(() => SignatureRequestType, {
    nullable: true,
    description: "The signatures of the current version; null: it was not sent yet.",
  })
  signatureRequest(@Root() quote: Quote, @Ctx() context: RequestContext) {
    return currentRequestOf(context, quote);
  }

  @FieldResolver(() => [SignatureRequestType], { description: "Of all versions, the first first." })
  signatureRequests(@Root() quote: Quote, @Ctx() context: RequestContext) {
    return requestsOfQuote(context, quote);
  }

  @FieldResolver(() => [QuoteLinkType], { description: "For people without an account, the first first." })
  links(@Root() quote: Quote, @Ctx() context: RequestContext) {
    return linksOf(context, quote);
  }

  @Mutation(() => SendQuoteResult, {
    description:
      "Sends an approved quote to be signed; from then on its version does not change. Once a provider did not take it, or it was taken back, it can be sent again.",
  })
  async sendQuote(@Arg("input", () => SendQuoteInput) input: SendQuoteInput, @Ctx() context: RequestContext) {
    const { idempotencyKey } = input;
    return answerWithQuote(
      context,
      "SendQuoteSuccess",
      await sendQuote(context, { ...quoteToSendOf(input), idempotencyKey }),
    );
  }

  @Mutation(() => CreateQuoteLinkResult, {
    description: "Makes a link for the customer to read by; nobody signs by it.",
  })
  async createQuoteLink(
    @Arg("input", () => CreateQuoteLinkInput) input: CreateQuoteLinkInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion(
      "CreateQuoteLinkSuccess",
      await createQuoteLink(context, { ...input, expiresAt: input.expiresAt ?? null }),
    );
  }

  @Mutation(() => RevokeQuoteLinkResult, { description: "Takes a link back at once." })
  async revokeQuoteLink(
    @Arg("input", () => RevokeQuoteLinkInput) input: RevokeQuoteLinkInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("RevokeQuoteLinkSuccess", await revokeQuoteLink(context, { ...input }));
  }

  @Mutation(() => RemindSignersResult, {
    description: "Mails whoever is to sign now once more; nobody within an hour of the last mail.",
  })
  async remindSigners(
    @Arg("input", () => RemindSignersInput) input: RemindSignersInput,
    @Ctx() context: RequestContext,
  ) {
    return answerWithQuote(context, "RemindSignersSuccess", await remindSigners(context, { ...input }));
  }

  @Mutation(() => ReplaceSignerResult, {
    description: "Corrects the address of a signer who has not signed, or puts somebody else in their place.",
  })
  async replaceSigner(
    @Arg("input", () => ReplaceSignerInput) input: ReplaceSignerInput,
    @Ctx() context: RequestContext,
  ) {
    const { idempotencyKey } = input;
    return answerWithQuote(
      context,
      "ReplaceSignerSuccess",
      await replaceSigner(context, { ...replacedSignerOf(input), idempotencyKey }),
    );
  }

  @Mutation(() => VoidQuoteResult, { description: "Takes a quote back for good, with the signatures asked for." })
  async voidQuote(@Arg("input", () => VoidQuoteInput) input: VoidQuoteInput, @Ctx() context: RequestContext) {
    return answerWithQuote(context, "VoidQuoteSuccess", await voidQuote(context, { ...input }));
  }

  @Mutation(() => DeclineQuoteResult, {
    description:
      "Notes that the customer does not want a quote that was sent, where they said so in another way than on its page.",
  })
  async declineQuote(@Arg("input", () => DeclineQuoteInput) input: DeclineQuoteInput, @Ctx() context: RequestContext) {
    return answerWithQuote(context, "DeclineQuoteSuccess", await declineQuote(context, { ...input }));
  }

  @Mutation(() => StartQuoteVersionResult, {
    description:
      "Lets a draft follow the version that was sent, signed, declined or expired, with edits if there are any. Signatures that are asked for are taken back; those that were given do not hold for the new version.",
  })
  async startQuoteVersion(
    @Arg("input", () => StartQuoteVersionInput) input: StartQuoteVersionInput,
    @Ctx() context: RequestContext,
  ) {
    const { idempotencyKey } = input;
    const started = await startQuoteVersion(context, { ...versionToStartOf(input), idempotencyKey });
    return answerWithQuote(context, "StartQuoteVersionSuccess", started);
  }

  @Mutation(() => RecordPaperSignatureResult, {
    description: "Notes that a quote that was sent came back signed on paper: with its scan it is signed.",
  })
  async recordPaperSignature(
    @Arg("input", () => RecordPaperSignatureInput) input: RecordPaperSignatureInput,
    @Ctx() context: RequestContext,
  ) {
    const { idempotencyKey } = input;
    return answerWithQuote(
      context,
      "RecordPaperSignatureSuccess",
      await recordPaperSignature(context, { ...paperSignatureOf(input), idempotencyKey }),
    );
  }
}

@Resolver(() => SignatureRequestType)
export class SignatureRequestResolver {
  @FieldResolver(() => [SignerType], { description: "In the order in which they sign." })
  signers(@Root() request: SignatureRequest, @Ctx() context: RequestContext) {
    return signersOf(context, request);
  }
}

@Resolver(() => SignerType)
export class SignerResolver {
  @FieldResolver(() => Boolean, { description: "It is for them to sign now." })
  isOnTurn(@Root() signer: Signer, @Ctx() context: RequestContext) {
    return isOnTurn(context, signer);
  }

  @FieldResolver(() => [SigningMailType], { description: "The mails to them, the first first." })
  mails(@Root() signer: Signer, @Ctx() context: RequestContext) {
    return mailsOf(context, signer);
  }
}

@Resolver(() => QuoteLinkType)
export class QuoteLinkResolver {
  @FieldResolver(() => SignerType, { nullable: true, description: "Who signs by it." })
  signer(@Root() { signerId }: QuoteLink, @Ctx() context: RequestContext) {
    return signerId === null ? null : signerOf(context, signerId);
  }

  @FieldResolver(() => Int, { description: "How often it was used." })
  viewCount(@Root() link: QuoteLink, @Ctx() context: RequestContext) {
    return viewCountOf(context, link);
  }

  @FieldResolver(() => [QuoteViewType], { description: "The last hundred uses, the latest first." })
  views(@Root() link: QuoteLink, @Ctx() context: RequestContext) {
    return viewsOf(context, link);
  }
}

@Resolver(() => CreateQuoteLinkSuccess)
export class CreateQuoteLinkSuccessResolver {
  @FieldResolver(() => QuoteLinkType, { description: "As it is now." })
  link(@Root() { linkId }: CreateQuoteLinkSuccess, @Ctx() context: RequestContext) {
    return linkOf(context, linkId);
  }
}

@Resolver(() => RevokeQuoteLinkSuccess)
export class RevokeQuoteLinkSuccessResolver {
  @FieldResolver(() => QuoteLinkType, { description: "As it is now." })
  link(@Root() { linkId }: RevokeQuoteLinkSuccess, @Ctx() context: RequestContext) {
    return linkOf(context, linkId);
  }
}

@Resolver(() => RemindSignersSuccess)
export class RemindSignersSuccessResolver {
  @FieldResolver(() => [SignerType], { description: "Who is reminded." })
  signers(@Root() { signerIds }: RemindSignersSuccess, @Ctx() context: RequestContext) {
    return Promise.all(signerIds.map((id) => signerOf(context, id)));
  }
}

@Resolver(() => ReplaceSignerSuccess)
export class ReplaceSignerSuccessResolver {
  @FieldResolver(() => SignerType, { description: "As they are now." })
  signer(@Root() { signerId }: ReplaceSignerSuccess, @Ctx() context: RequestContext) {
    return signerOf(context, signerId);
  }
}
