import type { CurrencyCode } from "../../domain/money/currency";
import { Decimal } from "../../domain/money/decimal";
import type { OwedInvoice } from "../../domain/receivable/match-bank-line";
import { query } from "../../platform/database/transaction";
import type { Page } from "../../platform/graphql/paging";
import { isId } from "../../platform/ids";
import type { BankLine, BankLineStatus } from "./bank-line";
import type { LedgerScope } from "./receivable";
import { DEBTOR } from "./settlement.store";

const LINE = `line.id, line.bank_account_id AS "bankAccountId", line.bank_file_id AS "bankFileId", line.ordinal, line.booked_on AS "bookedOn",
  line.amount, line.currency, line.payer_name AS "payerName", line.payer_account AS "payerAccount", line.reference, line.status,
  line.payment_id AS "paymentId", line.decided_because AS "decidedBecause", line.decided_by AS "decidedBy", line.decided_at AS "decidedAt"`;

/** A batch: lines of bank files by id. */
export async function bankLinesById(ids: readonly string[]): Promise<ReadonlyMap<string, BankLine>> {
  const { rows } = await query<BankLine>({
    name: "bank-lines-by-id",
    text: `SELECT ${LINE} FROM bank_line AS line WHERE line.id = ANY ($1::uuid[])`,
    values: [ids.filter(isId)],
  });
  return new Map(rows.map((row) => [row.id, row]));
}

/** Held until the end of the transaction, in order of id. */
export async function lockBankLines(ids: readonly string[]): Promise<ReadonlyMap<string, BankLine>> {
  const { rows } = await query<BankLine>(
    `SELECT ${LINE} FROM bank_line AS line WHERE line.id = ANY ($1::uuid[]) ORDER BY line.id FOR UPDATE`,
    [ids.filter(isId)],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** Null stands for "any". */
export type BankLineFilter = {
  readonly bankAccountId: string | null;
  readonly bankFileId: string | null;
  readonly statuses: readonly BankLineStatus[] | null;
};

/** The newest first. */
export async function listBankLines(filter: BankLineFilter, { after, limit }: Page): Promise<BankLine[]> {
  const { rows } = await query<BankLine>({
    name: "list-bank-lines",
    text: `SELECT ${LINE} FROM bank_line AS line
           WHERE ($1::uuid IS NULL OR line.bank_account_id = $1) AND ($2::uuid IS NULL OR line.bank_file_id = $2)
             AND ($3::text[] IS NULL OR line.status = ANY ($3))
             AND ($4::date IS NULL OR (line.booked_on, line.id) < ($4, $5::uuid))
           ORDER BY line.booked_on DESC, line.id DESC LIMIT $6`,
    values: [filter.bankAccountId, filter.bankFileId, filter.statuses, after?.[0] ?? null, after?.[1] ?? null, limit],
  });
  return rows;
}

export type BankLineDecision = {
  readonly id: string;
  readonly status: BankLineStatus;
  readonly paymentId: string | null;
  readonly because: string | null;
};

export async function decideBankLine(
  { id, status, paymentId, because }: BankLineDecision,
  { now, recordedBy }: LedgerScope,
): Promise<void> {
  await query(
    `UPDATE bank_line SET status = $2, payment_id = $3, decided_because = $4, decided_by = $5, decided_at = $6, version = version + 1
     WHERE id = $1`,
    [id, status, paymentId, because, recordedBy, now],
  );
}

/** Lines whose payment was a mistake are to be matched again. */
export async function freeBankLines(paymentId: string): Promise<void> {
  await query(
    `UPDATE bank_line SET status = 'to_match', payment_id = NULL, decided_because = NULL, decided_by = NULL, decided_at = NULL, version = version + 1
     WHERE payment_id = $1`,
    [paymentId],
  );
}

/** Everything that is due in these currencies, with the names of who owes it. */
export async function owedInvoices(
  currencies: readonly string[],
): Promise<(OwedInvoice & { readonly customerName: string })[]> {
  const { rows } = await query<
    Omit<OwedInvoice, "due"> & { due: string; customerName: string; currency: CurrencyCode }
  >({
    name: "owed-invoices",
    text: `SELECT invoice.id, invoice.number, invoice.due_on AS "dueOn", invoice.gross_total - invoice.settled_total AS due,
             ${DEBTOR} AS "customerId", invoice.currency, customer.legal_name AS "customerName"
           FROM invoice JOIN customer ON customer.organization_id = invoice.organization_id AND customer.id = ${DEBTOR}
           WHERE invoice.number IS NOT NULL AND invoice.status <> 'voided' AND invoice.settled_total <> invoice.gross_total
             AND invoice.document_kind = 'invoice' AND invoice.currency = ANY ($1::text[])
           ORDER BY invoice.due_on, invoice.number`,
    values: [currencies],
  });
  return rows.map((row) => ({ ...row, due: new Decimal(row.due) }));
}

/** Customers that paid from these accounts before; a payment that was a mistake says nothing. */
export async function payersByAccount(
  payerAccounts: readonly string[],
): Promise<{ readonly payerAccount: string; readonly customerId: string; readonly customerName: string }[]> {
  if (payerAccounts.length === 0) return [];
  const { rows } = await query<{ payerAccount: string; customerId: string; customerName: string }>({
    name: "payers-by-account",
    text: `SELECT DISTINCT payment.payer_account AS "payerAccount", payment.customer_id AS "customerId", customer.legal_name AS "customerName"
           FROM payment JOIN customer ON customer.organization_id = payment.organization_id AND customer.id = payment.customer_id
           WHERE payment.payer_account = ANY ($1::text[]) AND NOT EXISTS (
             SELECT FROM payment_reversal AS reversal WHERE reversal.organization_id = payment.organization_id
               AND reversal.payment_id = payment.id AND reversal.kind = 'mistake')
           ORDER BY 1, 2`,
    values: [payerAccounts],
  });
  return rows;
}
