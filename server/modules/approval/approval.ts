import type { ApprovalSubject } from "../../domain/quote/approval-needs";
import type { ApprovalRule } from "../../domain/quote/approval-rule";
import type { ApprovalStatus, ApprovalStep } from "../../domain/quote/approval-turn";

export type StoredRule = ApprovalRule & {
  readonly isActive: boolean;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

/** What an administrator may set. */
export type RuleTerms = Omit<StoredRule, "id" | "version" | "createdAt" | "updatedAt">;

/** A version of a quote, at a revision, that somebody handed in. */
export type Submission = {
  readonly id: string;
  readonly quoteId: string;
  readonly versionId: string;
  readonly versionOrdinal: number;
  readonly revision: number;
  readonly actorKind: string;
  readonly actorId: string | null;
  readonly submittedBy: string;
  readonly submittedAt: Date;
  /** In the order in which they are asked. */
  readonly approvals: readonly Approval[];
};

/** One approver who was asked for one rule, with the rule as it was then. */
export type Approval = ApprovalStep & {
  readonly submissionId: string;
  readonly quoteId: string;
  readonly position: number;
  readonly ruleName: string;
  readonly subjects: readonly ApprovalSubject[];
  readonly decision: Decision | null;
};

/** What was said. Of an approval that was carried over, as it was said then. */
export type Decision = {
  readonly carriedFromId: string | null;
  readonly decidedBy: string;
  readonly comment: string | null;
  readonly decidedAt: Date;
};

export type ApprovalInStatus = Approval & { readonly status: ApprovalStatus };
