import { Field, ID, InputType, Int } from "type-graphql";
import type { PlainDate } from "../../domain/calendar/plain-date";
import { IDEMPOTENCY_KEY } from "../../platform/graphql/idempotency-key";
import { PlainDateScalar } from "../../platform/graphql/scalars";
import type { QuoteHead } from "./check-quote-head";
import type { QuoteClone } from "./clone-quote";
import type { NewQuote } from "./create-quote";
import type { Prospect } from "./quote";
import { askedTermsOf, ProspectInput, QuoteTermsInput } from "./quote-terms.inputs";
import type { QuoteUpsert } from "./upsert-quote";

@InputType()
export abstract class QuoteHeadInput {
  @Field(() => ID, { nullable: true, description: "Whom it is to; or a prospect." }) customerId?: string | null;
  @Field(() => ProspectInput, { nullable: true, description: "Who is no customer yet." })
  prospect?: ProspectInput | null;
  @Field(() => PlainDateScalar, { nullable: true, description: "The last day on which it can be signed." })
  expiresOn?: PlainDate | null;
  @Field(() => ID, { nullable: true, description: "Its id in another system, such as the CRM; unique." })
  externalId?: string | null;
  @Field(() => String, { nullable: true, description: "The deal of the CRM." }) deal?: string | null;
  @Field(() => ID, { nullable: true, description: "The member who looks after it; default: who makes it." })
  ownerId?: string | null;
  @Field(() => ID, {
    nullable: true,
    description: "The price book that it is made from: its prices alone may be used, and its guard rails hold.",
  })
  priceBookId?: string | null;
}

@InputType({ description: "A quote for a new contract. It may be blank but for its name and its first day." })
export class CreateQuoteInput extends QuoteHeadInput {
  @Field(() => QuoteTermsInput, { description: "What it offers." }) terms!: QuoteTermsInput;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "The same terms again, as a quote of its own. Without a party it is to the same one." })
export class CloneQuoteInput extends QuoteHeadInput {
  @Field(() => ID, { description: "The quote that is copied." }) quoteId!: string;
  @Field(() => Int, { nullable: true, description: "The ordinal of the version that is copied; default: the current." })
  versionOrdinal?: number | null;
  @Field(() => String, { nullable: true, description: "Default: the same." }) name?: string | null;
  @Field(() => PlainDateScalar, { nullable: true, description: "All days move with it; default: the same days." })
  startsOn?: PlainDate | null;
  @Field(() => ID, { nullable: true, description: "Default: the same price book; null: none." })
  override priceBookId?: string | null;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "What is left out stays as it is; a new quote has its default." })
export class UpsertQuoteInput extends QuoteHeadInput {
  @Field(() => ID, { description: "The quote's id in another system, such as the CRM." })
  override externalId!: string;
  @Field(() => ID, { nullable: true, description: "The customer's id in that system, in the place of customerId." })
  customerExternalId?: string | null;
  @Field(() => QuoteTermsInput, {
    nullable: true,
    description: "All terms; parts that are the same keep their ids. A new quote needs them; default: as they are.",
  })
  terms?: QuoteTermsInput | null;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

export const quoteUpsertOf = (input: UpsertQuoteInput): QuoteUpsert => {
  const { customerId, prospect, expiresOn, deal, ownerId, priceBookId } = input;
  return {
    externalId: input.externalId,
    customerExternalId: input.customerExternalId ?? null,
    changes: { customerId, prospect: prospect && prospectOf(prospect), expiresOn, deal, ownerId, priceBookId },
    terms: input.terms ? askedTermsOf(input.terms) : null,
  };
};

/** What may be left out is there, as null. */
export const quoteHeadOf = (input: QuoteHeadInput): QuoteHead => ({
  customerId: input.customerId ?? null,
  prospect: input.prospect ? prospectOf(input.prospect) : null,
  expiresOn: input.expiresOn ?? null,
  externalId: input.externalId ?? null,
  deal: input.deal ?? null,
  ownerId: input.ownerId ?? null,
  priceBookId: input.priceBookId ?? null,
});

export const newQuoteOf = (input: CreateQuoteInput): NewQuote => ({
  ...quoteHeadOf(input),
  terms: askedTermsOf(input.terms),
});

export const cloneOf = (input: CloneQuoteInput): QuoteClone => ({
  ...quoteHeadOf(input),
  priceBookId: input.priceBookId,
  quoteId: input.quoteId,
  versionOrdinal: input.versionOrdinal ?? null,
  name: input.name ?? null,
  startsOn: input.startsOn ?? null,
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
