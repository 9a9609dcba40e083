import { addDays, type PlainDate, plainDate } from "../../server/domain/calendar/plain-date";
import type { Charge, Contract, MinimumCommitment, Phase } from "../../server/domain/contract/contract";
import { expectedLines } from "../../server/domain/invoice/expected-lines";
import type { BilledLine, Line, ProposedInvoice } from "../../server/domain/invoice/line";
import { type BillingWindow, planSegments } from "../../server/domain/invoice/plan-segments";
import { proposeInvoices } from "../../server/domain/invoice/propose-invoices";
import type { Readings } from "../../server/domain/invoice/readings";
import type { SegmentPlan } from "../../server/domain/invoice/segment";
import { currency } from "../../server/domain/money/currency";
import { Decimal } from "../../server/domain/money/decimal";
import { moneyText } from "../../server/domain/money/money";
import { percent } from "../../server/domain/money/percent";
import type { Discount, DiscountPosition } from "../../server/domain/pricing/discount";
import type { SeatHistory } from "../../server/domain/pricing/seats";
import { aggregate, type DailyUsage } from "../../server/domain/usage/aggregate";

export const EUR = currency("EUR");
export const day = plainDate;
export const decimal = (value: string | number): Decimal => new Decimal(value);

type Loose<T> = { readonly [K in keyof T]?: T[K] | undefined };

/** A flat monthly fee of 100.00 in arrears, unless said otherwise. The lineage names the charge. */
export function charge(lineageId: string, terms: Loose<Charge> = {}): Charge {
  return {
    id: `${lineageId}-charge`,
    lineageId,
    productId: `${lineageId}-product`,
    description: lineageId,
    price: { model: "flat", fee: decimal(100) },
    quantity: decimal(1),
    metricId: null,
    cadence: "monthly",
    timing: "in_arrears",
    proration: "by_days",
    discounts: [],
    ...(terms as Partial<Charge>),
  };
}

/** One phase over the term, from 1 January 2026 without end, in euros, unless said otherwise. */
export function contract(charges: readonly Charge[], terms: Loose<Contract> = {}): Contract {
  const startsOn = terms.startsOn ?? day("2026-01-01");
  const endsBefore = terms.endsBefore ?? null;
  return {
    id: "contract",
    currency: EUR,
    startsOn,
    endsBefore,
    anchorOn: day("2026-01-01"),
    firstPeriod: "anchor",
    phases: [{ id: "phase", startsOn, endsBefore, charges }],
    minimums: [],
    billedThrough: null,
    ...(terms as Partial<Contract>),
  };
}

export function phase(startsOn: string, endsBefore: string | null, charges: readonly Charge[]): Phase {
  return { id: startsOn, startsOn: day(startsOn), endsBefore: endsBefore === null ? null : day(endsBefore), charges };
}

export function minimum(id: string, amount: string, terms: Loose<MinimumCommitment> = {}): MinimumCommitment {
  return {
    id,
    description: id,
    amount: decimal(amount),
    cadence: "monthly",
    lineageIds: "all",
    proration: "by_days",
    ...(terms as Partial<MinimumCommitment>),
  };
}

type DiscountTermsGiven = { readonly id?: string; readonly position?: DiscountPosition; readonly endsBefore?: string };

const discountTerms = ({ id = "discount", position = "before_minimum", endsBefore }: DiscountTermsGiven) => ({
  id,
  description: id,
  position,
  endsBefore: endsBefore === undefined ? null : day(endsBefore),
});

export const percentOff = (value: string, given: DiscountTermsGiven = {}): Discount => ({
  kind: "percent",
  percent: percent(value),
  ...discountTerms(given),
});

export const amountOff = (value: string, given: DiscountTermsGiven = {}): Discount => ({
  kind: "fixed",
  amount: decimal(value),
  ...discountTerms(given),
});

/** What happened: usage by metric and day, and seats by lineage. */
export type World = {
  readonly usage?: { readonly [metricId: string]: readonly DailyUsage[] };
  readonly seats?: { readonly [lineageId: string]: SeatHistory };
};

export function used(on: string, sum: string | number, count: string | number = 1): DailyUsage {
  return { on: day(on), sum: decimal(sum), count: decimal(count), maximum: decimal(sum) };
}

/** Answers a plan as the shell does: a reading for each one wanted. */
export function readingsFor(plan: SegmentPlan, world: World): Readings {
  return {
    usage: plan.usageWanted.map(({ metricId, period }) => ({
      metricId,
      period,
      ...aggregate("sum", world.usage?.[metricId] ?? [], period),
    })),
    seats: plan.seatsWanted.flatMap(({ lineageId, period }) => {
      const history = world.seats?.[lineageId];
      return history ? [{ lineageId, period, ...history }] : [];
    }),
  };
}

export function linesDue(terms: Contract, window: BillingWindow, world: World = {}): Line[] {
  const plan = planSegments(terms, window);
  return expectedLines(terms, plan, readingsFor(plan, world)).filter(
    ({ dueOn }) => window.from <= dueOn && dueOn <= window.through,
  );
}

export type Billing = {
  readonly asOf: string;
  readonly from?: string;
  readonly world?: World;
  readonly billed?: readonly BilledLine[];
};

export function propose(
  terms: Contract,
  { asOf, from = terms.startsOn, world = {}, billed = [] }: Billing,
): ProposedInvoice[] {
  const window = { from: day(from), through: day(asOf) };
  const readings = readingsFor(planSegments(terms, window), world);
  return proposeInvoices({ contract: terms, ...readings, billed, asOf: window.through, from: window.from });
}

/** What issuing the proposed invoices leaves behind. */
export const issue = (invoices: readonly ProposedInvoice[]): BilledLine[] => invoices.flatMap(({ lines }) => lines);

/** Lines in short: "kind description: net". */
export const inShort = (lines: readonly Line[]): string[] =>
  lines.map(({ kind, description, net }) => `${kind} ${description}: ${moneyText(net)}`);

export const netsOf = (lines: readonly Line[]): string[] => lines.map(({ net }) => moneyText(net));

export const lastDayBefore = (endsBefore: string): PlainDate => addDays(day(endsBefore), -1);
