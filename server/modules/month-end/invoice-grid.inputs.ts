import { Field, ID, InputType, Int } from "type-graphql";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import { PlainMonthScalar } from "../../platform/graphql/scalars";
import { GRID_LIMIT } from "./page-of-lines";
import type { GridComparison } from "./saved-view";
import { GridComparisonEnum } from "./saved-view.types";

@InputType()
export class InvoiceGridInput {
  @Field(() => ID, { nullable: true, description: "Left out: all invoices of the month." }) viewId?: string | null;
  @Field(() => PlainMonthScalar, { description: "Billing month." }) month!: PlainMonth;
  @Field(() => GridComparisonEnum, { nullable: true, description: "Left out: the view's own; without a view none." })
  comparison?: GridComparison | null;
  @Field(() => Int, { defaultValue: GRID_LIMIT, description: `How many rows at the most, 1 to ${GRID_LIMIT}.` })
  first!: number;
  @Field(() => String, { nullable: true, description: "The endCursor of the answer before." }) after?: string | null;
}
