import { includes } from "../../server/domain/calendar/period";
import { addDays, type PlainDate, plainDate } from "../../server/domain/calendar/plain-date";
import type { Charge, Contract, Phase, SpendBound } from "../../server/domain/contract/contract";
import { groupBy } from "../../server/domain/group-by";
import { expectedLines } from "../../server/domain/invoice/expected-lines";
import type { BilledLine, Line, ProposedInvoice } from "../../server/domain/invoice/line";
import { type BillingWindow, planSegments } from "../../server/domain/invoice/plan-segments";
import { type BillingProposal, proposeInvoices } from "../../server/domain/invoice/propose-invoices";
import type { Readings, UsageReading } from "../../server/domain/invoice/readings";
import type { SegmentPlan, UsageWanted } from "../../server/domain/invoice/segment";
import { currency } from "../../server/domain/money/currency";
import { Decimal, ONE, ZERO } from "../../server/domain/money/decimal";
import { moneyText } from "../../server/domain/money/money";
import { percent } from "../../server/domain/money/percent";
import type { Discount, DiscountPosition } from "../../server/domain/pricing/discount";
import type { UsageGroup } from "../../server/domain/pricing/rate-matrix";
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
    isFreeTrial: false,
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
    maximums: [],
    discounts: [],
    billedThrough: null,
    lateUsage: "next_invoice",
    ...(terms as Partial<Contract>),
  };
}

export function phase(startsOn: string, endsBefore: string | null, charges: readonly Charge[]): Phase {
  return { id: startsOn, startsOn: day(startsOn), endsBefore: endsBefore === null ? null : day(endsBefore), charges };
}

export function minimum(id: string, amount: string, terms: Loose<SpendBound> = {}): SpendBound {
  return {
    id,
    description: id,
    amount: decimal(amount),
    cadence: "monthly",
    startsOn: null,
    endsBefore: null,
    lineageIds: "all",
    proration: "by_days",
    ...(terms as Partial<SpendBound>),
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

/** Something that a metric measured: what the event says of itself, and whose it is in a group of companies. */
export type WorldEvent = {
  readonly on: PlainDate;
  readonly quantity: Decimal;
  readonly values?: UsageGroup["values"];
  readonly customer?: string;
};

/**
 * What happened: usage by metric, and seats by lineage. Usage is either sums of days, or single events in order of
 * occurrence within a day, where prices look at them.
 */
export type World = {
  readonly usage?: { readonly [metricId: string]: readonly DailyUsage[] };
  readonly events?: { readonly [metricId: string]: readonly WorldEvent[] };
  readonly seats?: { readonly [lineageId: string]: SeatHistory };
};

export function used(on: string, sum: string | number, count: string | number = 1): DailyUsage {
  return { on: day(on), sum: decimal(sum), count: decimal(count), maximum: decimal(sum) };
}

/** Answers a plan as the shell does: a reading for each one wanted. */
export function readingsFor(plan: SegmentPlan, world: World): Readings {
  return {
    usage: plan.usageWanted.map((wanted) => readUsage(wanted, world)),
    seats: plan.seatsWanted.flatMap(({ lineageId, period }) => {
      const history = world.seats?.[lineageId];
      return history ? [{ lineageId, period, ...history }] : [];
    }),
  };
}

function readUsage({ metricId, period, isByEvent, isGrouped }: UsageWanted, { usage, events }: World): UsageReading {
  const ofMetric = events?.[metricId];
  if (ofMetric === undefined) {
    return { metricId, period, ...aggregate("sum", usage?.[metricId] ?? [], period) };
  }
  const inPeriod = ofMetric
    .filter(({ on }) => includes(period, on))
    .toSorted((a, b) => (a.on < b.on ? -1 : Number(a.on > b.on)));
  const byCustomer = groupBy(inPeriod, ({ customer }) => customer);
  return {
    metricId,
    period,
    quantity: quantityOf(inPeriod),
    events: decimal(inPeriod.length),
    ...(isByEvent ? { eventAmounts: inPeriod.map(({ quantity }) => ({ amount: quantity, count: ONE })) } : {}),
    ...(isGrouped ? { groups: inPeriod.map(({ values = {}, quantity }) => ({ values, quantity })) } : {}),
    breakdown: [...byCustomer].flatMap(([name, theirs]) =>
      name === undefined ? [] : [{ customerId: name, name, quantity: quantityOf(theirs) }],
    ),
  };
}

const quantityOf = (events: readonly WorldEvent[]): Decimal =>
  events.reduce((total, { quantity }) => total.plus(quantity), ZERO);

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

export function proposal(
  terms: Contract,
  { asOf, from = terms.startsOn, world = {}, billed = [] }: Billing,
): BillingProposal {
  const plan = planSegments(terms, { from: day(from), through: day(asOf) });
  return proposeInvoices({ contract: terms, plan, ...readingsFor(plan, world), billed });
}

export const propose = (terms: Contract, billing: Billing): readonly ProposedInvoice[] =>
  proposal(terms, billing).invoices;

/** What issuing the proposed invoices leaves behind. */
export const issue = (invoices: readonly ProposedInvoice[]): (Line & BilledLine)[] =>
  invoices.flatMap(({ billsOn, lines }) => lines.map((line) => ({ ...line, documentId: `invoice of ${billsOn}` })));

/** Lines in short: "kind description: net". */
export const inShort = (lines: readonly Line[]): string[] =>
  lines.map(({ kind, description, net }) => `${kind} ${description}: ${moneyText(net)}`);

export const netsOf = (lines: readonly Line[]): string[] => lines.map(({ net }) => moneyText(net));

export const lastDayBefore = (endsBefore: string): PlainDate => addDays(day(endsBefore), -1);
