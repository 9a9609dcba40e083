import { Field, ID, InputType, Int } from "type-graphql";
import type { PlainDate } from "../../domain/calendar/plain-date";
import { IDEMPOTENCY_KEY } from "../../platform/graphql/idempotency-key";
import { PaymentTermsInput } from "../../platform/graphql/payment-terms";
import { JsonScalar, PlainDateScalar } from "../../platform/graphql/scalars";
import type { ContactRole, InvoiceGrouping, TaxStatus } from "./customer";
import { ContactRoleEnum, InvoiceGroupingEnum, TaxStatusEnum } from "./customer.types";

@InputType({ description: "A person who receives invoices." })
export class CustomerContactInput {
  @Field(() => String, { description: "As people call them." }) name!: string;
  @Field(() => String, { description: "Where invoices go." }) email!: string;
  @Field(() => Boolean, {
    defaultValue: false,
    description: "Addressed by mails; the others are copied in. One at the most.",
  })
  isPrimary!: boolean;
  @Field(() => ContactRoleEnum, {
    nullable: true,
    description: "Left out: the primary contact is addressed, the others are copied in.",
  })
  role?: ContactRole | null;
}

@InputType()
abstract class CustomerTermsInput {
  @Field(() => [String], { nullable: true, description: "Up to ten." }) addressLines?: string[] | null;
  @Field(() => String, { nullable: true, description: "ISO 3166-1 alpha-2; null: unknown." }) country?: string | null;
  @Field(() => String, { nullable: true, description: "null: none." }) taxId?: string | null;
  @Field(() => TaxStatusEnum, { nullable: true, description: "Of a new customer TAXED, unless said." })
  taxStatus?: TaxStatus | null;
  @Field(() => PaymentTermsInput, { nullable: true, description: "null: the organization's terms." })
  paymentTerms?: PaymentTermsInput | null;
  @Field(() => ID, { nullable: true, description: "null: none." }) parentCustomerId?: string | null;
  @Field(() => String, { nullable: true, description: "null: none." }) externalId?: string | null;
  @Field(() => String, { nullable: true, description: "BCP 47 tag, such as en-GB." }) language?: string | null;
  @Field(() => Boolean, { nullable: true, description: "Whether invoices need a PO number to be finalized." })
  isPoRequired?: boolean | null;
  @Field(() => InvoiceGroupingEnum, {
    nullable: true,
    description: "What goes on one invoice. Of a new customer PER_CONTRACT, unless said.",
  })
  invoiceGrouping?: InvoiceGrouping | null;
  @Field(() => ID, {
    nullable: true,
    description: "The customer who is billed, such as the head of the group; null: the customer itself.",
  })
  billToCustomerId?: string | null;
  @Field(() => JsonScalar, { nullable: true, description: "An object; replaces all custom fields." })
  customFields?: unknown;
  @Field(() => ID, { nullable: true, description: "The member who looks after it; null: nobody." })
  ownerId?: string | null;
  @Field(() => [CustomerContactInput], {
    nullable: true,
    description: "Replaces all contacts; the first is primary where none is marked.",
  })
  contacts?: CustomerContactInput[] | null;
}

@InputType({ description: "A company to bill." })
export class CreateCustomerInput extends CustomerTermsInput {
  @Field(() => String, { description: "As printed on invoices." }) legalName!: string;
  @Field(() => String, { description: "ISO 4217 code." }) currency!: string;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "What is left out stays as it is." })
export class UpdateCustomerInput extends CustomerTermsInput {
  @Field(() => ID, { description: "Of the customer." }) id!: string;
  @Field(() => Int, { description: "The version that the change was made on." }) version!: number;
  @Field(() => String, { nullable: true, description: "As printed on invoices." }) legalName?: string | null;
  @Field(() => String, { nullable: true, description: "ISO 4217 code; contracts that exist keep theirs." })
  currency?: string | null;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "What is left out stays as it is; a new customer has its default." })
export class UpsertCustomerInput extends CustomerTermsInput {
  @Field(() => ID, { description: "The customer's id in another system, such as the CRM." })
  override externalId!: string;
  @Field(() => String, { nullable: true, description: "As printed on invoices; a new customer needs one." })
  legalName?: string | null;
  @Field(() => String, {
    nullable: true,
    description: "ISO 4217 code; of a new customer the organization's, unless said.",
  })
  currency?: string | null;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "Maps an alias to a customer for some days, or for all." })
export class MapCustomerAliasInput {
  @Field(() => ID, { description: "Whose the alias is to be." }) customerId!: string;
  @Field(() => String, { description: "Exactly as it comes with the events." }) alias!: string;
  @Field(() => PlainDateScalar, { nullable: true, description: "First day; null: since ever." })
  startsOn?: PlainDate | null;
  @Field(() => PlainDateScalar, { nullable: true, description: "The day after the last; null: until further notice." })
  endsBefore?: PlainDate | null;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "A mapping that does not hold any more." })
export class EndCustomerAliasInput {
  @Field(() => ID, { description: "Of the mapping, as the customer lists it." }) aliasId!: string;
  @Field(() => PlainDateScalar, {
    nullable: true,
    description: "The first day on which the alias is free; null, or its first day: it never belonged to the customer.",
  })
  endsBefore?: PlainDate | null;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}
