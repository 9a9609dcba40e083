import { organizationId, query } from "../../server/platform/database/transaction";

/** Months of the written invoices, up to and with October 2026. */
const MONTHS = 24;

/** Ids that rise as UUIDs of version 7 do, so that rows lie as they would. */
const idOf = (kind: number, n: string) =>
  `('0192${kind.toString(16).padStart(4, "0")}-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`;

/**
 * Writes invoices without lines, month after month: those of the last month mostly drafts, a few of them stale, those
 * before issued and mostly paid. Customers have custom fields: one of five regions, and a tag that one of 200 has.
 */
export async function writeViewWorld({ invoices }: { readonly invoices: number }): Promise<void> {
  const write = (text: string, ...values: unknown[]) => query(text, [organizationId(), ...values]);
  const customers = Math.max(1, Math.ceil(invoices / 50));
  await write(
    `INSERT INTO customer (organization_id, id, legal_name, address_lines, currency, custom_fields)
     SELECT $1, ${idOf(1, "n")}, 'Customer ' || md5(n::text), '{}', 'GBP',
       jsonb_build_object('region', (ARRAY['EMEA', 'AMER', 'APAC', 'LATAM', 'ANZ'])[n % 5 + 1], 'seats', n % 500)
         || CASE WHEN n % 200 = 0 THEN '{"tags": ["key account"]}' ELSE '{}' END::jsonb
     FROM generate_series(1, $2::int) AS n`,
    customers,
  );
  const perMonth = Math.ceil(invoices / MONTHS);
  for (let month = 0; month < MONTHS; month += 1) {
    await write(
      `INSERT INTO invoice (organization_id, id, customer_id, status, currency, bills_on, billing_month, service_starts_on, service_ends_before,
         net_total, tax_total, gross_total, content_hash, calculated_at, number, issued_on, tax_point_on, accounting_on, due_on, parties, sent_at,
         payment_status, settled_total, stale_reasons, stale_since, po_number)
       SELECT $1, ${idOf(9, "$2::bigint * 1000000 + n")}, ${idOf(1, "(n * 7 + $2) % $4 + 1")}, status, (ARRAY['GBP', 'GBP', 'GBP', 'EUR', 'USD'])[n % 5 + 1],
         next_month, month, month, next_month, net, net * 0.2, net * 1.2, 'x', now(),
         CASE WHEN is_issued THEN 'INV-' || to_char(month, 'YYYY-MM') || '-' || lpad(n::text, 7, '0') END,
         CASE WHEN is_issued THEN next_month END, CASE WHEN is_issued THEN next_month END, CASE WHEN is_issued THEN month END,
         CASE WHEN is_issued THEN next_month + 30 END, CASE WHEN is_issued THEN '{}'::jsonb END, CASE WHEN status = 'sent' THEN now() END,
         paid, CASE WHEN paid = 'paid' THEN net * 1.2 ELSE 0 END,
         CASE WHEN is_stale THEN ARRAY['usage'] ELSE '{}' END, CASE WHEN is_stale THEN now() END, CASE WHEN n % 9 = 0 THEN 'PO-' || n END
       FROM generate_series(1, $3::int) AS n
         CROSS JOIN LATERAL (
           SELECT (date '2024-11-01' + make_interval(months => $2::int))::date AS month, (date '2024-12-01' + make_interval(months => $2::int))::date AS next_month,
             round((exp((n * 7919 % 1000) / 120.0) + 10)::numeric, 1) AS net,
             CASE WHEN $2 < ${MONTHS - 1} OR n % 10 = 9 THEN 'sent' WHEN n % 10 = 8 THEN 'finalized' ELSE 'draft' END AS status) AS basis
         CROSS JOIN LATERAL (
           SELECT status <> 'draft' AS is_issued, status = 'draft' AND n % 50 = 3 AS is_stale,
             CASE WHEN $2 < ${MONTHS - 1} AND n % (CASE WHEN $2 < ${MONTHS - 4} THEN 300 ELSE 10 END) <> 7 THEN 'paid' ELSE 'unpaid' END AS paid) AS life`,
      month,
      perMonth,
      customers,
    );
  }
}

/** One of the customers, with an invoice in most months. */
export const VIEW_CUSTOMER = "01920001-0000-7000-8000-000000000001";
