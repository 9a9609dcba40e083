import { createUnionType, Field, ObjectType } from "type-graphql";
import { commandRefusals, ProblemType, resultUnion, UserError } from "../../platform/graphql/errors";
import { DateTimeScalar } from "../../platform/graphql/scalars";
import { QuoteType } from "./quote.types";
import { ChangedQuoteCellType, QuoteCellEditType } from "./quote-cells.types";

@ObjectType({ description: "All edits were made.", simpleResolvers: true })
export class UpdateQuoteTermsSuccess {
  @Field(() => QuoteType, { description: "As it is now: a draft; its current version has the next revision." })
  quote!: QuoteType;
  @Field(() => [ChangedQuoteCellType], {
    description: "Every cell that became another; with the start of the term that of its first phase, and so on.",
  })
  applied!: ChangedQuoteCellType[];
  @Field(() => [QuoteCellEditType], { description: "The edits that take all of it back." }) undo!: QuoteCellEditType[];
  @Field(() => [ProblemType], { description: "What keeps it from being submitted, at its place in the terms." })
  problems!: ProblemType[];
  @Field(() => [ProblemType], { description: "What was accepted and may yet be a slip, such as PERCENT_BELOW_ONE." })
  warnings!: ProblemType[];
}

@ObjectType("QuoteCellConflict", {
  description: "A cell that somebody else changed after it was read.",
  simpleResolvers: true,
})
export class QuoteCellConflictType {
  @Field(() => String, { description: "The cell." }) path!: string;
  @Field(() => String, { nullable: true, description: "What it showed when it was edited." }) base!: string | null;
  @Field(() => String, { nullable: true, description: "What the edit asks for." }) mine!: string | null;
  @Field(() => String, { nullable: true, description: "What it shows now." }) theirs!: string | null;
  @Field(() => Boolean, { description: "What it belonged to is there no more, such as a line that was removed." })
  isGone!: boolean;
  @Field(() => String, { nullable: true, description: "Who changed it, where the history knows." })
  changedBy!: string | null;
  @Field(() => DateTimeScalar, { nullable: true, description: "When, where the history knows." })
  changedAt!: Date | null;
}

@ObjectType({
  implements: UserError,
  description: "Somebody else changed cells that were edited; each with all three values. Nothing was written.",
  simpleResolvers: true,
})
export class QuoteEditConflict extends UserError {
  @Field(() => [QuoteCellConflictType], { description: "In the order of the edits." })
  conflicts!: QuoteCellConflictType[];
}

export const UpdateQuoteTermsResult = createUnionType({
  name: "UpdateQuoteTermsResult",
  description: "What came of the command: its success, or why nothing was changed.",
  types: () => [UpdateQuoteTermsSuccess, QuoteEditConflict, ...commandRefusals] as const,
  resolveType: (value) => (value as unknown as { readonly __typename: string }).__typename,
});

@ObjectType({ description: "The quote starts on another day.", simpleResolvers: true })
export class MoveQuoteSuccess {
  @Field(() => QuoteType, { description: "As it is now: a draft; its current version has the next revision." })
  quote!: QuoteType;
  @Field(() => [ProblemType], { description: "What keeps it from being submitted, at its place in the terms." })
  problems!: ProblemType[];
}
export const MoveQuoteResult = resultUnion("MoveQuoteResult", () => MoveQuoteSuccess);
