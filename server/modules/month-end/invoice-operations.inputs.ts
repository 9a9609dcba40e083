import { Field, ID, InputType } from "type-graphql";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import { PlainDateScalar, PlainMonthScalar } from "../../platform/graphql/scalars";
import { InvoiceFilter } from "../view";
import type { InvoiceSelection } from "./request-invoice-operations";

@InputType({ description: "Either invoiceIds, or viewId with month, or filter." })
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
  @Field(() => InvoiceFilter, {
    nullable: true,
    description:
      "All that it selects, by customer and day; with month: of that month alone. Not for flagged and isSignedOff.",
  })
  filter?: InvoiceFilter | null;
}

@InputType()
export class DraftInvoicesInput {
  @Field(() => PlainDateScalar, {
    nullable: true,
    description: "The organization's today, if you want it checked; any other day is refused.",
  })
  asOf?: PlainDate | null;
  @Field(() => Boolean, {
    defaultValue: false,
    description:
      "Also what falls due next, where its service runs already, as an invoice in progress with its total so far; each night brings it up to date, and its day makes it a draft.",
  })
  includeRunning!: boolean;
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

@InputType()
export class RemindInvoicesInput extends SelectedInvoicesInput {}

@InputType()
export class SyncInvoicesInput extends SelectedInvoicesInput {}

@InputType()
export class VoidInvoicesInput extends SelectedInvoicesInput {
  @Field(() => String, { description: "Why; kept on each invoice and in the audit trail." }) reason!: string;
}

export const toRequest = ({
  selection,
  idempotencyKey,
}: SelectedInvoicesInput): { selection: InvoiceSelection; idempotencyKey: string } => ({
  selection: {
    invoiceIds: selection.invoiceIds ?? null,
    viewId: selection.viewId ?? null,
    month: selection.month ?? null,
    ...(selection.filter && { filter: selection.filter }),
  },
  idempotencyKey,
});
