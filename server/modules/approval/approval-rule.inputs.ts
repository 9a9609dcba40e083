import { Field, ID, InputType, Int } from "type-graphql";
import type { LateUsagePolicy } from "../../domain/contract/contract";
import type { Decimal } from "../../domain/money/decimal";
import type { ApprovalCondition, Approver, ApproverRole, DiscountMeasure } from "../../domain/quote/approval-rule";
import type { Role } from "../../platform/access";
import { IDEMPOTENCY_KEY } from "../../platform/graphql/idempotency-key";
import { DecimalScalar, PercentScalar } from "../../platform/graphql/scalars";
import { RoleEnum } from "../access";
import { LateUsagePolicyEnum } from "../contract";
import { DiscountMeasureEnum, RenewalPresenceEnum } from "./approval-rule.types";

@InputType({ description: "A discount of more than so many percent." })
export class DiscountOverInput {
  @Field(() => PercentScalar, { description: 'Exactly this much needs nobody; "15" means 15 %.' }) percent!: Decimal;
  @Field(() => DiscountMeasureEnum, { defaultValue: "either", description: "What it is measured on." })
  of!: DiscountMeasure;
}

@InputType({ description: "A total contract value of more than an amount." })
export class TotalOverInput {
  @Field(() => DecimalScalar, { description: "Exactly this much needs nobody." }) amount!: Decimal;
  @Field(() => String, {
    nullable: true,
    description: "ISO 4217 code: of quotes in this currency. null: of all quotes, turned into the base currency.",
  })
  currency?: string | null;
}

@InputType({ description: "When a rule applies: exactly one of these." })
export class ApprovalConditionInput {
  @Field(() => DiscountOverInput, { nullable: true, description: "By discount." })
  discountOver?: DiscountOverInput | null;
  @Field(() => Int, { nullable: true, description: "A term of more than so many months." })
  termOverMonths?: number | null;
  @Field(() => Boolean, { defaultValue: false, description: "A term without an end." }) withoutEnd!: boolean;
  @Field(() => TotalOverInput, { nullable: true, description: "By total contract value." })
  totalOver?: TotalOverInput | null;
  @Field(() => [String], { nullable: true, description: "A currency other than these ISO 4217 codes." })
  currencyOtherThan?: string[] | null;
  @Field(() => Int, {
    nullable: true,
    description: "Payment after more than so many days; the end of a month counts as 30 days more.",
  })
  paymentOverDays?: number | null;
  @Field(() => Boolean, { defaultValue: false, description: "A line with a price of its own." })
  customPrices!: boolean;
  @Field(() => Boolean, { defaultValue: false, description: "Notes on the document." }) notes!: boolean;
  @Field(() => RenewalPresenceEnum, { nullable: true, description: "With a renewal rule, or without." })
  renewal?: "present" | "absent" | null;
  @Field(() => Boolean, { defaultValue: false, description: "Renews by itself, at the same prices." })
  upliftWaived!: boolean;
  @Field(() => Int, { nullable: true, description: "A trial of more than so many days." })
  trialOverDays?: number | null;
  @Field(() => [LateUsagePolicyEnum], { nullable: true, description: "One of these late usage policies." })
  lateUsage?: LateUsagePolicy[] | null;
  @Field(() => Boolean, {
    defaultValue: false,
    description: "Outside the guard rails of the price book, where these ask for approval.",
  })
  guardRails!: boolean;
}

@InputType({ description: "Who approves: exactly one of these." })
export class ApproverInput {
  @Field(() => RoleEnum, { nullable: true, description: "Anybody of the role: ADMIN, FINANCE or SALES." })
  role?: Role | null;
  @Field(() => ID, { nullable: true, description: "One member." }) memberId?: string | null;
}

@InputType({ description: "A rule to be." })
export class CreateApprovalRuleInput {
  @Field(() => String, { description: "Unique in the organization; up to 100 characters." }) name!: string;
  @Field(() => ApprovalConditionInput, { description: "When it applies." }) condition!: ApprovalConditionInput;
  @Field(() => [ApproverInput], {
    description: "Asked one after the other; a role that is named twice asks two people.",
  })
  approvers!: ApproverInput[];
  @Field(() => Int, { nullable: true, description: "Rules are asked in this order; default: after all others." })
  position?: number | null;
  @Field(() => Boolean, { defaultValue: false, description: "Whether whoever submits a quote may approve it." })
  allowsOwn!: boolean;
  @Field(() => Boolean, { defaultValue: true, description: "false: it asks nobody." }) isActive!: boolean;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "What is left out stays as it is. What waits for approval already is asked as it was." })
export class UpdateApprovalRuleInput {
  @Field(() => ID, { description: "The rule." }) id!: string;
  @Field(() => Int, { description: "The version that the change was made on." }) version!: number;
  @Field(() => String, { nullable: true, description: "Unique in the organization." }) name?: string | null;
  @Field(() => ApprovalConditionInput, { nullable: true, description: "Replaces the whole condition." })
  condition?: ApprovalConditionInput | null;
  @Field(() => [ApproverInput], { nullable: true, description: "Replaces all approvers." })
  approvers?: ApproverInput[] | null;
  @Field(() => Int, { nullable: true, description: "Rules are asked in this order." }) position?: number | null;
  @Field(() => Boolean, { nullable: true, description: "Whether whoever submits a quote may approve it." })
  allowsOwn?: boolean | null;
  @Field(() => Boolean, { nullable: true, description: "false: it asks nobody." }) isActive?: boolean | null;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "What was asked by the rule is kept, with the reasons." })
export class DeleteApprovalRuleInput {
  @Field(() => ID, { description: "The rule." }) id!: string;
  @Field(() => Int, { description: "The version that was seen." }) version!: number;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

/** What was sent of a condition, and of approvers: exactly one is to be there. */
export type AskedCondition = readonly ApprovalCondition[];
export type AskedApprover = { readonly role: Role | null; readonly memberId: string | null };

export function askedCondition(input: ApprovalConditionInput): AskedCondition {
  const { discountOver, termOverMonths, totalOver, currencyOtherThan, paymentOverDays, trialOverDays } = input;
  const asked: (ApprovalCondition | null | false)[] = [
    discountOver ? { kind: "discount", overPercent: discountOver.percent, of: discountOver.of } : null,
    isNumber(termOverMonths) && { kind: "term", overMonths: termOverMonths },
    input.withoutEnd && { kind: "no_end" },
    totalOver ? { kind: "total", overAmount: totalOver.amount, currency: totalOver.currency ?? null } : null,
    currencyOtherThan ? { kind: "currency", otherThan: currencyOtherThan } : null,
    isNumber(paymentOverDays) && { kind: "payment_terms", overDays: paymentOverDays },
    input.customPrices && { kind: "custom_prices" },
    input.notes && { kind: "notes" },
    input.renewal ? { kind: "renewal", is: input.renewal } : null,
    input.upliftWaived && { kind: "uplift_waived" },
    isNumber(trialOverDays) && { kind: "trial", overDays: trialOverDays },
    input.lateUsage ? { kind: "late_usage", policies: input.lateUsage } : null,
    input.guardRails && { kind: "guard_rails" },
  ];
  return asked.filter((condition) => condition !== null && condition !== false);
}

const isNumber = (value: number | null | undefined): value is number => value !== null && value !== undefined;

export const askedApprover = ({ role, memberId }: ApproverInput): AskedApprover => ({
  role: role ?? null,
  memberId: memberId ?? null,
});

/** The approver that is meant; the checks see to it that exactly one is named, and who may approve. */
export const approverOf = ({ role, memberId }: AskedApprover): Approver =>
  memberId === null ? { kind: "role", role: role as ApproverRole } : { kind: "member", memberId };
