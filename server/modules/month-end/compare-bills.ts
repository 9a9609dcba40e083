import type { PlainDate } from "../../domain/calendar/plain-date";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import { groupBy } from "../../domain/group-by";
import { currency } from "../../domain/money/currency";
import { zero } from "../../domain/money/money";
import { type Comparison, compareItems } from "../../domain/variance/compare-items";
import { flag, type VarianceThresholds } from "../../domain/variance/flag";
import type { GridFlag, GridLine } from "./grid-line";
import { hasEnded, isDueIn } from "./lineage-state";
import { accountKey, type BilledBefore, type LineageTerms, type Subject } from "./month-bills";
import { reasonOf, reasonWithoutComparison } from "./reason";
import { type Bill, isOffset, isVoided, type SharedBill } from "./shared-bill";

/**
 * What of a bill stands on one side only. History decides whether an item that appeared is new; the contracts, whether one
 * that was lost has ended or is only not due.
 */
export function oneSided({ bill, items, baselineItems }: SharedBill): {
  readonly appeared: readonly Subject[];
  readonly hasLost: boolean;
} {
  const { customerId, currency: code } = bill;
  const missingIn = (side: SharedBill["items"]) => (item: SharedBill["items"][number]) =>
    !side.some(({ lineageId }) => lineageId === item.lineageId);
  return {
    appeared: items
      .filter(missingIn(baselineItems))
      .filter(({ lineageId }) => lineageId !== "")
      .map(({ lineageId }) => ({ customerId, currency: code, lineageId })),
    hasLost: baselineItems.some(missingIn(items)),
  };
}

/** What is known of the lineages of one customer and currency. */
export type AccountHistory = {
  readonly previouslyBilledLineages: ReadonlySet<string>;
  readonly endedLineages: ReadonlySet<string>;
  readonly dueLineages: ReadonlySet<string>;
  readonly isKnownCustomer: boolean;
};

/** Of a bill whose items all stand on both sides nothing needs to be known. */
export const NO_HISTORY: AccountHistory = {
  previouslyBilledLineages: new Set(),
  endedLineages: new Set(),
  dueLineages: new Set(),
  isKnownCustomer: false,
};

/** By account. */
export function accountHistories(
  billedBefore: readonly BilledBefore[],
  terms: readonly LineageTerms[],
  { month, today }: { readonly month: PlainMonth; readonly today: PlainDate },
): ReadonlyMap<string, AccountHistory> {
  const before = groupBy(billedBefore, accountKey);
  const contracted = groupBy(terms, accountKey);
  const historyOf = (account: string): AccountHistory => {
    const known = before.get(account) ?? [];
    const byLineage = [...groupBy(contracted.get(account) ?? [], ({ lineageId }) => lineageId)];
    const those = (isSo: (own: readonly LineageTerms[]) => boolean) =>
      new Set(byLineage.filter(([, own]) => isSo(own)).map(([lineageId]) => lineageId));
    return {
      previouslyBilledLineages: new Set(
        known.filter(({ isKnownLineage }) => isKnownLineage).map(({ lineageId }) => lineageId),
      ),
      endedLineages: those((own) => hasEnded(own, month)),
      dueLineages: those((own) => isDueIn(own, month, today)),
      isKnownCustomer: known.some(({ isKnownCustomer }) => isKnownCustomer),
    };
  };
  return new Map(
    [...new Set([...before.keys(), ...contracted.keys()])].map((account) => [account, historyOf(account)]),
  );
}

/** Compares a bill with its share of the baseline, and says what a reviewer should look at. */
export function compareBill(shared: SharedBill, history: AccountHistory, thresholds: VarianceThresholds): GridLine {
  const { bill, items, baselineItems, hasBaselineDocuments } = shared;
  if (bill.invoice && (isVoided(bill.invoice) || isOffset(bill.invoice))) return withoutComparison(bill);
  const comparison = compareItems({
    currency: currency(bill.currency),
    current: items,
    baseline: baselineItems,
    previouslyBilledLineages: history.previouslyBilledLineages,
    endedLineages: history.endedLineages,
    monthlyLineages: history.dueLineages,
    hasCurrentDocuments: bill.invoice !== null,
    hasBaselineDocuments,
  });
  const flags = [...comparedFlags(comparison, thresholds), ...ownFlags(bill)];
  const isKnownCustomer = history.isKnownCustomer || hasBaselineDocuments;
  return {
    ...bill,
    previous: comparison.baseline,
    changeWithoutTiming: comparison.changeWithoutTiming,
    flags,
    reason: reasonOf(bill, comparison, flags, isKnownCustomer),
  };
}

/** With the flags that need no comparison. */
export function withoutComparison(bill: Bill): GridLine {
  const none = zero(currency(bill.currency));
  return {
    ...bill,
    previous: none,
    changeWithoutTiming: none,
    flags: ownFlags(bill),
    reason: reasonWithoutComparison(bill),
  };
}

const comparedFlags = (comparison: Comparison, thresholds: VarianceThresholds): GridFlag[] =>
  flag(comparison, thresholds).map((name) => name.toUpperCase() as GridFlag);

const ownFlags = ({ invoice }: Bill): GridFlag[] => [
  ...(invoice?.status === "draft" ? invoice.blockers.map((blocker) => blocker.toUpperCase() as GridFlag) : []),
  ...(invoice?.isStale ? (["STALE"] as const) : []),
];
