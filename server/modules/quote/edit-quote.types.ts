import { Field, ID, ObjectType } from "type-graphql";
import { ProblemType, resultUnion } from "../../platform/graphql/errors";
import { QuoteType } from "./quote.types";

/** What every edit of terms answers. */
@ObjectType()
abstract class QuoteEdited {
  @Field(() => QuoteType, { description: "As it is now; its current version has the next revision." })
  quote!: QuoteType;
  @Field(() => [ProblemType], { description: "What was accepted and may yet be a slip, such as PERCENT_BELOW_ONE." })
  warnings!: ProblemType[];
}

@ObjectType({ description: "What stands beside the terms was changed.", simpleResolvers: true })
export class UpdateQuoteSuccess extends QuoteEdited {}
export const UpdateQuoteResult = resultUnion("UpdateQuoteResult", () => UpdateQuoteSuccess);

@ObjectType({ description: "The terms over all lines were changed.", simpleResolvers: true })
export class UpdateQuoteHeadTermsSuccess extends QuoteEdited {}
export const UpdateQuoteHeadTermsResult = resultUnion("UpdateQuoteHeadTermsResult", () => UpdateQuoteHeadTermsSuccess);

@ObjectType({ description: "The phase was added.", simpleResolvers: true })
export class AddQuotePhaseSuccess extends QuoteEdited {
  @Field(() => ID, { description: "The phase." }) phaseId!: string;
}
export const AddQuotePhaseResult = resultUnion("AddQuotePhaseResult", () => AddQuotePhaseSuccess);

@ObjectType({ description: "The phase was made two.", simpleResolvers: true })
export class SplitQuotePhaseSuccess extends QuoteEdited {
  @Field(() => ID, { description: "The second phase; the first keeps its id." }) phaseId!: string;
}
export const SplitQuotePhaseResult = resultUnion("SplitQuotePhaseResult", () => SplitQuotePhaseSuccess);

@ObjectType({ description: "The phase was changed.", simpleResolvers: true })
export class UpdateQuotePhaseSuccess extends QuoteEdited {}
export const UpdateQuotePhaseResult = resultUnion("UpdateQuotePhaseResult", () => UpdateQuotePhaseSuccess);

@ObjectType({ description: "The phase was removed, with its lines.", simpleResolvers: true })
export class RemoveQuotePhaseSuccess extends QuoteEdited {}
export const RemoveQuotePhaseResult = resultUnion("RemoveQuotePhaseResult", () => RemoveQuotePhaseSuccess);

@ObjectType({ description: "The line was added.", simpleResolvers: true })
export class AddQuoteLineSuccess extends QuoteEdited {
  @Field(() => [ID], { description: "One line in each of the phases, in their order." }) lineIds!: string[];
}
export const AddQuoteLineResult = resultUnion("AddQuoteLineResult", () => AddQuoteLineSuccess);

@ObjectType({ description: "The line was changed.", simpleResolvers: true })
export class UpdateQuoteLineSuccess extends QuoteEdited {}
export const UpdateQuoteLineResult = resultUnion("UpdateQuoteLineResult", () => UpdateQuoteLineSuccess);

@ObjectType({ description: "The line was removed.", simpleResolvers: true })
export class RemoveQuoteLineSuccess extends QuoteEdited {}
export const RemoveQuoteLineResult = resultUnion("RemoveQuoteLineResult", () => RemoveQuoteLineSuccess);

@ObjectType({ description: "The line has these discounts now.", simpleResolvers: true })
export class SetQuoteLineDiscountsSuccess extends QuoteEdited {}
export const SetQuoteLineDiscountsResult = resultUnion(
  "SetQuoteLineDiscountsResult",
  () => SetQuoteLineDiscountsSuccess,
);

@ObjectType({ description: "The quote has these minimums now.", simpleResolvers: true })
export class SetQuoteMinimumsSuccess extends QuoteEdited {}
export const SetQuoteMinimumsResult = resultUnion("SetQuoteMinimumsResult", () => SetQuoteMinimumsSuccess);

@ObjectType({ description: "The quote has these maximums now.", simpleResolvers: true })
export class SetQuoteMaximumsSuccess extends QuoteEdited {}
export const SetQuoteMaximumsResult = resultUnion("SetQuoteMaximumsResult", () => SetQuoteMaximumsSuccess);

@ObjectType({ description: "The quote has these discounts over several lines now.", simpleResolvers: true })
export class SetQuoteDiscountsSuccess extends QuoteEdited {}
export const SetQuoteDiscountsResult = resultUnion("SetQuoteDiscountsResult", () => SetQuoteDiscountsSuccess);
