import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import type { Role } from "../../platform/access";
import { resultUnion } from "../../platform/graphql/errors";
import { DateTimeScalar, DecimalScalar, PercentScalar } from "../../platform/graphql/scalars";
import { RoleEnum } from "../access";
import type { GridComparison, SortDirection } from "./saved-view";

export const GridComparisonEnum = {
  NONE: "none",
  PREVIOUS_MONTH: "previous_month",
  SAME_MONTH_LAST_YEAR: "same_month_last_year",
  MEAN_OF_THREE_MONTHS: "mean_of_three_months",
} as const;
registerEnumType(GridComparisonEnum, {
  name: "GridComparison",
  description: "What a month is compared with.",
  valuesConfig: {
    PREVIOUS_MONTH: {
      description:
        "The previous billing month of the same customer and currency: what was issued, drafts only where nothing was.",
    },
    SAME_MONTH_LAST_YEAR: { description: "The billing month twelve months before, read in the same way." },
    MEAN_OF_THREE_MONTHS: { description: "The mean of the three billing months before." },
  },
});

export const SortDirectionEnum = { ASCENDING: "ascending", DESCENDING: "descending" } as const;
registerEnumType(SortDirectionEnum, {
  name: "SortDirection",
  description: "What is empty comes last in either direction.",
});

@ObjectType("SavedViewSort", { simpleResolvers: true, description: "A column to sort by." })
export class SavedViewSortType {
  @Field(() => String, { description: "The column's key." }) column!: string;
  @Field(() => SortDirectionEnum) direction!: SortDirection;
}

@ObjectType("SavedView", {
  description: "What finance opens each month: a filter, columns, an order and a comparison, under a name.",
})
export class SavedViewType {
  @Field(() => ID, { simple: true }) id!: string;
  @Field(() => String, { simple: true }) name!: string;
  @Field(() => Boolean, { simple: true, description: "Seen by others, else by its owner alone." })
  isShared!: boolean;
  @Field(() => [RoleEnum], {
    simple: true,
    description: "Of a shared view: who sees it beside its owner and administrators; empty: everybody.",
  })
  sharedWithRoles!: readonly Role[];
  @Field(() => [String], { simple: true, description: "Keys of the columns, in their order." })
  columns!: readonly string[];
  @Field(() => [SavedViewSortType], { simple: true, description: "Then by customer and day." })
  sort!: readonly SavedViewSortType[];
  @Field(() => GridComparisonEnum, { simple: true }) comparison!: GridComparison;
  @Field(() => DecimalScalar, {
    simple: true,
    nullable: true,
    description: "A change is flagged when it exceeds this amount and thresholdPercent; null: the organization's.",
  })
  thresholdAmount!: string | null;
  @Field(() => PercentScalar, {
    simple: true,
    nullable: true,
    description: 'Of what it is compared with: "20" means 20 %; null: the organization\'s.',
  })
  thresholdPercent!: string | null;
  @Field(() => String, { simple: true, nullable: true, description: "Who changed it last; auditEvents has them all." })
  updatedBy!: string | null;
  @Field(() => DateTimeScalar, { simple: true }) updatedAt!: Date;
  @Field(() => Int, { simple: true, description: "Rises with each change; send it back with an update." })
  version!: number;
}

@ObjectType({ description: "The view was saved." })
export class CreateSavedViewSuccess {
  savedViewId!: string;
}
export const CreateSavedViewResult = resultUnion("CreateSavedViewResult", () => CreateSavedViewSuccess);

@ObjectType({ description: "The view was copied; the copy is the caller's own." })
export class DuplicateSavedViewSuccess {
  savedViewId!: string;
}
export const DuplicateSavedViewResult = resultUnion("DuplicateSavedViewResult", () => DuplicateSavedViewSuccess);

@ObjectType({ description: "The view was changed." })
export class UpdateSavedViewSuccess {
  savedViewId!: string;
}
export const UpdateSavedViewResult = resultUnion("UpdateSavedViewResult", () => UpdateSavedViewSuccess);

@ObjectType({ description: "The view is gone; invoices are not touched.", simpleResolvers: true })
export class DeleteSavedViewSuccess {
  @Field(() => ID) savedViewId!: string;
}
export const DeleteSavedViewResult = resultUnion("DeleteSavedViewResult", () => DeleteSavedViewSuccess);

@ObjectType({ description: "The caller's favourites were changed." })
export class FavourSavedViewSuccess {
  savedViewId!: string;
}
export const FavourSavedViewResult = resultUnion("FavourSavedViewResult", () => FavourSavedViewSuccess);

@ObjectType({ description: "Another view opens first.", simpleResolvers: true })
export class SetDefaultViewSuccess {
  @Field(() => ID, { nullable: true, description: "Null: none of the kind." }) savedViewId!: string | null;
}
export const SetDefaultViewResult = resultUnion("SetDefaultViewResult", () => SetDefaultViewSuccess);

@ObjectType({ description: "Another view opens first for those who chose none.", simpleResolvers: true })
export class SetOrganizationDefaultViewSuccess {
  @Field(() => ID, { nullable: true, description: "Null: none." }) savedViewId!: string | null;
}
export const SetOrganizationDefaultViewResult = resultUnion(
  "SetOrganizationDefaultViewResult",
  () => SetOrganizationDefaultViewSuccess,
);
