import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import type { ApprovalSubject } from "../../domain/quote/approval-needs";
import type { Approver } from "../../domain/quote/approval-rule";
import type { ApprovalStatus } from "../../domain/quote/approval-turn";
import { ProblemType, resultUnion } from "../../platform/graphql/errors";
import { connectionOf } from "../../platform/graphql/paging";
import { DateTimeScalar } from "../../platform/graphql/scalars";

export const ApprovalStatusEnum = {
  PENDING: "pending",
  WAITING: "waiting",
  APPROVED: "approved",
  REJECTED: "rejected",
  CARRIED_OVER: "carried_over",
  CANCELLED: "cancelled",
} as const;
registerEnumType(ApprovalStatusEnum, {
  name: "ApprovalStatus",
  description: "Where an approval stands.",
  valuesConfig: {
    PENDING: { description: "Asked now." },
    WAITING: { description: "Asked once those before it are given." },
    APPROVED: { description: "Given." },
    REJECTED: { description: "Refused; the quote went back to its maker." },
    CARRIED_OVER: { description: "Given before, for the same or for more." },
    CANCELLED: { description: "Never decided, and not asked any more." },
  },
});

@ObjectType("QuoteApproval", { description: "One approver who was asked for a quote.", simpleResolvers: true })
export class QuoteApprovalType {
  @Field(() => ID, { description: "The approval." }) id!: string;
  @Field(() => Int, { description: "Asked in this order, from 1." }) position!: number;
  @Field(() => String, { description: "The rule as it was called then." }) ruleName!: string;
  @Field(() => ApprovalStatusEnum, { description: "Where it stands." }) status!: ApprovalStatus;
  quoteId!: string;
  ruleId!: string;
  approver!: Approver;
  subjects!: readonly ApprovalSubject[];
}
export const QuoteApprovalConnection = connectionOf("QuoteApproval", () => QuoteApprovalType);

@ObjectType("QuoteSubmission", {
  description: "A version of a quote that was handed in for approval.",
  simpleResolvers: true,
})
export class QuoteSubmissionType {
  @Field(() => ID, { description: "The submission." }) id!: string;
  @Field(() => Int, { description: "The ordinal of the version." }) versionOrdinal!: number;
  @Field(() => Int, { description: "Its revision then." }) revision!: number;
  @Field(() => String, { description: "Who handed it in." }) submittedBy!: string;
  @Field(() => DateTimeScalar, { description: "When." }) submittedAt!: Date;
  @Field(() => [QuoteApprovalType], { description: "In the order in which they are asked." })
  approvals!: readonly QuoteApprovalType[];
}

@ObjectType("PlannedApproval", { description: "An approval that submitting would ask for.", simpleResolvers: true })
export class PlannedApprovalType {
  @Field(() => String, { description: "The rule as it is called." }) ruleName!: string;
  ruleId!: string;
  approver!: Approver;
  subjects!: readonly ApprovalSubject[];
  carriedFrom!: string | null;
}

@ObjectType("ApprovalPreview", { description: "What submitting a quote would ask for.", simpleResolvers: true })
export class ApprovalPreviewType {
  @Field(() => [ProblemType], { description: "What keeps it from being submitted; empty: nothing." })
  problems!: readonly ProblemType[];
  @Field(() => [PlannedApprovalType], {
    description:
      "In the order in which they would be asked; empty where there are no problems: it is approved at once.",
  })
  approvals!: readonly PlannedApprovalType[];
}

@ObjectType({ description: "It waits for its approvers, or is approved where nobody has to be asked." })
export class SubmitQuoteSuccess {
  quoteId!: string;
}
export const SubmitQuoteResult = resultUnion("SubmitQuoteResult", () => SubmitQuoteSuccess);

@ObjectType({ description: "The approval is given; with the last one the quote is approved." })
export class ApproveQuoteSuccess {
  quoteId!: string;
  approvalId!: string;
}
export const ApproveQuoteResult = resultUnion("ApproveQuoteResult", () => ApproveQuoteSuccess);

@ObjectType({ description: "The quote is a draft again." })
export class RejectQuoteSuccess {
  quoteId!: string;
  approvalId!: string;
}
export const RejectQuoteResult = resultUnion("RejectQuoteResult", () => RejectQuoteSuccess);

@ObjectType({ description: "The quote is a draft again." })
export class RecallQuoteSuccess {
  quoteId!: string;
}
export const RecallQuoteResult = resultUnion("RecallQuoteResult", () => RecallQuoteSuccess);
