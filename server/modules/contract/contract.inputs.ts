import { Field, ID, InputType, Int } from "type-graphql";
import type { FirstPeriod, RecurringCadence } from "../../domain/calendar/cadence";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { Decimal } from "../../domain/money/decimal";
import type { DiscountPosition } from "../../domain/pricing/discount";
import type { ProrationRule } from "../../domain/pricing/prorate";
import { PaymentTermsInput } from "../../platform/graphql/payment-terms";
import { DecimalScalar, PercentScalar, PlainDateScalar } from "../../platform/graphql/scalars";
import { ProrationRuleEnum } from "../catalog";
import { DiscountPositionEnum, FirstPeriodEnum, RecurringCadenceEnum } from "./contract.types";
import type { NewContract } from "./new-contract";

const IDEMPOTENCY_KEY = "Of your own, new for each command: sent again with the same input it gets the first answer.";

@InputType({ description: "An amount with the currency it is meant in." })
export class MoneyInput {
  @Field(() => DecimalScalar, { description: "With no more decimals than the currency has." }) amount!: Decimal;
  @Field(() => String, { description: "ISO 4217 code." }) currency!: string;
}

@InputType({ description: "Exactly one of percent and amount." })
export class DiscountInput {
  @Field(() => String, { description: "As it stands on invoices." }) description!: string;
  @Field(() => PercentScalar, { nullable: true, description: "From 0 to 100, of the prorated amount." })
  percent?: Decimal | null;
  @Field(() => MoneyInput, { nullable: true, description: "In full, once per full period." })
  amount?: MoneyInput | null;
  @Field(() => PlainDateScalar, {
    nullable: true,
    description: "Applies to service that begins before this day; default: as long as the charge.",
  })
  endsBefore?: PlainDate | null;
  @Field(() => DiscountPositionEnum, {
    defaultValue: "before_minimum",
    description: "Before or after minimums and maximums.",
  })
  position!: DiscountPosition;
  @Field(() => String, {
    nullable: true,
    description:
      "A name of your own. Where two phases of one period carry a fixed discount with the same key, it is given once, not twice.",
  })
  key?: string | null;
}

@InputType({ description: "One price that a phase bills." })
export class ChargeInput {
  @Field(() => ID, { description: "A version of a price, in the currency of the contract; one per lineage and phase." })
  priceId!: string;
  @Field(() => DecimalScalar, {
    nullable: true,
    description: "Contracted units, 0 or more; the least seats of a seat price. Default 1; of a seat price 0.",
  })
  quantity?: Decimal | null;
  @Field(() => String, { nullable: true, description: "As it stands on invoices; default: the name of the price." })
  description?: string | null;
  @Field(() => [DiscountInput], { defaultValue: [], description: "In the order in which they are taken." })
  discounts!: DiscountInput[];
}

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

@InputType({ description: "At least this much per period over the covered charges." })
export class MinimumCommitmentInput {
  @Field(() => String, { defaultValue: "Minimum commitment", description: "As it stands on invoices." })
  description!: string;
  @Field(() => MoneyInput, { description: "Per full period, in the currency of the contract." }) amount!: MoneyInput;
  @Field(() => RecurringCadenceEnum, { description: "The period over which charges are compared with it." })
  cadence!: RecurringCadence;
  @Field(() => ProrationRuleEnum, {
    defaultValue: "by_days",
    description: "How a period is counted that is served in part.",
  })
  proration!: ProrationRule;
  @Field(() => [ID], {
    nullable: true,
    description: "The price lineages that count towards it; null: all of the contract.",
  })
  lineageIds?: string[] | null;
  @Field(() => ID, { description: "The product under which the true-up is billed." }) productId!: string;
}

@InputType({
  description: "A contract as agreed. Everything that is wrong with it is refused at once, each with its place.",
})
export class CreateContractInput {
  @Field(() => ID, { description: "Who is billed." }) customerId!: string;
  @Field(() => String, { description: "As people call it, such as the customer and the year." }) name!: string;
  @Field(() => String, {
    nullable: true,
    description: "Your own, unique; default: the organization's next, such as C-00042.",
  })
  number?: string | null;
  @Field(() => String, { nullable: true, description: "ISO 4217 code; default: the customer's." }) currency?:
    | string
    | null;
  @Field(() => PlainDateScalar, { description: "The first day of the term." }) startsOn!: PlainDate;
  @Field(() => PlainDateScalar, { nullable: true, description: "The day after the last; null: until further notice." })
  endsBefore?: PlainDate | null;
  @Field(() => PlainDateScalar, {
    nullable: true,
    description: "Gives the day of the month on which full periods begin; default: the start of the contract.",
  })
  anchorOn?: PlainDate | null;
  @Field(() => FirstPeriodEnum, {
    defaultValue: "anchor",
    description: "Where full periods longer than a month begin.",
  })
  firstPeriod!: FirstPeriod;
  @Field(() => String, { nullable: true, description: "The customer's purchase order." }) poNumber?: string | null;
  @Field(() => PaymentTermsInput, { nullable: true, description: "null: the customer's." })
  paymentTerms?: PaymentTermsInput | null;
  @Field(() => PlainDateScalar, { nullable: true, description: "The last day that another system has billed." })
  billedThroughOn?: PlainDate | null;
  @Field(() => [PhaseInput], { description: "At least one; in order, without gaps over the term." })
  phases!: PhaseInput[];
  @Field(() => [MinimumCommitmentInput], { defaultValue: [], description: "What is billed at the least." })
  minimums!: MinimumCommitmentInput[];
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

/** What may be left out is there, as null. */
export const newContractOf = (input: CreateContractInput): NewContract & { readonly idempotencyKey: string } => ({
  customerId: input.customerId,
  name: input.name,
  number: input.number ?? null,
  currency: input.currency ?? null,
  startsOn: input.startsOn,
  endsBefore: input.endsBefore ?? null,
  anchorOn: input.anchorOn ?? null,
  firstPeriod: input.firstPeriod,
  poNumber: input.poNumber ?? null,
  paymentTerms: input.paymentTerms ?? null,
  billedThroughOn: input.billedThroughOn ?? null,
  phases: input.phases.map((phase) => ({
    name: phase.name ?? null,
    startsOn: phase.startsOn,
    endsBefore: phase.endsBefore ?? null,
    charges: phase.charges.map((charge) => ({
      priceId: charge.priceId,
      quantity: charge.quantity ?? null,
      description: charge.description ?? null,
      discounts: charge.discounts.map((discount) => ({
        key: discount.key ?? null,
        description: discount.description,
        percent: discount.percent ?? null,
        amount: discount.amount ?? null,
        endsBefore: discount.endsBefore ?? null,
        position: discount.position,
      })),
    })),
  })),
  minimums: input.minimums.map((minimum) => ({ ...minimum, lineageIds: minimum.lineageIds ?? null })),
  idempotencyKey: input.idempotencyKey,
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
