import { Field, ID, InputType, Int } from "type-graphql";
import type { Decimal } from "../../domain/money/decimal";
import { type FilterProblem, readFilter } from "../../domain/view/read-filter";
import { USUAL_COLUMNS } from "../../domain/view/view-columns";
import type { Role } from "../../platform/access";
import { DecimalScalar, PercentScalar } from "../../platform/graphql/scalars";
import type { Problem } from "../../platform/refusal";
import { RoleEnum } from "../access";
import { InvoiceFilter } from "./invoice-filter.types";
import type { GridComparison, SortDirection, ViewTerms } from "./saved-view";
import { GridComparisonEnum, SortDirectionEnum } from "./saved-view.types";

@InputType()
export class SavedViewSortInput {
  @Field(() => String, { description: "The column's key." }) column!: string;
  @Field(() => SortDirectionEnum, { defaultValue: SortDirectionEnum.ASCENDING }) direction!: SortDirection;
}

@InputType()
export class CreateSavedViewInput {
  @Field(() => String, { description: "Unique in the organization; up to 100 characters." }) name!: string;
  @Field(() => Boolean, { defaultValue: false, description: "Seen by others, else by you alone." })
  isShared!: boolean;
  @Field(() => [RoleEnum], { nullable: true, description: "Of a shared view: who sees it; left out: everybody." })
  sharedWithRoles?: Role[] | null;
  @Field(() => InvoiceFilter, { nullable: true, description: "Left out: all invoices." })
  filter?: InvoiceFilter | null;
  @Field(() => [String], {
    nullable: true,
    description: "Keys of the columns, in their order; left out: the usual ones.",
  })
  columns?: string[] | null;
  @Field(() => [SavedViewSortInput], {
    nullable: true,
    description: "Up to 5, the first decides; left out: by customer and day.",
  })
  sort?: SavedViewSortInput[] | null;
  @Field(() => GridComparisonEnum, { defaultValue: GridComparisonEnum.PREVIOUS_MONTH }) comparison!: GridComparison;
  @Field(() => DecimalScalar, {
    nullable: true,
    description: "Flag changes above this amount and thresholdPercent; left out: as the organization says.",
  })
  thresholdAmount?: Decimal | null;
  @Field(() => PercentScalar, { nullable: true }) thresholdPercent?: Decimal | null;
  @Field(() => String) idempotencyKey!: string;
}

@InputType({ description: "What is left out stays as it is." })
export class UpdateSavedViewInput {
  @Field(() => ID) id!: string;
  @Field(() => Int, { description: "The version that the change was made on." }) version!: number;
  @Field(() => String, { nullable: true }) name?: string | null;
  @Field(() => Boolean, { nullable: true }) isShared?: boolean | null;
  @Field(() => [RoleEnum], { nullable: true, description: "Replaces all roles; empty: everybody." })
  sharedWithRoles?: Role[] | null;
  @Field(() => InvoiceFilter, { nullable: true, description: "Replaces the whole filter." })
  filter?: InvoiceFilter | null;
  @Field(() => [String], { nullable: true, description: "Replaces all columns." }) columns?: string[] | null;
  @Field(() => [SavedViewSortInput], { nullable: true, description: "Replaces the whole order." }) sort?:
    | SavedViewSortInput[]
    | null;
  @Field(() => GridComparisonEnum, { nullable: true }) comparison?: GridComparison | null;
  @Field(() => DecimalScalar, { nullable: true, description: "null: as the organization says." })
  thresholdAmount?: Decimal | null;
  @Field(() => PercentScalar, { nullable: true, description: "null: as the organization says." })
  thresholdPercent?: Decimal | null;
  @Field(() => String) idempotencyKey!: string;
}

@InputType()
export class DuplicateSavedViewInput {
  @Field(() => ID, { description: "Of any view that you see." }) id!: string;
  @Field(() => String, { description: "Of the copy." }) name!: string;
  @Field(() => String) idempotencyKey!: string;
}

@InputType()
export class DeleteSavedViewInput {
  @Field(() => ID) id!: string;
  @Field(() => Int, { description: "The version that was seen." }) version!: number;
  @Field(() => String) idempotencyKey!: string;
}

@InputType()
export class FavourSavedViewInput {
  @Field(() => ID) id!: string;
  @Field(() => Boolean) isFavourite!: boolean;
  @Field(() => String) idempotencyKey!: string;
}

@InputType()
export class SetDefaultViewInput {
  @Field(() => ID, { nullable: true, description: "null: none of the kind." }) id?: string | null;
  @Field(() => String) idempotencyKey!: string;
}

@InputType()
export class SetOrganizationDefaultViewInput {
  @Field(() => ID, { nullable: true, description: "null: none of the kind." }) id?: string | null;
  @Field(() => String) idempotencyKey!: string;
}

const inFilter = (problems: readonly FilterProblem[]): readonly Problem[] =>
  problems.map(({ path, ...problem }) => ({ ...problem, path: ["filter", ...path] }));

export function toNewTerms(input: CreateSavedViewInput): {
  readonly terms: ViewTerms;
  readonly filterProblems: readonly Problem[];
} {
  const { condition, problems } = readFilter(input.filter);
  const terms = {
    name: input.name.trim(),
    isShared: input.isShared,
    sharedWithRoles: [...new Set(input.sharedWithRoles ?? [])],
    filter: condition,
    columns: input.columns ?? USUAL_COLUMNS,
    sort: (input.sort ?? []).map(({ column, direction }) => ({ column, direction })),
    comparison: input.comparison,
    thresholdAmount: input.thresholdAmount ?? null,
    thresholdPercent: input.thresholdPercent ?? null,
  };
  return { terms, filterProblems: inFilter(problems) };
}

/** Null stays null, for it is refused by name where it is not wanted; what is left out stays out. */
export function toChanges(input: UpdateSavedViewInput) {
  const { name, isShared, columns, comparison, thresholdAmount, thresholdPercent, sharedWithRoles } = input;
  const read = input.filter ? readFilter(input.filter) : null;
  const changes = {
    name: name?.trim() ?? name,
    isShared,
    sharedWithRoles: sharedWithRoles ? [...new Set(sharedWithRoles)] : sharedWithRoles,
    filter: read ? read.condition : (input.filter as null | undefined),
    columns,
    sort: input.sort?.map(({ column, direction }) => ({ column, direction })) ?? (input.sort as null | undefined),
    comparison,
    thresholdAmount,
    thresholdPercent,
  };
  return { changes, filterProblems: inFilter(read?.problems ?? []) };
}
