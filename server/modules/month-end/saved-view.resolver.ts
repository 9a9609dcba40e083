import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import { toUnion } from "../../platform/graphql/errors";
import { PlainMonthScalar } from "../../platform/graphql/scalars";
import type { RequestContext } from "../../platform/request-context";
import { createSavedView } from "./create-saved-view";
import { deleteSavedView } from "./delete-saved-view";
import { filterTextOf, findSavedView, isOwnedBy, readSavedViews, savedViewOf } from "./read-saved-views";
import type { SavedView } from "./saved-view";
import {
  CreateSavedViewInput,
  DeleteSavedViewInput,
  toChanges,
  toNewTerms,
  UpdateSavedViewInput,
} from "./saved-view.inputs";
import {
  CreateSavedViewResult,
  CreateSavedViewSuccess,
  DeleteSavedViewResult,
  SavedViewFilterType,
  SavedViewSummary,
  SavedViewType,
  UpdateSavedViewResult,
  UpdateSavedViewSuccess,
} from "./saved-view.types";
import { updateSavedView } from "./update-saved-view";
import { summaryOf } from "./view-summary";

@Resolver(() => SavedViewType)
export class SavedViewResolver {
  @Query(() => [SavedViewType], { description: "Shared views and your own, by name." })
  savedViews(@Ctx() context: RequestContext) {
    return readSavedViews(context);
  }

  @Query(() => SavedViewType, {
    nullable: true,
    description: "Null where there is none, and where it is somebody else's private one.",
  })
  savedView(@Arg("id", () => ID) id: string, @Ctx() context: RequestContext) {
    return findSavedView(context, id);
  }

  @Mutation(() => CreateSavedViewResult, { description: "Saves a view." })
  async createSavedView(
    @Arg("input", () => CreateSavedViewInput) input: CreateSavedViewInput,
    @Ctx() context: RequestContext,
  ) {
    const { idempotencyKey } = input;
    return toUnion(
      "CreateSavedViewSuccess",
      await createSavedView(context, { terms: toNewTerms(input), idempotencyKey }),
    );
  }

  @Mutation(() => UpdateSavedViewResult, { description: "Changes a view. For its owner and administrators." })
  async updateSavedView(
    @Arg("input", () => UpdateSavedViewInput) input: UpdateSavedViewInput,
    @Ctx() context: RequestContext,
  ) {
    const { id, version, idempotencyKey } = input;
    return toUnion(
      "UpdateSavedViewSuccess",
      await updateSavedView(context, { id, version, changes: toChanges(input), idempotencyKey }),
    );
  }

  @Mutation(() => DeleteSavedViewResult, { description: "Deletes a view. For its owner and administrators." })
  async deleteSavedView(
    @Arg("input", () => DeleteSavedViewInput) input: DeleteSavedViewInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("DeleteSavedViewSuccess", await deleteSavedView(context, input));
  }

  @FieldResolver(() => Boolean)
  ownedByMe(@Root() view: SavedView, @Ctx() context: RequestContext) {
    return isOwnedBy(view, context.caller);
  }

  @FieldResolver(() => SavedViewFilterType)
  filter(@Root() { filter }: SavedView): SavedViewFilterType {
    const { statuses, customerIds, contractIds, currencies, isStale, flagged, search } = filter;
    return {
      status: statuses ?? [],
      customerIds: customerIds ?? [],
      contractIds: contractIds ?? [],
      currencies: currencies ?? [],
      isStale,
      flagged,
      search,
    };
  }

  @FieldResolver(() => String, {
    description: 'The filter as a person would say it: "Drafts in GBP"; "All invoices" where there is none.',
  })
  filterText(@Root() { filter }: SavedView, @Ctx() context: RequestContext) {
    return filterTextOf(context, filter);
  }

  @FieldResolver(() => SavedViewSummary, { description: "What the view holds in a month." })
  summary(
    @Arg("month", () => PlainMonthScalar) month: PlainMonth,
    @Root() view: SavedView,
    @Ctx() context: RequestContext,
  ) {
    return summaryOf(context, view, month);
  }
}

@Resolver(() => CreateSavedViewSuccess)
export class CreateSavedViewSuccessResolver {
  @FieldResolver(() => SavedViewType)
  savedView(@Root() success: CreateSavedViewSuccess, @Ctx() context: RequestContext) {
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
