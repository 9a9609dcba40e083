import "reflect-metadata";
import { Field, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import type { PaymentTerms } from "../../domain/calendar/payment-terms";

type Kind = PaymentTerms["kind"];

export const PaymentTermsKindEnum = { NET_DAYS: "net_days", END_OF_MONTH: "end_of_month" } as const;
registerEnumType(PaymentTermsKindEnum, {
  name: "PaymentTermsKind",
  description: "Where an invoice's days end.",
  valuesConfig: {
    NET_DAYS: { description: "So many days after issue." },
    END_OF_MONTH: { description: "So many days after issue, then the last day of that month." },
  },
});

@ObjectType("PaymentTerms", { description: "When an invoice is due.", simpleResolvers: true })
export class PaymentTermsType {
  @Field(() => PaymentTermsKindEnum, { description: "Where the days end." }) kind!: Kind;
  @Field(() => Int, { description: "0 to 365." }) days!: number;
}

@InputType({ description: "When invoices are due." })
export class PaymentTermsInput {
  @Field(() => PaymentTermsKindEnum, { description: "Where the days end." }) kind!: Kind;
  @Field(() => Int, { description: "0 to 365." }) days!: number;
}
