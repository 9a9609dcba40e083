import type { ApprovalCondition } from "../../domain/quote/approval-rule";
import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { InputProblems, sentFields } from "../../platform/input-problems";
import { conflict, invalidInput, notFound, staleVersion } from "../../platform/refusal";
import type { RuleTerms } from "./approval";
import { type AskedApprover, type AskedCondition, approverOf } from "./approval-rule.inputs";
import { deleteApprovalRuleRow, lockApprovalRule, saveApprovalRule } from "./approval-rule.store";
import { checkApprovers, checkCondition, checkName, checkPosition } from "./check-rule";
import { storedCondition } from "./stored-condition";

type RuleAt = { readonly id: string; readonly version: number };

/** What is left out stays; null is refused. */
export type RuleChanges = {
  readonly name?: string | null | undefined;
  readonly condition?: AskedCondition | null | undefined;
  readonly approvers?: readonly AskedApprover[] | null | undefined;
  readonly position?: number | null | undefined;
  readonly allowsOwn?: boolean | null | undefined;
  readonly isActive?: boolean | null | undefined;
};

export const updateApprovalRule = command({
  name: "updateApprovalRule",
  permission: "execute_quotes",
  run: async ({ id, version, changes }: RuleAt & { readonly changes: RuleChanges }, { now, note }) => {
    const rule = await lockApprovalRule(id);
    if (!rule) return notFound("approval rule", id);
    if (rule.version !== version) return staleVersion("approval rule", rule.version);
    const problems = new InputProblems();
    problems.checkNotNull(changes, ["name", "condition", "approvers", "position", "allowsOwn", "isActive"]);
    const { name, condition, approvers, position } = changes;
    if (name) checkName(name, problems);
    if (condition) checkCondition(condition, problems);
    if (approvers) await checkApprovers(approvers, problems);
    if (position !== null && position !== undefined) checkPosition(position, problems);
    if (!problems.isEmpty) return invalidInput(problems.found);

    const { id: _, version: __, createdAt: ___, updatedAt: ____, ...before } = rule;
    const after = {
      ...before,
      ...sentFields({
        ...changes,
        condition: condition?.[0] as ApprovalCondition | undefined,
        approvers: approvers?.map(approverOf),
      }),
    } as RuleTerms;
    if (!(await saveApprovalRule(id, after, now))) {
      return conflict("NAME_TAKEN", `Another rule has the name "${after.name}". Use another one.`, ["name"]);
    }
    note({
      action: "approval_rule.updated",
      subjectType: "approval_rule",
      subjectId: id,
      before: auditedRule(before),
      after: auditedRule(after),
    });
    return ok({ ruleId: id });
  },
});

export const deleteApprovalRule = command({
  name: "deleteApprovalRule",
  permission: "execute_quotes",
  run: async ({ id, version }: RuleAt, { note }) => {
    const rule = await lockApprovalRule(id);
    if (!rule) return notFound("approval rule", id);
    if (rule.version !== version) return staleVersion("approval rule", rule.version);
    await deleteApprovalRuleRow(id);
    note({ action: "approval_rule.deleted", subjectType: "approval_rule", subjectId: id, before: auditedRule(rule) });
    return ok({ deletedId: id });
  },
});

export const auditedRule = ({ name, condition, approvers, position, allowsOwn, isActive }: RuleTerms) => ({
  name,
  condition: storedCondition(condition),
  approvers,
  position,
  allowsOwn,
  isActive,
});
