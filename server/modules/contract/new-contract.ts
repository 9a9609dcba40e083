import type { FirstPeriod } from "../../domain/calendar/cadence";
import type { PaymentTerms } from "../../domain/calendar/payment-terms";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { LateUsagePolicy } from "../../domain/contract/contract";
import type { RenewalRule } from "../../domain/contract/renewal";
import type { Decimal } from "../../domain/money/decimal";
import type { Percent } from "../../domain/money/percent";
import type { DiscountPosition } from "../../domain/pricing/discount";
import type { ProrationRule } from "../../domain/pricing/prorate";
import type { CadenceName, CustomTerms } from "../catalog";

/** A contract as it is asked for: nothing checked, nothing looked up, null where a default is wanted. */
export type NewContract = {
  readonly customerId: string;
  readonly name: string;
  readonly number: string | null;
  readonly currency: string | null;
  readonly startsOn: PlainDate;
  readonly endsBefore: PlainDate | null;
  readonly anchorOn: PlainDate | null;
  readonly firstPeriod: FirstPeriod;
  readonly poNumber: string | null;
  readonly paymentTerms: PaymentTerms | null;
  readonly billedThroughOn: PlainDate | null;
  readonly rollsUpUsage: boolean;
  readonly lateUsage: LateUsagePolicy;
  /** null: the contract ends with its term */
  readonly renewal: NewRenewal | null;
  readonly phases: readonly NewPhase[];
  readonly minimums: readonly NewBound[];
  readonly maximums: readonly NewBound[];
  readonly discounts: readonly NewContractDiscount[];
};

export type NewRenewal = {
  readonly months: number;
  readonly noticeDays: number;
  readonly upliftPercent: Decimal | null;
};

/** The rule that is meant; none: the contract ends with its term. */
export const renewalRuleOf = (renewal: NewRenewal | null): RenewalRule =>
  renewal === null
    ? { kind: "none" }
    : { ...renewal, kind: "automatic", upliftPercent: renewal.upliftPercent as Percent | null };

export type NewPhase = {
  readonly name: string | null;
  readonly startsOn: PlainDate;
  readonly endsBefore: PlainDate | null;
  readonly charges: readonly NewCharge[];
};

export type NewCharge = {
  readonly priceId: string;
  /** In the place of the price's own terms; null: those. */
  readonly customTerms: CustomTerms | null;
  readonly quantity: Decimal | null;
  readonly description: string | null;
  readonly discounts: readonly NewDiscount[];
  readonly trial: NewTrial | null;
  readonly ramp: readonly NewRampStep[];
};

/** Exactly one of days and months is to be there. */
export type NewTrial = { readonly days: number | null; readonly months: number | null; readonly percentOff: Decimal };

/** Exactly one of startsOn and afterMonths is to be there, and a quantity, a price, or both. */
export type NewRampStep = {
  readonly startsOn: PlainDate | null;
  readonly afterMonths: number | null;
  readonly quantity: Decimal | null;
  readonly priceId: string | null;
  readonly customTerms: CustomTerms | null;
};

export type NewDiscount = {
  readonly key: string | null;
  readonly description: string;
  readonly percent: Decimal | null;
  readonly amount: MoneyAsked | null;
  readonly endsBefore: PlainDate | null;
  readonly position: DiscountPosition;
};

export type BoundCadenceName = Exclude<CadenceName, "one_time"> | "term";

export type NewBound = {
  /** Under which a discount of the same input names it. */
  readonly key: string | null;
  readonly description: string;
  readonly amount: MoneyAsked;
  readonly cadence: BoundCadenceName;
  readonly cadenceMonths: number | null;
  readonly startsOn: PlainDate | null;
  readonly endsBefore: PlainDate | null;
  readonly proration: ProrationRule;
  readonly lineageIds: readonly string[] | null;
  readonly productId: string;
};

/** Exactly one of percent and amount is to be there; a cadence with an amount alone. */
export type NewContractDiscount = {
  readonly description: string;
  readonly percent: Decimal | null;
  readonly amount: MoneyAsked | null;
  readonly cadence: CadenceName | null;
  readonly cadenceMonths: number | null;
  readonly scope: NewDiscountScope;
  readonly startsOn: PlainDate | null;
  readonly endsBefore: PlainDate | null;
  /** null: after the minimum for whole invoices, before it for parts of them */
  readonly position: DiscountPosition | null;
};

/** Exactly one of them is to be there; none: invoice. */
export type NewDiscountScope = {
  readonly invoice: boolean;
  readonly group: { readonly lineageIds: readonly string[] } | null;
  /** A minimum of the same input by its key, or one that the contract has by its id. */
  readonly commitment: { readonly key: string | null; readonly boundId: string | null } | null;
};

/** The currency as it was written, not yet known to be one. */
export type MoneyAsked = { readonly amount: Decimal; readonly currency: string };
