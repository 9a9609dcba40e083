import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import type { CheckKind, CheckState } from "../../domain/close/checklist";
import { resultUnion } from "../../platform/graphql/errors";
import { DateTimeScalar, DecimalScalar, PlainMonthScalar } from "../../platform/graphql/scalars";

export const ClosingCheckKindEnum = {
  STALE_DRAFTS: "stale_drafts",
  DRAFTS_NOT_ISSUED: "drafts_not_issued",
  OVERRIDES_UNCONFIRMED: "overrides_unconfirmed",
  VARIANCES_UNSIGNED: "variances_unsigned",
  USAGE_UNATTRIBUTED: "usage_unattributed",
  SENDS_FAILED: "sends_failed",
  SYNCS_FAILED: "syncs_failed",
  NUMBERS_MISSING: "numbers_missing",
  SECOND_PERSON_PENDING: "second_person_pending",
} as const satisfies Record<Uppercase<CheckKind>, CheckKind>;
registerEnumType(ClosingCheckKindEnum, {
  name: "ClosingCheckKind",
  description: "What a month is looked at for before it is closed.",
  valuesConfig: {
    STALE_DRAFTS: { description: "Drafts whose inputs changed since they were calculated." },
    DRAFTS_NOT_ISSUED: { description: "Drafts of the month, or of an earlier one, that were not finalized." },
    OVERRIDES_UNCONFIRMED: { description: "Amounts that people set, whose base has moved or vanished since." },
    VARIANCES_UNSIGNED: { description: "Flagged changes against the baseline that nobody signed off." },
    USAGE_UNATTRIBUTED: { description: "Usage under aliases of nobody, with its estimated value." },
    SENDS_FAILED: { description: "Documents whose mail failed or bounced." },
    SYNCS_FAILED: { description: "Documents that did not reach the accounting system." },
    NUMBERS_MISSING: { description: "Numbers of a series that no document has." },
    SECOND_PERSON_PENDING: { description: "What a second person has not decided yet." },
  },
});

export const ClosingCheckStateEnum = {
  CLEAR: "clear",
  WAIVED: "waived",
  TOLERATED: "tolerated",
  BLOCKING: "blocking",
} as const satisfies Record<Uppercase<CheckState>, CheckState>;
registerEnumType(ClosingCheckStateEnum, {
  name: "ClosingCheckState",
  description: "Whether a check holds up the close.",
  valuesConfig: {
    CLEAR: { description: "Nothing was found." },
    WAIVED: { description: "All that was found was let pass, with reasons." },
    TOLERATED: { description: "What is left comes to no more than the organization's limit." },
    BLOCKING: { description: "The month cannot be closed." },
  },
});

@ObjectType("ClosingFinding", { description: "Something that holds up the close of a month.", simpleResolvers: true })
export class ClosingFindingType {
  @Field(() => ID, { description: "An invoice's id, an alias, a number: the same on every look." }) subjectId!: string;
  @Field(() => String, { description: "As people call it." }) subject!: string;
  @Field(() => String, { description: "What is wrong." }) problem!: string;
  @Field(() => String, { description: "What to do about it." }) remedy!: string;
  @Field(() => DecimalScalar, { nullable: true, description: "Net; null: it has none, or it cannot be estimated." })
  amount!: string | null;
  @Field(() => String, { nullable: true, description: "ISO 4217 code." }) currency!: string | null;
  @Field(() => Boolean, { description: "Somebody let it pass, with a reason." }) isWaived!: boolean;
}

@ObjectType("ClosingCheck", { description: "One check of the list." })
export class ClosingCheckType {
  @Field(() => ClosingCheckKindEnum, { simple: true }) kind!: CheckKind;
  @Field(() => ClosingCheckStateEnum, { simple: true }) state!: CheckState;
}

@ObjectType("ClosingAmount", { description: "What findings come to in one currency, net.", simpleResolvers: true })
export class ClosingAmountType {
  @Field(() => String, { description: "ISO 4217 code." }) currency!: string;
  @Field(() => DecimalScalar) amount!: string;
}

@ObjectType("EvidencePack", {
  description: "What a month was closed on, as one ZIP of CSV files.",
  simpleResolvers: true,
})
export class EvidencePackType {
  @Field(() => String, { description: "Its path on this server; it wants the same authorization." }) url!: string;
  @Field(() => String, { description: "Of the file, in hex." }) sha256!: string;
  @Field(() => DateTimeScalar) createdAt!: Date;
}

@ObjectType("MonthClose", { description: "A month that was closed.", simpleResolvers: true })
export class MonthCloseType {
  @Field(() => ID) id!: string;
  @Field(() => PlainMonthScalar) month!: PlainMonth;
  @Field(() => String, { nullable: true, description: "What whoever closed it had to say." }) note!: string | null;
  @Field(() => String) closedBy!: string;
  @Field(() => DateTimeScalar) closedAt!: Date;
  @Field(() => String, { nullable: true, description: "null: it is closed." }) reopenedBy!: string | null;
  @Field(() => DateTimeScalar, { nullable: true }) reopenedAt!: Date | null;
  @Field(() => String, { nullable: true }) reopenReason!: string | null;
  @Field(() => [ClosingCheckType], { description: "The checklist as it was then." }) checklist!: ClosingCheckType[];
}

@ObjectType("ClosingWaiver", { description: "A finding that somebody let pass for a month.", simpleResolvers: true })
export class ClosingWaiverType {
  @Field(() => ID) id!: string;
  @Field(() => PlainMonthScalar) month!: PlainMonth;
  @Field(() => ClosingCheckKindEnum) check!: CheckKind;
  @Field(() => ID) subjectId!: string;
  @Field(() => String, { description: "As it was called then." }) subject!: string;
  @Field(() => DecimalScalar, { nullable: true, description: "What it came to then." }) amount!: string | null;
  @Field(() => String, { nullable: true, description: "ISO 4217 code." }) currency!: string | null;
  @Field(() => String) reason!: string;
  @Field(() => String) waivedBy!: string;
  @Field(() => DateTimeScalar) waivedAt!: Date;
  @Field(() => String, { nullable: true, description: "null: it holds." }) revokedBy!: string | null;
  @Field(() => DateTimeScalar, { nullable: true }) revokedAt!: Date | null;
}

@ObjectType("CloseChecklist", {
  description: "What still keeps a month from being closed; of a closed month, what was found when it was closed.",
})
export class CloseChecklistType {
  @Field(() => PlainMonthScalar, { simple: true }) month!: PlainMonth;
  @Field(() => MonthCloseType, { simple: true, nullable: true, description: "null: it is not closed." })
  close!: MonthCloseType | null;
  @Field(() => [ClosingCheckType], { simple: true }) checks!: ClosingCheckType[];
}

@ObjectType({ description: "The month is closed." })
export class CloseMonthSuccess {
  monthCloseId!: string;
}
export const CloseMonthResult = resultUnion("CloseMonthResult", () => CloseMonthSuccess);

@ObjectType({ description: "The month can be worked on again." })
export class ReopenMonthSuccess {
  monthCloseId!: string;
}
export const ReopenMonthResult = resultUnion("ReopenMonthResult", () => ReopenMonthSuccess);

@ObjectType({ description: "The finding no longer holds up the close." })
export class WaiveFindingSuccess {
  closingWaiverId!: string;
}
export const WaiveFindingResult = resultUnion("WaiveFindingResult", () => WaiveFindingSuccess);

@ObjectType({ description: "The finding holds up the close again." })
export class RevokeWaiverSuccess {
  closingWaiverId!: string;
}
export const RevokeWaiverResult = resultUnion("RevokeWaiverResult", () => RevokeWaiverSuccess);

@ObjectType({ description: "The rules hold from now on.", simpleResolvers: true })
export class SetClosingRulesSuccess {
  @Field(() => DecimalScalar, { description: "In the base currency." }) unattributedUsageLimit!: string;
}
export const SetClosingRulesResult = resultUnion("SetClosingRulesResult", () => SetClosingRulesSuccess);
