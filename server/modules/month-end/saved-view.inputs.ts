import { Field, ID, InputType, Int } from "type-graphql";
import type { CurrencyCode } from "../../domain/money/currency";
import { type InvoiceStatus, InvoiceStatusEnum } from "../invoice";
import { USUAL_COLUMNS } from "./grid-column";
import type { GridComparison, SortDirection, ViewFilter, ViewTerms } from "./saved-view";
import { GridComparisonEnum, SortDirectionEnum } from "./saved-view.types";

@InputType({ description: "Which invoices of a month; what is left out, empty or null does not narrow." })
export class SavedViewFilterInput {
  @Field(() => [InvoiceStatusEnum], { nullable: true }) status?: InvoiceStatus[] | null;
  @Field(() => [ID], { nullable: true, description: "Up to 1,000." }) customerIds?: string[] | null;
  @Field(() => [ID], { nullable: true, description: "Up to 1,000." }) contractIds?: string[] | null;
  @Field(() => [String], { nullable: true, description: "ISO 4217 codes." }) currencies?: string[] | null;
  @Field(() => Boolean, { nullable: true }) isStale?: boolean | null;
  @Field(() => Boolean, { nullable: true, description: "Has a flag other than STALE." }) flagged?: boolean | null;
  @Field(() => String, { nullable: true, description: "Looked for in number and customer name, in any case." }) search?:
    | string
    | null;
}

@InputType()
export class SavedViewSortInput {
  @Field(() => String, { description: "The column's key." }) column!: string;
  @Field(() => SortDirectionEnum, { defaultValue: SortDirectionEnum.ASCENDING }) direction!: SortDirection;
}

@InputType()
export class CreateSavedViewInput {
  @Field(() => String, { description: "Unique in the organization; up to 100 characters." }) name!: string;
  @Field(() => Boolean, {
    defaultValue: false,
    description: "Seen by everybody in the organization, else by you alone.",
  })
  isShared!: boolean;
  @Field(() => SavedViewFilterInput, { nullable: true, description: "Left out: all invoices." })
  filter?: SavedViewFilterInput | null;
  @Field(() => [String], {
    nullable: true,
    description: "Keys of the columns, in their order; left out: the usual ones.",
  })
  columns?: string[] | null;
  @Field(() => [SavedViewSortInput], { nullable: true, description: "Left out: by customer and day." }) sort?:
    | SavedViewSortInput[]
    | null;
  @Field(() => GridComparisonEnum, { defaultValue: GridComparisonEnum.PREVIOUS_MONTH }) comparison!: GridComparison;
  @Field(() => String) idempotencyKey!: string;
}

@InputType({ description: "What is left out stays as it is." })
export class UpdateSavedViewInput {
  @Field(() => ID) id!: string;
  @Field(() => Int, { description: "The version that the change was made on." }) version!: number;
  @Field(() => String, { nullable: true }) name?: string | null;
  @Field(() => Boolean, { nullable: true }) isShared?: boolean | null;
  @Field(() => SavedViewFilterInput, { nullable: true, description: "Replaces the whole filter." })
  filter?: SavedViewFilterInput | null;
  @Field(() => [String], { nullable: true, description: "Replaces all columns." }) columns?: string[] | null;
  @Field(() => [SavedViewSortInput], { nullable: true, description: "Replaces the whole order." }) sort?:
    | SavedViewSortInput[]
    | null;
  @Field(() => GridComparisonEnum, { nullable: true }) comparison?: GridComparison | null;
  @Field(() => String) idempotencyKey!: string;
}

@InputType()
export class DeleteSavedViewInput {
  @Field(() => ID) id!: string;
  @Field(() => Int, { description: "The version that was seen." }) version!: number;
  @Field(() => String) idempotencyKey!: string;
}

/** An empty list narrows to nothing, which nobody asks for: it is what a form sends for "any". */
const listOrAny = <T>(list: readonly T[] | null | undefined): readonly T[] | null =>
  list && list.length > 0 ? [...new Set(list)] : null;

export const toViewFilter = (input: SavedViewFilterInput | null | undefined): ViewFilter => ({
  statuses: listOrAny(input?.status),
  customerIds: listOrAny(input?.customerIds?.map((id) => id.toLowerCase())),
  contractIds: listOrAny(input?.contractIds?.map((id) => id.toLowerCase())),
  currencies: listOrAny(input?.currencies) as readonly CurrencyCode[] | null,
  isStale: input?.isStale ?? null,
  flagged: input?.flagged ?? null,
  search: input?.search?.trim() || null,
});

export const toNewTerms = ({ name, isShared, filter, columns, sort, comparison }: CreateSavedViewInput): ViewTerms => ({
  name: name.trim(),
  isShared,
  filter: toViewFilter(filter),
  columns: columns ?? USUAL_COLUMNS,
  sort: (sort ?? []).map(({ column, direction }) => ({ column, direction })),
  comparison,
});

/** Null stays null, for it is refused by name; what is left out stays out. */
export function toChanges({ name, isShared, filter, columns, sort, comparison }: UpdateSavedViewInput) {
  return {
    name: name?.trim() ?? name,
    isShared,
    filter: filter ? toViewFilter(filter) : (filter as null | undefined),
    columns,
    sort: sort?.map(({ column, direction }) => ({ column, direction })) ?? (sort as null | undefined),
    comparison,
  };
}
