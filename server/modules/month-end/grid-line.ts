import type { PlainMonth } from "../../domain/calendar/plain-month";
import { currency } from "../../domain/money/currency";
import { type Money, money, sum, zero } from "../../domain/money/money";
import type { Comparison, ItemAmount } from "../../domain/variance/compare-items";
import type { Flag } from "../../domain/variance/flag";
import type { Blocker } from "../invoice";
import { type AccountKey, accountKey, type BaselineBill, type MonthInvoice } from "./month-bills";
import { shareBaseline } from "./share-baseline";

/** A bill of the month beside its share of the baseline; without an invoice: a bill that is missing. */
export type Bill = AccountKey & {
  /** the invoice's id, or one of its own that stays the same over refreshes */
  readonly id: string;
  readonly month: PlainMonth;
  readonly customerName: string;
  readonly invoice: MonthInvoice | null;
  readonly items: readonly ItemAmount[];
  readonly baselineItems: readonly ItemAmount[];
  /** Whether this customer was billed in this currency in the baseline month. */
  readonly hasBaselineDocuments: boolean;
  readonly current: Money;
  readonly previous: Money;
};

/** What a reviewer is told about a bill; the names are those of the API. */
export type GridFlag = Uppercase<Flag | Blocker | "stale">;

/** A row of the grid. */
export type GridLine = Bill & {
  /** null where nothing was compared */
  readonly comparison: Comparison | null;
  readonly isKnownCustomer: boolean;
  readonly flags: readonly GridFlag[];
};

/** All that a month is made of, before anything is compared. */
export type MonthBills = {
  readonly month: PlainMonth;
  readonly invoices: readonly MonthInvoice[];
  readonly itemsOf: ReadonlyMap<string, readonly ItemAmount[]>;
  readonly baseline: readonly BaselineBill[];
};

/** The month's invoices and its missing bills, each with its share of the baseline. A voided invoice counts for nothing. */
export function toBills({ month, invoices, itemsOf, baseline }: MonthBills): Bill[] {
  const shared = shareBaseline(invoices, itemsOf, baseline);
  const previousOf = (items: readonly ItemAmount[], account: AccountKey) =>
    sum(
      items.map(({ net }) => net),
      currency(account.currency),
    );
  const present = invoices.map((invoice): Bill => {
    const baselineItems = shared.byInvoice.get(invoice.id) ?? [];
    const isVoided = invoice.status === "voided";
    return {
      id: invoice.id,
      month,
      customerId: invoice.customerId,
      customerName: invoice.customerName,
      currency: invoice.currency,
      invoice,
      items: itemsOf.get(invoice.id) ?? [],
      baselineItems,
      hasBaselineDocuments: shared.billedAccounts.has(accountKey(invoice)),
      current: isVoided ? zero(currency(invoice.currency)) : money(invoice.netTotal, currency(invoice.currency)),
      previous: previousOf(baselineItems, invoice),
    };
  });
  const missing = shared.missing.map((bill): Bill => ({
    id: `missing:${accountKey(bill)}`,
    month,
    customerId: bill.customerId,
    customerName: bill.customerName,
    currency: bill.currency,
    invoice: null,
    items: [],
    baselineItems: bill.items,
    hasBaselineDocuments: true,
    current: zero(currency(bill.currency)),
    previous: previousOf(bill.items, bill),
  }));
  return [...present, ...missing];
}

/** Stale alone asks for a recalculation, not for a look. */
export const isFlagged = ({ flags }: GridLine): boolean => flags.some((flag) => flag !== "STALE");
export const isStale = ({ invoice }: Bill): boolean => invoice?.isStale ?? false;
