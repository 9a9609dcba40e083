import { Field, ID, InputType, Int } from "type-graphql";
import type { FirstPeriod } from "../../domain/calendar/cadence";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { LateUsagePolicy } from "../../domain/contract/contract";
import type { Decimal } from "../../domain/money/decimal";
import { IDEMPOTENCY_KEY } from "../../platform/graphql/idempotency-key";
import { PaymentTermsInput } from "../../platform/graphql/payment-terms";
import { PercentScalar, PlainDateScalar } from "../../platform/graphql/scalars";
import { FirstPeriodEnum, LateUsagePolicyEnum } from "./contract.types";
import type { NewContract, NewRenewal } from "./new-contract";
import {
  ChargeInput,
  ContractDiscountInput,
  newBoundOf,
  newChargeOf,
  newContractDiscountOf,
  SpendBoundInput,
} from "./terms.inputs";

@InputType({ description: "A part of the term with its own prices, such as a step of a ramp, or a trial." })
export class PhaseInput {
  @Field(() => String, { nullable: true, description: 'Default: "Phase 1" and so on.' }) name?: string | null;
  @Field(() => PlainDateScalar, { description: "The first day; of the first phase the first day of the contract." })
  startsOn!: PlainDate;
  @Field(() => PlainDateScalar, {
    nullable: true,
    description:
      "The day after the last. Default: the day on which the next phase starts; of the last phase the end of the contract.",
  })
  endsBefore?: PlainDate | null;
  @Field(() => [ChargeInput], { description: "In the order of the invoice; none while nothing is billed." })
  charges!: ChargeInput[];
}

@InputType({ description: "What happens when the term ends and nobody has given notice." })
export class RenewalInput {
  @Field(() => Int, { description: "1 to 120, by which the term is extended." }) months!: number;
  @Field(() => Int, {
    defaultValue: 0,
    description: "0 to 366, so long before the end the renewal becomes binding.",
  })
  noticeDays!: number;
  @Field(() => PercentScalar, {
    nullable: true,
    description: "From 0 to 100, put on every recurring price at each renewal; default: none.",
  })
  upliftPercent?: Decimal | null;
}

/** What is agreed about a contract as a whole, and offered by a quote. */
@InputType()
export abstract class AgreedTermsInput {
  @Field(() => String, { nullable: true, description: "ISO 4217 code; default: the customer's." }) currency?:
    | string
    | null;
  @Field(() => PlainDateScalar, { description: "The first day of the term." }) startsOn!: PlainDate;
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
  @Field(() => String, { nullable: true, description: "The customer's purchase order." }) poNumber?: string | null;
  @Field(() => PaymentTermsInput, { nullable: true, description: "null: the customer's, else the organization's." })
  paymentTerms?: PaymentTermsInput | null;
  @Field(() => [SpendBoundInput], { defaultValue: [], description: "What is billed at the least." })
  minimums!: SpendBoundInput[];
  @Field(() => [SpendBoundInput], { defaultValue: [], description: "What is billed at the most." })
  maximums!: SpendBoundInput[];
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
  @Field(() => RenewalInput, { nullable: true, description: "Default: the contract ends with its term." })
  renewal?: RenewalInput | null;
}

/** What may be left out is there, as null. */
export const agreedTermsOf = (input: AgreedTermsInput) => ({
  currency: input.currency ?? null,
  startsOn: input.startsOn,
  anchorOn: input.anchorOn ?? null,
  firstPeriod: input.firstPeriod,
  poNumber: input.poNumber ?? null,
  paymentTerms: input.paymentTerms ?? null,
  minimums: input.minimums.map(newBoundOf("minimum")),
  maximums: input.maximums.map(newBoundOf("maximum")),
  rollsUpUsage: input.rollsUpUsage,
  lateUsage: input.lateUsage,
  renewal: input.renewal ? newRenewalOf(input.renewal) : null,
});

@InputType()
export abstract class ContractTermsInput extends AgreedTermsInput {
  @Field(() => ID, { description: "Who is billed." }) customerId!: string;
  @Field(() => String, { description: "As people call it, such as the customer and the year." }) name!: string;
  @Field(() => PlainDateScalar, { nullable: true, description: "The day after the last; null: until further notice." })
  endsBefore?: PlainDate | null;
  @Field(() => PlainDateScalar, { nullable: true, description: "The last day that another system has billed." })
  billedThroughOn?: PlainDate | null;
  @Field(() => [PhaseInput], { description: "At least one; in order, without gaps over the term." })
  phases!: PhaseInput[];
  @Field(() => [ContractDiscountInput], {
    defaultValue: [],
    description: "Over several charges, after the charges' own; in the order in which they are taken.",
  })
  discounts!: ContractDiscountInput[];
}

@InputType({
  description: "A contract as agreed. Everything that is wrong with it is refused at once, each with its place.",
})
export class CreateContractInput extends ContractTermsInput {
  @Field(() => String, {
    nullable: true,
    description: "Your own, unique; default: the organization's next, such as C-00042.",
  })
  number?: string | null;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

/** What may be left out is there, as null. */
export const newContractOf = (
  input: ContractTermsInput & Partial<Pick<CreateContractInput, "number">>,
): NewContract => ({
  ...agreedTermsOf(input),
  customerId: input.customerId,
  name: input.name,
  number: input.number ?? null,
  endsBefore: input.endsBefore ?? null,
  billedThroughOn: input.billedThroughOn ?? null,
  phases: input.phases.map((phase) => ({
    name: phase.name ?? null,
    startsOn: phase.startsOn,
    endsBefore: phase.endsBefore ?? null,
    charges: phase.charges.map(newChargeOf),
  })),
  discounts: input.discounts.map(newContractDiscountOf),
});

export const newRenewalOf = ({ months, noticeDays, upliftPercent }: RenewalInput): NewRenewal => ({
  months,
  noticeDays,
  upliftPercent: upliftPercent ?? null,
});

@InputType({ description: "A draft that was reviewed." })
export class ActivateContractInput {
  @Field(() => ID, { description: "The contract." }) id!: string;
  @Field(() => Int, { description: "The version that was reviewed." }) version!: number;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "What is left out stays as it is." })
export class UpdateContractInput {
  @Field(() => ID, { description: "The contract." }) id!: string;
  @Field(() => Int, { description: "The version that the change was made on." }) version!: number;
  @Field(() => String, { nullable: true, description: "Never null." }) name?: string | null;
  @Field(() => String, { nullable: true, description: "null takes it away." }) poNumber?: string | null;
  @Field(() => PaymentTermsInput, { nullable: true, description: "null: the customer's." })
  paymentTerms?: PaymentTermsInput | null;
  @Field(() => LateUsagePolicyEnum, { nullable: true, description: "Never null." }) lateUsage?: LateUsagePolicy | null;
  @Field(() => RenewalInput, {
    nullable: true,
    description: "null, such as after notice: the contract ends with its term.",
  })
  renewal?: RenewalInput | null;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({
  description:
    "Seats of one price lineage at the end of a day. Recorded again for the same day, they replace the earlier ones.",
})
export class RecordSeatsInput {
  @Field(() => ID, { description: "The contract." }) contractId!: string;
  @Field(() => ID, { description: "The lineage of a seat price of the contract." }) lineageId!: string;
  @Field(() => PlainDateScalar, { description: "A day of the contract's term." }) effectiveOn!: PlainDate;
  @Field(() => Int, { description: "All seats in use, 0 or more; not the difference." }) seats!: number;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}
