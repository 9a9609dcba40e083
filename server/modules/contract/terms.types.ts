import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { DiscountScope } from "../../domain/contract/contract";
import type { Decimal } from "../../domain/money/decimal";
import type { Percent } from "../../domain/money/percent";
import type { DiscountPosition } from "../../domain/pricing/discount";
import type { ProrationRule } from "../../domain/pricing/prorate";
import { DecimalScalar, MoneyType, PercentScalar, PlainDateScalar } from "../../platform/graphql/scalars";
import { CadenceEnum, type CadenceName, ProrationRuleEnum } from "../catalog";

export const BoundCadenceEnum = {
  MONTHLY: "monthly",
  QUARTERLY: "quarterly",
  HALF_YEARLY: "half_yearly",
  ANNUAL: "annual",
  CUSTOM: "custom",
  TERM: "term",
} as const;
registerEnumType(BoundCadenceEnum, {
  name: "SpendBoundCadence",
  description: "The period over which charges are compared with a minimum or maximum.",
  valuesConfig: {
    MONTHLY: { description: "One month." },
    QUARTERLY: { description: "Three months." },
    HALF_YEARLY: { description: "Six months." },
    ANNUAL: { description: "Twelve months." },
    CUSTOM: { description: "So many months as the field beside it says." },
    TERM: { description: "Once, over all days that it holds for." },
  },
});

export const DiscountPositionEnum = { BEFORE_MINIMUM: "before_minimum", AFTER_MINIMUM: "after_minimum" } as const;
registerEnumType(DiscountPositionEnum, {
  name: "DiscountPosition",
  description: "Whether a discount lowers what minimums and maximums compare.",
  valuesConfig: {
    BEFORE_MINIMUM: { description: "Minimums and maximums compare the amount after the discount." },
    AFTER_MINIMUM: { description: "Comes off in any case, after minimums and maximums." },
  },
});

@ObjectType("Discount", {
  description:
    "Taken off a charge: either a percentage of the prorated amount, or a fixed amount once per full period.",
  simpleResolvers: true,
})
export class DiscountType {
  @Field(() => ID, {
    description: "A fixed discount with the same id in two phases is given once where a period has both.",
  })
  id!: string;
  @Field(() => String, { description: "As it stands on invoices." }) description!: string;
  @Field(() => PercentScalar, { nullable: true, description: "Several stack: 10 % then 5 % take 14.5 %." })
  percent!: Percent | null;
  @Field(() => MoneyType, { nullable: true, description: "In full, never below a charge of zero." })
  amount!: MoneyType | null;
  @Field(() => PlainDateScalar, {
    nullable: true,
    description: "Applies to service that begins before this day; null: as long as the charge.",
  })
  endsBefore!: PlainDate | null;
  @Field(() => DiscountPositionEnum, { description: "Before or after minimums and maximums." })
  position!: DiscountPosition;
}

@ObjectType("Charge", { description: "One price that a phase bills.", simpleResolvers: true })
export class ChargeType {
  @Field(() => ID, { description: "The charge; one price in one phase." }) id!: string;
  @Field(() => String, { description: "As it stands on invoices." }) description!: string;
  @Field(() => ID, {
    description: "The price's lineage: the same over its versions and over phases. Seats are recorded under it.",
  })
  lineageId!: string;
  @Field(() => DecimalScalar, {
    description: "Contracted units; the least seats of a seat price; without meaning where usage is measured.",
  })
  quantity!: Decimal;
  @Field(() => Boolean, { description: "Whether nothing is owed for it, whatever is used." }) isFreeTrial!: boolean;
}

@ObjectType("Phase", {
  description: "A part of the term with its own prices. Ramps and trials are phases that follow one another.",
  simpleResolvers: true,
})
export class PhaseType {
  @Field(() => ID, { description: "The phase." }) id!: string;
  @Field(() => String, { description: "As people call it, such as 'Ramp, year 1'." }) name!: string;
  @Field(() => PlainDateScalar, { description: "The first day." }) startsOn!: PlainDate;
  @Field(() => PlainDateScalar, { nullable: true, description: "The day after the last; null: until further notice." })
  endsBefore!: PlainDate | null;
}

@ObjectType("SpendBound", {
  description:
    "At least or at most this much per period over the covered charges. What is missing is billed as a true-up, what is too much is taken back.",
  simpleResolvers: true,
})
export class SpendBoundType {
  @Field(() => ID, { description: "The minimum or maximum, in whatever revision." }) id!: string;
  @Field(() => String, { description: "As it stands on invoices." }) description!: string;
  @Field(() => PlainDateScalar, { nullable: true, description: "The first day it holds for; null: the contract's." })
  startsOn!: PlainDate | null;
  @Field(() => PlainDateScalar, {
    nullable: true,
    description: "The day after the last it holds for; null: as long as the contract.",
  })
  endsBefore!: PlainDate | null;
  @Field(() => ProrationRuleEnum, { description: "How a period is counted that is served in part." })
  proration!: ProrationRule;
}

export const DiscountScopeKindEnum = { INVOICE: "invoice", GROUP: "group", COMMITMENT: "commitment" } as const;
registerEnumType(DiscountScopeKindEnum, {
  name: "DiscountScopeKind",
  description: "What a discount of a contract is taken from.",
  valuesConfig: {
    INVOICE: { description: "All that falls due together." },
    GROUP: { description: "Some prices together." },
    COMMITMENT: { description: "What a minimum covers, as long as it holds." },
  },
});

@ObjectType("DiscountScope", { description: "What a discount of a contract is taken from.", simpleResolvers: true })
export class DiscountScopeType {
  @Field(() => DiscountScopeKindEnum, { description: "Which of them." }) kind!: DiscountScope["kind"];
  @Field(() => [ID], { nullable: true, description: "Of a group: the lineages of its prices." }) lineageIds!:
    | readonly string[]
    | null;
  @Field(() => ID, { nullable: true, description: "Of a commitment: the minimum." }) boundId!: string | null;
}

@ObjectType("ContractDiscount", {
  description:
    "Over several charges: either a percentage of what falls due together, or a fixed amount once per full period.",
  simpleResolvers: true,
})
export class ContractDiscountType {
  @Field(() => ID, { description: "The discount, in whatever revision." }) id!: string;
  @Field(() => String, { description: "As it stands on invoices." }) description!: string;
  @Field(() => DiscountScopeType, { description: "What it is taken from." }) scope!: DiscountScopeType;
  @Field(() => PercentScalar, { nullable: true, description: "Rounded once, and spread over the lines." })
  percent!: Percent | null;
  @Field(() => MoneyType, { nullable: true, description: "What is not used in its period lapses." })
  amount!: MoneyType | null;
  @Field(() => CadenceEnum, { nullable: true, description: "How often the amount is given." })
  cadence!: CadenceName | null;
  @Field(() => Int, { nullable: true, description: "With the cadence CUSTOM." }) cadenceMonths!: number | null;
  @Field(() => DiscountPositionEnum, { description: "Before or after minimums and maximums." })
  position!: DiscountPosition;
  @Field(() => PlainDateScalar, {
    nullable: true,
    description: "Applies to service that begins on this day or later; null: the contract's first.",
  })
  startsOn!: PlainDate | null;
  @Field(() => PlainDateScalar, {
    nullable: true,
    description: "Applies to service that begins before this day; null: as long as the contract.",
  })
  endsBefore!: PlainDate | null;
}
