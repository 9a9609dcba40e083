import { Field, ObjectType } from "type-graphql";
import { ProblemType, resultUnion } from "../../platform/graphql/errors";

@ObjectType({
  description: "The quote became a contract with a draft billing schedule, or an amendment of one.",
  simpleResolvers: true,
})
export class ExecuteQuoteSuccess {
  quoteId!: string;
  contractId!: string;
  amendmentId!: string | null;
  @Field(() => [ProblemType], { description: "What was accepted and may yet be a slip, such as PERCENT_BELOW_ONE." })
  warnings!: ProblemType[];
}
export const ExecuteQuoteResult = resultUnion("ExecuteQuoteResult", () => ExecuteQuoteSuccess);
