import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import { toUnion } from "../../platform/graphql/errors";
import type { RequestContext } from "../../platform/request-context";
import { OrganizationType } from "../organization";
import {
  type Quote,
  type QuoteDocument,
  QuoteDocumentType,
  QuoteType,
  type QuoteVersion,
  QuoteVersionType,
} from "../quote";
import { checkSignedDocument } from "./check-signed-document";
import { SetOfferTemplateInput } from "./offer.inputs";
import {
  OfferTemplateType,
  SetOfferTemplateResult,
  SetOfferTemplateSuccess,
  SignedDocumentCheckType,
} from "./offer.types";
import type { OfferTemplate } from "./offer-template";
import { currentOfferOf, readOfferTemplate, sentOfferOf } from "./read-quote-files";
import { setOfferTemplate } from "./set-offer-template";

@Resolver(() => QuoteType)
export class QuoteOfferResolver {
  @FieldResolver(() => QuoteDocumentType, {
    nullable: true,
    description: "The offer that the current version was sent with; null: it was not sent.",
  })
  offer(@Root() quote: Quote, @Ctx() context: RequestContext) {
    return currentOfferOf(context, quote);
  }

  @Query(() => SignedDocumentCheckType, {
    description: "Compares a file with the document that was signed; without one, what is kept with its hash.",
  })
  checkSignedDocument(
    @Arg("quoteId", () => ID, { description: "Whose signed document." }) quoteId: string,
    @Arg("versionOrdinal", () => Int, {
      nullable: true,
      description: "Of which version; null: the latest that was signed.",
    })
    versionOrdinal: number | null | undefined,
    @Arg("content", () => String, { nullable: true, description: "The file, as base64." })
    content: string | null | undefined,
    @Ctx() context: RequestContext,
  ) {
    return checkSignedDocument(context, {
      quoteId,
      ordinal: versionOrdinal ?? null,
      content: content ? Buffer.from(content, "base64") : null,
    });
  }
}

@Resolver(() => QuoteVersionType)
export class QuoteVersionOfferResolver {
  @FieldResolver(() => QuoteDocumentType, {
    nullable: true,
    description: "The offer that it was sent with; null: it was not sent.",
  })
  offer(@Root() version: QuoteVersion, @Ctx() context: RequestContext) {
    return sentOfferOf(context, version);
  }

  @FieldResolver(() => String, {
    description:
      "Where its offer can be had as PDF as it would be now, marked as a draft; needs the same authorization.",
  })
  previewUrl(@Root() { id }: QuoteVersion) {
    return `/quotes/previews/${id}.pdf`;
  }
}

@Resolver(() => QuoteDocumentType)
export class QuoteDocumentUrlResolver {
  @FieldResolver(() => String, { description: "Where the file can be had; needs the same authorization." })
  url(@Root() { id }: QuoteDocument) {
    return `/quotes/documents/${id}`;
  }
}

@Resolver(() => OfferTemplateType)
export class OfferTemplateResolver {
  @FieldResolver(() => Boolean, { description: "Offers show it in the place of the name." })
  hasLogo(@Root() { logo }: OfferTemplate) {
    return logo !== null;
  }

  @Mutation(() => SetOfferTemplateResult, {
    description: "Sets what every offer begins and ends with. For administrators.",
  })
  async setOfferTemplate(
    @Arg("input", () => SetOfferTemplateInput) { version, idempotencyKey, ...changes }: SetOfferTemplateInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion(
      "SetOfferTemplateSuccess",
      await setOfferTemplate(context, { version, changes: { ...changes }, idempotencyKey }),
    );
  }
}

@Resolver(() => OrganizationType)
export class OrganizationOfferTemplateResolver {
  @FieldResolver(() => OfferTemplateType, { description: "What its offers begin and end with." })
  offerTemplate(@Ctx() context: RequestContext) {
    return readOfferTemplate(context);
  }
}

@Resolver(() => SetOfferTemplateSuccess)
export class SetOfferTemplateSuccessResolver {
  @FieldResolver(() => OfferTemplateType, { description: "As it is now." })
  offerTemplate(@Ctx() context: RequestContext) {
    return readOfferTemplate(context);
  }
}
