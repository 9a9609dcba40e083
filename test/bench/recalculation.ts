import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { plainDate } from "../../server/domain/calendar/plain-date";
import { calculateDrafts } from "../../server/modules/invoice/calculate-drafts";
import {
  DRAFT_COLUMNS,
  type DraftToWrite,
  draftText,
  LINE_COLUMNS,
  type LineToWrite,
  lineText,
} from "../../server/modules/invoice/draft.store";
import type { Invoice, InvoiceLine } from "../../server/modules/invoice/invoice";
import { invoicesById, linesByInvoice } from "../../server/modules/invoice/invoice.store";
import { copyRows } from "../../server/platform/database/copy-rows";
import { openDatabase } from "../../server/platform/database/open-database";
import { runAs, TenantPool } from "../../server/platform/database/tenant-pool";
import { inTransaction, query, useDatabase } from "../../server/platform/database/transaction";
import { createBenchOrganization } from "./invoice-world";
import type { Measurement } from "./measurement";
import { changeUsage, contractIds, writeMeteredWorld } from "./recalculation-world";

const SCOPE = { today: plainDate("2026-11-03"), now: new Date("2026-11-03T09:00:00Z") };

/** As the operation does it: so many contracts in a transaction. */
const BATCH = 200;

/**
 * Recalculating invoices of five metered lines: where usage changed for all of them, and where nothing did; beside the
 * fastest write of the same rows from Node, COPY into a temporary table, then UPDATE … FROM.
 */
export async function measureRecalculation({ invoices = 10_000, rounds = 5 } = {}): Promise<Measurement[]> {
  return inNewWorld(invoices, async (contracts) => {
    const best = {
      changed: Number.POSITIVE_INFINITY,
      unchanged: Number.POSITIVE_INFINITY,
      write: Number.POSITIVE_INFINITY,
    };
    for (let round = 0; round < rounds; round += 1) {
      await changeUsage();
      best.changed = Math.min(best.changed, await milliseconds(() => recalculate(contracts, "changed")));
      best.unchanged = Math.min(best.unchanged, await milliseconds(() => recalculate(contracts, "unchanged")));
      best.write = Math.min(best.write, await fastestWrite());
    }
    const limitName = "the fastest write of the same rows: COPY, then UPDATE … FROM";
    const against = { unit: "ms", limitName, limit: best.write };
    const [changed, unchanged] = [best.changed / best.write, best.unchanged / best.write];
    return [
      {
        name: `recalculate-${invoices}`,
        value: best.changed,
        ...against,
        ratio: changed,
        goal: 3,
        holds: changed <= 3,
      },
      {
        name: `recalculate-${invoices}-unchanged`,
        value: best.unchanged,
        ...against,
        ratio: unchanged,
        goal: 0.5,
        holds: unchanged <= 0.5,
      },
    ];
  });
}

/** Ten times as many take ten times as long, and no more memory. */
export async function measureRecalculationGrowth({ invoices = 100_000, tenth = 10_000 } = {}): Promise<Measurement[]> {
  const few = await inNewWorld(tenth, recalculateChanged);
  const many = await inNewWorld(invoices, recalculateChanged);
  const [value, limit] = [(many.ms * 1000) / invoices, (few.ms * 1000) / tenth];
  const [time, memory] = [value / limit, many.heap / few.heap];
  return [
    {
      name: `recalculate-${invoices}`,
      value,
      unit: "µs per invoice",
      limitName: `the same for ${tenth}`,
      limit,
      ratio: time,
      goal: 1.4,
      holds: time <= 1.4,
    },
    {
      name: `recalculate-${invoices}-memory`,
      value: many.heap / 2 ** 20,
      unit: "MiB at most",
      limitName: `the same for ${tenth}`,
      limit: few.heap / 2 ** 20,
      ratio: memory,
      goal: 1.2,
      holds: memory <= 1.2,
    },
  ];
}

async function recalculateChanged(
  contracts: readonly string[],
): Promise<{ readonly ms: number; readonly heap: number }> {
  let best = Number.POSITIVE_INFINITY;
  let heap = 0;
  for (let round = 0; round < 2; round += 1) {
    await changeUsage();
    const startedAt = performance.now();
    await recalculate(contracts, "changed", () => (heap = Math.max(heap, process.memoryUsage().heapUsed)));
    best = Math.min(best, performance.now() - startedAt);
  }
  return { ms: best, heap };
}

async function inNewWorld<T>(invoices: number, work: (contracts: readonly string[]) => Promise<T>): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), "billgrid-bench-"));
  const database = await openDatabase({ dataDir });
  const pool = new TenantPool({ connectionString: database.appUrl, max: 2 });
  useDatabase(pool);
  try {
    return await runAs(await createBenchOrganization(), async () => {
      await writeMeteredWorld(invoices);
      await analyze(database.ownerUrl);
      const contracts = await contractIds();
      await recalculate(contracts, "created");
      await analyze(database.ownerUrl);
      return await work(contracts);
    });
  } finally {
    await pool.end();
    await database.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** What the database does by itself after a while: it knows how many rows there are. */
async function analyze(ownerUrl: string): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  await owner.query("VACUUM ANALYZE");
  await owner.end();
}

async function recalculate(
  contracts: readonly string[],
  expected: "created" | "changed" | "unchanged",
  afterBatch: () => void = () => {},
): Promise<void> {
  for (let start = 0; start < contracts.length; start += BATCH) {
    const some = contracts.slice(start, start + BATCH);
    const outcomes = await inTransaction(() => calculateDrafts(some, SCOPE));
    if (outcomes.length !== some.length || outcomes.some(({ outcome }) => outcome !== expected)) {
      throw new Error(
        `${outcomes.length} drafts of ${some.length}, the first ${outcomes[0]?.outcome}, not ${expected}`,
      );
    }
    afterBatch();
  }
}

/** All rows in one go, which are read before and shown as they will be: nothing but the write is measured. */
async function fastestWrite(): Promise<number> {
  const { rows } = await query<{ id: string }>("SELECT id FROM invoice ORDER BY id");
  const ids = rows.map(({ id }) => id);
  const invoices = [...(await invoicesById(ids)).values()] as readonly Invoice[] as unknown as DraftToWrite[];
  const lines = [...(await linesByInvoice(ids)).values()].flat().map((line: InvoiceLine): LineToWrite => {
    const { id, invoiceId, ...content } = line;
    return { invoiceId, id, isNew: false, line: content };
  });
  const draftColumns = DRAFT_COLUMNS.map(([name]) => name).filter((name) => name !== "blockers" && name !== "id");
  const lineColumns = LINE_COLUMNS.map(([name]) => name).filter(
    (name) => !["id", "invoice_id", "is_new"].includes(name),
  );
  const setOf = (names: readonly string[]) => names.map((name) => `${name} = wanted.${name}`).join(", ");
  return milliseconds(() =>
    inTransaction(async () => {
      await copyRows("written_draft", DRAFT_COLUMNS, invoices, draftText);
      await copyRows("written_line", LINE_COLUMNS, lines, lineText);
      await query(
        `UPDATE invoice SET ${setOf(draftColumns)} FROM pg_temp.written_draft AS wanted WHERE invoice.id = wanted.id`,
      );
      await query(
        `UPDATE invoice_line AS line SET ${setOf(lineColumns)} FROM pg_temp.written_line AS wanted
         WHERE line.invoice_id = wanted.invoice_id AND line.id = wanted.id`,
      );
    }),
  );
}

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
