import type { PlainDate } from "../../domain/calendar/plain-date";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import type { VarianceThresholds } from "../../domain/variance/flag";
import { loadOrganization } from "../organization";
import type { GridComparison } from "../view";
import {
  accountHistories,
  type ComparedBill,
  compareShares,
  isCompared,
  lineOfComparison,
  NO_HISTORY,
  oneSided,
  withoutComparison,
} from "./compare-bills";
import { baselineMonthsOf, type ComparisonRequest } from "./comparison-request";
import type { GridLine } from "./grid-line";
import { accountKey, EVERYBODY, type Population, type Subject } from "./month-bills";
import { baselineBills, billedBefore, invoicesOfMonth, lineageTerms, linesOfMonth } from "./month-bills.store";
import { type MonthBills, type SharedBill, sharedBills } from "./shared-bill";

/** The month's invoices, what each bills, and the baseline. The number of statements does not grow with invoices. */
export async function loadBills(
  month: PlainMonth,
  comparison: GridComparison,
  population: Population = EVERYBODY,
): Promise<MonthBills> {
  const months = baselineMonthsOf(month, comparison);
  const [invoices, linesOf, ...baselines] = await Promise.all([
    invoicesOfMonth(month, population),
    linesOfMonth(month, population),
    ...months.map((each) => baselineBills(each, population)),
  ]);
  return {
    month,
    invoices,
    linesOf,
    baselines: months.map((of, index) => ({ month: of, bills: baselines[index] ?? [] })),
  };
}

/** The part of a month, and of what it is compared with, that some invoices are; null: all of it. */
export function within(bills: MonthBills, members: ReadonlySet<string> | null): MonthBills {
  if (members === null) return bills;
  const isIn = ({ id }: { readonly id: string }) => members.has(id);
  return {
    ...bills,
    invoices: bills.invoices.filter(isIn),
    baselines: bills.baselines.map(({ month, bills: own }) => ({ month, bills: own.filter(isIn) })),
  };
}

/**
 * Compares the bills of a month with their baseline, one by one. Most have the same items at the same prices on both sides
 * and are compared at once; of the others, history and contracts are read first, in one statement each. What is voided or
 * credited in full is not compared. Settled: items that did not change, or by volume alone, are in the totals and not
 * among the items.
 */
export async function eachCompared(
  bills: MonthBills,
  { today, isSettled }: { readonly today: PlainDate; readonly isSettled: boolean },
  take: (compared: ComparedBill) => void,
): Promise<void> {
  const { month, baselines } = bills;
  const since = baselines.at(-1)?.month ?? month;
  const waiting: SharedBill[] = [];
  const appeared = new Map<string, Subject>();
  const asked = new Set<string>();
  for (const shared of sharedBills(bills, { isSettled })) {
    if (!isCompared(shared.bill)) {
      take({ ...shared, comparisons: [], isKnownCustomer: true });
      continue;
    }
    const found = oneSided(shared);
    if (found.appeared.length === 0 && !found.hasLost) {
      const compared = compareShares(shared, NO_HISTORY);
      if (compared.comparisons.every(({ unexplainedPrices }) => unexplainedPrices.length === 0)) {
        take(compared);
        continue;
      }
    }
    for (const subject of found.appeared) appeared.set(`${accountKey(subject)} ${subject.lineageId}`, subject);
    asked.add(shared.bill.customerId);
    waiting.push(shared);
  }
  const [before, terms] = await Promise.all([billedBefore(month, [...appeared.values()]), lineageTerms([...asked])]);
  const histories = accountHistories(before, terms, { month, since, today });
  for (const shared of waiting) take(compareShares(shared, histories.get(accountKey(shared.bill)) ?? NO_HISTORY));
}

/** The rows of a month, compared. */
export async function comparedLines(
  bills: MonthBills,
  { today, request, thresholds }: ComparisonOptions,
): Promise<GridLine[]> {
  const judgedBy = thresholds ?? (await loadOrganization()).varianceThresholds;
  const lines: GridLine[] = [];
  await eachCompared(bills, { today, isSettled: true }, (compared) => {
    lines.push(
      compared.comparisons.length === 0
        ? withoutComparison(compared.bill)
        : lineOfComparison(compared, { thresholds: judgedBy, isGross: request.isGross }),
    );
  });
  return lines;
}

export type ComparisonOptions = {
  readonly today: PlainDate;
  readonly request: ComparisonRequest;
  /** null: as the organization says */
  readonly thresholds: VarianceThresholds | null;
};
