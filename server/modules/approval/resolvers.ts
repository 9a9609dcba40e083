import {
  ApproveQuoteSuccessResolver,
  PlannedApprovalResolver,
  QuoteApprovalResolver,
  QuoteApprovalsResolver,
  RecallQuoteSuccessResolver,
  RejectQuoteSuccessResolver,
  SubmitQuoteSuccessResolver,
} from "./approval.resolver";
import {
  ApprovalRuleResolver,
  CreateApprovalRuleSuccessResolver,
  UpdateApprovalRuleSuccessResolver,
} from "./approval-rule.resolver";

export const resolvers = [
  ApprovalRuleResolver,
  CreateApprovalRuleSuccessResolver,
  UpdateApprovalRuleSuccessResolver,
  QuoteApprovalsResolver,
  QuoteApprovalResolver,
  PlannedApprovalResolver,
  SubmitQuoteSuccessResolver,
  ApproveQuoteSuccessResolver,
  RejectQuoteSuccessResolver,
  RecallQuoteSuccessResolver,
] as const;
