import type { Period } from "../calendar/period";
import type { PlainDate } from "../calendar/plain-date";
import type { PlainMonth } from "../calendar/plain-month";
import type { Currency } from "../money/currency";
import type { Decimal } from "../money/decimal";

/** At list prices, what is taken off, and what is left. `discountPercent` of list, null where list is zero. */
export type PriceFigures = {
  readonly list: Decimal;
  readonly discount: Decimal;
  readonly net: Decimal;
  readonly discountPercent: Decimal | null;
};

/**
 * What a quote comes to, by the engine that will bill it, in the currency of the quote; with tax in it only where its
 * prices have it in them. The committed part is what is owed whatever is used: no usage at all and the contracted seats,
 * true-ups of minimums included. List is the same quantities at the listed prices, without trials and discounts.
 */
export type QuoteFigures = {
  readonly currency: Currency;
  /** The days that are looked at: the term, or a year of a quote without an end. */
  readonly term: Period;
  readonly hasEnd: boolean;
  /** Months of the term; a part of a month counts by its days. */
  readonly termMonths: Decimal;
  /** The committed part over the term. `net` is the total contract value (TCV). */
  readonly total: PriceFigures;
  /** What of TCV falls due once. */
  readonly oneTime: Decimal;
  /** TCV less what falls due once, for twelve months of the term. */
  readonly annualContractValue: Decimal;
  /** Neither overlapping nor missing a day; they add up to the total. */
  readonly phases: readonly PhaseFigures[];
  /** From the start of the term; they add up to the total. */
  readonly years: readonly YearFigures[];
  /** Over the whole term; with the true-ups, caps and discounts over several lines they add up to the total. */
  readonly lines: readonly LineFigures[];
  /** With what is assumed to be used; null: nothing was assumed. */
  readonly withUsage: WithUsage | null;
  /** The first twelve, as they would fall, with what is assumed to be used. */
  readonly invoices: readonly FirstInvoice[];
};

export type PhaseFigures = PriceFigures & {
  readonly phaseId: string;
  readonly name: string;
  readonly period: Period;
  /** What the full periods of the phase's recurring lines come to per month, after discounts: 0 in a free trial. */
  readonly monthlyRecurring: Decimal;
  /** Twelve times that. */
  readonly annualRecurring: Decimal;
};

export type YearFigures = PriceFigures & { readonly ordinal: number; readonly period: Period };

export type LineFigures = PriceFigures & {
  readonly lineId: string;
  readonly phaseId: string;
  readonly description: string;
  /** Rated by usage: its figures are what is owed without any. */
  readonly isMetered: boolean;
};

export type WithUsage = { readonly usage: Decimal; readonly total: Decimal };

export type FirstInvoice = {
  readonly billsOn: PlainDate;
  readonly billingMonth: PlainMonth;
  readonly net: Decimal;
  readonly lineCount: number;
};
