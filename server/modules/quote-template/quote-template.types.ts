import { Field, ID, Int, ObjectType } from "type-graphql";
import { ProblemType, resultUnion } from "../../platform/graphql/errors";
import { connectionOf } from "../../platform/graphql/paging";
import { DateTimeScalar } from "../../platform/graphql/scalars";
import { QuoteType } from "../quote";

@ObjectType("QuoteTemplate", {
  description: "Terms to begin a quote with. Their days are those of the quote that they come from, and are moved.",
  simpleResolvers: true,
})
export class QuoteTemplateType {
  @Field(() => ID, { description: "Stable for ever." }) id!: string;
  @Field(() => String, { description: "Unique among the templates that are in use." }) name!: string;
  @Field(() => String, { nullable: true, description: "What it is for." }) description!: string | null;
  @Field(() => DateTimeScalar, { nullable: true, description: "When it was deleted; null: it is in use." })
  archivedAt!: Date | null;
  @Field(() => Int, { description: "Rises with each change; send it back with an update." }) version!: number;
  @Field(() => String, { description: "Who saved it." }) createdBy!: string;
  @Field(() => DateTimeScalar, { description: "When it was saved." }) createdAt!: Date;
  @Field(() => DateTimeScalar, { description: "When it was changed last." }) updatedAt!: Date;
}
export const QuoteTemplateConnection = connectionOf("QuoteTemplate", () => QuoteTemplateType);

@ObjectType()
abstract class QuoteTemplateChanged {
  @Field(() => QuoteTemplateType, { description: "As it is now." }) template!: QuoteTemplateType;
}

@ObjectType({ description: "The terms of the quote are a template now.", simpleResolvers: true })
export class SaveQuoteAsTemplateSuccess extends QuoteTemplateChanged {}
export const SaveQuoteAsTemplateResult = resultUnion("SaveQuoteAsTemplateResult", () => SaveQuoteAsTemplateSuccess);

@ObjectType({ description: "The template was changed.", simpleResolvers: true })
export class UpdateQuoteTemplateSuccess extends QuoteTemplateChanged {}
export const UpdateQuoteTemplateResult = resultUnion("UpdateQuoteTemplateResult", () => UpdateQuoteTemplateSuccess);

@ObjectType({ description: "The template is not offered any more.", simpleResolvers: true })
export class DeleteQuoteTemplateSuccess extends QuoteTemplateChanged {}
export const DeleteQuoteTemplateResult = resultUnion("DeleteQuoteTemplateResult", () => DeleteQuoteTemplateSuccess);

@ObjectType({ description: "The quote is a draft with the terms of the template.", simpleResolvers: true })
export class CreateQuoteFromTemplateSuccess {
  @Field(() => QuoteType, { description: "The quote." }) quote!: QuoteType;
  @Field(() => [ProblemType], { description: "What was accepted and may yet be a slip, such as PERCENT_BELOW_ONE." })
  warnings!: ProblemType[];
}
export const CreateQuoteFromTemplateResult = resultUnion(
  "CreateQuoteFromTemplateResult",
  () => CreateQuoteFromTemplateSuccess,
);
