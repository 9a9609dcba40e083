import type { PlainDate } from "../../domain/calendar/plain-date";
import { type PlainMonth, shiftMonth } from "../../domain/calendar/plain-month";
import { loadOrganization } from "../organization";
import { accountHistories, compareBill, NO_HISTORY, oneSided } from "./compare-bills";
import type { GridLine } from "./grid-line";
import { accountKey, type Population, type Subject } from "./month-bills";
import { baselineBills, billedBefore, invoicesOfMonth, lineageTerms, linesOfMonth } from "./month-bills.store";
import { type MonthBills, type SharedBill, sharedBills } from "./shared-bill";

export const baselineMonthOf = (month: PlainMonth): PlainMonth => shiftMonth(month, -1);

/** The month's invoices, what each bills, and the baseline. The number of statements does not grow with invoices. */
export async function loadBills(month: PlainMonth, population: Population): Promise<MonthBills> {
  const [invoices, linesOf, baseline] = await Promise.all([
    invoicesOfMonth(month, population),
    linesOfMonth(month, population),
    baselineBills(baselineMonthOf(month), population),
  ]);
  return { month, invoices, linesOf, baseline };
}

/** The part of a month that belongs to a population. */
export function within({ invoices, baseline, ...rest }: MonthBills, population: Population): MonthBills {
  const isIn = isInPopulation(population);
  return { ...rest, invoices: invoices.filter(isIn), baseline: baseline.filter(isIn) };
}

function isInPopulation({ customerIds, contractIds, currencies }: Population) {
  const [customers, contracts, codes] = [customerIds, contractIds, currencies].map(
    (list) => list && new Set<string>(list),
  );
  return (bill: {
    readonly customerId: string;
    readonly contractId: string | null;
    readonly currency: string;
  }): boolean =>
    (!customers || customers.has(bill.customerId)) &&
    (!contracts || (bill.contractId !== null && contracts.has(bill.contractId))) &&
    (!codes || codes.has(bill.currency));
}

/**
 * Compares the bills of a month with their baseline. Most have the same items on both sides and are compared at once; of
 * the others, history and contracts are read first, in one statement each.
 */
export async function comparedLines(bills: MonthBills, today: PlainDate): Promise<GridLine[]> {
  const { month } = bills;
  const { varianceThresholds } = await loadOrganization();
  const lines: GridLine[] = [];
  const waiting: SharedBill[] = [];
  const appeared = new Map<string, Subject>();
  const losers = new Set<string>();
  for (const shared of sharedBills(bills)) {
    const found = oneSided(shared);
    for (const subject of found.appeared) appeared.set(`${accountKey(subject)} ${subject.lineageId}`, subject);
    if (found.hasLost) losers.add(shared.bill.customerId);
    if (found.appeared.length > 0 || found.hasLost) waiting.push(shared);
    else lines.push(compareBill(shared, NO_HISTORY, varianceThresholds));
  }
  const [before, terms] = await Promise.all([billedBefore(month, [...appeared.values()]), lineageTerms([...losers])]);
  const histories = accountHistories(before, terms, { month, today });
  for (const shared of waiting)
    lines.push(compareBill(shared, histories.get(accountKey(shared.bill)) ?? NO_HISTORY, varianceThresholds));
  return lines;
}
