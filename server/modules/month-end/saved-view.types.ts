import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { resultUnion } from "../../platform/graphql/errors";
import { DecimalScalar } from "../../platform/graphql/scalars";
import { type InvoiceStatus, InvoiceStatusEnum } from "../invoice";
import type { GridComparison, SortDirection } from "./saved-view";

export const GridComparisonEnum = { NONE: "none", PREVIOUS_MONTH: "previous_month" } as const;
registerEnumType(GridComparisonEnum, {
  name: "GridComparison",
  description: "What a month is compared with.",
  valuesConfig: {
    PREVIOUS_MONTH: {
      description:
        "The previous billing month of the same customer and currency: what was issued, drafts only where nothing was.",
    },
  },
});

export const SortDirectionEnum = { ASCENDING: "ascending", DESCENDING: "descending" } as const;
registerEnumType(SortDirectionEnum, {
  name: "SortDirection",
  description: "What is empty comes last in either direction.",
});

@ObjectType("SavedViewFilter", {
  description: "Which invoices of a month; an empty list and null do not narrow.",
  simpleResolvers: true,
})
export class SavedViewFilterType {
  @Field(() => [InvoiceStatusEnum]) status!: readonly InvoiceStatus[];
  @Field(() => [ID]) customerIds!: readonly string[];
  @Field(() => [ID]) contractIds!: readonly string[];
  @Field(() => [String], { description: "ISO 4217 codes." }) currencies!: readonly string[];
  @Field(() => Boolean, { nullable: true }) isStale!: boolean | null;
  @Field(() => Boolean, { nullable: true, description: "Has a flag other than STALE." }) flagged!: boolean | null;
  @Field(() => String, { nullable: true, description: "Looked for in number and customer name, in any case." }) search!:
    | string
    | null;
}

@ObjectType("SavedViewSort", { simpleResolvers: true, description: "A column to sort by." })
export class SavedViewSortType {
  @Field(() => String, { description: "The column's key." }) column!: string;
  @Field(() => SortDirectionEnum) direction!: SortDirection;
}

@ObjectType("SavedViewTotal", { simpleResolvers: true, description: "Net of one currency." })
export class SavedViewTotal {
  @Field(() => String, { description: "ISO 4217 code." }) currency!: string;
  @Field(() => DecimalScalar, { description: "The baseline of the grid." }) previous!: string;
  @Field(() => DecimalScalar) current!: string;
}

@ObjectType("SavedViewSummary", {
  simpleResolvers: true,
  description: "What a view holds in a month, before it is pulled.",
})
export class SavedViewSummary {
  @Field(() => Int, { description: "Invoices; missing bills are not counted." }) count!: number;
  @Field(() => Int) staleCount!: number;
  @Field(() => [SavedViewTotal], { description: "By currency, in alphabetical order." })
  totals!: readonly SavedViewTotal[];
}

@ObjectType("SavedView", {
  description: "What finance opens each month: a filter, columns, an order and a comparison, under a name.",
})
export class SavedViewType {
  @Field(() => ID, { simple: true }) id!: string;
  @Field(() => String, { simple: true }) name!: string;
  @Field(() => Boolean, {
    simple: true,
    description: "Seen by everybody in the organization, else by its owner alone.",
  })
  isShared!: boolean;
  @Field(() => [String], { simple: true, description: "Keys of the columns, in their order." })
  columns!: readonly string[];
  @Field(() => [SavedViewSortType], { simple: true, description: "Then by customer and day." })
  sort!: readonly SavedViewSortType[];
  @Field(() => GridComparisonEnum, { simple: true }) comparison!: GridComparison;
  @Field(() => Int, { simple: true, description: "Rises with each change; send it back with an update." })
  version!: number;
}

@ObjectType({ description: "The view was saved." })
export class CreateSavedViewSuccess {
  savedViewId!: string;
}
export const CreateSavedViewResult = resultUnion("CreateSavedViewResult", () => CreateSavedViewSuccess);

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
