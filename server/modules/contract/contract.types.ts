import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import type { FirstPeriod } from "../../domain/calendar/cadence";
import type { PaymentTerms } from "../../domain/calendar/payment-terms";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { LateUsagePolicy } from "../../domain/contract/contract";
import type { Percent } from "../../domain/money/percent";
import { ProblemType, resultUnion } from "../../platform/graphql/errors";
import { connectionOf } from "../../platform/graphql/paging";
import { PaymentTermsType } from "../../platform/graphql/payment-terms";
import { DateTimeScalar, PercentScalar, PlainDateScalar } from "../../platform/graphql/scalars";
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

export const LateUsagePolicyEnum = {
  NEXT_INVOICE: "next_invoice",
  CREDIT_AND_REBILL: "credit_and_rebill",
  IGNORE_WITH_REPORT: "ignore_with_report",
} as const;
registerEnumType(LateUsagePolicyEnum, {
  name: "LateUsagePolicy",
  description: "What becomes of usage that is known only after its period was billed.",
  valuesConfig: {
    NEXT_INVOICE: {
      description: "A correction on the next invoice, or on one of its own where none falls due within 31 days.",
    },
    CREDIT_AND_REBILL: { description: "The invoice is credited in full and issued again." },
    IGNORE_WITH_REPORT: { description: "It is not billed, but reported." },
  },
});

@ObjectType("RenewalRule", {
  description: "What happens when the term ends and nobody has given notice.",
  simpleResolvers: true,
})
export class RenewalRuleType {
  @Field(() => Int, { description: "By which the term is extended, each time." }) months!: number;
  @Field(() => Int, { description: "So long before the end the renewal becomes binding." }) noticeDays!: number;
  @Field(() => PercentScalar, { nullable: true, description: "Put on every recurring price at each renewal." })
  upliftPercent!: Percent | null;
}

@ObjectType("SeatChange", { description: "Seats from a day on, until the next change.", simpleResolvers: true })
export class SeatChangeType {
  @Field(() => ID, { description: "The lineage of the seat price." }) lineageId!: string;
  @Field(() => PlainDateScalar, { description: "The seats are those at the end of this day." }) effectiveOn!: PlainDate;
  @Field(() => Int, { description: "All seats in use, not the difference." }) seats!: number;
}

@ObjectType("BillingSchedule", {
  description: "How and when a contract is billed: as agreed, with the amendments up to its revision.",
  simpleResolvers: true,
})
export class BillingScheduleType {
  @Field(() => ID, { description: "The billing schedule; a contract has one." }) id!: string;
  @Field(() => BillingScheduleStatusEnum, { description: "Whether it is billed." }) status!: BillingScheduleStatus;
  @Field(() => PlainDateScalar, {
    description: "Gives the day of the month on which full periods begin; 31 means the last day of shorter months.",
  })
  anchorOn!: PlainDate;
  @Field(() => FirstPeriodEnum, { description: "Where full periods longer than a month begin." })
  firstPeriod!: FirstPeriod;
  @Field(() => Int, { description: "0 as first agreed; each amendment makes the next." }) revision!: number;
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
  @Field(() => PlainDateScalar, {
    nullable: true,
    description: "The day after the last, as amended; null: until further notice.",
  })
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
  @Field(() => Boolean, {
    description: "Whether the usage of the customer's children, and of theirs, counts as the customer's own.",
  })
  rollsUpUsage!: boolean;
  @Field(() => LateUsagePolicyEnum, {
    description: "What becomes of usage that is known only after its period was billed.",
  })
  lateUsage!: LateUsagePolicy;
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
