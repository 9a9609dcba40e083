import type { PlainMonth } from "../../domain/calendar/plain-month";
import { groupBy } from "../../domain/group-by";
import { currency } from "../../domain/money/currency";
import { type Money, money, sum, zero } from "../../domain/money/money";
import type { ItemAmount } from "../../domain/variance/compare-items";
import { type AccountKey, accountKey, type BaselineBill, type MonthInvoice } from "./month-bills";
import { type PackedLines, unpackItems } from "./packed-lines";
import { shareBaseline } from "./share-baseline";

/** All that a month is made of, before anything is compared. */
export type MonthBills = {
  readonly month: PlainMonth;
  readonly invoices: readonly MonthInvoice[];
  readonly linesOf: ReadonlyMap<string, PackedLines>;
  readonly baseline: readonly BaselineBill[];
};

/** A bill of the month, still without what it is compared with; without an invoice: a bill that is missing. */
export type Bill = AccountKey & {
  /** the invoice's id, or one of its own that stays the same over refreshes */
  readonly id: string;
  readonly month: PlainMonth;
  readonly customerName: string;
  readonly invoice: MonthInvoice | null;
  /** net; what is voided counts for nothing */
  readonly current: Money;
};

/** A bill beside its share of the baseline. */
export type SharedBill = {
  readonly bill: Bill;
  readonly items: readonly ItemAmount[];
  readonly baselineItems: readonly ItemAmount[];
  /** whether this customer was billed in this currency in the baseline month */
  readonly hasBaselineDocuments: boolean;
};

export const toBill = (invoice: MonthInvoice, month: PlainMonth): Bill => ({
  id: invoice.id,
  month,
  customerId: invoice.customerId,
  customerName: invoice.customerName,
  currency: invoice.currency,
  invoice,
  current: isVoided(invoice) ? zero(currency(invoice.currency)) : money(invoice.netTotal, currency(invoice.currency)),
});

const missingBill = ({ customerId, customerName, currency: code }: BaselineBill, month: PlainMonth): Bill => ({
  id: `missing:${accountKey({ customerId, currency: code })}`,
  month,
  customerId,
  customerName,
  currency: code,
  invoice: null,
  current: zero(currency(code)),
});

/**
 * The bills of the month one by one, those that are missing included; what was billed before is shared among them. What is
 * credited and its credit note come to nothing together: the bill that replaces both is the one to compare.
 */
export function* sharedBills({ month, invoices, linesOf, baseline }: MonthBills): Generator<SharedBill> {
  const current = groupBy(invoices, accountKey);
  const before = groupBy(baseline, accountKey);
  for (const account of new Set([...current.keys(), ...before.keys()])) {
    yield* billsOfAccount(current.get(account) ?? [], before.get(account) ?? [], month, linesOf);
  }
}

function* billsOfAccount(
  invoices: readonly MonthInvoice[],
  baseline: readonly BaselineBill[],
  month: PlainMonth,
  linesOf: ReadonlyMap<string, PackedLines>,
): Generator<SharedBill> {
  const takers = invoices
    .filter((invoice) => !isVoided(invoice) && !isOffset(invoice))
    .map(({ id, contractId, currency: code }) => ({
      id,
      contractId,
      items: unpackItems(linesOf.get(id) ?? null, code),
    }));
  const billed = baseline.map(({ contractId, currency: code, lines }) => ({
    contractId,
    items: unpackItems(lines, code),
  }));
  const shares = takers.length > 0 ? shareBaseline(takers, billed) : new Map<string, readonly ItemAmount[]>();
  for (const invoice of invoices) {
    yield {
      bill: toBill(invoice, month),
      items: takers.find(({ id }) => id === invoice.id)?.items ?? [],
      baselineItems: shares.get(invoice.id) ?? [],
      hasBaselineDocuments: baseline.length > 0,
    };
  }
  const [first] = baseline;
  if (!first || takers.length > 0) return;
  yield {
    bill: missingBill(first, month),
    items: [],
    baselineItems: billed.flatMap(({ items }) => items),
    hasBaselineDocuments: true,
  };
}

export const previousOf = ({ bill, baselineItems }: SharedBill): Money =>
  sum(
    baselineItems.map(({ net }) => net),
    currency(bill.currency),
  );

/** One of the two that take each other back. */
export const isOffset = ({ correction }: MonthInvoice): boolean =>
  correction?.kind === "credited" || correction?.kind === "credits";

export const isVoided = ({ status }: MonthInvoice): boolean => status === "voided";
export const isStale = ({ invoice }: Bill): boolean => invoice?.isStale ?? false;
