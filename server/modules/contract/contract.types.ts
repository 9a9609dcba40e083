import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import type { FirstPeriod, RecurringCadence } from "../../domain/calendar/cadence";
import type { PaymentTerms } from "../../domain/calendar/payment-terms";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { Decimal } from "../../domain/money/decimal";
import type { Percent } from "../../domain/money/percent";
import type { DiscountPosition } from "../../domain/pricing/discount";
import type { ProrationRule } from "../../domain/pricing/prorate";
import { ProblemType, resultUnion } from "../../platform/graphql/errors";
import { connectionOf } from "../../platform/graphql/paging";
import { PaymentTermsType } from "../../platform/graphql/payment-terms";
import {
  DateTimeScalar,
  DecimalScalar,
  MoneyType,
  PercentScalar,
  PlainDateScalar,
} from "../../platform/graphql/scalars";
import { ProrationRuleEnum } from "../catalog";
import type { BillingScheduleStatus } from "./contract";

export const BillingScheduleStatusEnum = {
  DRAFT: "draft",
  ACTIVE: "active",
  SUSPENDED: "suspended",
  COMPLETED: "completed",
  CANCELLED: "cancelled",
} as const;
registerEnumType(BillingScheduleStatusEnum, {
  name: "BillingScheduleStatus",
  description: "Whether a contract is billed. Only ACTIVE ones get new invoices.",
  valuesConfig: {
    DRAFT: { description: "Entered, not yet reviewed; nothing is billed." },
    ACTIVE: { description: "Billed as it falls due." },
    SUSPENDED: { description: "Nothing is billed until it is resumed." },
    COMPLETED: { description: "The term is over and everything is billed." },
    CANCELLED: { description: "Ended before its term." },
  },
});

export const FirstPeriodEnum = { ANCHOR: "anchor", CALENDAR: "calendar" } as const;
registerEnumType(FirstPeriodEnum, {
  name: "FirstPeriod",
  description: "Where the full periods of quarters, half-years and years begin.",
  valuesConfig: {
    ANCHOR: { description: "On the last anchor day on or before the start of the contract." },
    CALENDAR: { description: "With the calendar month, quarter, half-year or year." },
  },
});

export const RecurringCadenceEnum = {
  MONTHLY: "monthly",
  QUARTERLY: "quarterly",
  HALF_YEARLY: "half_yearly",
  ANNUAL: "annual",
} as const;
registerEnumType(RecurringCadenceEnum, {
  name: "RecurringCadence",
  description: "The length of a period that recurs.",
  valuesConfig: {
    MONTHLY: { description: "One month." },
    QUARTERLY: { description: "Three months." },
    HALF_YEARLY: { description: "Six months." },
    ANNUAL: { description: "Twelve months." },
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

@ObjectType("MinimumCommitment", {
  description: "At least this much per period over the covered charges; what is missing is billed as a true-up.",
  simpleResolvers: true,
})
export class MinimumCommitmentType {
  @Field(() => ID, { description: "The minimum commitment." }) id!: string;
  @Field(() => String, { description: "As it stands on invoices." }) description!: string;
  @Field(() => RecurringCadenceEnum, { description: "The period over which charges are compared with it." })
  cadence!: RecurringCadence;
  @Field(() => ProrationRuleEnum, { description: "How a period is counted that is served in part." })
  proration!: ProrationRule;
}

@ObjectType("SeatChange", { description: "Seats from a day on, until the next change.", simpleResolvers: true })
export class SeatChangeType {
  @Field(() => ID, { description: "The lineage of the seat price." }) lineageId!: string;
  @Field(() => PlainDateScalar, { description: "The seats are those at the end of this day." }) effectiveOn!: PlainDate;
  @Field(() => Int, { description: "All seats in use, not the difference." }) seats!: number;
}

@ObjectType("BillingSchedule", { description: "How and when a contract is billed.", simpleResolvers: true })
export class BillingScheduleType {
  @Field(() => ID, { description: "The billing schedule; a contract has one." }) id!: string;
  @Field(() => BillingScheduleStatusEnum, { description: "Whether it is billed." }) status!: BillingScheduleStatus;
  @Field(() => PlainDateScalar, {
    description: "Gives the day of the month on which full periods begin; 31 means the last day of shorter months.",
  })
  anchorOn!: PlainDate;
  @Field(() => FirstPeriodEnum, { description: "Where full periods longer than a month begin." })
  firstPeriod!: FirstPeriod;
}

@ObjectType("Contract", {
  description: "What was agreed with a customer: a term, and what is billed in it.",
  simpleResolvers: true,
})
export class ContractType {
  @Field(() => ID, { description: "The contract, whatever its number." }) id!: string;
  @Field(() => String, { description: "Unique in the organization." }) number!: string;
  @Field(() => String, { description: "As people call it, such as the customer and the year." }) name!: string;
  @Field(() => String, { description: "ISO 4217 code of every price and amount in it." }) currency!: string;
  @Field(() => PlainDateScalar, { description: "The first day of the term." }) startsOn!: PlainDate;
  @Field(() => PlainDateScalar, { nullable: true, description: "The day after the last; null: until further notice." })
  endsBefore!: PlainDate | null;
  @Field(() => String, { nullable: true, description: "The customer's purchase order, printed on invoices." })
  poNumber!: string | null;
  @Field(() => PaymentTermsType, {
    nullable: true,
    description: "null: the customer's, else the organization's terms.",
  })
  paymentTerms!: PaymentTerms | null;
  @Field(() => PlainDateScalar, {
    nullable: true,
    description: "The last day that another system has billed; nothing that serves or starts by then is billed here.",
  })
  billedThroughOn!: PlainDate | null;
  @Field(() => BillingScheduleType, { description: "How and when it is billed." }) schedule!: BillingScheduleType;
  @Field(() => Int, { description: "Rises with each change; send it back with an update." }) version!: number;
  @Field(() => DateTimeScalar, { description: "When it was entered." }) createdAt!: Date;
  @Field(() => DateTimeScalar, { description: "When it was changed last." }) updatedAt!: Date;
}

export const ContractConnection = connectionOf("Contract", () => ContractType);

@ObjectType({ description: "The contract was created, with a billing schedule in DRAFT.", simpleResolvers: true })
export class CreateContractSuccess {
  contractId!: string;
  @Field(() => [ProblemType], { description: "What was accepted and may yet be a slip, such as PERCENT_BELOW_ONE." })
  warnings!: ProblemType[];
}
export const CreateContractResult = resultUnion("CreateContractResult", () => CreateContractSuccess);

@ObjectType({ description: "The contract is billed from now on.", simpleResolvers: true })
export class ActivateContractSuccess {
  contractId!: string;
}
export const ActivateContractResult = resultUnion("ActivateContractResult", () => ActivateContractSuccess);

@ObjectType({ description: "The contract was changed.", simpleResolvers: true })
export class UpdateContractSuccess {
  contractId!: string;
  @Field(() => Int, { description: "Drafts that are stale now." }) staleInvoices!: number;
}
export const UpdateContractResult = resultUnion("UpdateContractResult", () => UpdateContractSuccess);

@ObjectType({ description: "The seats were recorded.", simpleResolvers: true })
export class RecordSeatsSuccess {
  contractId!: string;
  @Field(() => Int, { description: "Drafts that are stale now." }) staleInvoices!: number;
}
export const RecordSeatsResult = resultUnion("RecordSeatsResult", () => RecordSeatsSuccess);
