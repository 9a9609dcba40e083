import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import type { LateUsagePolicy } from "../../domain/contract/contract";
import type { DiscountMeasure } from "../../domain/quote/approval-rule";
import type { Role } from "../../platform/access";
import { resultUnion } from "../../platform/graphql/errors";
import { DateTimeScalar } from "../../platform/graphql/scalars";
import { MemberType, RoleEnum } from "../access";
import { LateUsagePolicyEnum } from "../contract";

export const DiscountMeasureEnum = { OVERALL: "overall", LINE: "line", EITHER: "either" } as const;
registerEnumType(DiscountMeasureEnum, {
  name: "DiscountMeasure",
  description: "What a discount is measured on.",
  valuesConfig: {
    OVERALL: { description: "The whole quote: all that is taken off its list prices." },
    LINE: { description: "Each line, and each discount over some lines." },
    EITHER: { description: "Both." },
  },
});

export const RenewalPresenceEnum = { PRESENT: "present", ABSENT: "absent" } as const;
registerEnumType(RenewalPresenceEnum, {
  name: "RenewalPresence",
  description: "Whether a quote renews by itself.",
  valuesConfig: {
    PRESENT: { description: "It does." },
    ABSENT: { description: "It ends with its term." },
  },
});

export const ApprovalConditionKindEnum = {
  DISCOUNT: "discount",
  TERM: "term",
  NO_END: "no_end",
  TOTAL: "total",
  CURRENCY: "currency",
  PAYMENT_TERMS: "payment_terms",
  CUSTOM_PRICES: "custom_prices",
  NOTES: "notes",
  RENEWAL: "renewal",
  UPLIFT_WAIVED: "uplift_waived",
  TRIAL: "trial",
  LATE_USAGE: "late_usage",
  GUARD_RAILS: "guard_rails",
} as const;
registerEnumType(ApprovalConditionKindEnum, { name: "ApprovalConditionKind", description: "What a rule looks at." });

@ObjectType("ApprovalCondition", {
  description: "When a rule applies. What is of another kind is null.",
  simpleResolvers: true,
})
export class ApprovalConditionType {
  @Field(() => ApprovalConditionKindEnum, { description: "What it looks at." })
  kind!: (typeof ApprovalConditionKindEnum)[keyof typeof ApprovalConditionKindEnum];
  @Field(() => String, { description: 'As people say it: "Discount over 15 %".' }) words!: string;
  @Field(() => String, { nullable: true, description: "Of a discount: more than so many percent." })
  overPercent!: string | null;
  @Field(() => DiscountMeasureEnum, { nullable: true, description: "Of a discount: what it is measured on." })
  of!: DiscountMeasure | null;
  @Field(() => Int, { nullable: true, description: "Of a term." }) overMonths!: number | null;
  @Field(() => String, { nullable: true, description: "Of a total." }) overAmount!: string | null;
  @Field(() => String, { nullable: true, description: "Of a total; null: the base currency." })
  currency!: string | null;
  @Field(() => [String], { nullable: true, description: "Of a currency: any but these." })
  otherThan!: readonly string[] | null;
  @Field(() => Int, { nullable: true, description: "Of payment terms and trials." }) overDays!: number | null;
  @Field(() => RenewalPresenceEnum, { nullable: true, description: "Of a renewal." })
  is!: "present" | "absent" | null;
  @Field(() => [LateUsagePolicyEnum], { nullable: true, description: "Of late usage: any of these." })
  policies!: readonly LateUsagePolicy[] | null;
}

@ObjectType("Approver", { description: "Who approves: a role, or one member.", simpleResolvers: true })
export class ApproverType {
  @Field(() => RoleEnum, { nullable: true, description: "Anybody of it." }) role!: Role | null;
  @Field(() => MemberType, { nullable: true, description: "They alone." }) member!: MemberType | null;
  @Field(() => String, { description: 'In words: a name, or "finance".' }) name!: string;
}

@ObjectType("ApprovalRule", { description: "Whom to ask before a quote goes out, and when.", simpleResolvers: true })
export class ApprovalRuleType {
  @Field(() => ID, { description: "The rule." }) id!: string;
  @Field(() => String, { description: "As people call it." }) name!: string;
  @Field(() => Int, { description: "Rules are asked in this order, those of one position by name." }) position!: number;
  @Field(() => Boolean, { description: "Whether whoever submits a quote may approve it." }) allowsOwn!: boolean;
  @Field(() => Boolean, { description: "false: it asks nobody." }) isActive!: boolean;
  @Field(() => Int, { description: "Counts its changes; send it back with an update." }) version!: number;
  @Field(() => DateTimeScalar, { description: "When it was created." }) createdAt!: Date;
  @Field(() => DateTimeScalar, { description: "When it was changed last." }) updatedAt!: Date;
}

@ObjectType({ description: "The rule applies to what is submitted from now on." })
export class CreateApprovalRuleSuccess {
  ruleId!: string;
}
export const CreateApprovalRuleResult = resultUnion("CreateApprovalRuleResult", () => CreateApprovalRuleSuccess);

@ObjectType({ description: "The change applies to what is submitted from now on." })
export class UpdateApprovalRuleSuccess {
  ruleId!: string;
}
export const UpdateApprovalRuleResult = resultUnion("UpdateApprovalRuleResult", () => UpdateApprovalRuleSuccess);

@ObjectType({ description: "The rule asks nobody any more.", simpleResolvers: true })
export class DeleteApprovalRuleSuccess {
  @Field(() => ID, { description: "The rule that was." }) deletedId!: string;
}
export const DeleteApprovalRuleResult = resultUnion("DeleteApprovalRuleResult", () => DeleteApprovalRuleSuccess);
