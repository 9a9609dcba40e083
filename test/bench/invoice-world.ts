import { firstDayOf, type PlainMonth, plainMonth, shiftMonth } from "../../server/domain/calendar/plain-month";
import { Decimal } from "../../server/domain/money/decimal";
import { createOrganization } from "../../server/modules/organization";
import { organizationId, query } from "../../server/platform/database/transaction";

export const BENCH_MONTH: PlainMonth = plainMonth("2026-10");

export const createBenchOrganization = (): Promise<string> =>
  createOrganization(
    {
      legalName: "Bench Seller Ltd",
      addressLines: ["1 Test Street", "London"],
      country: "GB",
      taxNumber: null,
      bankDetails: [],
      baseCurrency: "GBP",
      timeZone: "Europe/London",
      mode: "sandbox",
      testClockAt: null,
      taxRounding: "per_line",
      paymentTerms: { kind: "net_days", days: 30 },
      brandColor: "#1f5f4a",
      mailFrom: "billing@example.com",
      varianceThresholds: { amount: new Decimal(100), percent: new Decimal(20) },
    },
    new Date("2026-11-03T09:00:00Z"),
  );

/** Ids that rise as UUIDs of version 7 do, so that rows lie as they would. */
const ID_FUNCTION = (kind: number, n: string) =>
  `('0192${kind.toString(16).padStart(4, "0")}-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`;
const idOf = {
  customer: (n: string) => ID_FUNCTION(1, n),
  contract: (n: string) => ID_FUNCTION(2, n),
  schedule: (n: string) => ID_FUNCTION(3, n),
  phase: (n: string) => ID_FUNCTION(4, n),
  charge: (n: string) => ID_FUNCTION(5, n),
  price: (n: string) => ID_FUNCTION(6, n),
  lineage: (n: string) => ID_FUNCTION(7, n),
  product: (n: string) => ID_FUNCTION(8, n),
  invoice: (n: string) => ID_FUNCTION(9, n),
  line: (n: string) => ID_FUNCTION(10, n),
};

const LINES = 5;

/**
 * Writes a customer with a contract of five monthly prices and one invoice a month, so many times: `months` months up to
 * BENCH_MONTH, the last one in drafts, the others sent. Each seventh customer moved by more than a threshold, each
 * hundredth is new, each fiftieth has no bill this month.
 */
export async function writeInvoiceWorld({
  invoices,
  months,
}: {
  readonly invoices: number;
  readonly months: number;
}): Promise<void> {
  const organization = organizationId();
  const write = (text: string, ...values: unknown[]) => query(text, [organization, ...values]);
  await write(
    `INSERT INTO product (organization_id, id, code, name, tax_code) SELECT $1, ${idOf.product("n")}, 'P' || n, 'Product ' || n, 'STANDARD' FROM generate_series(1, ${LINES}) AS n`,
  );
  await write(
    `INSERT INTO price (organization_id, id, product_id, lineage_id, name, currency, model, terms, cadence, timing, effective_on)
     SELECT $1, ${idOf.price("n")}, ${idOf.product("n")}, ${idOf.lineage("n")}, 'Price ' || n, 'GBP', 'flat', '{"fee": "100"}', 'monthly', 'in_arrears', '2020-01-01' FROM generate_series(1, ${LINES}) AS n`,
  );
  await write(
    `INSERT INTO customer (organization_id, id, legal_name, address_lines, currency) SELECT $1, ${idOf.customer("n")}, 'Customer ' || md5(n::text), '{}', 'GBP' FROM generate_series(1, $2::int) AS n`,
    invoices,
  );
  await write(
    `INSERT INTO contract (organization_id, id, number, name, customer_id, currency, starts_on)
     SELECT $1, ${idOf.contract("n")}, 'C-' || n, 'Contract', ${idOf.customer("n")}, 'GBP', '2024-01-01' FROM generate_series(1, $2::int) AS n`,
    invoices,
  );
  await write(
    `INSERT INTO billing_schedule (organization_id, id, contract_id, status, anchor_on) SELECT $1, ${idOf.schedule("n")}, ${idOf.contract("n")}, 'active', '2024-01-01' FROM generate_series(1, $2::int) AS n`,
    invoices,
  );
  await write(
    `INSERT INTO schedule_revision (organization_id, schedule_id, revision, starts_on) SELECT $1, ${idOf.schedule("n")}, 0, '2024-01-01' FROM generate_series(1, $2::int) AS n`,
    invoices,
  );
  await write(
    `INSERT INTO phase (organization_id, id, schedule_id, ordinal, name, starts_on) SELECT $1, ${idOf.phase("n")}, ${idOf.schedule("n")}, 0, 'Phase', '2024-01-01' FROM generate_series(1, $2::int) AS n`,
    invoices,
  );
  await write(
    `INSERT INTO charge (organization_id, id, phase_id, ordinal, price_id, description)
     SELECT $1, ${idOf.charge(`(n - 1) * ${LINES} + k`)}, ${idOf.phase("n")}, k, ${idOf.price("k")}, 'Price ' || k FROM generate_series(1, $2::int) AS n, generate_series(1, ${LINES}) AS k`,
    invoices,
  );
  for (let back = months - 1; back >= 0; back -= 1)
    await writeMonth(write, shiftMonth(BENCH_MONTH, -back), { invoices, back });
}

type Write = (text: string, ...values: unknown[]) => Promise<unknown>;

async function writeMonth(
  write: Write,
  month: PlainMonth,
  { invoices, back }: { readonly invoices: number; readonly back: number },
): Promise<void> {
  const values = [invoices, firstDayOf(month), firstDayOf(shiftMonth(month, 1)), back];
  const isNow = back === 0;
  const present = isNow ? "n % 50 <> 0" : "n % 100 <> 1";
  const invoiceId = idOf.invoice("$5::bigint * 1000000 + n");
  // A fee that stays, three prices per unit and one with tiers: four of five lines move with what was used.
  const used = `(100 + k + n % 37 + ${isNow ? "CASE WHEN n % 7 = 0 AND k = 2 THEN 300 ELSE n % 11 END" : "0"})`;
  const amount = `CASE k WHEN 1 THEN 100 ELSE ${used} END`;
  const usage = `'"usage":{"quantity":"' || ${used} || '"}}'`;
  const facts = `CASE k WHEN 1 THEN '{"price":["flat",{"fee":"100"}]}'
    WHEN 5 THEN '{"price":["graduated",{"tiers":[{"upTo":"1000","unitPrice":"1"},{"upTo":null,"unitPrice":"0.5"}]}],' || ${usage}
    ELSE '{"price":["per_unit",{"unitPrice":"1"}],' || ${usage} END`;
  await write(
    `INSERT INTO invoice (organization_id, id, customer_id, contract_id, status, currency, bills_on, billing_month, service_starts_on, service_ends_before,
       net_total, tax_total, gross_total, content_hash, calculated_at, stale_reasons, stale_since)
     SELECT $1, ${invoiceId}, ${idOf.customer("n")}, ${idOf.contract("n")}, 'draft', 'GBP', $4::date, $3::date, $3, $4, total, 0, total, 'x', now(),
       CASE WHEN is_stale THEN ARRAY['usage'] ELSE '{}' END, CASE WHEN is_stale THEN now() END
     FROM generate_series(1, $2::int) AS n
       CROSS JOIN LATERAL (SELECT sum(${amount}) AS total FROM generate_series(1, ${LINES}) AS k) AS amounts
       CROSS JOIN LATERAL (SELECT $5::bigint = 0 AND n % 20 = 0 AS is_stale) AS staleness
     WHERE ${present}`,
    ...values,
  );
  await write(
    `INSERT INTO invoice_line (organization_id, invoice_id, id, ordinal, kind, billing_key, charge_id, product_id, lineage_id, description, timing, is_one_time,
       full_starts_on, full_ends_before, service_starts_on, service_ends_before, quantity, precise_amount, charge_amount, discount_amount, net_amount,
       tax_code, tax_percent, tax_amount, contract_id, driver_facts, explanation)
     SELECT $1, ${invoiceId}, ${idOf.line("($5::bigint * 1000000 + n) * 10 + k")}, k, 'charge', n || '-' || k, ${idOf.charge(`(n - 1) * ${LINES} + k`)},
       ${idOf.product("k")}, ${idOf.lineage("k")}, 'Price ' || k, 'in_arrears', false, $3::date, $4::date, $3, $4, 1, ${amount}, ${amount}, 0, ${amount}, 'STANDARD', 0, 0, ${idOf.contract("n")}, ${facts},
       jsonb_build_object('kind', 'charge', 'slices', jsonb_build_array(jsonb_build_object('quantity', '1', 'amount', '100')), 'note', repeat('x', 400))
     FROM generate_series(1, $2::int) AS n, generate_series(1, ${LINES}) AS k WHERE ${present}`,
    ...values,
  );
  if (isNow) return;
  await write(
    `UPDATE invoice SET status = 'sent', number = 'INV-' || billing_month || '-' || id, issued_on = bills_on, tax_point_on = bills_on, accounting_on = bills_on,
       due_on = bills_on + 30, parties = '{}', sent_at = now()
     WHERE organization_id = $1 AND billing_month = $2::date`,
    firstDayOf(month),
  );
}
