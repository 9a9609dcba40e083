import type { Cadence, FirstPeriod, RecurringCadence } from "../calendar/cadence";
import type { PaymentTerms } from "../calendar/payment-terms";
import type { PlainDate } from "../calendar/plain-date";
import type { UnusedTime } from "../contract/amendment";
import type { BillingTiming, LateUsagePolicy } from "../contract/contract";
import type { DiscountPosition } from "../pricing/discount";
import type { PriceModelName } from "../pricing/price";
import type { StoredTerms } from "../pricing/price-terms";
import type { ProrationRule } from "../pricing/prorate";

/**
 * What a version of a quote offers, as plain data: it is stored, hashed, compared and edited cell by cell as it stands
 * here. Amounts are in the currency of the quote; amounts, quantities and percents are decimal text without trailing
 * zeros. What people may name or edit has an id that stays the same over versions.
 */
export type QuoteTerms = SaleTerms | AmendmentTerms;

/** A new contract, with the trials and ramps that its phases are compiled from. */
export type SaleTerms = {
  readonly kind: "sale";
  /** As people call it; becomes the name of the contract. */
  readonly name: string;
  /** ISO 4217 code. */
  readonly currency: string;
  readonly startsOn: PlainDate;
  /** The day after the last; null: until further notice. */
  readonly endsBefore: PlainDate | null;
  /** null: the start */
  readonly anchorOn: PlainDate | null;
  readonly firstPeriod: FirstPeriod;
  /** null: the customer's, else the organization's */
  readonly paymentTerms: PaymentTerms | null;
  readonly poNumber: string | null;
  /** null: the contract ends with its term */
  readonly renewal: QuoteRenewal | null;
  readonly rollsUpUsage: boolean;
  readonly lateUsage: LateUsagePolicy;
  /** Printed on the document: what the parties agreed in words. */
  readonly notes: string | null;
  /** In order; without gaps over the term before the quote is submitted. */
  readonly phases: readonly QuotePhase[];
  readonly minimums: readonly QuoteBound[];
  readonly maximums: readonly QuoteBound[];
  /** Over several lines, after the lines' own, in this order. */
  readonly discounts: readonly QuoteDiscount[];
};

export type QuoteRenewal = {
  readonly months: number;
  readonly noticeDays: number;
  readonly upliftPercent: string | null;
};

export type QuotePhase = {
  readonly id: string;
  /** null: "Phase 1" and so on */
  readonly name: string | null;
  readonly startsOn: PlainDate;
  /** null: to the start of the next phase, or the end of the term */
  readonly endsBefore: PlainDate | null;
  readonly lines: readonly QuoteLine[];
};

/** One price in one phase. */
export type QuoteLine = {
  readonly id: string;
  readonly priceId: string;
  /** In the place of the listed price's own terms; null: those. */
  readonly customPrice: CustomPrice | null;
  /** Contracted units; null: 1, of a seat price 0 */
  readonly quantity: string | null;
  /** As it stands on invoices; null: the name of the price */
  readonly description: string | null;
  readonly discounts: readonly LineDiscount[];
  readonly trial: QuoteTrial | null;
  readonly ramp: readonly QuoteRampStep[];
};

/** The terms are for one period of the cadence. What is absent is as it is listed. */
export type CustomPrice = {
  readonly model: PriceModelName;
  readonly terms: StoredTerms;
  readonly cadence?: Cadence | null;
  readonly timing?: BillingTiming | null;
};

/** Exactly one of percent and amount. A discount with the same id in two phases is one: a fixed one is given once. */
export type LineDiscount = {
  readonly id: string;
  readonly description: string;
  readonly percent: string | null;
  readonly amount: string | null;
  readonly endsBefore: PlainDate | null;
  readonly position: DiscountPosition;
};

/** Exactly one of days and months. */
export type QuoteTrial = { readonly days: number | null; readonly months: number | null; readonly percentOff: string };

/** Exactly one of startsOn and afterMonths, and a quantity, a price, or both. */
export type QuoteRampStep = {
  readonly id: string;
  readonly startsOn: PlainDate | null;
  readonly afterMonths: number | null;
  readonly quantity: string | null;
  readonly priceId: string | null;
  readonly customPrice: CustomPrice | null;
};

/** At least, or at most, this much per period. */
export type QuoteBound = {
  readonly id: string;
  readonly description: string;
  readonly amount: string;
  readonly cadence: RecurringCadence | "term";
  readonly startsOn: PlainDate | null;
  readonly endsBefore: PlainDate | null;
  readonly proration: ProrationRule;
  /** null: all lines */
  readonly lineageIds: readonly string[] | null;
  readonly productId: string;
};

/** Over several lines. Exactly one of percent and amount; a cadence with an amount alone. */
export type QuoteDiscount = {
  readonly id: string;
  readonly description: string;
  readonly percent: string | null;
  readonly amount: string | null;
  readonly cadence: Cadence | null;
  readonly scope: QuoteDiscountScope;
  /** null: after the minimum for whole invoices, before it for parts of them */
  readonly position: DiscountPosition | null;
  readonly startsOn: PlainDate | null;
  readonly endsBefore: PlainDate | null;
};

export type QuoteDiscountScope =
  | { readonly kind: "invoice" }
  | { readonly kind: "group"; readonly lineageIds: readonly string[] }
  /** A minimum of the same terms. */
  | { readonly kind: "commitment"; readonly boundId: string };

/** A dated change of a running contract: an upgrade, a renewal, an extension. */
export type AmendmentTerms = {
  readonly kind: "amendment";
  readonly name: string;
  /** The contract's. */
  readonly currency: string;
  /** The revision of the contract's schedule that the changes were agreed on; a later one may make them others. */
  readonly contractRevision: number;
  readonly effectiveOn: PlainDate;
  readonly unusedTime: UnusedTime;
  /** Becomes the reason of the amendment. */
  readonly reason: string;
  readonly notes: string | null;
  /** Made in this order. */
  readonly changes: readonly QuoteChange[];
};

/** One change. It holds from the effective day, before `endsBefore` where one is given. */
export type QuoteChange = { readonly id: string } & (
  | { readonly kind: "add_line"; readonly line: ChangedLine; readonly endsBefore: PlainDate | null }
  | { readonly kind: "remove_line"; readonly lineageId: string }
  | { readonly kind: "replace_line"; readonly lineageId: string; readonly line: ChangedLine }
  | {
      readonly kind: "change_quantity";
      readonly lineageId: string;
      /** All units, not the difference. */
      readonly quantity: string;
      readonly endsBefore: PlainDate | null;
    }
  | {
      readonly kind: "change_price";
      readonly lineageId: string;
      readonly priceId: string | null;
      readonly customPrice: CustomPrice | null;
      readonly endsBefore: PlainDate | null;
    }
  | {
      readonly kind: "change_discounts";
      readonly lineageId: string;
      readonly discounts: readonly LineDiscount[];
      readonly endsBefore: PlainDate | null;
    }
  | { readonly kind: "add_minimum" | "add_maximum"; readonly bound: QuoteBound }
  | { readonly kind: "end_bound"; readonly boundId: string }
  | { readonly kind: "add_discount"; readonly discount: QuoteDiscount }
  | { readonly kind: "end_discount"; readonly discountId: string }
  /** null: until further notice */
  | { readonly kind: "extend"; readonly endsBefore: PlainDate | null }
  /** A further term of so many months, with the recurring prices raised. */
  | { readonly kind: "renew"; readonly months: number; readonly upliftPercent: string | null }
);

export type ChangedLine = Pick<QuoteLine, "priceId" | "customPrice" | "quantity" | "description" | "discounts">;
