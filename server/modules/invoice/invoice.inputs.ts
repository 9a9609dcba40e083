import { Field, ID, InputType } from "type-graphql";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import { PlainMonthScalar } from "../../platform/graphql/scalars";
import type { InvoiceStatus } from "./invoice";
import type { InvoiceFilter } from "./invoice.store";
import { InvoiceStatusEnum } from "./invoice.types";

@InputType({ description: "Which invoices; what is left out does not narrow." })
export class InvoiceFilterInput {
  @Field(() => PlainMonthScalar, { nullable: true, description: "Billing month." }) month?: PlainMonth | null;
  @Field(() => [InvoiceStatusEnum], { nullable: true }) status?: InvoiceStatus[] | null;
  @Field(() => [ID], { nullable: true }) customerIds?: string[] | null;
  @Field(() => [ID], { nullable: true }) contractIds?: string[] | null;
  @Field(() => [String], { nullable: true, description: "ISO 4217 codes." }) currencies?: string[] | null;
  @Field(() => Boolean, { nullable: true }) isStale?: boolean | null;
  @Field(() => String, { nullable: true, description: "Looked for in number and customer name, in any case." }) search?:
    | string
    | null;
}

export const toInvoiceFilter = (input: InvoiceFilterInput | null | undefined): InvoiceFilter => ({
  month: input?.month ?? null,
  statuses: input?.status ?? null,
  customerIds: input?.customerIds ?? null,
  contractIds: input?.contractIds ?? null,
  currencies: input?.currencies ?? null,
  isStale: input?.isStale ?? null,
  search: input?.search?.trim() || null,
});
