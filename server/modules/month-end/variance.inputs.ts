import { Field, ID, InputType, registerEnumType } from "type-graphql";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import { PlainMonthScalar } from "../../platform/graphql/scalars";
import type { GridComparison } from "../view";

export const VarianceBaselineEnum = {
  PREVIOUS_MONTH: "previous_month",
  SAME_MONTH_LAST_YEAR: "same_month_last_year",
  MEAN_OF_THREE_MONTHS: "mean_of_three_months",
} as const;
registerEnumType(VarianceBaselineEnum, { name: "VarianceBaseline", description: "What a month is compared with." });
type VarianceBaseline = Exclude<GridComparison, "none">;

@InputType()
export class InvoiceVarianceInput {
  @Field(() => ID, { description: "An invoice's id, or that of a missing bill as the grid gives it." }) rowId!: string;
  @Field(() => PlainMonthScalar, { nullable: true, description: "Billing month; needed for a missing bill." })
  month?: PlainMonth | null;
  @Field(() => ID, {
    nullable: true,
    description:
      "The saved view that shows the row: its thresholds flag it, and only what its filter selects is compared. Left out: the organization's thresholds, and all that the customer was billed.",
  })
  viewId?: string | null;
  @Field(() => VarianceBaselineEnum, { defaultValue: VarianceBaselineEnum.PREVIOUS_MONTH })
  comparison!: VarianceBaseline;
  @Field(() => Boolean, { defaultValue: false, description: "Compares amounts with tax." }) isGross!: boolean;
  @Field(() => Boolean, { defaultValue: false, description: "Compares in the base currency; FX is a driver." })
  isInBase!: boolean;
}

@InputType()
export class VarianceSummaryInput {
  @Field(() => ID, { nullable: true, description: "Left out: all invoices of the month." }) viewId?: string | null;
  @Field(() => PlainMonthScalar, { description: "Billing month." }) month!: PlainMonth;
  @Field(() => VarianceBaselineEnum, { defaultValue: VarianceBaselineEnum.PREVIOUS_MONTH })
  comparison!: VarianceBaseline;
  @Field(() => Boolean, { defaultValue: false, description: "Compares amounts with tax." }) isGross!: boolean;
}

@InputType({ description: "Rows of a month: either rowIds or viewId." })
export class VarianceSelectionInput {
  @Field(() => PlainMonthScalar, { description: "Billing month." }) month!: PlainMonth;
  @Field(() => [ID], { nullable: true, description: "Invoices' ids, or those of missing bills; up to 10,000." })
  rowIds?: string[] | null;
  @Field(() => ID, { nullable: true, description: "All rows with a flag other than STALE that the view shows." })
  viewId?: string | null;
}

@InputType()
export class SignOffVariancesInput {
  @Field(() => VarianceSelectionInput) selection!: VarianceSelectionInput;
  @Field(() => String, { description: "Why these changes are right." }) note!: string;
  @Field(() => String) idempotencyKey!: string;
}

@InputType()
export class RevokeVarianceSignOffsInput {
  @Field(() => PlainMonthScalar, { description: "Billing month." }) month!: PlainMonth;
  @Field(() => [ID]) rowIds!: string[];
  @Field(() => String) idempotencyKey!: string;
}
