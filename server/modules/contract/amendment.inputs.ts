import { Field, ID, InputType, Int } from "type-graphql";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { UnusedTime } from "../../domain/contract/amendment";
import type { Decimal } from "../../domain/money/decimal";
import { IDEMPOTENCY_KEY } from "../../platform/graphql/idempotency-key";
import { DecimalScalar, PercentScalar, PlainDateScalar } from "../../platform/graphql/scalars";
import { CustomTermsInput, customTerms } from "../catalog";
import { CancellationEndEnum, UnusedTimeEnum } from "./amendment.types";
import type { AmendedCharge, NewAmendment, NewChange } from "./new-amendment";
import {
  AmendedChargeInput,
  ContractDiscountInput,
  DiscountInput,
  newBoundOf,
  newContractDiscountOf,
  newDiscountOf,
  SpendBoundInput,
} from "./terms.inputs";

const LINEAGE = "The price lineage of a charge that the contract bills on the day.";
const UNTIL = "The day after the last on which the change holds; default: as long as the contract.";

@InputType({ description: "Something more is billed." })
export class AddChargeInput {
  @Field(() => AmendedChargeInput, { description: "Of a lineage that is not billed on those days." })
  charge!: AmendedChargeInput;
  @Field(() => PlainDateScalar, { nullable: true, description: UNTIL }) endsBefore?: PlainDate | null;
}

@InputType({ description: "Something is no longer billed." })
export class RemoveChargeInput {
  @Field(() => ID, { description: LINEAGE }) lineageId!: string;
}

@InputType({ description: "An upgrade or downgrade to another product or price. The lineage stays." })
export class ReplaceChargeInput {
  @Field(() => ID, { description: LINEAGE }) lineageId!: string;
  @Field(() => AmendedChargeInput, { description: "What is billed in its place." }) charge!: AmendedChargeInput;
}

@InputType({ description: "More or less of the same." })
export class ChangeQuantityInput {
  @Field(() => ID, { description: LINEAGE }) lineageId!: string;
  @Field(() => DecimalScalar, { description: "All contracted units, 0 or more; not the difference." })
  quantity!: Decimal;
  @Field(() => PlainDateScalar, { nullable: true, description: UNTIL }) endsBefore?: PlainDate | null;
}

@InputType({ description: "The same at another price: priceId, customTerms, or both." })
export class ChangePriceInput {
  @Field(() => ID, { description: LINEAGE }) lineageId!: string;
  @Field(() => ID, {
    nullable: true,
    description: "Of the same product, cadence, timing, proration and metric; default: the present price.",
  })
  priceId?: string | null;
  @Field(() => CustomTermsInput, { nullable: true, description: "In the place of the price's own terms." })
  customTerms?: CustomTermsInput | null;
  @Field(() => PlainDateScalar, { nullable: true, description: UNTIL }) endsBefore?: PlainDate | null;
}

@InputType({ description: "Other discounts in the place of all that the price has in the contract." })
export class ChangeDiscountsInput {
  @Field(() => ID, { description: LINEAGE }) lineageId!: string;
  @Field(() => [DiscountInput], {
    description:
      "In the order in which they are taken; none: no discount. One that goes on has its id as the key: a fixed one is then not given twice.",
  })
  discounts!: DiscountInput[];
  @Field(() => PlainDateScalar, { nullable: true, description: UNTIL }) endsBefore?: PlainDate | null;
}

@InputType({ description: "A minimum or maximum no longer holds." })
export class EndBoundInput {
  @Field(() => ID, { description: "The minimum or maximum." }) boundId!: string;
}

@InputType({ description: "A discount of the contract is no longer given." })
export class EndDiscountInput {
  @Field(() => ID, { description: "The discount." }) discountId!: string;
}

@InputType({ description: "A longer term. What runs to its end runs to the new one." })
export class ExtendInput {
  @Field(() => PlainDateScalar, { nullable: true, description: "The day after the last; null: until further notice." })
  endsBefore?: PlainDate | null;
}

@InputType({ description: "The contract ends." })
export class CancelInput {
  @Field(() => CancellationEndEnum, { description: "On the day, or when what is billed runs out." })
  at!: "date" | "period_end";
}

@InputType({ description: "A change of a contract: exactly one of these." })
export class AmendmentChangeInput {
  @Field(() => AddChargeInput, { nullable: true, description: "Something more is billed." })
  addCharge?: AddChargeInput | null;
  @Field(() => RemoveChargeInput, { nullable: true, description: "Something is no longer billed." })
  removeCharge?: RemoveChargeInput | null;
  @Field(() => ReplaceChargeInput, { nullable: true, description: "An upgrade or downgrade." })
  replaceCharge?: ReplaceChargeInput | null;
  @Field(() => ChangeQuantityInput, { nullable: true, description: "More or less of the same." })
  changeQuantity?: ChangeQuantityInput | null;
  @Field(() => ChangePriceInput, { nullable: true, description: "The same at another price." })
  changePrice?: ChangePriceInput | null;
  @Field(() => ChangeDiscountsInput, { nullable: true, description: "Other discounts of a charge." })
  changeDiscounts?: ChangeDiscountsInput | null;
  @Field(() => SpendBoundInput, { nullable: true, description: "From the day of the amendment, or a later one." })
  addMinimum?: SpendBoundInput | null;
  @Field(() => SpendBoundInput, { nullable: true, description: "From the day of the amendment, or a later one." })
  addMaximum?: SpendBoundInput | null;
  @Field(() => EndBoundInput, { nullable: true, description: "A minimum or maximum no longer holds." })
  endBound?: EndBoundInput | null;
  @Field(() => ContractDiscountInput, { nullable: true, description: "From the day of the amendment, or a later one." })
  addDiscount?: ContractDiscountInput | null;
  @Field(() => EndDiscountInput, { nullable: true, description: "A discount of the contract is no longer given." })
  endDiscount?: EndDiscountInput | null;
  @Field(() => ExtendInput, { nullable: true, description: "A longer term." }) extend?: ExtendInput | null;
  @Field(() => CancelInput, { nullable: true, description: "The contract ends." }) cancel?: CancelInput | null;
  @Field(() => Boolean, { nullable: true, description: "true: the last cancellation is taken back, from the day on." })
  resume?: boolean | null;
}

const EFFECTIVE_ON =
  "The day from which it holds. It may lie in the past: what was billed otherwise is then proposed as a difference.";
const REASON = "Why, in your words; it stays with the amendment.";

@InputType({ description: "A dated change of a contract." })
export class AmendmentInput {
  @Field(() => PlainDateScalar, { description: EFFECTIVE_ON }) effectiveOn!: PlainDate;
  @Field(() => UnusedTimeEnum, { description: "What becomes of time that was billed in advance." })
  unusedTime!: UnusedTime;
  @Field(() => String, { description: REASON }) reason!: string;
  @Field(() => [AmendmentChangeInput], { description: "Made in this order; at least one." })
  changes!: AmendmentChangeInput[];
}

@InputType({ description: "A dated change of a contract. Everything that is wrong with it is refused at once." })
export class AmendContractInput extends AmendmentInput {
  @Field(() => ID, { description: "The contract." }) id!: string;
  @Field(() => Int, { description: "The version that the amendment was made on." }) version!: number;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "The end of a contract before its term." })
export class CancelContractInput {
  @Field(() => ID, { description: "The contract." }) id!: string;
  @Field(() => Int, { description: "The version that the cancellation was made on." }) version!: number;
  @Field(() => PlainDateScalar, { description: "The first day on which it is over." }) effectiveOn!: PlainDate;
  @Field(() => CancellationEndEnum, {
    defaultValue: "date",
    description: "On the day, or when what is billed on it runs out.",
  })
  at!: "date" | "period_end";
  @Field(() => UnusedTimeEnum, { description: "What becomes of time that was billed in advance." })
  unusedTime!: UnusedTime;
  @Field(() => String, { description: REASON }) reason!: string;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "The last cancellation is taken back." })
export class ResumeContractInput {
  @Field(() => ID, { description: "The contract." }) id!: string;
  @Field(() => Int, { description: "The version that the resumption was made on." }) version!: number;
  @Field(() => PlainDateScalar, {
    description: "The first day that is billed again. The day of the cancellation: as if it had not been.",
  })
  effectiveOn!: PlainDate;
  @Field(() => String, { description: REASON }) reason!: string;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "A further term ahead of the day on which the contract would renew, or without a rule." })
export class RenewContractInput {
  @Field(() => ID, { description: "The contract." }) id!: string;
  @Field(() => Int, { description: "The version that the renewal was made on." }) version!: number;
  @Field(() => Int, { nullable: true, description: "1 to 120; default: as the contract's rule says." })
  months?: number | null;
  @Field(() => PercentScalar, {
    nullable: true,
    description: "From 0 to 100, put on every recurring price; default: as the contract's rule says.",
  })
  upliftPercent?: Decimal | null;
  @Field(() => String, { defaultValue: "Renewed.", description: REASON }) reason!: string;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

/** What may be left out is there, as null. */
export const newAmendmentOf = ({ effectiveOn, unusedTime, reason, changes }: AmendmentInput): NewAmendment => ({
  effectiveOn,
  unusedTime,
  reason,
  changes: changes.map(newChangeOf),
});

function newChangeOf({ cancel, resume, ...others }: AmendmentChangeInput): NewChange {
  const given = givenIn({ cancel, resume: resume || null, ...others });
  if (given.length !== 1) return { kind: "unclear", given };
  if (cancel) return { kind: "cancel", at: cancel.at };
  return resume ? { kind: "resume" } : changeOfTermsOf(others);
}

/** The names of the changes that are there. */
export const givenIn = (input: object): string[] =>
  Object.entries(input).flatMap(([name, value]) => (value === null || value === undefined ? [] : [name]));

/** What is changed of the terms, which is one of these; ending, resuming and renewing are not among them. */
export function changeOfTermsOf(
  input: Omit<AmendmentChangeInput, "cancel" | "resume">,
): Exclude<NewChange, { readonly kind: "cancel" | "resume" }> {
  const { addCharge, removeCharge, replaceCharge, changeQuantity, changePrice, changeDiscounts } = input;
  const { addMinimum, addMaximum, endBound, addDiscount, endDiscount, extend } = input;
  if (addCharge) {
    const { charge, endsBefore = null } = addCharge;
    return { kind: "add_charge", charge: amendedChargeOf(charge), endsBefore };
  }
  if (removeCharge) return { kind: "remove_charge", lineageId: removeCharge.lineageId };
  if (replaceCharge) {
    return {
      kind: "replace_charge",
      lineageId: replaceCharge.lineageId,
      charge: amendedChargeOf(replaceCharge.charge),
    };
  }
  if (changeQuantity) {
    return { kind: "change_quantity", ...changeQuantity, endsBefore: changeQuantity.endsBefore ?? null };
  }
  if (changePrice) {
    const { lineageId, priceId = null, customTerms: terms, endsBefore = null } = changePrice;
    return { kind: "change_price", lineageId, priceId, customTerms: terms ? customTerms(terms) : null, endsBefore };
  }
  if (changeDiscounts) {
    const { lineageId, discounts, endsBefore = null } = changeDiscounts;
    return { kind: "change_discounts", lineageId, discounts: discounts.map(newDiscountOf), endsBefore };
  }
  if (addMinimum) return { kind: "add_bound", bound: "minimum", terms: newBoundOf("minimum")(addMinimum) };
  if (addMaximum) return { kind: "add_bound", bound: "maximum", terms: newBoundOf("maximum")(addMaximum) };
  if (endBound) return { kind: "end_bound", boundId: endBound.boundId };
  if (addDiscount) return { kind: "add_discount", discount: newContractDiscountOf(addDiscount) };
  if (endDiscount) return { kind: "end_discount", discountId: endDiscount.discountId };
  if (extend) return { kind: "extend", endsBefore: extend.endsBefore ?? null };
  return { kind: "unclear", given: givenIn(input) };
}

const amendedChargeOf = (charge: AmendedChargeInput): AmendedCharge => ({
  priceId: charge.priceId,
  customTerms: charge.customTerms ? customTerms(charge.customTerms) : null,
  quantity: charge.quantity ?? null,
  description: charge.description ?? null,
  discounts: charge.discounts.map(newDiscountOf),
});
