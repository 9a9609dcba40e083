import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import { recordOf } from "../../domain/view/filter-record";
import { toUnion } from "../../platform/graphql/errors";
import type { RequestContext } from "../../platform/request-context";
import { createSavedView } from "./create-saved-view";
import { deleteSavedView } from "./delete-saved-view";
import { duplicateSavedView } from "./duplicate-saved-view";
import { InvoiceFilter } from "./invoice-filter.types";
import { favourSavedView, setDefaultView, setOrganizationDefaultView } from "./prefer-view";
import {
  filterTextOf,
  findDefaultView,
  findSavedView,
  preferenceOf,
  readSavedViews,
  savedViewOf,
} from "./read-saved-views";
import type { SavedView } from "./saved-view";
import {
  CreateSavedViewInput,
  DeleteSavedViewInput,
  DuplicateSavedViewInput,
  FavourSavedViewInput,
  SetDefaultViewInput,
  SetOrganizationDefaultViewInput,
  toChanges,
  toNewTerms,
  UpdateSavedViewInput,
} from "./saved-view.inputs";
import {
  CreateSavedViewResult,
  CreateSavedViewSuccess,
  DeleteSavedViewResult,
  DuplicateSavedViewResult,
  DuplicateSavedViewSuccess,
  FavourSavedViewResult,
  FavourSavedViewSuccess,
  SavedViewType,
  SetDefaultViewResult,
  SetOrganizationDefaultViewResult,
  UpdateSavedViewResult,
  UpdateSavedViewSuccess,
} from "./saved-view.types";
import { updateSavedView } from "./update-saved-view";
import { isOwnedBy } from "./view-access";

@Resolver(() => SavedViewType)
export class SavedViewResolver {
  @Query(() => [SavedViewType], { description: "Views that are shared with you and your own, by name." })
  savedViews(@Ctx() context: RequestContext) {
    return readSavedViews(context);
  }

  @Query(() => SavedViewType, {
    nullable: true,
    description: "Null where there is none, and where it is not shared with you.",
  })
  savedView(@Arg("id", () => ID) id: string, @Ctx() context: RequestContext) {
    return findSavedView(context, id);
  }

  @Query(() => SavedViewType, {
    nullable: true,
    description: "The view that opens first: your own choice, else the organization's; null where there is neither.",
  })
  defaultView(@Ctx() context: RequestContext) {
    return findDefaultView(context);
  }

  @Mutation(() => CreateSavedViewResult, { description: "Saves a view." })
  async createSavedView(
    @Arg("input", () => CreateSavedViewInput) input: CreateSavedViewInput,
    @Ctx() context: RequestContext,
  ) {
    const { idempotencyKey } = input;
    return toUnion("CreateSavedViewSuccess", await createSavedView(context, { ...toNewTerms(input), idempotencyKey }));
  }

  @Mutation(() => DuplicateSavedViewResult, { description: "Copies a view that you see; the copy is yours alone." })
  async duplicateSavedView(
    @Arg("input", () => DuplicateSavedViewInput) { id, name, idempotencyKey }: DuplicateSavedViewInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("DuplicateSavedViewSuccess", await duplicateSavedView(context, { id, name, idempotencyKey }));
  }

  @Mutation(() => UpdateSavedViewResult, { description: "Changes a view. For its owner and administrators." })
  async updateSavedView(
    @Arg("input", () => UpdateSavedViewInput) input: UpdateSavedViewInput,
    @Ctx() context: RequestContext,
  ) {
    const { id, version, idempotencyKey } = input;
    return toUnion(
      "UpdateSavedViewSuccess",
      await updateSavedView(context, { id, version, ...toChanges(input), idempotencyKey }),
    );
  }

  @Mutation(() => DeleteSavedViewResult, { description: "Deletes a view. For its owner and administrators." })
  async deleteSavedView(
    @Arg("input", () => DeleteSavedViewInput) input: DeleteSavedViewInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("DeleteSavedViewSuccess", await deleteSavedView(context, input));
  }

  @Mutation(() => FavourSavedViewResult, { description: "Marks a view as a favourite of yours, or no more." })
  async favourSavedView(
    @Arg("input", () => FavourSavedViewInput) { id, isFavourite, idempotencyKey }: FavourSavedViewInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("FavourSavedViewSuccess", await favourSavedView(context, { id, isFavourite, idempotencyKey }));
  }

  @Mutation(() => SetDefaultViewResult, { description: "Says which view opens first for you." })
  async setDefaultView(
    @Arg("input", () => SetDefaultViewInput) { id = null, idempotencyKey }: SetDefaultViewInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("SetDefaultViewSuccess", await setDefaultView(context, { id, idempotencyKey }));
  }

  @Mutation(() => SetOrganizationDefaultViewResult, {
    description: "Says which view opens first for those who chose none. For administrators.",
  })
  async setOrganizationDefaultView(
    @Arg("input", () => SetOrganizationDefaultViewInput) { id = null, idempotencyKey }: SetOrganizationDefaultViewInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion(
      "SetOrganizationDefaultViewSuccess",
      await setOrganizationDefaultView(context, { id, idempotencyKey }),
    );
  }

  @FieldResolver(() => Boolean)
  ownedByMe(@Root() view: SavedView, @Ctx() context: RequestContext) {
    return isOwnedBy(view, context.caller);
  }

  @FieldResolver(() => Boolean, { description: "The caller marked it." })
  async isFavourite(@Root() { id }: SavedView, @Ctx() context: RequestContext) {
    return (await preferenceOf(context, id)).isFavourite;
  }

  @FieldResolver(() => Boolean, { description: "The caller chose it to open first." })
  async isMyDefault(@Root() { id }: SavedView, @Ctx() context: RequestContext) {
    return (await preferenceOf(context, id)).isDefault;
  }

  @FieldResolver(() => Boolean, { description: "It opens first for those who chose none." })
  isOrganizationDefault(@Root() { isDefault }: SavedView) {
    return isDefault;
  }

  @FieldResolver(() => InvoiceFilter, { description: "As an InvoiceFilterInput takes it." })
  filter(@Root() { filter }: SavedView) {
    return recordOf(filter);
  }

  @FieldResolver(() => String, {
    description: 'The filter as a person would say it: "Drafts in GBP"; "All invoices" where there is none.',
  })
  filterText(@Root() { filter }: SavedView, @Ctx() context: RequestContext) {
    return filterTextOf(context, filter);
  }
}

@Resolver(() => CreateSavedViewSuccess)
export class CreateSavedViewSuccessResolver {
  @FieldResolver(() => SavedViewType)
  savedView(@Root() success: CreateSavedViewSuccess, @Ctx() context: RequestContext) {
    return savedViewOf(context, success);
  }
}

@Resolver(() => DuplicateSavedViewSuccess)
export class DuplicateSavedViewSuccessResolver {
  @FieldResolver(() => SavedViewType)
  savedView(@Root() success: DuplicateSavedViewSuccess, @Ctx() context: RequestContext) {
    return savedViewOf(context, success);
  }
}

@Resolver(() => UpdateSavedViewSuccess)
export class UpdateSavedViewSuccessResolver {
  @FieldResolver(() => SavedViewType)
  savedView(@Root() success: UpdateSavedViewSuccess, @Ctx() context: RequestContext) {
    return savedViewOf(context, success);
  }
}

@Resolver(() => FavourSavedViewSuccess)
export class FavourSavedViewSuccessResolver {
  @FieldResolver(() => SavedViewType)
  savedView(@Root() success: FavourSavedViewSuccess, @Ctx() context: RequestContext) {
    return savedViewOf(context, success);
  }
}
