import type { PlainDate } from "../calendar/plain-date";
import type { Decimal } from "../money/decimal";
import type { Discount } from "../pricing/discount";
import type { Price } from "../pricing/price";
import type { Problem } from "../problem";
import type { Charge, ContractDiscount, SpendBound } from "./contract";
import type { ContractProblemCode } from "./contract-problem";

/** A dated change of a contract, kept as a record of its own: the contract as signed is never edited. */
export type Amendment = {
  readonly id: string;
  readonly effectiveOn: PlainDate;
  readonly unusedTime: UnusedTime;
  /** Made in this order; never empty. */
  readonly changes: readonly AmendmentChange[];
};

/**
 * What becomes of time that was billed in advance. `credit`: the change holds from its day, and what was billed for the
 * days after it is given back. `keep`: a charge billed in advance runs to the end of the full period that holds the
 * day, and changes only then. A charge in arrears changes on the day either way.
 */
export type UnusedTime = "credit" | "keep";

/**
 * One change. It holds from the day of its amendment to the end of the term, over the phases that follow, or before
 * `endsBefore` where one is given.
 */
export type AmendmentChange =
  | { readonly kind: "add_charge"; readonly charge: Charge; readonly endsBefore: PlainDate | null }
  | { readonly kind: "remove_charge"; readonly lineageId: string }
  /** An upgrade or downgrade to another product or price. The lineage stays, whatever the given charge says. */
  | { readonly kind: "replace_charge"; readonly lineageId: string; readonly charge: Charge }
  | {
      readonly kind: "change_quantity";
      readonly lineageId: string;
      readonly quantity: Decimal;
      readonly endsBefore?: PlainDate | null;
    }
  | {
      readonly kind: "change_price";
      readonly lineageId: string;
      readonly price: Price;
      readonly endsBefore?: PlainDate | null;
    }
  /** Puts these in the place of all discounts of the charge. */
  | {
      readonly kind: "change_discounts";
      readonly lineageId: string;
      readonly discounts: readonly Discount[];
      readonly endsBefore?: PlainDate | null;
    }
  /** Terms without a first day hold from the day of the amendment. */
  | { readonly kind: "add_bound"; readonly bound: "minimum" | "maximum"; readonly terms: SpendBound }
  | { readonly kind: "end_bound"; readonly boundId: string }
  /** A discount without a first day holds from the day of the amendment. */
  | { readonly kind: "add_discount"; readonly discount: ContractDiscount }
  | { readonly kind: "end_discount"; readonly discountId: string }
  /** Null: until further notice. What runs to the end of the term runs to the new one. */
  | { readonly kind: "extend"; readonly endsBefore: PlainDate | null }
  /** `date`: on the day, with regard to unused time. `period_end`: each charge runs to the end of its full period. */
  | { readonly kind: "cancel"; readonly at: "date" | "period_end" }
  /** Takes the last cancellation back, from the day on. */
  | { readonly kind: "resume" };

export type AmendmentChangeKind = AmendmentChange["kind"];

export type AmendmentChangeOf<Kind extends AmendmentChangeKind> = Extract<AmendmentChange, { readonly kind: Kind }>;

export type AmendmentProblemCode =
  | "AMENDMENT_OUTSIDE_TERM"
  | "LINEAGE_UNKNOWN"
  | "LINEAGE_ALREADY_BILLED"
  | "CONTRACT_CANCELLED"
  | "NOT_CANCELLED"
  | "EXTENSION_NOT_LATER"
  | "BOUND_UNKNOWN"
  | "DISCOUNT_UNKNOWN"
  | "CHANGE_STARTS_BEFORE_AMENDMENT"
  | "CHANGE_ENDS_BEFORE_IT_STARTS";

/**
 * Refusals of an amendment have their place from the list as given: amendments, index, then effectiveOn or changes,
 * index, field. Those of the contract that would come out have their place in that contract.
 */
export type AmendmentProblem = Problem<AmendmentProblemCode | ContractProblemCode>;
