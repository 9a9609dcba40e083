import { Arg, Args, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import { type QuoteStatus, statusOn } from "../../domain/quote/quote-life";
import { ProblemType, toUnion } from "../../platform/graphql/errors";
import { PageArgs } from "../../platform/graphql/paging";
import type { RequestContext } from "../../platform/request-context";
import { MemberType, membersById } from "../access";
import { ContractType, contractsById } from "../contract";
import { type Customer, CustomerType, customersById } from "../customer";
import { GuardRailViolationType, PriceBookType, priceBooksById, toGuardRailProblem } from "../price-book";
import { answerWithQuote } from "./answer-with-quote";
import { cloneQuote } from "./clone-quote";
import { createQuote } from "./create-quote";
import type { Quote, QuoteVersion } from "./quote";
import {
  CloneQuoteInput,
  CreateQuoteInput,
  cloneOf,
  newQuoteOf,
  quoteUpsertOf,
  UpsertQuoteInput,
} from "./quote.inputs";
import {
  CloneQuoteResult,
  CreateQuoteResult,
  CreateQuoteSuccess,
  QuoteConnection,
  QuoteDocumentType,
  QuoteEditType,
  QuoteEventType,
  QuoteStatusEnum,
  QuoteType,
  QuoteVersionType,
  UpsertQuoteResult,
} from "./quote.types";
import { QuoteTermsType } from "./quote-terms.types";
import { guardRailViolationsOf, problemsOf, warningsOf } from "./read-quote-problems";
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
import { toShownTerms } from "./show-terms";
import { upsertQuote } from "./upsert-quote";

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

  @FieldResolver(() => QuoteStatusEnum, { description: "Of the current version, today." })
  status(@Root() quote: Quote, @Ctx() { caller }: RequestContext) {
    return statusOn(quote, caller.today);
  }

  @FieldResolver(() => CustomerType, { nullable: true, description: "null: it is to a prospect." })
  customer(@Root() { customerId }: Quote, @Ctx() context: RequestContext) {
    return customerId === null ? null : context.mustLoad(customersById, customerId);
  }

  @FieldResolver(() => MemberType, { nullable: true, description: "Who looks after it." })
  owner(@Root() { ownerId }: Quote, @Ctx() context: RequestContext) {
    return ownerId === null ? null : context.mustLoad(membersById, ownerId);
  }

  @FieldResolver(() => PriceBookType, { nullable: true, description: "What it is made from; null: the whole catalog." })
  priceBook(@Root() { priceBookId }: Quote, @Ctx() context: RequestContext) {
    return priceBookId === null ? null : context.mustLoad(priceBooksById, priceBookId);
  }

  @FieldResolver(() => [ProblemType], {
    description: "What keeps its current version from being submitted, at its place in the terms.",
  })
  async problems(@Root() quote: Quote, @Ctx() context: RequestContext) {
    return problemsOf(context, await currentVersionOf(context, quote));
  }

  @FieldResolver(() => [ProblemType], {
    description: "What its current version has that is taken as it is and may yet be a slip.",
  })
  async warnings(@Root() quote: Quote, @Ctx() context: RequestContext) {
    return warningsOf(context, await currentVersionOf(context, quote));
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

@Resolver()
export class CopyQuoteResolver {
  @Mutation(() => CloneQuoteResult, {
    description: "Offers the terms of a quote again, to the same or to somebody else, with all days moved where asked.",
  })
  async cloneQuote(@Arg("input", () => CloneQuoteInput) input: CloneQuoteInput, @Ctx() context: RequestContext) {
    const result = await cloneQuote(context, { ...cloneOf(input), idempotencyKey: input.idempotencyKey });
    return answerWithQuote(context, "CloneQuoteSuccess", result);
  }

  @Mutation(() => UpsertQuoteResult, {
    description:
      "Brings the quote of an external id to what is sent, or makes it. Sending the same again changes nothing, not even its version; sending it twice at once makes one quote. What was sent to the customer does not change.",
  })
  async upsertQuote(@Arg("input", () => UpsertQuoteInput) input: UpsertQuoteInput, @Ctx() context: RequestContext) {
    const result = await upsertQuote(context, { ...quoteUpsertOf(input), idempotencyKey: input.idempotencyKey });
    return answerWithQuote(context, "UpsertQuoteSuccess", result);
  }
}

@Resolver(() => QuoteVersionType)
export class QuoteVersionResolver {
  @FieldResolver(() => QuoteTermsType, { description: "What it offers." })
  terms(@Root() { terms }: QuoteVersion) {
    return toShownTerms(terms);
  }

  @FieldResolver(() => [ProblemType], {
    description: "What keeps it from being submitted, at its place in the terms: what is missing included.",
  })
  problems(@Root() version: QuoteVersion, @Ctx() context: RequestContext) {
    return problemsOf(context, version);
  }

  @FieldResolver(() => [ProblemType], {
    description: "What is taken as it is and may yet be a slip, such as PERCENT_BELOW_ONE.",
  })
  warnings(@Root() version: QuoteVersion, @Ctx() context: RequestContext) {
    return warningsOf(context, version);
  }

  @FieldResolver(() => [GuardRailViolationType], {
    description: "Where it leaves the price book that the quote is made from.",
  })
  async guardRailViolations(@Root() version: QuoteVersion, @Ctx() context: RequestContext) {
    const violations = await guardRailViolationsOf(context, version);
    return violations.map((violation) => ({ ...violation, message: toGuardRailProblem(violation).message }));
  }

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
