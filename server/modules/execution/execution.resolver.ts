import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { toUnion } from "../../platform/graphql/errors";
import type { RequestContext } from "../../platform/request-context";
import {
  type Amendment,
  AmendmentType,
  type Contract,
  ContractDifferenceType,
  ContractType,
  toDifference,
} from "../contract";
import { QuoteDocumentType, QuoteType } from "../quote";
import { executeQuote } from "./execute-quote";
import type { Executed } from "./execution";
import { ExecuteQuoteInput, executionOf } from "./execution.inputs";
import { ExecuteQuoteResult, ExecuteQuoteSuccess } from "./execution.types";
import {
  amendmentMade,
  contractMade,
  differencesOfContract,
  documentsOfContract,
  executedQuote,
  quoteOfAmendment,
  quoteThatMade,
} from "./read-execution";

@Resolver()
export class ExecutionResolver {
  @Mutation(() => ExecuteQuoteResult, {
    description:
      "Makes of a signed quote the contract with its draft billing schedule, or the amendment, and nothing twice: an executed quote answers what came of it. For administrators and finance.",
  })
  async executeQuote(@Arg("input", () => ExecuteQuoteInput) input: ExecuteQuoteInput, @Ctx() context: RequestContext) {
    const asked = { ...executionOf(input), idempotencyKey: input.idempotencyKey };
    return toUnion("ExecuteQuoteSuccess", await executeQuote(context, asked));
  }
}

@Resolver(() => ExecuteQuoteSuccess)
export class ExecuteQuoteSuccessResolver {
  @FieldResolver(() => QuoteType, { description: "As it is now." })
  quote(@Root() executed: Executed, @Ctx() context: RequestContext) {
    return executedQuote(context, executed);
  }

  @FieldResolver(() => ContractType, { description: "That was made, or amended." })
  contract(@Root() executed: Executed, @Ctx() context: RequestContext) {
    return contractMade(context, executed);
  }

  @FieldResolver(() => AmendmentType, { nullable: true, description: "null: the quote was for a new contract." })
  amendment(@Root() executed: Executed, @Ctx() context: RequestContext) {
    return amendmentMade(context, executed);
  }
}

@Resolver(() => ContractType)
export class ContractQuoteResolver {
  @FieldResolver(() => QuoteType, { nullable: true, description: "Whose execution made it; null: it was entered." })
  quote(@Root() contract: Contract, @Ctx() context: RequestContext) {
    return quoteThatMade(context, contract);
  }

  @FieldResolver(() => [QuoteDocumentType], {
    description: "The offers as they were signed, and what was attached to their quotes.",
  })
  documents(@Root() contract: Contract, @Ctx() context: RequestContext) {
    return documentsOfContract(context, contract);
  }

  @FieldResolver(() => [ContractDifferenceType], {
    nullable: true,
    description:
      "What would be billed differently from what the customer signed last; empty: nothing, as it has to be before the contract is activated. null: no quote was signed.",
  })
  async differencesFromQuote(@Root() contract: Contract, @Ctx() context: RequestContext) {
    return (await differencesOfContract(context, contract))?.map(toDifference) ?? null;
  }
}

@Resolver(() => AmendmentType)
export class AmendmentOriginResolver {
  @FieldResolver(() => QuoteType, {
    nullable: true,
    description: "That the customer signed for it; null: it was recorded without one.",
  })
  quote(@Root() amendment: Amendment, @Ctx() context: RequestContext) {
    return quoteOfAmendment(context, amendment);
  }
}
