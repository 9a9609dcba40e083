import type { PlainDate } from "../../domain/calendar/plain-date";
import { type PlainMonth, shiftMonth } from "../../domain/calendar/plain-month";
import { loadOrganization } from "../organization";
import { compareBills, oneSided } from "./compare-bills";
import type { Bill, GridLine, MonthBills } from "./grid-line";
import type { Population } from "./month-bills";
import { baselineBills, billedBefore, invoicesOfMonth, itemsOfMonth, lineageTerms } from "./month-bills.store";
import type { GridComparison } from "./saved-view";

export const baselineMonthOf = (month: PlainMonth): PlainMonth => shiftMonth(month, -1);

/** The month's invoices; with the baseline, what each bills too. The number of statements does not grow with invoices. */
export async function loadBills(month: PlainMonth, population: Population, comparison: GridComparison): Promise<MonthBills> {
  if (comparison === "none") return { month, invoices: await invoicesOfMonth(month, population), itemsOf: new Map(), baseline: [] };
  const [invoices, itemsOf, baseline] = await Promise.all([
    invoicesOfMonth(month, population),
    itemsOfMonth(month, population),
    baselineBills(baselineMonthOf(month), population),
  ]);
  return { month, invoices, itemsOf, baseline };
}

/** The part of a month that belongs to a population. */
export function within({ month, invoices, itemsOf, baseline }: MonthBills, population: Population): MonthBills {
  const isIn = isInPopulation(population);
  return { month, invoices: invoices.filter(isIn), itemsOf, baseline: baseline.filter(isIn) };
}

function isInPopulation({ customerIds, contractIds, currencies }: Population) {
  const [customers, contracts, codes] = [customerIds, contractIds, currencies].map((list) => list && new Set<string>(list));
  return (bill: { readonly customerId: string; readonly contractId: string; readonly currency: string }): boolean =>
    (!customers || customers.has(bill.customerId)) && (!contracts || contracts.has(bill.contractId)) && (!codes || codes.has(bill.currency));
}

/** Compares bills with their baseline; what stands on one side only is looked up in history and contracts. */
export async function compared(bills: readonly Bill[], { month, today }: { readonly month: PlainMonth; readonly today: PlainDate }): Promise<GridLine[]> {
  const { appeared, disappeared } = oneSided(bills);
  const [before, terms, organization] = await Promise.all([billedBefore(month, appeared), lineageTerms(disappeared), loadOrganization()]);
  return compareBills(bills, { billedBefore: before, terms }, { month, today, thresholds: organization.varianceThresholds });
}
