import { Arg, Args, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import type { QuoteStatus } from "../../domain/quote/quote-life";
import { toUnion } from "../../platform/graphql/errors";
import { PageArgs } from "../../platform/graphql/paging";
import type { RequestContext } from "../../platform/request-context";
import { ContractType, contractsById } from "../contract";
import { type Customer, CustomerType, customersById } from "../customer";
import { createQuote } from "./create-quote";
import type { Quote, QuoteVersion } from "./quote";
import { CreateQuoteInput, newQuoteOf } from "./quote.inputs";
import {
  CreateQuoteResult,
  CreateQuoteSuccess,
  QuoteConnection,
  QuoteDocumentType,
  QuoteEditType,
  QuoteEventType,
  QuoteStatusEnum,
  QuoteType,
  QuoteVersionType,
} from "./quote.types";
import {
  currentVersionOf,
  documentsOf,
  editsOf,
  findQuote,
  historyOf,
  quoteOf,
  quotesOf,
  readQuotes,
  versionsOf,
} from "./read-quotes";

@Resolver(() => QuoteType)
export class QuoteResolver {
  @Query(() => QuoteType, {
    nullable: true,
    description: "By one of its ids. null: there is none in this organization.",
  })
  quote(
    @Arg("id", () => ID, { nullable: true, description: "Billgrid's." }) id: string | null | undefined,
    @Arg("externalId", () => ID, { nullable: true, description: "The other system's." })
    externalId: string | null | undefined,
    @Ctx() context: RequestContext,
  ) {
    return findQuote(context, { id: id ?? null, externalId: externalId ?? null });
  }

  @Query(() => QuoteConnection, { description: "Quotes, the latest number first." })
  quotes(
    @Args(() => PageArgs) page: PageArgs,
    @Arg("customerId", () => ID, { nullable: true, description: "To this customer alone." })
    customerId: string | null | undefined,
    @Arg("contractId", () => ID, { nullable: true, description: "That made or amend this contract." })
    contractId: string | null | undefined,
    @Arg("ownerId", () => ID, { nullable: true, description: "Of this member alone." })
    ownerId: string | null | undefined,
    @Arg("statuses", () => [QuoteStatusEnum], { nullable: true, description: "That stand there." })
    statuses: QuoteStatus[] | null | undefined,
    @Ctx() context: RequestContext,
  ) {
    return readQuotes(context, page, {
      customerId: customerId ?? null,
      contractId: contractId ?? null,
      ownerId: ownerId ?? null,
      statuses: statuses ?? null,
      externalId: null,
    });
  }

  @FieldResolver(() => CustomerType, { nullable: true, description: "null: it is to a prospect." })
  customer(@Root() { customerId }: Quote, @Ctx() context: RequestContext) {
    return customerId === null ? null : context.mustLoad(customersById, customerId);
  }

  @FieldResolver(() => ContractType, {
    nullable: true,
    description: "The contract that it amends, or that its execution made; null: not executed yet.",
  })
  contract(@Root() { contractId }: Quote, @Ctx() context: RequestContext) {
    return contractId === null ? null : context.mustLoad(contractsById, contractId);
  }

  @FieldResolver(() => QuoteVersionType, { description: "What it offers now." })
  current(@Root() quote: Quote, @Ctx() context: RequestContext) {
    return currentVersionOf(context, quote);
  }

  @FieldResolver(() => [QuoteVersionType], { description: "All versions, the first first." })
  versions(@Root() quote: Quote, @Ctx() context: RequestContext) {
    return versionsOf(context, quote);
  }

  @FieldResolver(() => QuoteVersionType, { nullable: true, description: "null: there is no such version." })
  async versionAt(
    @Root() quote: Quote,
    @Arg("ordinal", () => Int, { description: "Counted from 1." }) ordinal: number,
    @Ctx() context: RequestContext,
  ) {
    return (await versionsOf(context, quote)).find((version) => version.ordinal === ordinal) ?? null;
  }

  @FieldResolver(() => [QuoteEventType], { description: "What happened to it, the first first." })
  history(@Root() quote: Quote, @Ctx() context: RequestContext) {
    return historyOf(context, quote);
  }

  @FieldResolver(() => [QuoteDocumentType], { description: "Its files, the first first." })
  documents(@Root() quote: Quote, @Ctx() context: RequestContext) {
    return documentsOf(context, quote);
  }

  @Mutation(() => CreateQuoteResult, { description: "Starts a quote for a new contract, as a draft." })
  async createQuote(@Arg("input", () => CreateQuoteInput) input: CreateQuoteInput, @Ctx() context: RequestContext) {
    return toUnion(
      "CreateQuoteSuccess",
      await createQuote(context, { ...newQuoteOf(input), idempotencyKey: input.idempotencyKey }),
    );
  }
}

@Resolver(() => QuoteVersionType)
export class QuoteVersionResolver {
  @FieldResolver(() => [QuoteEditType], { description: "Who changed what in it, the first first." })
  edits(@Root() version: QuoteVersion, @Ctx() context: RequestContext) {
    return editsOf(context, version);
  }
}

@Resolver(() => CustomerType)
export class CustomerQuotesResolver {
  @FieldResolver(() => [QuoteType], { description: "The latest first." })
  quotes(@Root() customer: Customer, @Ctx() context: RequestContext) {
    return quotesOf(context, customer);
  }
}

@Resolver(() => CreateQuoteSuccess)
export class CreateQuoteSuccessResolver {
  @FieldResolver(() => QuoteType, { description: "As it is now." })
  quote(@Root() success: CreateQuoteSuccess, @Ctx() context: RequestContext) {
    return quoteOf(context, success);
  }
}
