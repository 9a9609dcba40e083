import type { PlainDate } from "../../domain/calendar/plain-date";
import type { AmendmentChangeOf, UnusedTime } from "../../domain/contract/amendment";
import type { Decimal } from "../../domain/money/decimal";
import type { CustomTerms } from "../catalog";
import type { NewBound, NewCharge, NewContractDiscount, NewDiscount } from "./new-contract";

/** An amendment as it is asked for: nothing checked, nothing looked up. */
export type NewAmendment = {
  readonly effectiveOn: PlainDate;
  readonly unusedTime: UnusedTime;
  readonly reason: string;
  readonly changes: readonly NewChange[];
};

/** A charge as an amendment adds it: what tries or ramps up is a further amendment. */
export type AmendedCharge = Omit<NewCharge, "trial" | "ramp">;

export type NewChange =
  | { readonly kind: "add_charge"; readonly charge: AmendedCharge; readonly endsBefore: PlainDate | null }
  | { readonly kind: "replace_charge"; readonly lineageId: string; readonly charge: AmendedCharge }
  | (OfLineage<"change_quantity"> & { readonly quantity: Decimal })
  /** null: the price that the charge has, with other terms */
  | (OfLineage<"change_price"> & { readonly priceId: string | null; readonly customTerms: CustomTerms | null })
  | (OfLineage<"change_discounts"> & { readonly discounts: readonly NewDiscount[] })
  | { readonly kind: "add_bound"; readonly bound: "minimum" | "maximum"; readonly terms: NewBound }
  | { readonly kind: "add_discount"; readonly discount: NewContractDiscount }
  /** A further term after the present one, with the recurring prices raised: effective on its end, before other changes. */
  | { readonly kind: "renew"; readonly months: number; readonly upliftPercent: Decimal | null }
  | AmendmentChangeOf<"remove_charge" | "end_bound" | "end_discount" | "extend" | "cancel" | "resume">
  /** Not exactly one change was asked for. */
  | { readonly kind: "unclear"; readonly given: readonly string[] };

type OfLineage<Kind extends string> = {
  readonly kind: Kind;
  readonly lineageId: string;
  readonly endsBefore: PlainDate | null;
};
