import { GraphQLScalarType } from "graphql";
import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import type { Decimal } from "../../domain/money/decimal";
import { DateTimeScalar, DecimalScalar, PercentScalar, PlainMonthScalar } from "../../platform/graphql/scalars";
import { type SavedView, SavedViewType } from "../view";
import type { GridCell, GridColumnType } from "./grid-column";

export const GridCellScalar = new GraphQLScalarType<GridCell, GridCell>({
  name: "GridCell",
  description:
    'A string, a boolean or null: amounts and percentages as decimal strings ("1250.00", "7.5"), days as YYYY-MM-DD, months as YYYY-MM. Text is given as it is; escape what a spreadsheet would take for a formula.',
  serialize: (value) => value as GridCell,
});

export const GridColumnTypeEnum = {
  TEXT: "text",
  DECIMAL: "decimal",
  MONEY: "money",
  PERCENT: "percent",
  DATE: "date",
  BOOLEAN: "boolean",
  FLAGS: "flags",
} as const;
registerEnumType(GridColumnTypeEnum, {
  name: "GridColumnType",
  description: "What the cells of a column are.",
  valuesConfig: {
    MONEY: { description: "A decimal string with the minor units of the row's currency." },
    PERCENT: { description: '"7.5" means 7.5 %.' },
    FLAGS: { description: 'Names separated by ", "; null for none.' },
  },
});

@ObjectType("GridColumn", { simpleResolvers: true, description: "A column of a grid." })
export class GridColumnOfGrid {
  @Field(() => String) key!: string;
  @Field(() => String) title!: string;
  @Field(() => GridColumnTypeEnum) type!: GridColumnType;
  @Field(() => String, {
    nullable: true,
    description: "A hint for spreadsheets, such as 0.0%; null: by type and currency.",
  })
  format!: string | null;
  @Field(() => Boolean) editable!: boolean;
  @Field(() => String, { nullable: true }) description!: string | null;
}

@ObjectType("GridRow", { simpleResolvers: true, description: "An invoice, or a bill that is missing." })
export class GridRow {
  @Field(() => ID, { description: "Stable over refreshes: the invoice's id, or one of its own for a missing bill." })
  id!: string;
  @Field(() => ID, { nullable: true, description: "Null for a bill that is missing this month." }) invoiceId!:
    | string
    | null;
  @Field(() => Int, { nullable: true, description: "Of the invoice." }) version!: number | null;
  @Field(() => [GridCellScalar], { nullable: "items", description: "One for each column, in their order." })
  cells!: readonly GridCell[];
}

@ObjectType("GridTotal", { simpleResolvers: true, description: "The sums of the columns in one currency, net." })
export class GridTotal {
  @Field(() => String, { description: "ISO 4217 code." }) currency!: string;
  @Field(() => Int, { description: "Invoices; missing bills are not counted." }) count!: number;
  @Field(() => DecimalScalar, { description: "Zero where nothing is compared." }) previous!: string;
  @Field(() => DecimalScalar) current!: string;
  @Field(() => DecimalScalar) change!: string;
  @Field(() => PercentScalar, { nullable: true, description: "Null where previous is zero." })
  changePercent!: Decimal | null;
  @Field(() => Int, { description: "Rows with a flag other than STALE." }) flagged!: number;
  @Field(() => Int) stale!: number;
}

@ObjectType("InvoiceGrid", {
  simpleResolvers: true,
  description: "The bills of a month as columns and rows for a spreadsheet, beside those of the month before.",
})
export class InvoiceGrid {
  @Field(() => PlainMonthScalar, { description: "Billing month." }) month!: PlainMonth;
  @Field(() => PlainMonthScalar, { nullable: true, description: "Null without comparison." })
  baselineMonth!: PlainMonth | null;
  @Field(() => [PlainMonthScalar], { description: "The latest first; three where their mean is compared with." })
  baselineMonths!: readonly PlainMonth[];
  @Field(() => DateTimeScalar) pulledAt!: Date;
  @Field(() => SavedViewType, { nullable: true }) view!: SavedView | null;
  @Field(() => String, { description: "The filter as a person would say it." }) filterText!: string;
  @Field(() => [GridColumnOfGrid]) columns!: readonly GridColumnOfGrid[];
  @Field(() => [GridRow]) rows!: readonly GridRow[];
  @Field(() => [GridTotal], {
    description: "Of the whole answer, not of the page; by currency, in alphabetical order.",
  })
  totals!: readonly GridTotal[];
  @Field(() => Int, { description: "Rows with a flag other than STALE, in the whole answer." }) flagged!: number;
  @Field(() => Int, { description: "Stale drafts in the whole answer." }) stale!: number;
  @Field(() => Boolean) hasMore!: boolean;
  @Field(() => String, { nullable: true, description: "Send it as after for the next rows." }) endCursor!:
    | string
    | null;
}
