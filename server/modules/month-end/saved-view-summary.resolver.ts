import { Arg, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import { PlainMonthScalar } from "../../platform/graphql/scalars";
import type { RequestContext } from "../../platform/request-context";
import { type SavedView, SavedViewType } from "../view";
import { SavedViewSummary } from "./saved-view-summary.types";
import { summaryOf } from "./view-summary";

@Resolver(() => SavedViewType)
export class SavedViewSummaryResolver {
  @FieldResolver(() => SavedViewSummary, { description: "What the view holds in a month." })
  summary(
    @Arg("month", () => PlainMonthScalar) month: PlainMonth,
    @Root() view: SavedView,
    @Ctx() context: RequestContext,
  ) {
    return summaryOf(context, view, month);
  }
}
