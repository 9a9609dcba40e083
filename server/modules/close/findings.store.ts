import type { PlainDate } from "../../domain/calendar/plain-date";
import { firstDayOf, type PlainMonth } from "../../domain/calendar/plain-month";
import type { CurrencyCode } from "../../domain/money/currency";
import { query } from "../../platform/database/transaction";
import type { StaleReason } from "../../platform/draft-staleness.store";
import type { Blocker, DocumentKind } from "../invoice";

/** A draft of the month, or of one before it that nobody has issued. */
export type UnissuedDraft = {
  readonly id: string;
  readonly customerName: string;
  readonly documentKind: DocumentKind;
  readonly billingMonth: PlainMonth;
  readonly billsOn: PlainDate;
  readonly netTotal: string;
  readonly currency: CurrencyCode;
  readonly staleReasons: readonly StaleReason[];
  readonly blockers: readonly Blocker[];
};

export async function unissuedDrafts(month: PlainMonth): Promise<UnissuedDraft[]> {
  const { rows } = await query<UnissuedDraft>(
    `SELECT invoice.id, customer.legal_name AS "customerName", invoice.document_kind AS "documentKind",
       to_char(invoice.billing_month, 'YYYY-MM') AS "billingMonth", invoice.bills_on AS "billsOn", invoice.net_total AS "netTotal",
       invoice.currency, invoice.stale_reasons AS "staleReasons", invoice.blockers
     FROM invoice
     JOIN customer ON customer.organization_id = invoice.organization_id AND customer.id = invoice.customer_id
     WHERE invoice.number IS NULL AND invoice.status = 'draft' AND invoice.billing_month <= $1
     ORDER BY customer.legal_name, invoice.bills_on, invoice.id`,
    [firstDayOf(month)],
  );
  return rows;
}

/** A series of numbers that was used in the month or later, with how many of its documents there are. */
export type UsedSeries = {
  readonly kind: DocumentKind;
  readonly prefix: string;
  readonly year: number;
  readonly last: number;
  readonly taken: number;
};

/** How the numbers of a series begin; the counter follows. */
const BEGINNING = "series.prefix || series.year || '-'";

export async function seriesUsedSince(month: PlainMonth): Promise<UsedSeries[]> {
  const { rows } = await query<UsedSeries>(
    `SELECT series.kind, series.prefix, series.year, series.next_counter - 1 AS last,
       (SELECT count(*)::int FROM invoice
        WHERE invoice.document_kind = series.kind AND invoice.number IS NOT NULL AND starts_with(invoice.number, ${BEGINNING})) AS taken
     FROM document_series AS series WHERE series.last_issued_on >= $1 ORDER BY series.kind, series.prefix, series.year`,
    [firstDayOf(month)],
  );
  return rows;
}

/** The counters of a series that documents have. */
export async function takenCounters({ kind, prefix, year }: UsedSeries): Promise<number[]> {
  const { rows } = await query<{ counter: number }>(
    `SELECT substr(number, length($2) + 1)::int AS counter FROM invoice
     WHERE document_kind = $1 AND number IS NOT NULL AND starts_with(number, $2)`,
    [kind, `${prefix}${year}-`],
  );
  return rows.map(({ counter }) => counter);
}

/** An issued document that did not get where it should. */
export type IssuedDocument = {
  readonly id: string;
  readonly number: string;
  readonly customerName: string;
  readonly netTotal: string;
  readonly currency: CurrencyCode;
  readonly state: string;
  readonly message: string | null;
};

const ISSUED = `invoice.id, invoice.number, customer.legal_name AS "customerName", invoice.net_total AS "netTotal", invoice.currency`;
const CUSTOMER = `JOIN customer ON customer.organization_id = invoice.organization_id AND customer.id = invoice.customer_id`;

/** By the last mail of each; a bounce counts where nobody got it. */
export async function unsentDocuments(month: PlainMonth): Promise<IssuedDocument[]> {
  const { rows } = await query<IssuedDocument>(
    `SELECT ${ISSUED}, CASE WHEN last.status = 'sent' THEN 'bounced' ELSE last.status END AS state,
       CASE WHEN last.status = 'sent' THEN 'It bounced: ' || last.bounced || '.' ELSE last.failure END AS message
     FROM invoice ${CUSTOMER}
     JOIN LATERAL (
       SELECT delivery.status, delivery.failure,
         (SELECT string_agg(recipient.email, ', ' ORDER BY recipient.ordinal) FILTER (WHERE recipient.status = 'bounced')
          FROM delivery_recipient AS recipient
          WHERE recipient.organization_id = delivery.organization_id AND recipient.delivery_id = delivery.id
          HAVING bool_and(recipient.status <> 'accepted')) AS bounced
       FROM delivery
       WHERE delivery.organization_id = invoice.organization_id AND delivery.invoice_id = invoice.id AND delivery.purpose IN ('invoice', 'resend')
       ORDER BY delivery.id DESC LIMIT 1) AS last ON last.status IN ('failed', 'uncertain') OR last.status = 'sent' AND last.bounced IS NOT NULL
     WHERE invoice.status IN ('finalized', 'sent') AND invoice.billing_month <= $1
     ORDER BY invoice.number`,
    [firstDayOf(month)],
  );
  return rows;
}

/** By what accounting has of each; nothing is in line where no accounting system is connected. */
export async function unsyncedDocuments(month: PlainMonth): Promise<IssuedDocument[]> {
  const { rows } = await query<IssuedDocument>(
    `SELECT ${ISSUED}, ledger.state, ledger.message
     FROM ledger_document AS ledger
     JOIN invoice ON invoice.organization_id = ledger.organization_id AND invoice.id = ledger.invoice_id ${CUSTOMER}
     WHERE ledger.state IN ('queued', 'failed', 'void_queued', 'void_failed') AND invoice.billing_month <= $1
     ORDER BY invoice.number`,
    [firstDayOf(month)],
  );
  return rows;
}
