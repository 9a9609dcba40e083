import "reflect-metadata";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { readEnvironment } from "../../server/environment";
import { openDatabase } from "../../server/platform/database/open-database";
import { TenantPool } from "../../server/platform/database/tenant-pool";
import { useDatabase } from "../../server/platform/database/transaction";
import { NAMES_AT_MOST } from "./company-names";
import { writeExpected } from "./expected";
import { isSeeded, type SeedProgress, seedDemoCompany } from "./seed-demo-company";
import { DEFAULT_SIZE, type DemoSize } from "./seller";

/** npm run seed -- [--customers N] [--months M] [--seed S]: makes a demo company in the database of the environment. */
const { values } = parseArgs({
  options: {
    customers: { type: "string" },
    months: { type: "string" },
    seed: { type: "string" },
    "write-expected": { type: "boolean", default: false },
  },
});

const size: DemoSize = {
  customers: wholeNumber("customers", 1, NAMES_AT_MOST),
  months: wholeNumber("months", 2, 36),
  seed: wholeNumber("seed", 0, 1_000_000),
};

function wholeNumber(name: keyof DemoSize, least: number, most: number): number {
  const text = values[name] ?? String(DEFAULT_SIZE[name]);
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  process.stderr.write(`--${name} is a whole number from ${least} to ${most}, not "${text}".\n`);
  process.exit(2);
}

function show({ title, done, total }: SeedProgress): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K· ${title} ${done} of ${total}`);
  else if (done === total || done % 1_000 === 0 || title === "Months")
    process.stderr.write(`${title} ${done} of ${total}\n`);
}

async function seed(): Promise<void> {
  if (await isSeeded(size)) {
    process.stdout.write("This demo company is there already.\n");
    return;
  }
  const startedAt = Date.now();
  const { organizationId, adminEmail, adminPassword, apiKey } = await seedDemoCompany({ ...size, onProgress: show });
  if (process.stderr.isTTY) process.stderr.write("\r\x1b[K");
  process.stdout.write(
    `${size.customers} customers with ${size.months} months in ${((Date.now() - startedAt) / 1000).toFixed(1)} s.\n` +
      `Organization ${organizationId}\nSign in as    ${adminEmail}\n` +
      `Password      ${adminPassword ?? "as before"}\nAPI key       ${apiKey}\n`,
  );
}

/** The findings belong to the default size, on a database of their own that nobody has touched. */
const isScratch = values["write-expected"];
const environment = readEnvironment();
const dataDir = isScratch ? mkdtempSync(join(tmpdir(), "billgrid-expected-")) : environment.dataFolder;
const database = await openDatabase({ dataDir, url: isScratch ? null : environment.databaseUrl });
const pool = new TenantPool({ connectionString: database.appUrl, max: 4 });
useDatabase(pool);
try {
  await (isScratch ? writeExpected() : seed());
} finally {
  await pool.end();
  await database.stop();
  if (isScratch) rmSync(dataDir, { recursive: true, force: true });
}
