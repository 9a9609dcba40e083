import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tasks } from "../../server/billgrid";
import { createOutboxMail } from "../../server/integrations/email/outbox-mail";
import { invoicesById } from "../../server/modules/invoice/invoice.store";
import { issuedDocument } from "../../server/modules/invoice/invoice-document";
import { insertOperation } from "../../server/modules/operation/operation.store";
import { openDatabase } from "../../server/platform/database/open-database";
import { runAs, TenantPool } from "../../server/platform/database/tenant-pool";
import { organizationId, query, useDatabase } from "../../server/platform/database/transaction";
import { newId } from "../../server/platform/ids";
import { createBenchOrganization, writeInvoiceWorld } from "./invoice-world";
import type { Measurement } from "./measurement";

/** What 1,000 invoices are given at most, from the request to the last number, with what they queue for the ledger. */
const LIMIT_SECONDS_PER_INVOICE = 5 / 1_000;
/** 50 a second on two cores; one process has one of them. */
const LIMIT_DOCUMENTS_PER_SECOND = 25;

/** Issues drafts of five lines by an operation, as a worker does; then renders and keeps their documents. */
export async function run({ invoices = 1_000, documents = 200 } = {}): Promise<Measurement[]> {
  const dataDir = mkdtempSync(join(tmpdir(), "billgrid-bench-"));
  const database = await openDatabase({ dataDir });
  const pool = new TenantPool({ connectionString: database.appUrl, max: 5 });
  useDatabase(pool);
  try {
    const sellerId = await createBenchOrganization();
    return await runAs(sellerId, async () => {
      // Each fiftieth customer has no bill this month.
      await writeInvoiceWorld({ invoices: Math.ceil((invoices * 50) / 49) + 1, months: 1 });
      const ids = await prepareDrafts(invoices);
      const finalized = await measureFinalize(ids, join(dataDir, "outbox"));
      return [finalized, await measureDocuments(ids.slice(0, documents))];
    });
  } finally {
    await pool.end();
    await database.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** With a rate for their tax code, and none of them stale. */
async function prepareDrafts(count: number): Promise<string[]> {
  await query(
    `INSERT INTO tax_rate (organization_id, id, code, name, jurisdiction, percent, category, valid_from_on)
     VALUES ($1, $2, 'STANDARD', 'VAT', 'GB', 0, 'zero', '2020-01-01')`,
    [organizationId(), newId()],
  );
  await query("UPDATE invoice SET stale_reasons = '{}', stale_since = NULL");
  // The world's lines are explained in name alone; documents print how they came to be.
  await query("UPDATE invoice_line SET explanation = $1 || jsonb_build_object('result', net_amount::text)", [
    EXPLAINED,
  ]);
  const { rows } = await query<{ id: string }>("SELECT id FROM invoice WHERE number IS NULL ORDER BY id LIMIT $1", [
    count,
  ]);
  if (rows.length !== count) throw new Error(`${rows.length} drafts instead of ${count}`);
  return rows.map(({ id }) => id);
}

const OCTOBER = { startsOn: "2026-10-01", endsBefore: "2026-11-01" };
const EXPLAINED = {
  kind: "charge",
  description: "Platform",
  servicePeriod: OCTOBER,
  fullPeriod: OCTOBER,
  quantity: null,
  slices: [],
  fullPeriodAmount: "100",
  proration: { rule: "by_days", numerator: "16", denominator: "31" },
  lessBilledBefore: null,
  ratedPeriod: null,
  precise: "51.612903225806",
  runningTotal: null,
  charge: "51.61",
  discounts: [],
  sharedDiscounts: [],
  discount: "0",
  comparison: null,
  adjustment: null,
  rounding: { minorUnits: 2, mode: "half_away_from_zero" },
};

async function measureFinalize(ids: readonly string[], outbox: string): Promise<Measurement> {
  const transport = createOutboxMail(outbox);
  const { run_operation: runOperation } = tasks({
    clock: { now: () => new Date() },
    publicUrl: "http://localhost",
    transports: { live: transport, sandbox: transport },
  });
  const startedAt = performance.now();
  const operationId = newId();
  const actor = { kind: "system", id: null, name: "Bench", email: null, role: "admin" } as const;
  await insertOperation({
    id: operationId,
    kind: "finalize",
    actor,
    subjectIds: ids,
    parameters: {},
    retriesOperationId: null,
  });
  await runOperation?.({ operationId });
  const seconds = (performance.now() - startedAt) / 1000;
  await checkNumbers(ids.length);

  const limit = LIMIT_SECONDS_PER_INVOICE * ids.length;
  return {
    name: `finalize-${ids.length}`,
    value: seconds,
    unit: "s",
    limitName: "5 s for 1,000, numbers gapless",
    limit,
    ratio: seconds / limit,
    goal: 1,
    holds: seconds <= limit,
  };
}

/** Fast is not enough: every number from the first to the last is there once. */
async function checkNumbers(count: number): Promise<void> {
  const { rows } = await query<{ first: string; last: string; distinct: number }>(
    `SELECT min(number) AS first, max(number) AS last, count(DISTINCT number)::int AS distinct FROM invoice WHERE number IS NOT NULL`,
  );
  const [found] = rows;
  const span = Number(found?.last.slice(-5)) - Number(found?.first.slice(-5)) + 1;
  if (found?.distinct !== count || span !== count) throw new Error(`numbers have gaps: ${JSON.stringify(found)}`);
}

async function measureDocuments(ids: readonly string[]): Promise<Measurement> {
  const invoices = [...(await invoicesById(ids)).values()];
  const [first, ...others] = invoices;
  // Fonts are read once for a process.
  if (first) await issuedDocument(first);
  const startedAt = performance.now();
  for (const invoice of others) await issuedDocument(invoice);
  const perSecond = others.length / ((performance.now() - startedAt) / 1000);
  return {
    name: "documents-of-five-lines",
    value: perSecond,
    unit: "PDFs a second on a core",
    limitName: "50 a second on two cores",
    limit: LIMIT_DOCUMENTS_PER_SECOND,
    ratio: perSecond / LIMIT_DOCUMENTS_PER_SECOND,
    goal: 1,
    holds: perSecond >= LIMIT_DOCUMENTS_PER_SECOND,
  };
}
