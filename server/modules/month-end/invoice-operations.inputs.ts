import { Field, ID, InputType } from "type-graphql";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import { PlainDateScalar, PlainMonthScalar } from "../../platform/graphql/scalars";
import type { InvoiceSelection } from "./request-invoice-operations";

@InputType({ description: "Either invoiceIds, or viewId with month." })
export class InvoiceSelectionInput {
  @Field(() => [ID], { nullable: true, description: "Up to 100,000, in the order of the work." }) invoiceIds?:
    | string[]
    | null;
  @Field(() => ID, {
    nullable: true,
    description: "Exactly the invoices that this view shows in the month, in its order.",
  })
  viewId?: string | null;
  @Field(() => PlainMonthScalar, { nullable: true, description: "Billing month." }) month?: PlainMonth | null;
}

@InputType()
export class DraftInvoicesInput {
  @Field(() => PlainDateScalar, {
    nullable: true,
    description: "The organization's today, if you want it checked; any other day is refused.",
  })
  asOf?: PlainDate | null;
  @Field(() => String) idempotencyKey!: string;
}

@InputType()
abstract class SelectedInvoicesInput {
  @Field(() => InvoiceSelectionInput) selection!: InvoiceSelectionInput;
  @Field(() => String) idempotencyKey!: string;
}

@InputType()
export class RecalculateInvoicesInput extends SelectedInvoicesInput {}

@InputType()
export class FinalizeInvoicesInput extends SelectedInvoicesInput {}

@InputType()
export class SendInvoicesInput extends SelectedInvoicesInput {}

export const toRequest = ({
  selection,
  idempotencyKey,
}: SelectedInvoicesInput): { selection: InvoiceSelection; idempotencyKey: string } => ({
  selection: {
    invoiceIds: selection.invoiceIds ?? null,
    viewId: selection.viewId ?? null,
    month: selection.month ?? null,
  },
  idempotencyKey,
});
