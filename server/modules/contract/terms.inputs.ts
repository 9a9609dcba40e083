import { Field, ID, InputType, Int } from "type-graphql";
import type { PlainDate } from "../../domain/calendar/plain-date";
import { Decimal } from "../../domain/money/decimal";
import type { DiscountPosition } from "../../domain/pricing/discount";
import type { ProrationRule } from "../../domain/pricing/prorate";
import { DecimalScalar, PercentScalar, PlainDateScalar } from "../../platform/graphql/scalars";
import { CadenceEnum, type CadenceName, CustomTermsInput, customTerms, ProrationRuleEnum } from "../catalog";
import type {
  BoundCadenceName,
  NewBound,
  NewCharge,
  NewContractDiscount,
  NewDiscount,
  NewRampStep,
  NewTrial,
} from "./new-contract";
import { BoundCadenceEnum, DiscountPositionEnum } from "./terms.types";

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
    description: "Applies to service that begins before this day; default: as long as what it is taken from.",
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

@InputType({
  description:
    "A beginning at another price. Exactly one of days and months, from the first day on which it is billed.",
})
export class TrialInput {
  @Field(() => Int, { nullable: true, description: "So many days." }) days?: number | null;
  @Field(() => Int, { nullable: true, description: "So many months." }) months?: number | null;
  @Field(() => PercentScalar, {
    nullable: true,
    description: "From 0 to 100; default 100: a free trial, in which nothing is owed, whatever is used.",
  })
  percentOff?: Decimal | null;
}

@InputType({
  description:
    "From a day on another quantity, another price, or both; what is not named stays. Exactly one of startsOn and afterMonths.",
})
export class RampStepInput {
  @Field(() => PlainDateScalar, { nullable: true, description: "A day on which it is billed." })
  startsOn?: PlainDate | null;
  @Field(() => Int, { nullable: true, description: "So many months after the first day on which it is billed." })
  afterMonths?: number | null;
  @Field(() => DecimalScalar, { nullable: true, description: "Contracted units, 0 or more." })
  quantity?: Decimal | null;
  @Field(() => ID, {
    nullable: true,
    description: "A price of the same product, cadence, timing, proration and metric.",
  })
  priceId?: string | null;
  @Field(() => CustomTermsInput, { nullable: true, description: "In the place of the terms of priceId." })
  customTerms?: CustomTermsInput | null;
}

@InputType({ description: "One price that an amendment brings." })
export class AmendedChargeInput {
  @Field(() => ID, { description: "A version of a price, in the currency of the contract; one per lineage on a day." })
  priceId!: string;
  @Field(() => CustomTermsInput, {
    nullable: true,
    description: "Negotiated for this contract alone, in the place of the price's own terms; default: those.",
  })
  customTerms?: CustomTermsInput | null;
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

@InputType({ description: "One price that a phase bills." })
export class ChargeInput extends AmendedChargeInput {
  @Field(() => TrialInput, { nullable: true, description: "Becomes a phase of its own. Default: none." })
  trial?: TrialInput | null;
  @Field(() => [RampStepInput], { defaultValue: [], description: "In order; each becomes a phase of its own." })
  ramp!: RampStepInput[];
}

@InputType({ description: "At least or at most this much per period over what it covers." })
export class SpendBoundInput {
  @Field(() => String, {
    nullable: true,
    description: 'As it stands on invoices; default: "Minimum commitment" or "Maximum".',
  })
  description?: string | null;
  @Field(() => String, {
    nullable: true,
    description: "A name of your own, under which a discount can say what it is for.",
  })
  key?: string | null;
  @Field(() => MoneyInput, { description: "Per full period, in the currency of the contract." }) amount!: MoneyInput;
  @Field(() => BoundCadenceEnum, { description: "The period over which what is billed is compared with it." })
  cadence!: BoundCadenceName;
  @Field(() => Int, { nullable: true, description: "1 to 120, with the cadence CUSTOM alone." })
  cadenceMonths?: number | null;
  @Field(() => PlainDateScalar, { nullable: true, description: "The first day it holds for; default: the contract's." })
  startsOn?: PlainDate | null;
  @Field(() => PlainDateScalar, {
    nullable: true,
    description: "The day after the last it holds for; default: as long as the contract. TERM needs an end.",
  })
  endsBefore?: PlainDate | null;
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
  @Field(() => ID, { description: "The product under which a true-up, or what a maximum takes back, is billed." })
  productId!: string;
}

@InputType({ description: "Some prices of the contract." })
export class DiscountGroupInput {
  @Field(() => [ID], { description: "Their lineages; at least one." }) lineageIds!: string[];
}

@InputType({ description: "What a minimum covers, as long as it holds. Exactly one of key and boundId." })
export class DiscountCommitmentInput {
  @Field(() => String, { nullable: true, description: "The key of a minimum of the same input." }) key?: string | null;
  @Field(() => ID, { nullable: true, description: "A minimum that the contract has." }) boundId?: string | null;
}

@InputType({ description: "What a discount is taken from: at most one of these." })
export class DiscountScopeInput {
  @Field(() => Boolean, { defaultValue: false, description: "All that falls due together." }) invoice!: boolean;
  @Field(() => DiscountGroupInput, { nullable: true, description: "Some prices together." })
  group?: DiscountGroupInput | null;
  @Field(() => DiscountCommitmentInput, { nullable: true, description: "What is given for a commitment." })
  commitment?: DiscountCommitmentInput | null;
}

@InputType({ description: "A discount over several prices. Exactly one of percent and amount." })
export class ContractDiscountInput {
  @Field(() => String, { description: "As it stands on invoices." }) description!: string;
  @Field(() => PercentScalar, { nullable: true, description: "From 0 to 100, of what falls due together." })
  percent?: Decimal | null;
  @Field(() => MoneyInput, { nullable: true, description: "In full, once per full period of the cadence." })
  amount?: MoneyInput | null;
  @Field(() => CadenceEnum, { nullable: true, description: "With an amount; ONE_TIME gives it once." })
  cadence?: CadenceName | null;
  @Field(() => Int, { nullable: true, description: "1 to 120, with the cadence CUSTOM alone." })
  cadenceMonths?: number | null;
  @Field(() => DiscountScopeInput, { nullable: true, description: "Default: whole invoices." })
  scope?: DiscountScopeInput | null;
  @Field(() => DiscountPositionEnum, {
    nullable: true,
    description: "Default: AFTER_MINIMUM for whole invoices, else BEFORE_MINIMUM.",
  })
  position?: DiscountPosition | null;
  @Field(() => PlainDateScalar, {
    nullable: true,
    description: "Applies to service that begins on this day or later; default: the contract's first.",
  })
  startsOn?: PlainDate | null;
  @Field(() => PlainDateScalar, {
    nullable: true,
    description: "Applies to service that begins before this day; default: as long as the contract.",
  })
  endsBefore?: PlainDate | null;
}

// What may be left out is there, as null.

export const newDiscountOf = (discount: DiscountInput): NewDiscount => ({
  key: discount.key ?? null,
  description: discount.description,
  percent: discount.percent ?? null,
  amount: discount.amount ?? null,
  endsBefore: discount.endsBefore ?? null,
  position: discount.position,
});

export const newChargeOf = (charge: ChargeInput): NewCharge => ({
  priceId: charge.priceId,
  customTerms: charge.customTerms ? customTerms(charge.customTerms) : null,
  quantity: charge.quantity ?? null,
  description: charge.description ?? null,
  discounts: charge.discounts.map(newDiscountOf),
  trial: charge.trial ? newTrialOf(charge.trial) : null,
  ramp: charge.ramp.map(newRampStepOf),
});

export const newTrialOf = ({ days = null, months = null, percentOff }: TrialInput): NewTrial => ({
  days,
  months,
  percentOff: percentOff ?? FREE,
});
const FREE = new Decimal(100);

export const newRampStepOf = (step: RampStepInput): NewRampStep => ({
  startsOn: step.startsOn ?? null,
  afterMonths: step.afterMonths ?? null,
  quantity: step.quantity ?? null,
  priceId: step.priceId ?? null,
  customTerms: step.customTerms ? customTerms(step.customTerms) : null,
});

export const newBoundOf =
  (kind: "minimum" | "maximum") =>
  (bound: SpendBoundInput): NewBound => ({
    ...bound,
    description: bound.description ?? (kind === "minimum" ? "Minimum commitment" : "Maximum"),
    key: bound.key ?? null,
    cadenceMonths: bound.cadenceMonths ?? null,
    startsOn: bound.startsOn ?? null,
    endsBefore: bound.endsBefore ?? null,
    lineageIds: bound.lineageIds ?? null,
  });

export const newContractDiscountOf = (discount: ContractDiscountInput): NewContractDiscount => ({
  description: discount.description,
  percent: discount.percent ?? null,
  amount: discount.amount ?? null,
  cadence: discount.cadence ?? null,
  cadenceMonths: discount.cadenceMonths ?? null,
  scope: {
    invoice: discount.scope?.invoice ?? false,
    group: discount.scope?.group ?? null,
    commitment: discount.scope?.commitment
      ? { key: discount.scope.commitment.key ?? null, boundId: discount.scope.commitment.boundId ?? null }
      : null,
  },
  position: discount.position ?? null,
  startsOn: discount.startsOn ?? null,
  endsBefore: discount.endsBefore ?? null,
});
