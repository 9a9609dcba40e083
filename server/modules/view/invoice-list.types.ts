import { Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { DecimalScalar } from "../../platform/graphql/scalars";
import type { OrderStep, SortKey } from "./invoice-order";
import type { SortDirection } from "./saved-view";
import { SortDirectionEnum } from "./saved-view.types";

export const InvoiceSortKeyEnum = {
  CUSTOMER: "customer",
  NUMBER: "number",
  STATUS: "status",
  PAYMENT_STATUS: "paymentStatus",
  CURRENCY: "currency",
  KIND: "kind",
  BILLING_MONTH: "billingMonth",
  CONTRACT: "contract",
  BILLS_ON: "billsOn",
  SERVICE_PERIOD: "servicePeriod",
  ISSUED_ON: "issuedOn",
  DUE_ON: "dueOn",
  PO_NUMBER: "poNumber",
  NET: "net",
  TAX: "tax",
  GROSS: "gross",
  DUE: "due",
} as const satisfies Readonly<Record<string, SortKey>>;
registerEnumType(InvoiceSortKeyEnum, {
  name: "InvoiceSortKey",
  description: "What invoices are sorted by. Texts go by the order of characters.",
  valuesConfig: { DUE: { description: "What is still to be paid." } },
});

@InputType()
export class InvoiceSortInput implements OrderStep {
  @Field(() => InvoiceSortKeyEnum) by!: SortKey;
  @Field(() => SortDirectionEnum, { defaultValue: SortDirectionEnum.ASCENDING }) direction!: SortDirection;
}

@ObjectType("ViewCountTotal", { simpleResolvers: true, description: "Sums of one currency; what is voided is zero." })
export class ViewCountTotal {
  @Field(() => String, { description: "ISO 4217 code." }) currency!: string;
  @Field(() => DecimalScalar) net!: string;
  @Field(() => DecimalScalar) gross!: string;
}

@ObjectType("ViewCount", { simpleResolvers: true, description: "How many invoices a view selects." })
export class ViewCount {
  @Field(() => ID) viewId!: string;
  @Field(() => Int, {
    nullable: true,
    description:
      "Counted up to 1,000. Null: the view asks for flags or sign-offs, which a comparison answers; ask for its summary.",
  })
  count!: number | null;
  @Field(() => Boolean, { description: "There are more than count." }) isCapped!: boolean;
  @Field(() => String, { nullable: true, description: 'As people read it: "42" or "1,000+".' }) text!: string | null;
  @Field(() => [ViewCountTotal], {
    nullable: true,
    description: "By currency, in alphabetical order; null where not everything was counted.",
  })
  totals!: readonly ViewCountTotal[] | null;
}
