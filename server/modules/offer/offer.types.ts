import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { resultUnion } from "../../platform/graphql/errors";
import { DateTimeScalar } from "../../platform/graphql/scalars";
import { QuoteDocumentType } from "../quote";
import type { CheckedDocument } from "./check-signed-document";

export const SignedDocumentCheckCodeEnum = {
  INTACT: "INTACT",
  NOTHING_SIGNED: "NOTHING_SIGNED",
  NOT_A_PDF: "NOT_A_PDF",
  TRUNCATED: "TRUNCATED",
  OFFER_CHANGED: "OFFER_CHANGED",
  SIGNATURES_CHANGED: "SIGNATURES_CHANGED",
  APPENDED: "APPENDED",
  NOT_SIGNED: "NOT_SIGNED",
} as const;
registerEnumType(SignedDocumentCheckCodeEnum, {
  name: "SignedDocumentCheckCode",
  description: "What came of comparing a file with a signed document.",
  valuesConfig: {
    INTACT: { description: "It is the signed document, byte by byte." },
    NOTHING_SIGNED: { description: "There is no signed document to compare with." },
    NOT_A_PDF: { description: "It is no PDF." },
    TRUNCATED: { description: "A part of it is missing." },
    OFFER_CHANGED: { description: "The pages of the offer are not those that were sent." },
    SIGNATURES_CHANGED: { description: "The offer is as it was sent; the signatures or their record are not." },
    APPENDED: { description: "Something was added behind the signed document." },
    NOT_SIGNED: { description: "It is the offer as it was sent, without signatures." },
  },
});

@ObjectType("SignedDocumentCheck", {
  description: "Whether a file is the document that was signed, byte by byte.",
  simpleResolvers: true,
})
export class SignedDocumentCheckType {
  @Field(() => SignedDocumentCheckCodeEnum, { description: "For programs." }) code!: CheckedDocument["code"];
  @Field(() => String, { description: "For people." }) message!: string;
  @Field(() => Boolean, { description: "It is the signed document itself." }) isIntact!: boolean;
  @Field(() => Boolean, { description: "It begins with the offer as it was sent." }) isOfferIntact!: boolean;
  @Field(() => QuoteDocumentType, { nullable: true, description: "With which it was compared." })
  document!: QuoteDocumentType | null;
}

@ObjectType("OfferTemplate", {
  description: "What every offer begins and ends with, beside the organization's colour.",
})
export class OfferTemplateType {
  @Field(() => String, { nullable: true, description: "Before the terms." }) introduction!: string | null;
  @Field(() => String, { nullable: true, description: "After everything but the signatures: terms and conditions." })
  closing!: string | null;
  @Field(() => Int, { description: "Rises with each change, 0 at first; send it back with a change." })
  version!: number;
  @Field(() => DateTimeScalar, { nullable: true, description: "null: nothing was set yet." }) updatedAt!: Date | null;
}

@ObjectType({ description: "The template was set; offers that were sent keep theirs.", simpleResolvers: true })
export class SetOfferTemplateSuccess {
  @Field(() => Int, { description: "The template's, from now on." }) version!: number;
}
export const SetOfferTemplateResult = resultUnion("SetOfferTemplateResult", () => SetOfferTemplateSuccess);
