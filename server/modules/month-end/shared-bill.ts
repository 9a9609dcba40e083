import type { PlainMonth } from "../../domain/calendar/plain-month";
import { groupBy } from "../../domain/group-by";
import { currency } from "../../domain/money/currency";
import { type Money, money, sum, zero } from "../../domain/money/money";
import type { StreamItem } from "../../domain/variance/item-amounts";
import { type AccountKey, accountKey, type BaselineBill, type MonthInvoice } from "./month-bills";
import { itemsOfLines, type PackedLines, readLines, unpackItems } from "./packed-lines";
import { type Settled, settleLines } from "./settle-lines";
import { shareBaseline } from "./share-baseline";

/** What was billed in a month that another is compared with. */
export type BaselineMonth = { readonly month: PlainMonth; readonly bills: readonly BaselineBill[] };

/** All that a month is made of, before anything is compared. */
export type MonthBills = {
  readonly month: PlainMonth;
  readonly invoices: readonly MonthInvoice[];
  readonly linesOf: ReadonlyMap<string, PackedLines>;
  /** One month; three where their mean is the baseline. */
  readonly baselines: readonly BaselineMonth[];
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

/** What a bill is compared with in one month of the baseline. */
export type BaselineShare = {
  readonly month: PlainMonth;
  readonly items: readonly StreamItem[];
  /** whether this customer was billed in this currency in that month */
  readonly hasDocuments: boolean;
  /** of the month, whichever bill is compared with them: another one that bills them bills more of them */
  readonly lineagesElsewhere: ReadonlySet<string>;
};

/** A bill beside its shares of the baseline, month by month. */
export type SharedBill = {
  readonly bill: Bill;
  readonly items: readonly StreamItem[];
  readonly shares: readonly BaselineShare[];
  /** beside the items: what needed no comparison item by item; null: nothing */
  readonly settled: Settled | null;
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
  id: missingBillId({ customerId, currency: code }),
  month,
  customerId,
  customerName,
  currency: code,
  invoice: null,
  current: zero(currency(code)),
});

const MISSING = "missing:";
export const missingBillId = (account: AccountKey): string => `${MISSING}${accountKey(account)}`;

/** Whose bill is missing; null: it is no id of a missing bill. */
export function missingAccountOf(id: string): AccountKey | null {
  if (!id.startsWith(MISSING)) return null;
  const [customerId = "", code = ""] = id.slice(MISSING.length).split(":");
  return { customerId, currency: code as AccountKey["currency"] };
}

/**
 * The bills of the month one by one, those that are missing included; what was billed before is shared among them. What is
 * credited in full and its credit note come to nothing together: the bill that replaces both is the one to compare.
 */
export function* sharedBills(
  { month, invoices, linesOf, baselines }: MonthBills,
  { isSettled = false }: { readonly isSettled?: boolean } = {},
): Generator<SharedBill> {
  const current = groupBy(invoices, accountKey);
  const before = baselines.map(({ bills }) => groupBy(bills, accountKey));
  for (const account of new Set([...current.keys(), ...before.flatMap((bills) => [...bills.keys()])])) {
    const own = baselines.map((baseline, index) => ({
      month: baseline.month,
      bills: before[index]?.get(account) ?? NO_BILLS,
    }));
    const bills = current.get(account) ?? [];
    const settled = isSettled ? settledBill(bills, own, month, linesOf) : null;
    if (settled) yield settled;
    else yield* billsOfAccount(bills, own, month, linesOf);
  }
}

/** Of one bill and one before it, as most are; null: there are more, or one takes the other back. */
function settledBill(
  invoices: readonly MonthInvoice[],
  baselines: readonly BaselineMonth[],
  month: PlainMonth,
  linesOf: ReadonlyMap<string, PackedLines>,
): SharedBill | null {
  const [invoice] = invoices;
  const [before] = baselines[0]?.bills ?? NO_BILLS;
  if (!invoice || !before || invoices.length > 1 || baselines.length > 1 || (baselines[0]?.bills.length ?? 0) > 1)
    return null;
  if (isVoided(invoice) || isOffset(invoice) || isNote(invoice) || before.documentKind === "credit_note") return null;
  const lines = settleLines(readLines(before.lines), readLines(linesOf.get(invoice.id) ?? null));
  return {
    bill: toBill(invoice, month),
    items: itemsOfLines(lines.now, { ...invoice, isCreditNote: false }),
    shares: [
      {
        month: baselines[0]?.month ?? month,
        items: itemsOfLines(lines.before, { ...before, isCreditNote: false }),
        hasDocuments: true,
        lineagesElsewhere: NOTHING,
      },
    ],
    settled: lines.settled,
  };
}

const NO_BILLS: readonly BaselineBill[] = [];
const NOTHING: ReadonlySet<string> = new Set();

function* billsOfAccount(
  invoices: readonly MonthInvoice[],
  baselines: readonly BaselineMonth[],
  month: PlainMonth,
  linesOf: ReadonlyMap<string, PackedLines>,
): Generator<SharedBill> {
  const compared = new Map(
    invoices.flatMap((invoice): [string, readonly StreamItem[]][] =>
      isVoided(invoice) || isOffset(invoice)
        ? []
        : [[invoice.id, unpackItems(linesOf.get(invoice.id) ?? null, { ...invoice, isCreditNote: isNote(invoice) })]],
    ),
  );
  // What people credited is a row of its own: it bills nothing again.
  const takers = invoices.flatMap((invoice) => {
    const items = isNote(invoice) ? undefined : compared.get(invoice.id);
    return items ? [{ id: invoice.id, items }] : [];
  });
  const billed = baselines.map(({ month: of, bills }) => ({ month: of, bills, items: bills.flatMap(itemsBilled) }));
  const shares = billed.map(({ items }) => shareBaseline(takers, items));
  const lineages = billed.map(({ items }) => (takers.length > 1 ? lineagesOf(items) : NOTHING));
  for (const invoice of invoices) {
    yield {
      bill: toBill(invoice, month),
      items: compared.get(invoice.id) ?? [],
      shares: billed.map(({ month: of, bills }, index) => ({
        month: of,
        items: shares[index]?.get(invoice.id) ?? [],
        hasDocuments: bills.length > 0,
        lineagesElsewhere: lineages[index] ?? NOTHING,
      })),
      settled: null,
    };
  }
  const first = billed.find(({ bills }) => bills.length > 0)?.bills[0];
  if (!first || takers.length > 0) return;
  yield {
    bill: missingBill(first, month),
    items: [],
    shares: billed.map(({ month: of, bills, items }) => ({
      month: of,
      items,
      hasDocuments: bills.length > 0,
      lineagesElsewhere: NOTHING,
    })),
    settled: null,
  };
}

const lineagesOf = (items: readonly StreamItem[]): ReadonlySet<string> =>
  new Set(items.flatMap(({ kind, lineageId }) => (kind === "item" && lineageId !== "" ? [lineageId] : [])));

const itemsBilled = ({ lines, currency: code, contractId, documentKind }: BaselineBill): readonly StreamItem[] =>
  unpackItems(lines, { currency: code, contractId, isCreditNote: documentKind === "credit_note" });

/** What a bill is compared with, net: of several months their mean. */
export function previousOf({ bill, shares }: Pick<SharedBill, "bill" | "shares">): Money {
  const billed = currency(bill.currency);
  const total = sum(
    shares.flatMap(({ items }) => items.map(({ net }) => net)),
    billed,
  );
  return shares.length <= 1 ? total : money(total.amount.div(shares.length).toDecimalPlaces(billed.minorUnits), billed);
}

/** One of the two that take each other back in full. */
export const isOffset = ({ correction }: MonthInvoice): boolean =>
  correction?.kind === "credited" || correction?.kind === "credits";

export const isVoided = ({ status }: Pick<MonthInvoice, "status">): boolean => status === "voided";
export const isNote = ({ documentKind }: MonthInvoice): boolean => documentKind === "credit_note";
export const isStale = ({ invoice }: Bill): boolean => invoice?.isStale ?? false;
