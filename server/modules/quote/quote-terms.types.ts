import { Field, ID, Int, InterfaceType, ObjectType } from "type-graphql";
import type { FirstPeriod } from "../../domain/calendar/cadence";
import type { PaymentTerms } from "../../domain/calendar/payment-terms";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { BillingTiming, LateUsagePolicy } from "../../domain/contract/contract";
import type { Decimal } from "../../domain/money/decimal";
import type { PriceModelName } from "../../domain/pricing/price";
import { PaymentTermsType } from "../../platform/graphql/payment-terms";
import { DecimalScalar, PercentScalar, PlainDateScalar } from "../../platform/graphql/scalars";
import { BillingTimingEnum, CadenceEnum, type CadenceName, PriceModelEnum, PriceTermsUnion } from "../catalog";
import {
  ContractDiscountType,
  DiscountType,
  FirstPeriodEnum,
  LateUsagePolicyEnum,
  RenewalRuleType,
  SpendBoundType,
} from "../contract";

@InterfaceType("QuoteTerms", {
  description: "What a version of a quote offers: a new contract, or a change of one.",
  resolveType: (value: { readonly __typename: string }) => value.__typename,
})
export abstract class QuoteTermsType {
  @Field(() => String, { description: "As people call it." }) name!: string;
  @Field(() => String, { description: "ISO 4217 code of every price and amount in it." }) currency!: string;
  @Field(() => String, { nullable: true, description: "Printed on the document: what the parties agreed in words." })
  notes!: string | null;
}

@ObjectType("CustomTerms", {
  description: "Terms that were negotiated, in the place of a listed price's own.",
  simpleResolvers: true,
})
export class CustomTermsType {
  @Field(() => PriceModelEnum, { description: "How a quantity becomes an amount." }) model!: PriceModelName;
  @Field(() => PriceTermsUnion, { description: "The numbers of the model." }) terms!: object;
  @Field(() => DecimalScalar, { nullable: true, description: "Units of each full period that cost nothing." })
  includedUnits!: Decimal | null;
  @Field(() => DecimalScalar, {
    nullable: true,
    description: "At least this much for each full period, after discounts.",
  })
  minimum!: Decimal | null;
  @Field(() => DecimalScalar, {
    nullable: true,
    description: "At most this much for each full period, after discounts.",
  })
  maximum!: Decimal | null;
  @Field(() => CadenceEnum, {
    nullable: true,
    description: "How often it falls due; the terms are for one such period. null: as the price is listed.",
  })
  cadence!: CadenceName | null;
  @Field(() => Int, { nullable: true, description: "Of the cadence CUSTOM, and null with any other." })
  cadenceMonths!: number | null;
  @Field(() => BillingTimingEnum, {
    nullable: true,
    description: "On which end of a period it is billed. null: as the price is listed.",
  })
  timing!: BillingTiming | null;
}

@ObjectType("QuoteTrial", {
  description: "A beginning at another price, from the first day of the phase. Either days or months.",
  simpleResolvers: true,
})
export class QuoteTrialType {
  @Field(() => Int, { nullable: true, description: "So many days." }) days!: number | null;
  @Field(() => Int, { nullable: true, description: "So many months." }) months!: number | null;
  @Field(() => PercentScalar, { description: "100: a free trial." }) percentOff!: string;
}

@ObjectType("QuoteRampStep", {
  description: "From a day on another quantity, another price, or both; what is null stays.",
  simpleResolvers: true,
})
export class QuoteRampStepType {
  priceId!: string | null;
  @Field(() => ID, { description: "The step, in whatever version." }) id!: string;
  @Field(() => PlainDateScalar, { nullable: true, description: "A day of the phase; null: afterMonths says it." })
  startsOn!: PlainDate | null;
  @Field(() => Int, { nullable: true, description: "So many months after the first day of the phase." })
  afterMonths!: number | null;
  @Field(() => DecimalScalar, { nullable: true, description: "Contracted units." }) quantity!: string | null;
  @Field(() => CustomTermsType, { nullable: true, description: "In the place of the terms of its price." })
  customTerms!: CustomTermsType | null;
}

@ObjectType("QuoteLine", { description: "One price in one phase.", simpleResolvers: true })
export class QuoteLineType {
  priceId!: string;
  @Field(() => ID, { description: "The line, in whatever version." }) id!: string;
  @Field(() => CustomTermsType, { nullable: true, description: "In the place of the price's own terms; null: those." })
  customTerms!: CustomTermsType | null;
  @Field(() => DecimalScalar, {
    nullable: true,
    description: "Contracted units; the least seats of a seat price. null: 1, of a seat price 0.",
  })
  quantity!: string | null;
  @Field(() => String, { nullable: true, description: "As it stands on invoices; null: the name of the price." })
  description!: string | null;
  @Field(() => [DiscountType], { description: "In the order in which they are taken." })
  discounts!: readonly DiscountType[];
  @Field(() => QuoteTrialType, { nullable: true, description: "null: none." }) trial!: QuoteTrialType | null;
  @Field(() => [QuoteRampStepType], { description: "In order." }) ramp!: readonly QuoteRampStepType[];
}

@ObjectType("QuotePhase", { description: "A part of the term with its own lines.", simpleResolvers: true })
export class QuotePhaseType {
  @Field(() => ID, { description: "The phase, in whatever version." }) id!: string;
  @Field(() => String, { description: 'As people call it; "Phase 1" and so on where it was given no name.' })
  name!: string;
  @Field(() => PlainDateScalar, { description: "The first day." }) startsOn!: PlainDate;
  @Field(() => PlainDateScalar, {
    nullable: true,
    description:
      "The day after the last: the phase's own, else the start of the next, else the end of the term; null: until further notice.",
  })
  endsBefore!: PlainDate | null;
  @Field(() => [QuoteLineType], { description: "In the order of the document." }) lines!: readonly QuoteLineType[];
}

@ObjectType("QuoteSaleTerms", {
  implements: QuoteTermsType,
  description: "A new contract, with the trials and ramps that its phases are made from.",
  simpleResolvers: true,
})
export class QuoteSaleTermsType extends QuoteTermsType {
  @Field(() => PlainDateScalar, { description: "The first day of the term." }) startsOn!: PlainDate;
  @Field(() => PlainDateScalar, { nullable: true, description: "The day after the last; null: until further notice." })
  endsBefore!: PlainDate | null;
  @Field(() => Int, {
    nullable: true,
    description: "The length of the term; null: it has no end, or not so many whole months.",
  })
  termMonths!: number | null;
  @Field(() => PlainDateScalar, {
    nullable: true,
    description: "Gives the day of the month on which full periods begin; null: the start.",
  })
  anchorOn!: PlainDate | null;
  @Field(() => FirstPeriodEnum, { description: "Where full periods longer than a month begin." })
  firstPeriod!: FirstPeriod;
  @Field(() => PaymentTermsType, { nullable: true, description: "null: the customer's, else the organization's." })
  paymentTerms!: PaymentTerms | null;
  @Field(() => String, { nullable: true, description: "The customer's purchase order." }) poNumber!: string | null;
  @Field(() => RenewalRuleType, { nullable: true, description: "null: the contract ends with its term." })
  renewal!: object | null;
  @Field(() => Boolean, {
    description: "Whether the usage of the customer's children, and of theirs, counts as the customer's own.",
  })
  rollsUpUsage!: boolean;
  @Field(() => LateUsagePolicyEnum, {
    description: "What becomes of usage that is known only after its period was billed.",
  })
  lateUsage!: LateUsagePolicy;
  @Field(() => [QuotePhaseType], { description: "In order; without gaps before the quote is submitted." })
  phases!: readonly QuotePhaseType[];
  @Field(() => [SpendBoundType], { description: "What is billed at the least." }) minimums!: readonly object[];
  @Field(() => [SpendBoundType], { description: "What is billed at the most." }) maximums!: readonly object[];
  @Field(() => [ContractDiscountType], {
    description: "Over several lines, after the lines' own; in the order in which they are taken.",
  })
  discounts!: readonly object[];
}

@ObjectType("QuoteAmendmentTerms", {
  implements: QuoteTermsType,
  description: "A dated change of a running contract.",
  simpleResolvers: true,
})
export class QuoteAmendmentTermsType extends QuoteTermsType {
  @Field(() => PlainDateScalar, { description: "The first day on which the changes hold." }) effectiveOn!: PlainDate;
  @Field(() => String, { description: "Becomes the reason of the amendment." }) reason!: string;
}
