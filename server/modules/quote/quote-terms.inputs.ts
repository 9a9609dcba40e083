import { Field, ID, InputType, Int } from "type-graphql";
import type { PlainDate } from "../../domain/calendar/plain-date";
import { PlainDateScalar } from "../../platform/graphql/scalars";
import {
  AgreedTermsInput,
  agreedTermsOf,
  ChargeInput,
  ContractDiscountInput,
  newChargeOf,
  newContractDiscountOf,
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
  @Field(() => [QuoteLineInput], {
    defaultValue: [],
    description: "In the order of the document; at least one before the quote is submitted.",
  })
  lines!: QuoteLineInput[];
}

@InputType({ description: "What a quote offers. A draft may be incomplete: its problems say what is missing." })
export class QuoteTermsInput extends AgreedTermsInput {
  @Field(() => String, { description: "As people call it; becomes the name of the contract." }) name!: string;
  @Field(() => PlainDateScalar, {
    nullable: true,
    description: "The day after the last; send this, termMonths, or neither: until further notice.",
  })
  endsBefore?: PlainDate | null;
  @Field(() => Int, { nullable: true, description: "The length of the term, 1 to 120; in the place of endsBefore." })
  termMonths?: number | null;
  @Field(() => String, { nullable: true, description: "Printed on the document; up to 10,000 characters." })
  notes?: string | null;
  @Field(() => [QuotePhaseInput], { defaultValue: [], description: "In order; without gaps over the term." })
  phases!: QuotePhaseInput[];
  @Field(() => [ContractDiscountInput], {
    defaultValue: [],
    description: "Over several lines, after the lines' own; in the order in which they are taken.",
  })
  discounts!: ContractDiscountInput[];
}

/** What may be left out is there, as null. */
export const askedTermsOf = (input: QuoteTermsInput): AskedTerms => ({
  ...agreedTermsOf(input),
  name: input.name,
  endsBefore: input.endsBefore ?? null,
  termMonths: input.termMonths ?? null,
  notes: input.notes ?? null,
  phases: input.phases.map(askedPhaseOf),
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
