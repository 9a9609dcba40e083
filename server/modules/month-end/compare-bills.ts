import { groupBy } from "../../domain/group-by";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import { currency } from "../../domain/money/currency";
import { type Comparison, compareItems } from "../../domain/variance/compare-items";
import { flag, type VarianceThresholds } from "../../domain/variance/flag";
import type { Bill, GridFlag, GridLine } from "./grid-line";
import { hasEnded, isDueIn } from "./lineage-state";
import { accountKey, type BilledBefore, type LineageTerms, type Subject } from "./month-bills";

/** What is known about the lineages that stand on one side only. */
export type LineageHistory = {
  readonly billedBefore: readonly BilledBefore[];
  readonly terms: readonly LineageTerms[];
};

/** The lineages that stand on one side only, and so whose history decides: is it new, ended, or only not due. */
export function oneSided(bills: readonly Bill[]): { readonly appeared: Subject[]; readonly disappeared: Subject[] } {
  const appeared = new Map<string, Subject>();
  const disappeared = new Map<string, Subject>();
  const note = (to: Map<string, Subject>, { customerId, currency: code }: Bill, lineageId: string) => {
    if (lineageId !== "") to.set(`${customerId} ${code} ${lineageId}`, { customerId, currency: code, lineageId });
  };
  for (const bill of bills) {
    const now = new Set(bill.items.map(({ lineageId }) => lineageId));
    const before = new Set(bill.baselineItems.map(({ lineageId }) => lineageId));
    for (const lineageId of now) if (!before.has(lineageId)) note(appeared, bill, lineageId);
    for (const lineageId of before) if (!now.has(lineageId)) note(disappeared, bill, lineageId);
  }
  return { appeared: [...appeared.values()], disappeared: [...disappeared.values()] };
}

/** Compares each bill with its share of the baseline, and says what a reviewer should look at. */
export function compareBills(
  bills: readonly Bill[],
  history: LineageHistory,
  scope: { readonly month: PlainMonth; readonly today: PlainDate; readonly thresholds: VarianceThresholds },
): GridLine[] {
  const states = lineageStates(history, scope);
  return bills.map((bill): GridLine => {
    const { previouslyBilledLineages, endedLineages, monthlyLineages, isKnownCustomer } = states.get(accountKey(bill)) ?? NOTHING_KNOWN;
    const isVoided = bill.invoice?.status === "voided";
    const comparison = isVoided
      ? null
      : compareItems({
          currency: currency(bill.currency),
          current: bill.items,
          baseline: bill.baselineItems,
          previouslyBilledLineages,
          endedLineages,
          monthlyLineages,
          hasCurrentDocuments: bill.invoice !== null,
          hasBaselineDocuments: bill.hasBaselineDocuments,
        });
    return { ...bill, comparison, isKnownCustomer: isKnownCustomer || bill.hasBaselineDocuments, flags: flagsOf(bill, comparison, scope.thresholds) };
  });
}

/** The flags that need no comparison. */
export const withoutComparison = (bill: Bill): GridLine => ({ ...bill, comparison: null, isKnownCustomer: true, flags: ownFlags(bill) });

const flagsOf = (bill: Bill, comparison: Comparison | null, thresholds: VarianceThresholds): GridFlag[] => [
  ...(comparison ? flag(comparison, thresholds).map((name) => name.toUpperCase() as GridFlag) : []),
  ...ownFlags(bill),
];

const ownFlags = ({ invoice }: Bill): GridFlag[] => [
  ...(invoice?.status === "draft" ? invoice.blockers.map((blocker) => blocker.toUpperCase() as GridFlag) : []),
  ...(invoice?.isStale ? (["STALE"] as const) : []),
];

type AccountState = {
  readonly previouslyBilledLineages: ReadonlySet<string>;
  readonly endedLineages: ReadonlySet<string>;
  readonly monthlyLineages: ReadonlySet<string>;
  readonly isKnownCustomer: boolean;
};

const NOTHING_KNOWN: AccountState = {
  previouslyBilledLineages: new Set(),
  endedLineages: new Set(),
  monthlyLineages: new Set(),
  isKnownCustomer: false,
};

function lineageStates(
  { billedBefore, terms }: LineageHistory,
  { month, today }: { readonly month: PlainMonth; readonly today: PlainDate },
): ReadonlyMap<string, AccountState> {
  const before = groupBy(billedBefore, accountKey);
  const contracted = groupBy(terms, accountKey);
  return new Map(
    [...new Set([...before.keys(), ...contracted.keys()])].map((account) => {
      const known = before.get(account) ?? [];
      const byLineage = [...groupBy(contracted.get(account) ?? [], ({ lineageId }) => lineageId)];
      const those = (isSo: (own: readonly LineageTerms[]) => boolean) =>
        new Set(byLineage.filter(([, own]) => isSo(own)).map(([lineageId]) => lineageId));
      return [
        account,
        {
          previouslyBilledLineages: new Set(known.filter(({ isKnownLineage }) => isKnownLineage).map(({ lineageId }) => lineageId)),
          endedLineages: those((own) => hasEnded(own, month)),
          monthlyLineages: those((own) => isDueIn(own, month, today)),
          isKnownCustomer: known.some(({ isKnownCustomer }) => isKnownCustomer),
        },
      ];
    }),
  );
}
