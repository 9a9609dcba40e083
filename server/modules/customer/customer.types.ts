import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import type { PlainDate } from "../../domain/calendar/plain-date";
import { resultUnion } from "../../platform/graphql/errors";
import { connectionOf } from "../../platform/graphql/paging";
import { PaymentTermsType } from "../../platform/graphql/payment-terms";
import { DateTimeScalar, JsonScalar, PlainDateScalar } from "../../platform/graphql/scalars";
import type { ContactRole, InvoiceGrouping, TaxStatus } from "./customer";

export const TaxStatusEnum = { TAXED: "taxed", EXEMPT: "exempt", REVERSE_CHARGE: "reverse_charge" } as const;
registerEnumType(TaxStatusEnum, {
  name: "TaxStatus",
  description: "How invoices to a customer are taxed.",
  valuesConfig: { REVERSE_CHARGE: { description: "The buyer accounts for the tax; needs the buyer's tax id." } },
});

export const InvoiceGroupingEnum = { PER_CONTRACT: "per_contract", PER_CUSTOMER: "per_customer" } as const;
registerEnumType(InvoiceGroupingEnum, {
  name: "InvoiceGrouping",
  description: "What goes on one invoice.",
  valuesConfig: {
    PER_CONTRACT: { description: "What falls due on a day for one contract." },
    PER_CUSTOMER: {
      description:
        "What falls due on a day for all contracts of the customer, as far as currency, purchase order, payment terms and whether prices include tax agree.",
    },
  },
});

export const ContactRoleEnum = { TO: "to", CC: "cc", NONE: "none" } as const;
registerEnumType(ContactRoleEnum, {
  name: "ContactRole",
  description: "What mails with invoices do with a contact.",
  valuesConfig: {
    TO: { description: "They address it." },
    CC: { description: "They copy it in." },
    NONE: { description: "They leave it out." },
  },
});

@ObjectType("CustomerContact", { description: "A person who receives invoices.", simpleResolvers: true })
export class CustomerContactType {
  @Field(() => ID, { description: "Changes when contacts are replaced." }) id!: string;
  @Field(() => String, { description: "As people call them." }) name!: string;
  @Field(() => String, { description: "Where invoices go." }) email!: string;
  @Field(() => Boolean, { description: "Addressed by mails; the others are copied in." }) isPrimary!: boolean;
  @Field(() => ContactRoleEnum, {
    nullable: true,
    description: "null: the primary contact is addressed, the others are copied in.",
  })
  role!: ContactRole | null;
}

@ObjectType("CustomerAlias", {
  description:
    "The key under which a usage stream knows a customer. On any day an alias belongs to one customer at the most.",
  simpleResolvers: true,
})
export class CustomerAliasType {
  @Field(() => ID, { description: "Names the mapping when it is ended." }) id!: string;
  @Field(() => String, { description: "Exactly as it comes with events." }) alias!: string;
  @Field(() => PlainDateScalar, { nullable: true, description: "First day; null: since ever." })
  startsOn!: PlainDate | null;
  @Field(() => PlainDateScalar, { nullable: true, description: "The day after the last; null: until further notice." })
  endsBefore!: PlainDate | null;
}

@ObjectType("Customer", { description: "A company that is billed.", simpleResolvers: true })
export class CustomerType {
  @Field(() => ID, { description: "Stable for ever." }) id!: string;
  @Field(() => String, { description: "As printed on invoices." }) legalName!: string;
  @Field(() => [String], { description: "As printed on invoices." }) addressLines!: readonly string[];
  @Field(() => String, { nullable: true, description: "ISO 3166-1 alpha-2." }) country!: string | null;
  @Field(() => String, { nullable: true, description: "VAT or other tax number." }) taxId!: string | null;
  @Field(() => TaxStatusEnum, { description: "How invoices are taxed." }) taxStatus!: TaxStatus;
  @Field(() => String, { description: "Default currency of new contracts (ISO 4217); each contract binds its own." })
  currency!: string;
  @Field(() => PaymentTermsType, { nullable: true, description: "null: the organization's terms." })
  paymentTerms!: PaymentTermsType | null;
  @Field(() => String, { nullable: true, description: "The customer's id in another system, such as the CRM; unique." })
  externalId!: string | null;
  @Field(() => String, { description: "BCP 47 tag of the language of documents." }) language!: string;
  @Field(() => Boolean, { description: "Invoices are not finalized without a PO number." }) isPoRequired!: boolean;
  @Field(() => InvoiceGroupingEnum, { description: "What goes on one invoice." }) invoiceGrouping!: InvoiceGrouping;
  @Field(() => ID, {
    nullable: true,
    description:
      "The customer who is billed: its tax status, tax id, address, contacts, language and payment terms decide the documents. null: the customer itself.",
  })
  billToCustomerId!: string | null;
  @Field(() => JsonScalar, { description: "Fields of your own, by name." }) customFields!: unknown;
  @Field(() => Int, { description: "Rises with each change; send it back with an update." }) version!: number;
  @Field(() => DateTimeScalar, { description: "When it was added." }) createdAt!: Date;
  @Field(() => DateTimeScalar, { description: "When it was changed last." }) updatedAt!: Date;
}

export const CustomerConnection = connectionOf("Customer", () => CustomerType);

@ObjectType({ description: "The customer was added." })
export class CreateCustomerSuccess {
  customerId!: string;
}
export const CreateCustomerResult = resultUnion("CreateCustomerResult", () => CreateCustomerSuccess);

@ObjectType({ description: "The customer was changed." })
export class UpdateCustomerSuccess {
  customerId!: string;
}
export const UpdateCustomerResult = resultUnion("UpdateCustomerResult", () => UpdateCustomerSuccess);

export const UpsertOutcomeEnum = { CREATED: "created", UPDATED: "updated", UNCHANGED: "unchanged" } as const;
registerEnumType(UpsertOutcomeEnum, {
  name: "UpsertOutcome",
  description: "What it took to bring a record to what was sent.",
  valuesConfig: { UNCHANGED: { description: "It was so already." } },
});

@ObjectType({ description: "The customer is as it was sent.", simpleResolvers: true })
export class UpsertCustomerSuccess {
  customerId!: string;
  @Field(() => UpsertOutcomeEnum, { description: "What it took." }) outcome!: "created" | "updated" | "unchanged";
}
export const UpsertCustomerResult = resultUnion("UpsertCustomerResult", () => UpsertCustomerSuccess);

@ObjectType({ description: "Usage under the alias belongs to the customer now, also what was recorded before." })
export class MapCustomerAliasSuccess {
  customerId!: string;
  @Field(() => Int, { description: "Drafts that became stale, because usage moved to them." }) staleInvoices!: number;
}
export const MapCustomerAliasResult = resultUnion("MapCustomerAliasResult", () => MapCustomerAliasSuccess);

@ObjectType({ description: "Usage under the alias belongs to the customer only until then." })
export class EndCustomerAliasSuccess {
  customerId!: string;
  @Field(() => Int, { description: "Drafts that became stale, because usage moved away from them." })
  staleInvoices!: number;
}
export const EndCustomerAliasResult = resultUnion("EndCustomerAliasResult", () => EndCustomerAliasSuccess);
