import type { Approver, ApproverRole } from "../../domain/quote/approval-rule";
import { membersById } from "../access";

/** How to call approvers: a member by name, a role by what it is. */
export async function approverNames(approvers: readonly Approver[]): Promise<(approver: Approver) => string> {
  const ids = approvers.flatMap((approver) => (approver.kind === "member" ? [approver.memberId] : []));
  const members = await membersById(ids);
  return (approver) =>
    approver.kind === "role" ? ROLES[approver.role] : (members.get(approver.memberId)?.name ?? "a member");
}

export const ROLES: Readonly<Record<ApproverRole, string>> = {
  admin: "an administrator",
  finance: "finance",
  sales: "sales",
};
