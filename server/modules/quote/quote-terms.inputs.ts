import { Field, ID, InputType, Int } from "type-graphql";
import type { FirstPeriod } from "../../domain/calendar/cadence";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { LateUsagePolicy } from "../../domain/contract/contract";
import { PaymentTermsInput } from "../../platform/graphql/payment-terms";
import { PlainDateScalar } from "../../platform/graphql/scalars";
import {
  ChargeInput,
  ContractDiscountInput,
  FirstPeriodEnum,
  LateUsagePolicyEnum,
  newBoundOf,
  newChargeOf,
  newContractDiscountOf,
  newRenewalOf,
  RenewalInput,
  SpendBoundInput,
} from "../contract";
import type { AskedPhase, AskedTerms } from "./read-asked-terms";

@InputType({ description: "One price in one phase." })
export class QuoteLineInput extends ChargeInput {}

@InputType({ description: "A part of the term with its own lines, such as a step of a ramp." })
export class QuotePhaseInput {
  @Field(() => String, { nullable: true, description: 'Default: "Phase 1" and so on.' }) name?: string | null;
  @Field(() => PlainDateScalar, { description: "The first day; of the first phase the first day of the term." })
  startsOn!: PlainDate;
  @Field(() => PlainDateScalar, {
    nullable: true,
    description:
      "The day after the last. Default: the day on which the next phase starts; of the last phase the end of the term.",
  })
  endsBefore?: PlainDate | null;
  @Field(() => [QuoteLineInput], { defaultValue: [], description: "In the order of the document." })
  lines!: QuoteLineInput[];
}

@InputType({ description: "What a quote offers. A draft may be incomplete: its problems say what is missing." })
export class QuoteTermsInput {
  @Field(() => String, { description: "As people call it; becomes the name of the contract." }) name!: string;
  @Field(() => String, { nullable: true, description: "ISO 4217 code; default: the customer's." })
  currency?: string | null;
  @Field(() => PlainDateScalar, { description: "The first day of the term." }) startsOn!: PlainDate;
  @Field(() => PlainDateScalar, {
    nullable: true,
    description: "The day after the last; send this, termMonths, or neither: until further notice.",
  })
  endsBefore?: PlainDate | null;
  @Field(() => Int, { nullable: true, description: "The length of the term, 1 to 120; in the place of endsBefore." })
  termMonths?: number | null;
  @Field(() => PlainDateScalar, {
    nullable: true,
    description: "Gives the day of the month on which full periods begin; default: the start.",
  })
  anchorOn?: PlainDate | null;
  @Field(() => FirstPeriodEnum, {
    defaultValue: "anchor",
    description: "Where full periods longer than a month begin.",
  })
  firstPeriod!: FirstPeriod;
  @Field(() => PaymentTermsInput, { nullable: true, description: "null: the customer's, else the organization's." })
  paymentTerms?: PaymentTermsInput | null;
  @Field(() => String, { nullable: true, description: "The customer's purchase order." }) poNumber?: string | null;
  @Field(() => RenewalInput, { nullable: true, description: "Default: the contract ends with its term." })
  renewal?: RenewalInput | null;
  @Field(() => Boolean, {
    defaultValue: false,
    description: "Whether the usage of the customer's children, and of theirs, counts as the customer's own.",
  })
  rollsUpUsage!: boolean;
  @Field(() => LateUsagePolicyEnum, {
    defaultValue: "next_invoice",
    description: "What becomes of usage that is known only after its period was billed.",
  })
  lateUsage!: LateUsagePolicy;
  @Field(() => String, { nullable: true, description: "Printed on the document; up to 10,000 characters." })
  notes?: string | null;
  @Field(() => [QuotePhaseInput], { defaultValue: [], description: "In order; without gaps over the term." })
  phases!: QuotePhaseInput[];
  @Field(() => [SpendBoundInput], { defaultValue: [], description: "What is billed at the least." })
  minimums!: SpendBoundInput[];
  @Field(() => [SpendBoundInput], { defaultValue: [], description: "What is billed at the most." })
  maximums!: SpendBoundInput[];
  @Field(() => [ContractDiscountInput], {
    defaultValue: [],
    description: "Over several lines, after the lines' own; in the order in which they are taken.",
  })
  discounts!: ContractDiscountInput[];
}

/** What may be left out is there, as null. */
export const askedTermsOf = (input: QuoteTermsInput): AskedTerms => ({
  name: input.name,
  currency: input.currency ?? null,
  startsOn: input.startsOn,
  endsBefore: input.endsBefore ?? null,
  termMonths: input.termMonths ?? null,
  anchorOn: input.anchorOn ?? null,
  firstPeriod: input.firstPeriod,
  paymentTerms: input.paymentTerms ?? null,
  poNumber: input.poNumber ?? null,
  renewal: input.renewal ? newRenewalOf(input.renewal) : null,
  rollsUpUsage: input.rollsUpUsage,
  lateUsage: input.lateUsage,
  notes: input.notes ?? null,
  phases: input.phases.map(askedPhaseOf),
  minimums: input.minimums.map(newBoundOf("minimum")),
  maximums: input.maximums.map(newBoundOf("maximum")),
  discounts: input.discounts.map(newContractDiscountOf),
});

export const askedPhaseOf = ({ name, startsOn, endsBefore, lines }: QuotePhaseInput): AskedPhase => ({
  name: name ?? null,
  startsOn,
  endsBefore: endsBefore ?? null,
  lines: lines.map(newChargeOf),
});

@InputType({ description: "Who is to become a customer when the quote is executed." })
export class ProspectInput {
  @Field(() => String, { description: "As printed on the document, and later on invoices." }) legalName!: string;
  @Field(() => [String], { defaultValue: [], description: "Up to ten lines." }) addressLines!: string[];
  @Field(() => String, { nullable: true, description: "ISO 3166-1 alpha-2." }) country?: string | null;
  @Field(() => String, { nullable: true, description: "VAT or other tax number." }) taxId?: string | null;
  @Field(() => String, { defaultValue: "en-GB", description: "BCP 47 tag of the language of documents." })
  language!: string;
  @Field(() => String, { nullable: true, description: "Who is spoken to." }) contactName?: string | null;
  @Field(() => String, { nullable: true, description: "Becomes the first billing contact." })
  contactEmail?: string | null;
  @Field(() => ID, { nullable: true, description: "The company's id in another system, such as the CRM." })
  externalId?: string | null;
}
