import type { PlainDate } from "../../domain/calendar/plain-date";
import type { CurrencyCode } from "../../domain/money/currency";
import { Decimal } from "../../domain/money/decimal";
import type { UnsettledInvoice } from "../../domain/receivable/allocate-payment";
import { organizationId, query } from "../../platform/database/transaction";
import type { Page } from "../../platform/graphql/paging";
import { isId } from "../../platform/ids";
import type { NewPayment, Payment, PaymentSource, ReversalKind } from "./payment";
import type { LedgerScope } from "./receivable";
import { type Account, DEBTOR } from "./settlement.store";

const PAYMENTS = `SELECT payment.id, payment.customer_id AS "customerId", payment.currency, payment.amount, payment.received_on AS "receivedOn",
    payment.accounting_on AS "accountingOn", payment.method, payment.reference, payment.payer_name AS "payerName",
    payment.payer_account AS "payerAccount", payment.source, payment.external_id AS "externalId", payment.note,
    payment.recorded_by AS "recordedBy", payment.recorded_at AS "recordedAt",
    CASE WHEN reversal.payment_id IS NULL THEN payment.amount - used.total ELSE 0 END AS left,
    reversal.reversed_on AS "reversedOn", reversal.kind AS "reversalKind", reversal.reason AS "reversalReason"
  FROM payment
  LEFT JOIN payment_reversal AS reversal ON reversal.organization_id = payment.organization_id AND reversal.payment_id = payment.id
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(settlement.amount), 0) AS total FROM settlement
    WHERE settlement.organization_id = payment.organization_id AND settlement.payment_id = payment.id) AS used`;

/** A batch: payments by id. */
export async function paymentsById(ids: readonly string[]): Promise<ReadonlyMap<string, Payment>> {
  const { rows } = await query<Payment>({
    name: "payments-by-id",
    text: `${PAYMENTS} WHERE payment.id = ANY ($1::uuid[])`,
    values: [ids.filter(isId)],
  });
  return new Map(rows.map((row) => [row.id, row]));
}

export async function findPaymentId(source: PaymentSource, externalId: string): Promise<string | null> {
  const { rows } = await query<{ id: string }>("SELECT id FROM payment WHERE source = $1 AND external_id = $2", [
    source,
    externalId,
  ]);
  return rows[0]?.id ?? null;
}

/** Null stands for "any". */
export type PaymentFilter = {
  readonly customerIds: readonly string[] | null;
  readonly currencies: readonly string[] | null;
  readonly receivedFrom: PlainDate | null;
  readonly receivedThrough: PlainDate | null;
  /** something of it is not allocated */
  readonly hasLeft: boolean | null;
  /** in reference, payer or the customer's name, in any case */
  readonly search: string | null;
};

/** The newest first. */
export async function listPayments(filter: PaymentFilter, { after, limit }: Page): Promise<Payment[]> {
  const { rows } = await query<Payment>({
    name: "list-payments",
    text: `${PAYMENTS}
      JOIN customer ON customer.organization_id = payment.organization_id AND customer.id = payment.customer_id
      WHERE ($1::uuid[] IS NULL OR payment.customer_id = ANY ($1)) AND ($2::text[] IS NULL OR payment.currency = ANY ($2))
        AND ($3::date IS NULL OR payment.received_on >= $3) AND ($4::date IS NULL OR payment.received_on <= $4)
        AND ($5::boolean IS NULL OR (reversal.payment_id IS NULL AND payment.amount > used.total) = $5)
        AND ($6::text IS NULL OR position(lower($6) IN lower(concat_ws(E'\\n', payment.reference, payment.payer_name, customer.legal_name))) > 0)
        AND ($7::date IS NULL OR (payment.received_on, payment.id) < ($7, $8::uuid))
      ORDER BY payment.received_on DESC, payment.id DESC LIMIT $9`,
    values: [
      filter.customerIds,
      filter.currencies,
      filter.receivedFrom,
      filter.receivedThrough,
      filter.hasLeft,
      filter.search,
      after?.[0] ?? null,
      after?.[1] ?? null,
      limit,
    ],
  });
  return rows;
}

export type PaymentRow = Omit<NewPayment, "allocations" | "currency"> & {
  readonly id: string;
  readonly currency: CurrencyCode;
  readonly accountingOn: PlainDate;
  readonly source: PaymentSource;
  readonly externalId: string | null;
};

export async function insertPayment(payment: PaymentRow, { now, recordedBy }: LedgerScope): Promise<void> {
  await query(
    `INSERT INTO payment (organization_id, id, customer_id, currency, amount, received_on, accounting_on, method, reference, payer_name,
       payer_account, source, external_id, note, recorded_by, recorded_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    [
      organizationId(),
      payment.id,
      payment.customerId,
      payment.currency,
      payment.amount.toFixed(),
      payment.receivedOn,
      payment.accountingOn,
      payment.method,
      payment.reference,
      payment.payerName,
      payment.payerAccount,
      payment.source,
      payment.externalId,
      payment.note,
      recordedBy,
      now,
    ],
  );
}

export type PaymentReversal = {
  readonly paymentId: string;
  readonly kind: ReversalKind;
  readonly reversedOn: PlainDate;
  readonly accountingOn: PlainDate;
  readonly reason: string;
};

export async function insertReversal(reversal: PaymentReversal, { now, recordedBy }: LedgerScope): Promise<void> {
  await query(
    `INSERT INTO payment_reversal (organization_id, payment_id, kind, reversed_on, accounting_on, reason, recorded_by, recorded_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      organizationId(),
      reversal.paymentId,
      reversal.kind,
      reversal.reversedOn,
      reversal.accountingOn,
      reversal.reason,
      recordedBy,
      now,
    ],
  );
}

/** What these accounts still have to pay. */
export async function unsettledInvoices(accounts: readonly Account[]): Promise<(UnsettledInvoice & Account)[]> {
  const { rows } = await query<Omit<UnsettledInvoice, "due"> & Account & { due: string }>({
    name: "unsettled-invoices",
    text: `SELECT invoice.id, invoice.number, invoice.due_on AS "dueOn", invoice.gross_total - invoice.settled_total AS due,
             ${DEBTOR} AS "customerId", invoice.currency
           FROM unnest($1::uuid[], $2::text[]) AS wanted (customer_id, currency)
           JOIN invoice ON invoice.currency = wanted.currency
             AND (invoice.customer_id = wanted.customer_id OR invoice.bill_to_customer_id = wanted.customer_id)
             AND ${DEBTOR} = wanted.customer_id
             AND invoice.number IS NOT NULL AND invoice.status <> 'voided' AND invoice.settled_total <> invoice.gross_total
             AND invoice.document_kind = 'invoice'
           ORDER BY invoice.due_on, invoice.number`,
    values: [accounts.map(({ customerId }) => customerId), accounts.map(({ currency }) => currency)],
  });
  return rows.map((row) => ({ ...row, due: new Decimal(row.due) }));
}
