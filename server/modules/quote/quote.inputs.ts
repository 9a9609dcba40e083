import { Field, ID, InputType } from "type-graphql";
import type { PlainDate } from "../../domain/calendar/plain-date";
import { IDEMPOTENCY_KEY } from "../../platform/graphql/idempotency-key";
import { PlainDateScalar } from "../../platform/graphql/scalars";
import type { NewQuote } from "./create-quote";
import type { Prospect } from "./quote";
import { askedTermsOf, ProspectInput, QuoteTermsInput } from "./quote-terms.inputs";

@InputType({ description: "A quote for a new contract. It may be blank but for its name and its first day." })
export class CreateQuoteInput {
  @Field(() => ID, { nullable: true, description: "Whom it is to; or a prospect." }) customerId?: string | null;
  @Field(() => ProspectInput, { nullable: true, description: "Who is no customer yet." })
  prospect?: ProspectInput | null;
  @Field(() => QuoteTermsInput, { description: "What it offers." }) terms!: QuoteTermsInput;
  @Field(() => PlainDateScalar, { nullable: true, description: "The last day on which it can be signed." })
  expiresOn?: PlainDate | null;
  @Field(() => ID, { nullable: true, description: "Its id in another system, such as the CRM; unique." })
  externalId?: string | null;
  @Field(() => String, { nullable: true, description: "The deal of the CRM." }) deal?: string | null;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

export const newQuoteOf = (input: CreateQuoteInput): NewQuote => ({
  customerId: input.customerId ?? null,
  prospect: input.prospect ? prospectOf(input.prospect) : null,
  terms: askedTermsOf(input.terms),
  expiresOn: input.expiresOn ?? null,
  externalId: input.externalId ?? null,
  deal: input.deal ?? null,
});

export const prospectOf = (input: ProspectInput): Prospect => ({
  legalName: input.legalName,
  addressLines: input.addressLines,
  country: input.country ?? null,
  taxId: input.taxId ?? null,
  language: input.language,
  contactName: input.contactName ?? null,
  contactEmail: input.contactEmail ?? null,
  externalId: input.externalId ?? null,
});
