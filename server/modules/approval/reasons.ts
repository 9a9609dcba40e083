import type { ApprovalSubject } from "../../domain/quote/approval-needs";

/** Why somebody is asked, all of it. */
export const reasonsOf = (subjects: readonly ApprovalSubject[]): string[] => subjects.map(({ reason }) => reason);

const REASONS_IN_SHORT = 3;

/** "Discount 22 % is over 15 %; Discount 30 % on “Seats” is over 15 %; and 4 more" */
export function reasonOf(subjects: readonly ApprovalSubject[]): string {
  const reasons = reasonsOf(subjects);
  const rest = reasons.length - REASONS_IN_SHORT;
  return [...reasons.slice(0, REASONS_IN_SHORT), ...(rest > 0 ? [`and ${rest} more`] : [])].join("; ");
}
