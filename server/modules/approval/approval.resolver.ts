import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import { toUnion } from "../../platform/graphql/errors";
import { PageArgs } from "../../platform/graphql/paging";
import { DateTimeScalar } from "../../platform/graphql/scalars";
import type { RequestContext } from "../../platform/request-context";
import { type Quote, QuoteType } from "../quote";
import type { ApprovalInStatus } from "./approval";
import {
  ApproveQuoteInput,
  decidedApproval,
  quoteAt,
  RecallQuoteInput,
  RejectQuoteInput,
  SubmitQuoteInput,
} from "./approval.inputs";
import {
  ApprovalPreviewType,
  ApproveQuoteResult,
  ApproveQuoteSuccess,
  PlannedApprovalType,
  QuoteApprovalConnection,
  QuoteApprovalType,
  QuoteSubmissionType,
  RecallQuoteResult,
  RecallQuoteSuccess,
  RejectQuoteResult,
  RejectQuoteSuccess,
  SubmitQuoteResult,
  SubmitQuoteSuccess,
} from "./approval.types";
import { ApprovalRuleType, ApproverType } from "./approval-rule.types";
import { approveQuote, rejectQuote } from "./decide-quote";
import {
  approvalOf,
  approvalsOf,
  approverOf,
  findApprovalRule,
  previewApprovals,
  quoteOf,
  readMyApprovals,
  submissionsOf,
} from "./read-approvals";
import { reasonOf, reasonsOf } from "./reasons";
import { recallQuote } from "./recall-quote";
import { submitQuote } from "./submit-quote";

@Resolver(() => QuoteType)
export class QuoteApprovalsResolver {
  @FieldResolver(() => [QuoteApprovalType], { description: "Of what was submitted last, in the order of asking." })
  approvals(@Root() quote: Quote, @Ctx() context: RequestContext) {
    return approvalsOf(context, quote);
  }

  @FieldResolver(() => [QuoteSubmissionType], { description: "All that was ever asked and said, the first first." })
  submissions(@Root() quote: Quote, @Ctx() context: RequestContext) {
    return submissionsOf(context, quote);
  }

  @Query(() => ApprovalPreviewType, {
    nullable: true,
    description: "Whom submitting a quote would ask, and why; saves nothing. null: there is no such quote.",
  })
  previewApprovals(
    @Arg("quoteId", () => ID, { description: "The quote, as it is now." }) quoteId: string,
    @Ctx() context: RequestContext,
  ) {
    return previewApprovals(context, quoteId);
  }

  @Query(() => QuoteApprovalConnection, { description: "What waits for you; what was submitted first comes first." })
  myApprovals(@Args(() => PageArgs) page: PageArgs, @Ctx() context: RequestContext) {
    return readMyApprovals(context, page);
  }

  @Mutation(() => SubmitQuoteResult, {
    description: "Hands a complete draft in. It is asked of whom the approval rules name, one after the other.",
  })
  async submitQuote(@Arg("input", () => SubmitQuoteInput) input: SubmitQuoteInput, @Ctx() context: RequestContext) {
    const { idempotencyKey } = input;
    return toUnion("SubmitQuoteSuccess", await submitQuote(context, { ...quoteAt(input), idempotencyKey }));
  }

  @Mutation(() => ApproveQuoteResult, { description: "Gives the approval that is asked of you now." })
  async approveQuote(@Arg("input", () => ApproveQuoteInput) input: ApproveQuoteInput, @Ctx() context: RequestContext) {
    const { idempotencyKey, comment = null } = input;
    return toUnion(
      "ApproveQuoteSuccess",
      await approveQuote(context, { ...decidedApproval(input), comment, idempotencyKey }),
    );
  }

  @Mutation(() => RejectQuoteResult, { description: "Sends a quote back, with the reason, in your turn." })
  async rejectQuote(@Arg("input", () => RejectQuoteInput) input: RejectQuoteInput, @Ctx() context: RequestContext) {
    const { idempotencyKey, reason } = input;
    return toUnion(
      "RejectQuoteSuccess",
      await rejectQuote(context, { ...decidedApproval(input), reason, idempotencyKey }),
    );
  }

  @Mutation(() => RecallQuoteResult, {
    description: "Takes a quote back from its approvers. For who submitted it, its owner and administrators.",
  })
  async recallQuote(@Arg("input", () => RecallQuoteInput) input: RecallQuoteInput, @Ctx() context: RequestContext) {
    const { idempotencyKey, reason = null } = input;
    return toUnion("RecallQuoteSuccess", await recallQuote(context, { ...quoteAt(input), reason, idempotencyKey }));
  }
}

@Resolver(() => QuoteApprovalType)
export class QuoteApprovalResolver {
  @FieldResolver(() => QuoteType, { description: "What is to be approved." })
  quote(@Root() approval: ApprovalInStatus, @Ctx() context: RequestContext) {
    return quoteOf(context, approval);
  }

  @FieldResolver(() => ApprovalRuleType, {
    nullable: true,
    description: "The rule as it is now; null: it was deleted.",
  })
  rule(@Root() { ruleId }: ApprovalInStatus, @Ctx() context: RequestContext) {
    return findApprovalRule(context, ruleId);
  }

  @FieldResolver(() => ApproverType, { description: "Who is asked." })
  approver(@Root() { approver }: ApprovalInStatus, @Ctx() context: RequestContext) {
    return approverOf(context, approver);
  }

  @FieldResolver(() => String, { description: 'In short: "Discount 22 % is over 15 %".' })
  reason(@Root() { subjects }: ApprovalInStatus) {
    return reasonOf(subjects);
  }

  @FieldResolver(() => [String], { description: "All reasons." })
  reasons(@Root() { subjects }: ApprovalInStatus) {
    return reasonsOf(subjects);
  }

  @FieldResolver(() => String, { nullable: true, description: "Who decided; null: nobody yet." })
  decidedBy(@Root() { decision }: ApprovalInStatus) {
    return decision?.decidedBy ?? null;
  }

  @FieldResolver(() => DateTimeScalar, { nullable: true, description: "When; of what is carried over, when given." })
  decidedAt(@Root() { decision }: ApprovalInStatus) {
    return decision?.decidedAt ?? null;
  }

  @FieldResolver(() => String, { nullable: true, description: "What was said." })
  comment(@Root() { decision }: ApprovalInStatus) {
    return decision?.comment ?? null;
  }
}

@Resolver(() => PlannedApprovalType)
export class PlannedApprovalResolver {
  @FieldResolver(() => ApproverType, { description: "Who would be asked." })
  approver(@Root() { approver }: PlannedApprovalType, @Ctx() context: RequestContext) {
    return approverOf(context, approver);
  }

  @FieldResolver(() => ApprovalRuleType, { nullable: true, description: "Why anybody is asked." })
  rule(@Root() { ruleId }: PlannedApprovalType, @Ctx() context: RequestContext) {
    return findApprovalRule(context, ruleId);
  }

  @FieldResolver(() => String, { description: 'In short: "Discount 22 % is over 15 %".' })
  reason(@Root() { subjects }: PlannedApprovalType) {
    return reasonOf(subjects);
  }

  @FieldResolver(() => [String], { description: "All reasons." })
  reasons(@Root() { subjects }: PlannedApprovalType) {
    return reasonsOf(subjects);
  }

  @FieldResolver(() => Boolean, { description: "Given before, for the same or for more: nobody would be asked." })
  isCarriedOver(@Root() { carriedFrom }: PlannedApprovalType) {
    return carriedFrom !== null;
  }
}

@Resolver(() => SubmitQuoteSuccess)
export class SubmitQuoteSuccessResolver {
  @FieldResolver(() => QuoteType, { description: "As it is now." })
  quote(@Root() success: SubmitQuoteSuccess, @Ctx() context: RequestContext) {
    return quoteOf(context, success);
  }
}

@Resolver(() => ApproveQuoteSuccess)
export class ApproveQuoteSuccessResolver {
  @FieldResolver(() => QuoteType, { description: "As it is now." })
  quote(@Root() success: ApproveQuoteSuccess, @Ctx() context: RequestContext) {
    return quoteOf(context, success);
  }

  @FieldResolver(() => QuoteApprovalType, { description: "The approval that was given." })
  approval(@Root() success: ApproveQuoteSuccess, @Ctx() context: RequestContext) {
    return approvalOf(context, success);
  }
}

@Resolver(() => RejectQuoteSuccess)
export class RejectQuoteSuccessResolver {
  @FieldResolver(() => QuoteType, { description: "As it is now." })
  quote(@Root() success: RejectQuoteSuccess, @Ctx() context: RequestContext) {
    return quoteOf(context, success);
  }

  @FieldResolver(() => QuoteApprovalType, { description: "The approval that was refused." })
  approval(@Root() success: RejectQuoteSuccess, @Ctx() context: RequestContext) {
    return approvalOf(context, success);
  }
}

@Resolver(() => RecallQuoteSuccess)
export class RecallQuoteSuccessResolver {
  @FieldResolver(() => QuoteType, { description: "As it is now." })
  quote(@Root() success: RecallQuoteSuccess, @Ctx() context: RequestContext) {
    return quoteOf(context, success);
  }
}
