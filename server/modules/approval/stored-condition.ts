import { Decimal } from "../../domain/money/decimal";
import type { ApprovalCondition } from "../../domain/quote/approval-rule";

/** A condition as it is stored: decimals as text. */
export type StoredCondition = WithText<ApprovalCondition>;
type WithText<C> = C extends ApprovalCondition
  ? { readonly [K in keyof C]: C[K] extends Decimal ? string : C[K] }
  : never;

export function storedCondition(condition: ApprovalCondition): StoredCondition {
  switch (condition.kind) {
    case "discount":
      return { ...condition, overPercent: condition.overPercent.toFixed() };
    case "total":
      return { ...condition, overAmount: condition.overAmount.toFixed() };
    default:
      return condition;
  }
}

export function conditionFrom(stored: StoredCondition): ApprovalCondition {
  switch (stored.kind) {
    case "discount":
      return { ...stored, overPercent: new Decimal(stored.overPercent) };
    case "total":
      return { ...stored, overAmount: new Decimal(stored.overAmount) };
    default:
      return stored;
  }
}
