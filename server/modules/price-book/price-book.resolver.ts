import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Result } from "../../domain/result";
import { toUnion } from "../../platform/graphql/errors";
import { PageArgs } from "../../platform/graphql/paging";
import type { Refusal } from "../../platform/refusal";
import type { RequestContext } from "../../platform/request-context";
import { PriceType } from "../catalog";
import { archivePriceBook } from "./archive-price-book";
import { createPriceBook } from "./create-price-book";
import type { PriceBook, PriceBookEntry } from "./price-book";
import {
  ArchivePriceBookInput,
  CreatePriceBookInput,
  guardRailOf,
  newPriceBookOf,
  SetPriceBookEntriesInput,
  UpdatePriceBookInput,
} from "./price-book.inputs";
import {
  ArchivePriceBookResult,
  CreatePriceBookResult,
  PriceBookConnection,
  PriceBookEntryType,
  PriceBookType,
  SetPriceBookEntriesResult,
  UpdatePriceBookResult,
} from "./price-book.types";
import { entriesOf, priceBookOf, priceOfEntry, readPriceBook, readPriceBooks } from "./read-price-books";
import { setPriceBookEntries } from "./set-price-book-entries";
import { updatePriceBook } from "./update-price-book";

@Resolver(() => PriceBookType)
export class PriceBookResolver {
  @Query(() => PriceBookType, { nullable: true, description: "null: there is none in this organization." })
  priceBook(@Arg("id", () => ID) id: string, @Ctx() context: RequestContext) {
    return readPriceBook(context, id);
  }

  @Query(() => PriceBookConnection, { description: "Price books by name." })
  priceBooks(
    @Args(() => PageArgs) page: PageArgs,
    @Arg("includeArchived", () => Boolean, { defaultValue: false, description: "Also those that are out of use." })
    includeArchived: boolean,
    @Ctx() context: RequestContext,
  ) {
    return readPriceBooks(context, page, includeArchived);
  }

  @FieldResolver(() => [PriceBookEntryType], { description: "Its prices, in the order of the list." })
  entries(@Root() book: PriceBook, @Ctx() context: RequestContext) {
    return entriesOf(context, book);
  }

  @Mutation(() => CreatePriceBookResult, { description: "Adds a price book." })
  async createPriceBook(
    @Arg("input", () => CreatePriceBookInput) input: CreatePriceBookInput,
    @Ctx() context: RequestContext,
  ) {
    return answered(
      context,
      "CreatePriceBookSuccess",
      await createPriceBook(context, { ...newPriceBookOf(input), idempotencyKey: input.idempotencyKey }),
    );
  }

  @Mutation(() => UpdatePriceBookResult, { description: "Changes the name, the description or the validity." })
  async updatePriceBook(
    @Arg("input", () => UpdatePriceBookInput) input: UpdatePriceBookInput,
    @Ctx() context: RequestContext,
  ) {
    const { id, version, idempotencyKey, ...changes } = input;
    return answered(
      context,
      "UpdatePriceBookSuccess",
      await updatePriceBook(context, { id, version, changes, idempotencyKey }),
    );
  }

  @Mutation(() => SetPriceBookEntriesResult, {
    description:
      "Says which prices are in it, and how far they may be discounted. Quotes that were made from it are held against that when they are edited or submitted; what was sent stands.",
  })
  async setPriceBookEntries(
    @Arg("input", () => SetPriceBookEntriesInput) input: SetPriceBookEntriesInput,
    @Ctx() context: RequestContext,
  ) {
    const { id, version, idempotencyKey, entries } = input;
    return answered(
      context,
      "SetPriceBookEntriesSuccess",
      await setPriceBookEntries(context, { id, version, entries: entries.map(guardRailOf), idempotencyKey }),
    );
  }

  @Mutation(() => ArchivePriceBookResult, {
    description: "Takes a price book out of use. Quotes that were made from it keep it.",
  })
  async archivePriceBook(
    @Arg("input", () => ArchivePriceBookInput) input: ArchivePriceBookInput,
    @Ctx() context: RequestContext,
  ) {
    return answered(context, "ArchivePriceBookSuccess", await archivePriceBook(context, { ...input }));
  }
}

@Resolver(() => PriceBookEntryType)
export class PriceBookEntryResolver {
  @FieldResolver(() => PriceType, {
    nullable: true,
    description: "The version of today in the currency of the book; of a price that is yet to come its first.",
  })
  price(@Root() entry: PriceBookEntry, @Ctx() context: RequestContext) {
    return priceOfEntry(context, entry);
  }
}

/** A change's answer: the price book as it is now, or why nothing was changed. */
async function answered(
  context: RequestContext,
  success: string,
  result: Result<{ readonly priceBookId: string }, Refusal>,
): Promise<object> {
  if (!result.ok) return toUnion(success, result);
  return { __typename: success, priceBook: await priceBookOf(context, result.value.priceBookId) };
}
