import type { Period } from "../calendar/period";
import type { PlainDate } from "../calendar/plain-date";
import type { PlainMonth } from "../calendar/plain-month";
import type { Line } from "../invoice/line";
import type { Currency } from "../money/currency";
import type { Decimal } from "../money/decimal";

/** At list prices, what is taken off, and what is left. `discountPercent` of list, to two decimals; null where list is zero. */
export type PriceFigures = {
  readonly list: Decimal;
  /** Below zero where more is asked than is listed. */
  readonly discount: Decimal;
  readonly net: Decimal;
  readonly discountPercent: Decimal | null;
};

/**
 * What a quote comes to, by the engine that will bill it, in the currency of the quote; with tax in it only where its
 * prices have it in them. The committed part is what is owed whatever is used: no usage at all and the contracted seats,
 * true-ups of minimums included. List is the same quantities at the listed prices, with the minimums, and without
 * trials, discounts, negotiated prices and maximums, so that each of these counts as taken off. Phases and years have
 * what is owed for service in their days: a service period that reaches over a boundary is shared by its days.
 */
export type QuoteFigures = {
  readonly currency: Currency;
  /** The days that are looked at: the term; of a quote without an end until its last phase has run a year. */
  readonly term: Period;
  readonly hasEnd: boolean;
  /** Months of the term; a part of a month counts by its days. */
  readonly termMonths: Decimal;
  /** The committed part over the term. `net` is the total contract value (TCV). */
  readonly total: PriceFigures;
  /** What of TCV falls due once. */
  readonly oneTime: Decimal;
  /** TCV less what falls due once, for twelve months of the term (ACV). */
  readonly annualContractValue: Decimal;
  /** Neither overlapping nor missing a day; they add up to the total. */
  readonly phases: readonly PhaseFigures[];
  /** Of the contract, from the start of the term; they add up to the total. */
  readonly years: readonly YearFigures[];
  /** Over the whole term; with what stands over several lines they add up to the total. */
  readonly lines: readonly LineFigures[];
  /** The true-ups of minimums, the caps of maximums, and the discounts over several lines, each over the whole term. */
  readonly overLines: readonly OverLinesFigures[];
  /** With what is assumed to be used; null: nothing was assumed. */
  readonly withUsage: WithUsage | null;
  /** The first twelve, as they would fall, with what is assumed to be used. */
  readonly invoices: readonly FirstInvoice[];
};

/** What recurs, per month and per year; see monthlyRecurring. */
export type RecurringFigures = { readonly monthlyRecurring: Decimal; readonly annualRecurring: Decimal };

/** The recurring figures are those at the end of the phase, when its trials are over and its ramps are climbed. */
export type PhaseFigures = PriceFigures &
  RecurringFigures & {
    readonly phaseId: string;
    readonly name: string;
    readonly period: Period;
    /** How trials, ramps and discounts of a time change what recurs in the phase; at least one, without gaps. */
    readonly steps: readonly RecurringStep[];
  };

export type RecurringStep = RecurringFigures & { readonly period: Period };

/** The last one may be shorter than a year. */
export type YearFigures = PriceFigures & { readonly ordinal: number; readonly period: Period };

export type LineFigures = PriceFigures & {
  readonly lineId: string;
  readonly phaseId: string;
  readonly description: string;
  /** Rated by usage: its figures are what is owed without any. */
  readonly isMetered: boolean;
};

/** Net is below zero for what takes off. */
export type OverLinesFigures = PriceFigures & {
  readonly kind: "minimum" | "maximum" | "discount";
  /** As the terms name it. */
  readonly id: string;
  readonly description: string;
};

/** What usage and seats add to the committed part, and both together. */
export type WithUsage = { readonly usage: Decimal; readonly total: Decimal };

export type FirstInvoice = {
  readonly billsOn: PlainDate;
  readonly billingMonth: PlainMonth;
  readonly net: Decimal;
  readonly lineCount: number;
  readonly lines: readonly Line[];
};
