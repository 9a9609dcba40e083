import type { ItemAmount } from "../../domain/variance/compare-items";
import { groupBy } from "../../domain/group-by";
import { type AccountKey, accountKey, type BaselineBill, type MonthInvoice } from "./month-bills";

/** A customer who was billed in the baseline month and has no bill in this one. */
export type MissingBill = AccountKey & { readonly customerName: string; readonly items: readonly ItemAmount[] };

export type SharedBaseline = {
  readonly byInvoice: ReadonlyMap<string, readonly ItemAmount[]>;
  readonly missing: readonly MissingBill[];
  /** accountKey of everybody who was billed in the baseline month */
  readonly billedAccounts: ReadonlySet<string>;
};

type Bill = Pick<MonthInvoice, "id" | "contractId">;

const itemKey = ({ kind, lineageId }: ItemAmount): string => `${kind} ${lineageId}`;

/**
 * Gives each item of the baseline to one bill of this month, so that the column adds up: to one of the same contract, else
 * of the same customer and currency; among those to the first that bills the item again, else to the first. What finds no
 * bill stays with its customer as a missing one.
 */
export function shareBaseline(
  invoices: readonly MonthInvoice[],
  itemsOf: ReadonlyMap<string, readonly ItemAmount[]>,
  baseline: readonly BaselineBill[],
): SharedBaseline {
  const accounts = groupBy(
    invoices.filter(({ status }) => status !== "voided"),
    accountKey,
  );
  const byInvoice = new Map<string, ItemAmount[]>();
  const homeless: BaselineBill[] = [];
  for (const bill of baseline) {
    const candidates = accounts.get(accountKey(bill));
    if (!candidates) {
      homeless.push(bill);
      continue;
    }
    const sameContract = candidates.filter(({ contractId }) => contractId === bill.contractId);
    const takers: readonly Bill[] = sameContract.length > 0 ? sameContract : candidates;
    for (const item of bill.items) add(byInvoice, takerOf(item, takers, itemsOf).id, item);
  }
  const missing = [...groupBy(homeless, accountKey).values()].map((bills): MissingBill => {
    const [{ customerId, customerName, currency }] = bills as [BaselineBill];
    return { customerId, customerName, currency, items: bills.flatMap(({ items }) => items) };
  });
  return { byInvoice, missing, billedAccounts: new Set(baseline.map(accountKey)) };
}

function takerOf(item: ItemAmount, takers: readonly Bill[], itemsOf: ReadonlyMap<string, readonly ItemAmount[]>): Bill {
  const first = takers[0] as Bill;
  if (takers.length === 1) return first;
  const key = itemKey(item);
  return takers.find(({ id }) => itemsOf.get(id)?.some((own) => itemKey(own) === key)) ?? first;
}

function add(shares: Map<string, ItemAmount[]>, id: string, item: ItemAmount): void {
  const share = shares.get(id);
  if (share) share.push(item);
  else shares.set(id, [item]);
}
