import type { PlainDate } from "../../domain/calendar/plain-date";
import type { CurrencyCode } from "../../domain/money/currency";
import { Decimal } from "../../domain/money/decimal";
import type { DueItem } from "../../domain/receivable/aging";
import type { MovementKind } from "../../domain/receivable/statement";
import { query } from "../../platform/database/transaction";
import { type Account, DEBTOR } from "./settlement.store";

/** The local day on which a document was voided; its month may not be before the one in which it is posted. */
const VOIDED_ON = "greatest((invoice.voided_at AT TIME ZONE $2)::date, invoice.accounting_on)";

type AgedItem = DueItem & Account;

/** What was due at the end of a day, by what is posted until then: invoice by invoice. null: of all customers. */
export async function dueItems(
  on: PlainDate,
  timeZone: string,
  customerIds: readonly string[] | null,
): Promise<AgedItem[]> {
  const { rows } = await query<Account & { due: string; dueOn: PlainDate; isDisputed: boolean }>({
    name: "due-items",
    text: `SELECT ${DEBTOR} AS "customerId", invoice.currency, invoice.due_on AS "dueOn", invoice.gross_total - settled.total AS due,
             coalesce((invoice.disputed_at AT TIME ZONE $2)::date <= $1, false) AS "isDisputed"
           FROM (
             SELECT organization_id, id FROM invoice
             WHERE number IS NOT NULL AND status <> 'voided' AND settled_total <> gross_total
             UNION SELECT organization_id, invoice_id FROM settlement WHERE effective_on > $1 AND invoice_id IS NOT NULL
             UNION SELECT organization_id, id FROM invoice WHERE status = 'voided') AS candidate
           JOIN invoice ON invoice.organization_id = candidate.organization_id AND invoice.id = candidate.id
           CROSS JOIN LATERAL (
             SELECT coalesce(sum(settlement.amount), 0) AS total FROM settlement
             WHERE settlement.organization_id = invoice.organization_id AND settlement.invoice_id = invoice.id
               AND settlement.effective_on <= $1) AS settled
           WHERE invoice.document_kind = 'invoice' AND invoice.accounting_on <= $1
             AND (invoice.voided_at IS NULL OR ${VOIDED_ON} > $1)
             AND invoice.gross_total <> settled.total AND ($3::uuid[] IS NULL OR ${DEBTOR} = ANY ($3))`,
    values: [on, timeZone, customerIds],
  });
  return rows.map((row) => ({ ...row, due: new Decimal(row.due) }));
}

/** What was left of payments and credit notes at the end of a day, by account, where anything was. */
export async function balancesOn(
  on: PlainDate,
  timeZone: string,
  customerIds: readonly string[] | null,
): Promise<(Account & { readonly balance: Decimal })[]> {
  const { rows } = await query<Account & { balance: string }>({
    name: "balances-on",
    text: `SELECT "customerId", currency, sum(amount) AS balance FROM (
             SELECT payment.customer_id AS "customerId", payment.currency, payment.amount FROM payment WHERE payment.accounting_on <= $1
             UNION ALL
             SELECT payment.customer_id, payment.currency, -payment.amount FROM payment_reversal AS reversal
             JOIN payment ON payment.organization_id = reversal.organization_id AND payment.id = reversal.payment_id
             WHERE reversal.accounting_on <= $1
             UNION ALL
             SELECT payment.customer_id, payment.currency, -settlement.amount FROM settlement
             JOIN payment ON payment.organization_id = settlement.organization_id AND payment.id = settlement.payment_id
             WHERE settlement.effective_on <= $1
             UNION ALL
             SELECT ${DEBTOR}, invoice.currency, -invoice.gross_total FROM invoice
             WHERE invoice.document_kind = 'credit_note' AND invoice.number IS NOT NULL AND invoice.accounting_on <= $1
               AND (invoice.voided_at IS NULL OR ${VOIDED_ON} > $1)
             UNION ALL
             SELECT ${DEBTOR}, invoice.currency, -settlement.amount FROM settlement
             JOIN invoice ON invoice.organization_id = settlement.organization_id AND invoice.id = settlement.credit_note_id
             WHERE settlement.effective_on <= $1) AS fund
           WHERE $3::uuid[] IS NULL OR "customerId" = ANY ($3)
           GROUP BY "customerId", currency HAVING sum(amount) <> 0`,
    values: [on, timeZone, customerIds],
  });
  return rows.map((row) => ({ ...row, balance: new Decimal(row.balance) }));
}

/**
 * What changed receivables, on which day it is posted, and which day is on the document. $2 is the time zone; the
 * conditions are on `invoice`, and on what has a customer of its own.
 */
const movementsWhere = (ofInvoice: string, ofMoney: (table: string) => string): string => `
  SELECT ${DEBTOR} AS customer_id, invoice.currency, invoice.document_kind AS kind, invoice.accounting_on AS posted_on, invoice.issued_on AS stated_on,
    invoice.gross_total AS amount, invoice.id AS invoice_id, NULL::uuid AS payment_id, NULL::uuid AS refund_id, invoice.number AS reference, 1 AS step
  FROM invoice WHERE invoice.number IS NOT NULL AND ${ofInvoice}
  UNION ALL
  SELECT ${DEBTOR}, invoice.currency, 'void', ${VOIDED_ON}, (invoice.voided_at AT TIME ZONE $2)::date, -invoice.gross_total,
    invoice.id, NULL, NULL, invoice.number, 2
  FROM invoice WHERE invoice.status = 'voided' AND ${ofInvoice}
  UNION ALL
  SELECT payment.customer_id, payment.currency, 'payment', payment.accounting_on, payment.received_on, -payment.amount,
    NULL, payment.id, NULL, payment.reference, 3
  FROM payment WHERE ${ofMoney("payment")}
  UNION ALL
  SELECT payment.customer_id, payment.currency, 'payment_reversal', reversal.accounting_on, reversal.reversed_on, payment.amount,
    NULL, payment.id, NULL, reversal.reason, 4
  FROM payment_reversal AS reversal
  JOIN payment ON payment.organization_id = reversal.organization_id AND payment.id = reversal.payment_id
  WHERE ${ofMoney("payment")}
  UNION ALL
  SELECT refund.customer_id, refund.currency, 'refund', refund.accounting_on, refund.paid_on, refund.amount, NULL, NULL, refund.id, refund.reference, 5
  FROM refund WHERE ${ofMoney("refund")}
  UNION ALL
  SELECT ${DEBTOR}, invoice.currency, CASE WHEN settlement.amount > 0 THEN 'write_off' ELSE 'write_off_reversal' END,
    settlement.effective_on, settlement.effective_on, -settlement.amount, invoice.id, NULL, NULL, invoice.number, 6
  FROM settlement
  JOIN invoice ON invoice.organization_id = settlement.organization_id AND invoice.id = settlement.invoice_id
  WHERE settlement.kind = 'write_off' AND ${ofInvoice}`;

/** What a month did to the receivables of one currency, and what they were before it. */
export type MonthOfCurrency = {
  readonly currency: CurrencyCode;
  readonly opening: string;
  readonly invoiced: string;
  readonly credited: string;
  readonly paid: string;
  readonly refunded: string;
  readonly writtenOff: string;
};

export async function movementsOfMonth(
  { startsOn, endsBefore }: { readonly startsOn: PlainDate; readonly endsBefore: PlainDate },
  timeZone: string,
): Promise<MonthOfCurrency[]> {
  const { rows } = await query<MonthOfCurrency>({
    name: "movements-of-month",
    text: `SELECT currency,
             coalesce(sum(amount) FILTER (WHERE posted_on < $1), 0) AS opening,
             coalesce(sum(amount) FILTER (WHERE posted_on >= $1 AND kind = 'invoice' OR posted_on >= $1 AND kind = 'void' AND amount < 0), 0) AS invoiced,
             -coalesce(sum(amount) FILTER (WHERE posted_on >= $1 AND kind = 'credit_note' OR posted_on >= $1 AND kind = 'void' AND amount > 0), 0) AS credited,
             -coalesce(sum(amount) FILTER (WHERE posted_on >= $1 AND kind IN ('payment', 'payment_reversal')), 0) AS paid,
             coalesce(sum(amount) FILTER (WHERE posted_on >= $1 AND kind = 'refund'), 0) AS refunded,
             -coalesce(sum(amount) FILTER (WHERE posted_on >= $1 AND kind IN ('write_off', 'write_off_reversal')), 0) AS "writtenOff"
           FROM (${movementsWhere("true", () => "true")}) AS movement WHERE posted_on < $3 GROUP BY currency ORDER BY currency`,
    values: [startsOn, timeZone, endsBefore],
  });
  return rows;
}

export type StatedMovement = {
  readonly on: PlainDate;
  readonly kind: MovementKind;
  readonly amount: string;
  readonly invoiceId: string | null;
  readonly paymentId: string | null;
  readonly refundId: string | null;
  readonly reference: string | null;
};

/** All that ever changed what a customer owes in a currency, until a day, in order; what was before `from` added up. */
export async function movementsOfAccount(
  { customerId, currency }: Account,
  { from, through, timeZone }: { readonly from: PlainDate; readonly through: PlainDate; readonly timeZone: string },
): Promise<{ readonly opening: string; readonly movements: readonly StatedMovement[] }> {
  const values = [from, timeZone, through, customerId, currency];
  const { rows } = await query<StatedMovement & { isBefore: boolean }>({
    name: "movements-of-account",
    text: `WITH movement AS (
             SELECT * FROM (${movementsWhere(
               `$4 IN (invoice.customer_id, invoice.bill_to_customer_id) AND ${DEBTOR} = $4 AND invoice.currency = $5`,
               (table) => `${table}.customer_id = $4 AND ${table}.currency = $5`,
             )}) AS every WHERE stated_on <= $3)
           SELECT NULL::date AS "on", 'opening' AS kind, coalesce(sum(amount), 0) AS amount, NULL::uuid AS "invoiceId", NULL::uuid AS "paymentId",
             NULL::uuid AS "refundId", NULL AS reference, true AS "isBefore", 0 AS step FROM movement WHERE stated_on < $1
           UNION ALL
           SELECT stated_on, kind, amount, invoice_id, payment_id, refund_id, reference, false, step FROM movement WHERE stated_on >= $1
           ORDER BY "isBefore" DESC, "on", step, reference`,
    values,
  });
  const [opening, ...movements] = rows;
  return { opening: opening?.amount ?? "0", movements };
}
