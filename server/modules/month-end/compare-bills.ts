import { createHash } from "node:crypto";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import { groupBy } from "../../domain/group-by";
import { currency } from "../../domain/money/currency";
import { type Decimal, ZERO } from "../../domain/money/decimal";
import { type Money, money, moneyText, zero } from "../../domain/money/money";
import { type Comparison, compareItems } from "../../domain/variance/compare-items";
import { changeOf, type Drivers } from "../../domain/variance/driver";
import { flag, type VarianceThresholds } from "../../domain/variance/flag";
import type { StreamItem } from "../../domain/variance/item-amounts";
import { meanOf, type Variance } from "../../domain/variance/running";
import type { GridFlag, GridLine } from "./grid-line";
import { hasEnded, isDueIn, isRepricedBetween } from "./lineage-state";
import { accountKey, type BilledBefore, type LineageTerms, type Subject } from "./month-bills";
import { reasonOf, reasonWithoutComparison } from "./reason";
import { type BaselineShare, type Bill, isOffset, isVoided, type SharedBill } from "./shared-bill";

/**
 * What of a bill stands on one side only. History decides whether an item that appeared is new; the contracts, whether one
 * that was lost has ended or is only not due.
 */
export function oneSided({ bill, items, shares }: SharedBill): {
  readonly appeared: readonly Subject[];
  readonly hasLost: boolean;
} {
  const { customerId, currency: code } = bill;
  // What bills no lineage is new or not with its customer.
  const isWithoutLineage = bill.invoice !== null && items.every(({ lineageId }) => lineageId === "");
  const isOfCustomer = isWithoutLineage && shares.some(({ hasDocuments }) => !hasDocuments);
  const isIn = (side: readonly StreamItem[], item: StreamItem) =>
    side.some(({ lineageId }) => lineageId === item.lineageId);
  const appeared = items.filter((item) => item.lineageId !== "" && shares.some((share) => !isIn(share.items, item)));
  const lineageIds = [...appeared.map(({ lineageId }) => lineageId), ...(isOfCustomer ? [null] : [])];
  return {
    appeared: lineageIds.map((lineageId) => ({ customerId, currency: code, lineageId })),
    hasLost: shares.some((share) => share.items.some((item) => item.lineageId !== "" && !isIn(items, item))),
  };
}

/** What is known of the lineages of one customer and currency. */
export type AccountHistory = {
  readonly previouslyBilledLineages: ReadonlySet<string>;
  readonly endedLineages: ReadonlySet<string>;
  readonly dueLineages: ReadonlySet<string>;
  readonly repricedLineages: ReadonlySet<string>;
  readonly isKnownCustomer: boolean;
};

/** Of a bill whose items all stand on both sides, at the same prices, nothing needs to be known. */
export const NO_HISTORY: AccountHistory = {
  previouslyBilledLineages: new Set(),
  endedLineages: new Set(),
  dueLineages: new Set(),
  repricedLineages: new Set(),
  isKnownCustomer: false,
};

/** By account. */
export function accountHistories(
  billedBefore: readonly BilledBefore[],
  terms: readonly LineageTerms[],
  { month, since, today }: { readonly month: PlainMonth; readonly since: PlainMonth; readonly today: PlainDate },
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
        known.flatMap(({ isKnownLineage, lineageId }) => (isKnownLineage && lineageId !== null ? [lineageId] : [])),
      ),
      endedLineages: those((own) => hasEnded(own, month)),
      dueLineages: those((own) => isDueIn(own, month, today)),
      repricedLineages: those((own) => isRepricedBetween(own, since, month)),
      isKnownCustomer: known.some(({ isKnownCustomer }) => isKnownCustomer),
    };
  };
  return new Map(
    [...new Set([...before.keys(), ...contracted.keys()])].map((account) => [account, historyOf(account)]),
  );
}

/** A bill with its comparisons, one for each month of the baseline. */
export type ComparedBill = SharedBill & {
  readonly comparisons: readonly Comparison[];
  readonly isKnownCustomer: boolean;
};

export const isCompared = ({ invoice }: Bill): boolean => !(invoice && (isVoided(invoice) || isOffset(invoice)));

/** Compares a bill with its share of each month of the baseline. */
export function compareShares(shared: SharedBill, history: AccountHistory): ComparedBill {
  const { bill, items, shares, settled } = shared;
  return {
    ...shared,
    isKnownCustomer: history.isKnownCustomer || shares.some(({ hasDocuments }) => hasDocuments),
    comparisons: shares.map(({ items: baseline, hasDocuments, lineagesElsewhere }) =>
      compareItems({
        currency: currency(bill.currency),
        current: items,
        baseline,
        previouslyBilledLineages: history.previouslyBilledLineages,
        lineagesElsewhere,
        isKnownCustomer: history.isKnownCustomer,
        endedLineages: history.endedLineages,
        monthlyLineages: history.dueLineages,
        repricedLineages: history.repricedLineages,
        hasCurrentDocuments: bill.invoice !== null,
        hasBaselineDocuments: hasDocuments,
        settled,
      }),
    ),
  };
}

/** The row of a compared bill, with what a reviewer should look at. */
export function lineOfComparison(
  compared: ComparedBill,
  { thresholds, isGross }: { readonly thresholds: VarianceThresholds; readonly isGross: boolean },
): GridLine {
  const { bill, comparisons, isKnownCustomer } = compared;
  const billed = currency(bill.currency);
  const [latest] = comparisons;
  if (latest === undefined) return withoutComparison(bill);
  const against = variancesOf(compared, isGross);
  const { baseline, drivers } = against[0] && against.length === 1 ? against[0] : meanOf(against, billed);
  const previous = money(baseline, billed);
  const current = money(baseline.plus(changeOf(drivers)), billed);
  const judged = comparisons.length === 1 ? latest : averaged(latest, comparisons, { drivers, previous, current });
  const isRunning = bill.invoice?.status === "in_progress";
  const flags = [...(isRunning ? [] : comparedFlags(judged, thresholds)), ...ownFlags(bill)];
  return {
    ...bill,
    current,
    previous,
    changeWithoutTiming: money(current.amount.minus(previous.amount).minus(drivers.timing ?? ZERO), billed),
    drivers,
    fx: null,
    against,
    shownIn: bill.currency,
    flags,
    reason: reasonOf(bill, latest, {
      drivers,
      flags,
      isKnownCustomer,
      baselineMonths: compared.shares.map(({ month }) => month),
    }),
    signOff: null,
  };
}

/** The baseline and what moved it, for each of its months. */
function variancesOf({ items, shares, comparisons, settled }: ComparedBill, isGross: boolean): Variance[] {
  return comparisons.map(({ baseline, drivers }, index): Variance => {
    if (!isGross) return { baseline: baseline.amount, drivers };
    const before = taxOf(shares[index]).plus(settled?.baselineTax ?? ZERO);
    const now = taxOf({ items }).plus(settled?.currentTax ?? ZERO);
    return { baseline: baseline.amount.plus(before), drivers: withTax(drivers, now.minus(before)) };
  });
}

const withTax = (drivers: Drivers, tax: Decimal): Drivers => (tax.isZero() ? drivers : { ...drivers, tax });

const taxOf = (share: Pick<BaselineShare, "items"> | undefined): Decimal =>
  (share?.items ?? []).reduce((total, { tax }) => (tax ? total.plus(tax) : total), ZERO);

/** Amounts of the mean; what is first, missing or forgotten is told by the latest month. */
function averaged(
  latest: Comparison,
  comparisons: readonly Comparison[],
  { drivers, previous, current }: { readonly drivers: Drivers; readonly previous: Money; readonly current: Money },
): Comparison {
  const billed = previous.currency;
  const timing = drivers.timing ?? ZERO;
  const withoutTiming = comparisons
    .reduce((total, { baselineWithoutTiming }) => total.plus(baselineWithoutTiming.amount), ZERO)
    .div(comparisons.length);
  return {
    ...latest,
    current,
    baseline: previous,
    change: money(current.amount.minus(previous.amount), billed),
    changeWithoutTiming: money(current.amount.minus(previous.amount).minus(timing), billed),
    baselineWithoutTiming: money(withoutTiming, billed),
    drivers,
    hasBaselineDocuments: comparisons.some(({ hasBaselineDocuments }) => hasBaselineDocuments),
    isFirst: comparisons.every(({ isFirst }) => isFirst),
  };
}

/** With the flags that need no comparison. */
export function withoutComparison(bill: Bill): GridLine {
  const none = zero(currency(bill.currency));
  return {
    ...bill,
    previous: none,
    changeWithoutTiming: none,
    drivers: {},
    fx: null,
    against: [],
    shownIn: bill.currency,
    flags: ownFlags(bill),
    reason: reasonWithoutComparison(bill),
    signOff: null,
  };
}

/**
 * What was signed: the content of the bill, what it was compared with, and what moved it. Another month, another amount on
 * either side or another reason, and it is asked again.
 */
export function hashOf({ bill, comparisons }: Pick<ComparedBill, "bill" | "comparisons">): string {
  const { invoice } = bill;
  const signed = [
    invoice && [invoice.contentHash, invoice.documentKind, invoice.netTotal, isVoided(invoice)],
    comparisons
      .slice(0, 1)
      .map(({ baseline, items }) => [
        moneyText(baseline),
        items
          .map(({ kind, lineageId, baseline: before, current }) => [
            kind,
            lineageId,
            before && moneyText(before),
            current && moneyText(current),
          ])
          .sort(),
      ]),
  ];
  return createHash("sha256").update(JSON.stringify(signed)).digest("base64url");
}

const comparedFlags = (comparison: Comparison, thresholds: VarianceThresholds): GridFlag[] =>
  flag(comparison, thresholds).map((name) => name.toUpperCase() as GridFlag);

const ownFlags = ({ invoice }: Bill): GridFlag[] => [
  ...(invoice?.status === "draft" ? invoice.blockers.map((blocker) => blocker.toUpperCase() as GridFlag) : []),
  ...(invoice?.hasUnconfirmedOverride ? (["UNCONFIRMED_OVERRIDE"] as const) : []),
  ...(invoice?.isStale ? (["STALE"] as const) : []),
];
