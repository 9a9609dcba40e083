import { Field, ID, InputType, Int } from "type-graphql";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import { PlainMonthScalar } from "../../platform/graphql/scalars";
import { type GridComparison, GridComparisonEnum } from "../view";
import { GRID_LIMIT } from "./page-of-lines";

@InputType()
export class InvoiceGridInput {
  @Field(() => ID, { nullable: true, description: "Left out: all invoices of the month." }) viewId?: string | null;
  @Field(() => PlainMonthScalar, { description: "Billing month." }) month!: PlainMonth;
  @Field(() => GridComparisonEnum, { nullable: true, description: "Left out: the view's own; without a view none." })
  comparison?: GridComparison | null;
  @Field(() => Boolean, { defaultValue: false, description: "Compares amounts with tax; tax is a driver then." })
  isGross!: boolean;
  @Field(() => Boolean, {
    defaultValue: false,
    description: "Compares in the base currency; FX is a driver then. A row whose rate is missing stays as it is.",
  })
  isInBase!: boolean;
  @Field(() => Int, { defaultValue: GRID_LIMIT, description: `How many rows at the most, 1 to ${GRID_LIMIT}.` })
  first!: number;
  @Field(() => String, { nullable: true, description: "The endCursor of the answer before." }) after?: string | null;
}
