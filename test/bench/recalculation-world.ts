import { organizationId, query } from "../../server/platform/database/transaction";
import { BENCH_MONTH } from "./invoice-world";

const LINES = 5;

/** Ids that rise as UUIDs of version 7 do, so that rows lie as they would. */
const id = (kind: number, n: string) =>
  `('0193${kind.toString(16).padStart(4, "0")}-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`;

/** Customers with one contract each, of five metered prices in three tiers, and usage in October. */
export async function writeMeteredWorld(contracts: number): Promise<void> {
  const write = (text: string, ...values: unknown[]) => query(text, [organizationId(), ...values]);
  await write(
    `INSERT INTO tax_rate (organization_id, id, code, name, jurisdiction, percent, category, valid_from_on)
     SELECT $1, ${id(20, "1")}, 'STANDARD', 'VAT 20 %', 'GB', 20, 'standard', '2020-01-01'`,
  );
  await write(
    `INSERT INTO product (organization_id, id, code, name, tax_code) SELECT $1, ${id(8, "k")}, 'P' || k, 'Product ' || k, 'STANDARD' FROM generate_series(1, ${LINES}) AS k`,
  );
  await write(
    `INSERT INTO usage_metric (organization_id, id, code, name, event_type, aggregation, property, unit)
     SELECT $1, ${id(11, "k")}, 'metric-' || k, 'Metric ' || k, 'type-' || k, 'sum', 'units', 'unit' FROM generate_series(1, ${LINES}) AS k`,
  );
  await write(
    `INSERT INTO price (organization_id, id, product_id, lineage_id, name, currency, model, terms, cadence, timing, effective_on, metric_id)
     SELECT $1, ${id(6, "k")}, ${id(8, "k")}, ${id(7, "k")}, 'Price ' || k, 'GBP', 'graduated',
       '{"tiers": [{"upTo": "10000", "unitPrice": "0.001"}, {"upTo": "100000", "unitPrice": "0.0008"}, {"upTo": null, "unitPrice": "0.0005"}]}',
       'monthly', 'in_arrears', '2020-01-01', ${id(11, "k")}
     FROM generate_series(1, ${LINES}) AS k`,
  );
  const forEach = `FROM generate_series(1, $2::int) AS n`;
  await write(
    `INSERT INTO customer (organization_id, id, legal_name, address_lines, currency) SELECT $1, ${id(1, "n")}, 'Customer ' || md5(n::text), '{}', 'GBP' ${forEach}`,
    contracts,
  );
  await write(
    `INSERT INTO customer_alias (organization_id, id, customer_id, alias) SELECT $1, ${id(12, "n")}, ${id(1, "n")}, 'alias-' || n ${forEach}`,
    contracts,
  );
  await write(
    `INSERT INTO contract (organization_id, id, number, name, customer_id, currency, starts_on)
     SELECT $1, ${id(2, "n")}, 'C-' || n, 'Contract', ${id(1, "n")}, 'GBP', '2026-10-01' ${forEach}`,
    contracts,
  );
  await write(
    `INSERT INTO billing_schedule (organization_id, id, contract_id, status, anchor_on) SELECT $1, ${id(3, "n")}, ${id(2, "n")}, 'active', '2026-10-01' ${forEach}`,
    contracts,
  );
  await write(
    `INSERT INTO schedule_revision (organization_id, schedule_id, revision, starts_on) SELECT $1, ${id(3, "n")}, 0, '2026-10-01' ${forEach}`,
    contracts,
  );
  await write(
    `INSERT INTO phase (organization_id, id, schedule_id, ordinal, name, starts_on) SELECT $1, ${id(4, "n")}, ${id(3, "n")}, 0, 'Phase', '2026-10-01' ${forEach}`,
    contracts,
  );
  await write(
    `INSERT INTO charge (organization_id, id, phase_id, ordinal, price_id, description)
     SELECT $1, ${id(5, `(n - 1) * ${LINES} + k`)}, ${id(4, "n")}, k, ${id(6, "k")}, 'Price ' || k ${forEach}, generate_series(1, ${LINES}) AS k`,
    contracts,
  );
  await write(
    `INSERT INTO usage_day (organization_id, metric_id, alias, occurred_on, quantity_sum, quantity_max, event_count)
     SELECT $1, ${id(11, "k")}, 'alias-' || n, $3::date + 14, 120000 + n % 997 + k, 1000, 100 ${forEach}, generate_series(1, ${LINES}) AS k`,
    contracts,
    `${BENCH_MONTH}-01`,
  );
}

export async function contractIds(): Promise<string[]> {
  const { rows } = await query<{ id: string }>("SELECT id FROM contract ORDER BY id");
  return rows.map((row) => row.id);
}

/** More of everything was used; drafts became stale by it, as recording does it. */
export async function changeUsage(): Promise<void> {
  await query("UPDATE usage_day SET quantity_sum = quantity_sum + 7, event_count = event_count + 1");
  await query(
    "UPDATE invoice SET stale_reasons = ARRAY['usage'], stale_since = now() WHERE number IS NULL AND stale_since IS NULL",
  );
}
