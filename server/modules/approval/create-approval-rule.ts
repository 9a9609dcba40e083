import type { ApprovalCondition } from "../../domain/quote/approval-rule";
import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { newId } from "../../platform/ids";
import { InputProblems } from "../../platform/input-problems";
import { conflict, invalidInput } from "../../platform/refusal";
import type { RuleTerms } from "./approval";
import { type AskedApprover, type AskedCondition, approverOf } from "./approval-rule.inputs";
import { insertApprovalRule, listApprovalRules } from "./approval-rule.store";
import { checkApprovers, checkCondition, checkName, checkPosition } from "./check-rule";
import { auditedRule } from "./update-approval-rule";

export type NewRule = {
  readonly name: string;
  readonly condition: AskedCondition;
  readonly approvers: readonly AskedApprover[];
  /** null: after all others */
  readonly position: number | null;
  readonly allowsOwn: boolean;
  readonly isActive: boolean;
};

/** Finance decides who is asked, as it decides what is executed. */
export const createApprovalRule = command({
  name: "createApprovalRule",
  permission: "execute_quotes",
  run: async (asked: NewRule, { now, note }) => {
    const problems = new InputProblems();
    checkName(asked.name, problems);
    checkCondition(asked.condition, problems);
    await checkApprovers(asked.approvers, problems);
    if (asked.position !== null) checkPosition(asked.position, problems);
    if (!problems.isEmpty) return invalidInput(problems.found);

    const id = newId();
    const terms: RuleTerms = {
      name: asked.name,
      condition: asked.condition[0] as ApprovalCondition,
      approvers: asked.approvers.map(approverOf),
      position: asked.position ?? (await lastPosition()) + 1,
      allowsOwn: asked.allowsOwn,
      isActive: asked.isActive,
    };
    if (!(await insertApprovalRule(id, terms, now))) return nameTaken(asked.name);
    note({ action: "approval_rule.created", subjectType: "approval_rule", subjectId: id, after: auditedRule(terms) });
    return ok({ ruleId: id });
  },
});

const lastPosition = async (): Promise<number> =>
  (await listApprovalRules()).reduce((last, { position }) => Math.max(last, position), 0);

export const nameTaken = (name: string) =>
  conflict("NAME_TAKEN", `Another rule has the name "${name}". Use another one.`, ["name"]);
