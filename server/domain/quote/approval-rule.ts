import type { LateUsagePolicy } from "../contract/contract";
import type { Decimal } from "../money/decimal";
import { unreachable } from "../unreachable";

/** Whose approval a rule asks for; analysts and integrations approve nothing. */
export type ApproverRole = "admin" | "finance" | "sales";

/** Anybody of a role, or one member. */
export type Approver =
  | { readonly kind: "role"; readonly role: ApproverRole }
  | { readonly kind: "member"; readonly memberId: string };

/** What a discount is measured on: the whole quote, each line or group of lines, or both. */
export type DiscountMeasure = "overall" | "line" | "either";

/** When a rule applies. `over` is more than: what is exactly at the limit needs nobody. */
export type ApprovalCondition =
  | { readonly kind: "discount"; readonly overPercent: Decimal; readonly of: DiscountMeasure }
  | { readonly kind: "term"; readonly overMonths: number }
  | { readonly kind: "no_end" }
  /** In a currency, of quotes in it; null: of all quotes, turned into the base currency. */
  | { readonly kind: "total"; readonly overAmount: Decimal; readonly currency: string | null }
  | { readonly kind: "currency"; readonly otherThan: readonly string[] }
  | { readonly kind: "payment_terms"; readonly overDays: number }
  | { readonly kind: "custom_prices" }
  | { readonly kind: "notes" }
  | { readonly kind: "renewal"; readonly is: "present" | "absent" }
  /** It renews, and the prices stay. */
  | { readonly kind: "uplift_waived" }
  | { readonly kind: "trial"; readonly overDays: number }
  | { readonly kind: "late_usage"; readonly policies: readonly LateUsagePolicy[] }
  /** A guard rail of the price book that may be crossed with an approval. */
  | { readonly kind: "guard_rails" };

export type ApprovalRule = {
  readonly id: string;
  readonly name: string;
  readonly condition: ApprovalCondition;
  /** Asked one after the other; at least one. */
  readonly approvers: readonly Approver[];
  /** Rules are asked in this order, those of one position by name. */
  readonly position: number;
  /** Whoever submits a quote may be one of its approvers. */
  readonly allowsOwn: boolean;
};

/** A condition as people say it: "Discount over 15 %". */
export function conditionInWords(condition: ApprovalCondition): string {
  switch (condition.kind) {
    case "discount":
      return `Discount over ${percentInWords(condition.overPercent)}${ON[condition.of]}`;
    case "term":
      return `Term over ${countInWords(condition.overMonths, "month")}`;
    case "no_end":
      return "Term without an end";
    case "total":
      return `Total over ${amountInWords(condition.overAmount)} ${condition.currency ?? "in the base currency"}`;
    case "currency":
      return `Currency other than ${condition.otherThan.join(", ")}`;
    case "payment_terms":
      return `Payment terms over ${countInWords(condition.overDays, "day")}`;
    case "custom_prices":
      return "Prices of its own";
    case "notes":
      return "Notes of its own";
    case "renewal":
      return condition.is === "present" ? "Renews by itself" : "Does not renew by itself";
    case "uplift_waived":
      return "Renews at the same prices";
    case "trial":
      return `Trial over ${countInWords(condition.overDays, "day")}`;
    case "late_usage":
      return `Late usage: ${condition.policies.map((policy) => LATE_USAGE[policy]).join(", ")}`;
    case "guard_rails":
      return "Outside the guard rails of the price book";
    default:
      return unreachable(condition);
  }
}

const ON: Readonly<Record<DiscountMeasure, string>> = {
  overall: " overall",
  line: " on a line",
  either: "",
};

export const LATE_USAGE: Readonly<Record<LateUsagePolicy, string>> = {
  next_invoice: "on the next invoice",
  credit_and_rebill: "credited and billed again",
  ignore_with_report: "not billed",
};

export const percentInWords = (percent: Decimal): string => `${percent.toDecimalPlaces(2).toFixed()} %`;

/** "1,234,567.50": of amounts at least two decimals where there are any. */
export function amountInWords(amount: Decimal): string {
  const [whole = "", fraction = ""] = amount.abs().toFixed().split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return `${amount.isNegative() ? "−" : ""}${grouped}${fraction && `.${fraction.padEnd(2, "0")}`}`;
}

export const countInWords = (count: number | Decimal, unit: string): string =>
  `${count.toFixed(0)} ${unit}${count.toFixed(0) === "1" ? "" : "s"}`;
