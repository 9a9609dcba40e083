import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import { toUnion } from "../../platform/graphql/errors";
import type { RequestContext } from "../../platform/request-context";
import type { StoredRule } from "./approval";
import {
  askedApprover,
  askedCondition,
  CreateApprovalRuleInput,
  DeleteApprovalRuleInput,
  UpdateApprovalRuleInput,
} from "./approval-rule.inputs";
import {
  ApprovalConditionType,
  ApprovalRuleType,
  ApproverType,
  CreateApprovalRuleResult,
  CreateApprovalRuleSuccess,
  DeleteApprovalRuleResult,
  UpdateApprovalRuleResult,
  UpdateApprovalRuleSuccess,
} from "./approval-rule.types";
import { createApprovalRule } from "./create-approval-rule";
import { approverOf, conditionOf, readApprovalRules, ruleOf } from "./read-approvals";
import { deleteApprovalRule, updateApprovalRule } from "./update-approval-rule";

@Resolver(() => ApprovalRuleType)
export class ApprovalRuleResolver {
  @Query(() => [ApprovalRuleType], { description: "All rules, in the order in which they are asked." })
  approvalRules(@Ctx() context: RequestContext) {
    return readApprovalRules(context);
  }

  @FieldResolver(() => ApprovalConditionType, { description: "When it applies." })
  condition(@Root() { condition }: StoredRule) {
    return conditionOf(condition);
  }

  @FieldResolver(() => [ApproverType], { description: "Asked one after the other." })
  approvers(@Root() { approvers }: StoredRule, @Ctx() context: RequestContext) {
    return approvers.map((approver) => approverOf(context, approver));
  }

  @Mutation(() => CreateApprovalRuleResult, { description: "Makes a rule. For finance and administrators." })
  async createApprovalRule(
    @Arg("input", () => CreateApprovalRuleInput) input: CreateApprovalRuleInput,
    @Ctx() context: RequestContext,
  ) {
    const { condition, approvers, position, ...rest } = input;
    const asked = {
      ...rest,
      condition: askedCondition(condition),
      approvers: approvers.map(askedApprover),
      position: position ?? null,
    };
    return toUnion("CreateApprovalRuleSuccess", await createApprovalRule(context, asked));
  }

  @Mutation(() => UpdateApprovalRuleResult, { description: "Changes a rule. For finance and administrators." })
  async updateApprovalRule(
    @Arg("input", () => UpdateApprovalRuleInput) input: UpdateApprovalRuleInput,
    @Ctx() context: RequestContext,
  ) {
    const { id, version, idempotencyKey, condition, approvers, name, position, allowsOwn, isActive } = input;
    const changes = {
      name,
      position,
      allowsOwn,
      isActive,
      condition: condition ? askedCondition(condition) : condition,
      approvers: approvers ? approvers.map(askedApprover) : approvers,
    };
    return toUnion(
      "UpdateApprovalRuleSuccess",
      await updateApprovalRule(context, { id, version, changes, idempotencyKey }),
    );
  }

  @Mutation(() => DeleteApprovalRuleResult, {
    description: "Deletes a rule; what it asked is kept. For finance and administrators.",
  })
  async deleteApprovalRule(
    @Arg("input", () => DeleteApprovalRuleInput) input: DeleteApprovalRuleInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("DeleteApprovalRuleSuccess", await deleteApprovalRule(context, input));
  }
}

@Resolver(() => CreateApprovalRuleSuccess)
export class CreateApprovalRuleSuccessResolver {
  @FieldResolver(() => ApprovalRuleType, { description: "The rule." })
  approvalRule(@Root() success: CreateApprovalRuleSuccess, @Ctx() context: RequestContext) {
    return ruleOf(context, success);
  }
}

@Resolver(() => UpdateApprovalRuleSuccess)
export class UpdateApprovalRuleSuccessResolver {
  @FieldResolver(() => ApprovalRuleType, { description: "The rule as it is now." })
  approvalRule(@Root() success: UpdateApprovalRuleSuccess, @Ctx() context: RequestContext) {
    return ruleOf(context, success);
  }
}
