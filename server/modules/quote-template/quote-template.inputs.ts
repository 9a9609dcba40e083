import { Field, ID, InputType, Int } from "type-graphql";
import type { PlainDate } from "../../domain/calendar/plain-date";
import { IDEMPOTENCY_KEY } from "../../platform/graphql/idempotency-key";
import { PlainDateScalar } from "../../platform/graphql/scalars";
import { QuoteHeadInput } from "../quote";

@InputType({ description: "A quote whose terms are worth using again." })
export class SaveQuoteAsTemplateInput {
  @Field(() => ID, { description: "The quote." }) quoteId!: string;
  @Field(() => Int, { nullable: true, description: "The ordinal of the version; default: the current." })
  versionOrdinal?: number | null;
  @Field(() => String, { description: "Unique among the templates that are in use." }) name!: string;
  @Field(() => String, { nullable: true, description: "What it is for." }) description?: string | null;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "To whom, and from when on." })
export class CreateQuoteFromTemplateInput extends QuoteHeadInput {
  @Field(() => ID, { description: "The template." }) templateId!: string;
  @Field(() => PlainDateScalar, { description: "The first day of the term; all days of the template move with it." })
  startsOn!: PlainDate;
  @Field(() => String, { nullable: true, description: "Default: that of the template's terms." }) name?: string | null;
  @Field(() => ID, { nullable: true, description: "Default: that of the template; null: none." })
  override priceBookId?: string | null;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "What is left out stays as it is." })
export class UpdateQuoteTemplateInput {
  @Field(() => ID, { description: "The template." }) id!: string;
  @Field(() => Int, { description: "The version that the change was made on." }) version!: number;
  @Field(() => String, { nullable: true, description: "Never null." }) name?: string | null;
  @Field(() => String, { nullable: true, description: "null: none." }) description?: string | null;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "A template that is not to be offered any more." })
export class DeleteQuoteTemplateInput {
  @Field(() => ID, { description: "The template." }) id!: string;
  @Field(() => Int, { description: "The version that was looked at." }) version!: number;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}
