/** npm run migration -- <name>: the SQL that takes the migrations to prisma/schema.prisma, to be finished by hand. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { startEmbeddedPostgres } from "../embedded/embedded-postgres";
import { migrationsFolder } from "../migrations";
import { appRole, jobsRole } from "../roles";
import { schemaDiff } from "./schema-diff";

const name = process.argv[2] ?? "";
if (!/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error("Say what the migration does, in lower case: npm run migration -- add_customer_alias");
  process.exit(2);
}

const sql = await nextMigration();
const timestamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
const folder = path.join(migrationsFolder, `${timestamp}_${name}`);
fs.mkdirSync(folder, { recursive: true });
const file = path.join(folder, "migration.sql");
fs.writeFileSync(file, sql || `-- ${name.replaceAll("_", " ")}: nothing that schema.prisma knows of\n`);
console.log(
  sql
    ? "Add what Prisma does not know (row-level security, checks, triggers, partitions), then commit:"
    : "schema.prisma and the migrations agree. For what Prisma does not know, write SQL here, then commit:",
);
console.log(`  ${path.relative(process.cwd(), file)}`);

async function nextMigration(): Promise<string> {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "billgrid-migration-"));
  const server = await startEmbeddedPostgres({ dataDir, temporary: true });
  try {
    const client = new pg.Client({ connectionString: server.url });
    await client.connect();
    for (const role of [appRole, jobsRole]) await client.query(`CREATE ROLE ${role} NOLOGIN`);
    await client.end();
    return await schemaDiff("migrations", "schema", { url: server.url });
  } finally {
    await server.stop();
    fs.rmSync(dataDir, { recursive: true, force: true });
  }
}
