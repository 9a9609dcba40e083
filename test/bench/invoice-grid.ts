import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { plainDate } from "../../server/domain/calendar/plain-date";
import { firstDayOf, shiftMonth } from "../../server/domain/calendar/plain-month";
import { readInvoiceGrid } from "../../server/modules/month-end/read-invoice-grid";
import { openDatabase } from "../../server/platform/database/open-database";
import { runAs, TenantPool } from "../../server/platform/database/tenant-pool";
import { organizationId, query, useDatabase } from "../../server/platform/database/transaction";
import { newId } from "../../server/platform/ids";
import { RequestContext } from "../../server/platform/request-context";
import { BENCH_MONTH, createBenchOrganization, writeInvoiceWorld } from "./invoice-world";
import type { Measurement } from "./measurement";

/** The grid of a month with its comparison and drivers, against the SQL alone that reads the same rows and lines as JSON. */
export async function run({ invoices = 10_000, rounds = 9 } = {}): Promise<Measurement[]> {
  const dataDir = mkdtempSync(join(tmpdir(), "billgrid-bench-"));
  const database = await openDatabase({ dataDir });
  const pool = new TenantPool({ connectionString: database.appUrl, max: 5 });
  useDatabase(pool);
  try {
    const sellerId = await createBenchOrganization();
    return await runAs(sellerId, async () => {
      await writeInvoiceWorld({ invoices, months: 2 });
      await writeView();
      return [await measureGrid(sellerId, invoices, rounds)];
    });
  } finally {
    await pool.end();
    await database.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const VIEW_ID = newId();

/** Sixteen columns, seven of them drivers. */
async function writeView(): Promise<void> {
  const columns =
    "customer status currency net previousNet change changePercent flags reason topDriver volumeDriver mixDriver priceDriver prorationDriver discountDriver timingDriver";
  await query(
    `INSERT INTO saved_view (organization_id, id, name, is_shared, filter, columns, sort, comparison, created_at, updated_at)
     VALUES ($1, $2, 'Bench', true, '{}', $3, '[]', 'previous_month', now(), now())`,
    [organizationId(), VIEW_ID, columns.split(" ")],
  );
}

async function measureGrid(sellerId: string, invoices: number, count: number): Promise<Measurement> {
  const rounds: { value: number; limit: number }[] = [];
  for (let round = 0; round < count; round += 1) {
    rounds.push({ value: await milliseconds(() => pullGrid(sellerId)), limit: await milliseconds(readAsJson) });
  }
  // The best of each: whatever else runs on the machine only ever adds.
  const [value, limit] = [
    Math.min(...rounds.map((round) => round.value)),
    Math.min(...rounds.map((round) => round.limit)),
  ];
  const [ratio, goal] = [value / limit, 2];
  return {
    name: `invoice-grid-${invoices}`,
    value,
    unit: "ms",
    limitName: "the SQL that reads the same rows and lines as JSON",
    limit,
    ratio,
    goal,
    holds: ratio <= goal,
  };
}

async function pullGrid(sellerId: string): Promise<void> {
  const now = new Date("2026-11-03T09:00:00Z");
  const actor = { kind: "system", id: null, name: "Bench", email: null, role: "admin" } as const;
  const caller = {
    organizationId: sellerId,
    actor,
    sessionId: null,
    expiresAt: null,
    now,
    today: plainDate("2026-11-03"),
  };
  const services = {
    clock: { now: () => now },
    notifications: { listen: async function* () {}, stop: async () => {} },
    publicUrl: "http://localhost",
  };
  const request = {
    viewId: VIEW_ID,
    month: BENCH_MONTH,
    comparison: "previous_month",
    first: 10_000,
    after: null,
  } as const;
  const { rows } = await readInvoiceGrid(new RequestContext(newId(), caller, services), request);
  if (rows.length === 0) throw new Error("the grid is empty");
}

async function readAsJson(): Promise<void> {
  await query({
    name: "grid-as-json",
    text: `SELECT json_agg(json_build_array(invoice.id, customer.legal_name, invoice.status, invoice.net_total, lines.own))::text AS answer
           FROM invoice
           JOIN customer ON customer.organization_id = invoice.organization_id AND customer.id = invoice.customer_id
           CROSS JOIN LATERAL (
             SELECT json_agg(json_build_array(kind, is_one_time, lineage_id, description, net_amount, tax_amount, driver_facts)) AS own
             FROM invoice_line AS line WHERE line.organization_id = invoice.organization_id AND line.invoice_id = invoice.id) AS lines
           WHERE invoice.billing_month IN ($1::date, $2::date)`,
    values: [firstDayOf(BENCH_MONTH), firstDayOf(shiftMonth(BENCH_MONTH, -1))],
  });
}

async function milliseconds(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
