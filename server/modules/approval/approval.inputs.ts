import { Field, ID, InputType, Int } from "type-graphql";
import { IDEMPOTENCY_KEY } from "../../platform/graphql/idempotency-key";

@InputType({ description: "Hands a quote in for approval." })
export class SubmitQuoteInput {
  @Field(() => ID, { description: "The quote." }) quoteId!: string;
  @Field(() => Int, { nullable: true, description: "The ordinal of the version that was looked at; default: current." })
  versionOrdinal?: number | null;
  @Field(() => Int, { nullable: true, description: "The revision that was looked at; default: whichever it is." })
  revision?: number | null;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "Takes a quote back from its approvers." })
export class RecallQuoteInput extends SubmitQuoteInput {
  @Field(() => String, { nullable: true, description: "Why, in a line." }) reason?: string | null;
}

@InputType({ description: "Just what was looked at: nobody approves what they have not seen." })
export class ApprovalInput {
  @Field(() => ID, { description: "The quote." }) quoteId!: string;
  @Field(() => Int, { description: "The ordinal of the version that was looked at." }) versionOrdinal!: number;
  @Field(() => Int, { description: "The revision that was looked at." }) revision!: number;
  @Field(() => ID, { nullable: true, description: "Which approval; default: the one that is asked now." })
  approvalId?: string | null;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "Gives the approval that is asked now." })
export class ApproveQuoteInput extends ApprovalInput {
  @Field(() => String, { nullable: true, description: "What there is to say about it; kept for good." })
  comment?: string | null;
}

@InputType({ description: "Sends a quote back to its maker." })
export class RejectQuoteInput extends ApprovalInput {
  @Field(() => String, { description: "Why; kept for good." }) reason!: string;
}

export const quoteAt = ({ quoteId, versionOrdinal, revision }: SubmitQuoteInput) => ({
  quoteId,
  versionOrdinal: versionOrdinal ?? null,
  revision: revision ?? null,
});

export const decidedApproval = ({ quoteId, versionOrdinal, revision, approvalId }: ApprovalInput) => ({
  quoteId,
  versionOrdinal,
  revision,
  approvalId: approvalId ?? null,
});
