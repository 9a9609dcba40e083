import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { AmendmentChangeKind, UnusedTime } from "../../domain/contract/amendment";
import type { Decimal } from "../../domain/money/decimal";
import { resultUnion } from "../../platform/graphql/errors";
import { DateTimeScalar, DecimalScalar, PlainDateScalar } from "../../platform/graphql/scalars";

export const UnusedTimeEnum = { CREDIT: "credit", KEEP: "keep" } as const;
registerEnumType(UnusedTimeEnum, {
  name: "UnusedTime",
  description: "What becomes of time that was billed in advance.",
  valuesConfig: {
    CREDIT: { description: "The change holds from its day; what was billed for the days after it is given back." },
    KEEP: {
      description:
        "What is billed in advance runs to the end of its full period, and changes only then; what is billed in arrears changes on the day.",
    },
  },
});

export const CancellationEndEnum = { DATE: "date", AT_PERIOD_END: "period_end" } as const;
registerEnumType(CancellationEndEnum, {
  name: "CancellationEnd",
  description: "When a cancelled contract ends.",
  valuesConfig: {
    DATE: { description: "On the day, with regard to unused time." },
    AT_PERIOD_END: { description: "Each charge runs to the end of the full period that holds the day." },
  },
});

export const AmendmentChangeKindEnum = {
  ADD_CHARGE: "add_charge",
  REMOVE_CHARGE: "remove_charge",
  REPLACE_CHARGE: "replace_charge",
  CHANGE_QUANTITY: "change_quantity",
  CHANGE_PRICE: "change_price",
  CHANGE_DISCOUNTS: "change_discounts",
  ADD_BOUND: "add_bound",
  END_BOUND: "end_bound",
  ADD_DISCOUNT: "add_discount",
  END_DISCOUNT: "end_discount",
  EXTEND: "extend",
  CANCEL: "cancel",
  RESUME: "resume",
} as const;
registerEnumType(AmendmentChangeKindEnum, { name: "AmendmentChangeKind", description: "What an amendment does." });

@ObjectType("AmendmentChange", {
  description: "One change of an amendment; what its kind does not need is null.",
  simpleResolvers: true,
})
export class AmendmentChangeType {
  @Field(() => AmendmentChangeKindEnum, { description: "What it does." }) kind!: AmendmentChangeKind;
  @Field(() => ID, { nullable: true, description: "The price lineage that it concerns." }) lineageId!: string | null;
  @Field(() => String, { nullable: true, description: "What is added, as it stands on invoices." })
  description!: string | null;
  @Field(() => DecimalScalar, { nullable: true, description: "The contracted units from then on." })
  quantity!: Decimal | string | null;
  @Field(() => ID, { nullable: true, description: "The minimum or maximum that it concerns." }) boundId!: string | null;
  @Field(() => ID, { nullable: true, description: "The contract's discount that it concerns." })
  discountId!: string | null;
  @Field(() => CancellationEndEnum, { nullable: true, description: "Of a cancellation." })
  at!: "date" | "period_end" | null;
  @Field(() => PlainDateScalar, {
    nullable: true,
    description: "The day after the last on which it holds, or of an extension the new end of the term.",
  })
  endsBefore!: PlainDate | null;
}

@ObjectType("Amendment", {
  description:
    "A dated change of a contract, kept as a record of its own. The contract as first agreed is never edited.",
  simpleResolvers: true,
})
export class AmendmentType {
  @Field(() => ID, { description: "The amendment." }) id!: string;
  @Field(() => Int, { description: "In the order in which they were recorded, from 1." }) ordinal!: number;
  @Field(() => PlainDateScalar, { description: "The day from which it holds." }) effectiveOn!: PlainDate;
  @Field(() => UnusedTimeEnum, { description: "What becomes of time that was billed in advance." })
  unusedTime!: UnusedTime;
  @Field(() => String, { description: "Why, in the words of who recorded it." }) reason!: string;
  @Field(() => Boolean, { description: "Whether the contract's renewal rule made it." }) isRenewal!: boolean;
  @Field(() => Int, { description: "The revision of the billing schedule that it made." }) revision!: number;
  @Field(() => String, { description: "Who recorded it." }) recordedBy!: string;
  @Field(() => DateTimeScalar, { description: "When it was recorded." }) recordedAt!: Date;
}

@ObjectType({ description: "The amendment was recorded, and is billed from its day on.", simpleResolvers: true })
export class AmendContractSuccess {
  contractId!: string;
  amendmentId!: string;
  @Field(() => Int, { description: "Drafts that are stale now." }) staleInvoices!: number;
}
export const AmendContractResult = resultUnion("AmendContractResult", () => AmendContractSuccess);

@ObjectType({ description: "The contract ends, or has ended.", simpleResolvers: true })
export class CancelContractSuccess {
  contractId!: string;
  amendmentId!: string;
  @Field(() => Int, { description: "Drafts that are stale now." }) staleInvoices!: number;
}
export const CancelContractResult = resultUnion("CancelContractResult", () => CancelContractSuccess);

@ObjectType({ description: "The contract goes on.", simpleResolvers: true })
export class ResumeContractSuccess {
  contractId!: string;
  amendmentId!: string;
  @Field(() => Int, { description: "Drafts that are stale now." }) staleInvoices!: number;
}
export const ResumeContractResult = resultUnion("ResumeContractResult", () => ResumeContractSuccess);

@ObjectType({ description: "The contract has a further term.", simpleResolvers: true })
export class RenewContractSuccess {
  contractId!: string;
  amendmentId!: string;
  @Field(() => Int, { description: "Drafts that are stale now." }) staleInvoices!: number;
}
export const RenewContractResult = resultUnion("RenewContractResult", () => RenewContractSuccess);
