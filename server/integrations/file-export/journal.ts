import { Decimal, ZERO } from "../../domain/money/decimal";
import type { LedgerDocument } from "../xero/accounting-ledger";

/** One side of one account, in the base currency. */
export type Posting = {
  readonly account: string;
  /** above zero on one side, zero on the other */
  readonly debit: Decimal;
  readonly credit: Decimal;
  readonly memo: string;
  /** what the ledger calls the tax; null: none */
  readonly taxType: string | null;
};

/** A document as double entry. */
export type Journal = { readonly document: LedgerDocument; readonly postings: readonly Posting[] };

/**
 * Debits what is owed to the receivable account and credits revenue by ledger account and tax by tax code; a credit note,
 * whose amounts are below zero, the other way round. Debits and credits are equal, as the receivable is their sum.
 */
export function journalOf(document: LedgerDocument): Journal {
  const { number, customer, lines, receivableAccount } = document;
  const memo = `${number} ${customer.legalName}`;
  const revenue = sums(lines.map((line) => [line.revenueAccount, line.netInBase, null] as const));
  const tax = sums(lines.map((line) => [line.taxAccount ?? "", line.taxInBase, line.taxType] as const));
  const owed = [...revenue, ...tax].reduce((sum, { amount }) => sum.plus(amount), ZERO);
  const postings = [
    { account: receivableAccount ?? "", amount: owed.negated(), taxType: null },
    ...revenue,
    ...tax,
  ].filter(({ amount }) => !amount.isZero());
  return {
    document,
    postings: postings.map(({ account, amount, taxType }) => ({
      account,
      debit: amount.isNegative() ? amount.negated() : ZERO,
      credit: amount.isNegative() ? ZERO : amount,
      memo,
      taxType,
    })),
  };
}

type Sum = { readonly account: string; readonly taxType: string | null; readonly amount: Decimal };

/** By account and tax type, in the order in which they first appear. */
function sums(amounts: readonly (readonly [string, Decimal, string | null])[]): Sum[] {
  const found = new Map<string, Sum>();
  for (const [account, amount, taxType] of amounts) {
    const key = JSON.stringify([account, taxType]);
    found.set(key, { account, taxType, amount: (found.get(key)?.amount ?? new Decimal(0)).plus(amount) });
  }
  return [...found.values()];
}
