import type { PaymentTerms } from "../../server/domain/calendar/payment-terms";
import type { PlainDate } from "../../server/domain/calendar/plain-date";
import type { PlainMonth } from "../../server/domain/calendar/plain-month";
import type { DemoCurrency, MetricKey, PriceKey, ProductKey } from "./catalog";
import type { Random } from "./random";

/** A customer as the demo thinks of it: who it is, what was agreed, what it uses. */
export type CustomerPlan = {
  readonly name: string;
  readonly currency: DemoCurrency;
  /** the key under which the usage stream knows it */
  readonly alias: string;
  readonly address: Address;
  readonly segment: "Key account" | "Mid market" | "Small business";
  readonly paymentTerms?: PaymentTerms;
  readonly contract: ContractPlan;
  readonly seats?: readonly SeatPlan[];
  readonly usage: (month: PlainMonth, random: Random) => readonly UsageRun[];
  /** companies below it, each with an alias of its own and no contract */
  readonly children?: readonly ChildPlan[];
  /** billing months whose invoices it does not pay as it usually does: the story tells what becomes of them */
  readonly unpaidMonths?: readonly string[];
};

export type ChildPlan = Pick<CustomerPlan, "name" | "alias" | "address">;

export type Address = { readonly lines: readonly string[]; readonly country: string };

export type ContractPlan = {
  readonly name: string;
  readonly startsOn: PlainDate;
  readonly endsBefore: PlainDate;
  /** default: the first day of the month in which it starts */
  readonly anchorOn?: PlainDate;
  readonly poNumber?: string;
  readonly phases: readonly PhasePlan[];
  readonly minimum?: MinimumPlan;
  /** the usage of its children counts as its own */
  readonly rollsUpUsage?: boolean;
};

export type PhasePlan = {
  readonly name?: string;
  readonly startsOn: PlainDate;
  readonly charges: readonly ChargePlan[];
};

export type ChargePlan = {
  readonly price: PriceKey;
  readonly quantity?: number;
  readonly discounts?: readonly DiscountPlan[];
};

export type DiscountPlan = { readonly description: string; readonly percent: string; readonly endsBefore?: PlainDate };

/** So much a month over the prices it covers. */
export type MinimumPlan = {
  readonly description: string;
  readonly amount: string;
  readonly covers: readonly PriceKey[];
  readonly product: ProductKey;
};

export type SeatPlan = { readonly price: PriceKey; readonly on: PlainDate; readonly seats: number };

/** What was used of a metric on some days: its total for a sum, its peak for a maximum. */
export type UsageRun = {
  readonly metric: MetricKey;
  readonly alias: string;
  readonly from: PlainDate;
  readonly endsBefore: PlainDate;
  readonly quantity: number;
  /** where it came late and in one file: the name of the file, and when; without one it came daily */
  readonly delivery?: { readonly name: string; readonly at: Date };
};

/** One phase over the whole term. */
export const singlePhase = (startsOn: PlainDate, charges: readonly ChargePlan[]): readonly PhasePlan[] => [
  { startsOn, charges },
];
