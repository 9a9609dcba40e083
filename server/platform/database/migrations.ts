import { createHash, randomUUID } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type pg from "pg";

export const migrationsFolder = fileURLToPath(new URL("../../../prisma/migrations", import.meta.url));

/**
 * A migration that PostgreSQL does not run in a transaction, such as CREATE INDEX CONCURRENTLY, begins with this line;
 * it stands again before each further statement. Such a file is not atomic: write it so that it can run twice.
 */
const noTransaction = /^-- no-transaction *$/m;

export interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

/**
 * Applies what is missing, in the order of the names, and answers the names applied. A file is one transaction
 * together with its row in `_prisma_migrations`, the table that Prisma's tools read. Of two that call this at once one
 * waits. A file that was changed after it was applied is refused, and so is a database that knows more than the folder.
 */
export async function applyMigrations(owner: pg.Client, folder: string = migrationsFolder): Promise<string[]> {
  return withLock(owner, async () => {
    await owner.query(history);
    const applied = await readApplied(owner);
    const migrations = readMigrations(folder);
    refuseUnknown(applied, migrations);
    const missing = migrations.filter((migration) => !isApplied(migration, applied));
    for (const migration of missing) await apply(owner, migration);
    return missing.map((migration) => migration.name);
  });
}

/** Migrations are folders named <timestamp>_<name> with one migration.sql. */
export function readMigrations(folder: string = migrationsFolder): Migration[] {
  if (!fs.existsSync(folder)) return [];
  const names = fs.readdirSync(folder).filter((name) => /^\d+_/.test(name));
  return names.sort().map((name) => {
    const sql = fs.readFileSync(path.join(folder, name, "migration.sql"), "utf8");
    return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
  });
}

/**
 * Tried again and again, not waited for inside PostgreSQL: a session that waits there holds a snapshot, and CREATE
 * INDEX CONCURRENTLY in the session that has the lock would wait for it in turn.
 */
export async function withLock<T>(owner: pg.Client, work: () => Promise<T>): Promise<T> {
  const key = "hashtextextended('billgrid-migrate', 0)";
  while (!(await owner.query(`SELECT pg_try_advisory_lock(${key}) AS mine`)).rows[0].mine) await pause(50);
  try {
    return await work();
  } finally {
    await owner.query(`SELECT pg_advisory_unlock(${key})`).catch(() => {});
  }
}

const history = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id                  varchar(36) PRIMARY KEY NOT NULL,
    checksum            varchar(64) NOT NULL,
    finished_at         timestamptz,
    migration_name      varchar(255) NOT NULL,
    logs                text,
    rolled_back_at      timestamptz,
    started_at          timestamptz NOT NULL DEFAULT now(),
    applied_steps_count integer NOT NULL DEFAULT 0
  );
  REVOKE ALL ON _prisma_migrations FROM PUBLIC;
  DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'billgrid_app') THEN
      REVOKE ALL ON _prisma_migrations FROM billgrid_app;
    END IF;
  END $$`;

async function readApplied(owner: pg.Client): Promise<Map<string, string>> {
  const { rows } = await owner.query<{ name: string; checksum: string }>(
    `SELECT migration_name AS name, checksum FROM _prisma_migrations
     WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
  );
  return new Map(rows.map((row) => [row.name, row.checksum]));
}

function refuseUnknown(applied: Map<string, string>, migrations: readonly Migration[]): void {
  const known = new Set(migrations.map((migration) => migration.name));
  const unknown = [...applied.keys()].filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  throw new Error(
    `The database was migrated by a newer Billgrid: this one does not know ${unknown.sort().join(", ")}.`,
  );
}

function isApplied(migration: Migration, applied: Map<string, string>): boolean {
  const checksum = applied.get(migration.name);
  if (checksum === undefined) return false;
  if (checksum === migration.checksum) return true;
  throw new Error(
    `${migration.name} was edited after it was applied. Put it back as it was, and write the change as a new migration.`,
  );
}

/** What to send at once: the whole file, or each statement of a file that runs outside a transaction. */
export function scriptsOf(sql: string): string[] {
  return sql.search(noTransaction) === 0 ? sql.split(noTransaction).slice(1) : [sql];
}

async function apply(owner: pg.Client, migration: Migration): Promise<void> {
  const scripts = scriptsOf(migration.sql);
  if (scripts[0] !== migration.sql) {
    for (const script of scripts) await run(owner, migration, script);
    await record(owner, migration);
    return;
  }
  await owner.query("BEGIN");
  try {
    await run(owner, migration, migration.sql);
    await record(owner, migration);
    await owner.query("COMMIT");
  } catch (error) {
    await owner.query("ROLLBACK");
    throw error;
  }
}

async function run(owner: pg.Client, migration: Migration, sql: string): Promise<void> {
  try {
    await owner.query(sql);
  } catch (error) {
    const { message, position } = error as pg.DatabaseError;
    const start = migration.sql.indexOf(sql);
    const line = position ? ` (line ${migration.sql.slice(0, start + Number(position)).split("\n").length})` : "";
    throw new Error(`Migration ${migration.name}${line}: ${message}`, { cause: error });
  }
}

async function record(owner: pg.Client, migration: Migration): Promise<void> {
  await owner.query(
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
     VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
    [randomUUID(), migration.checksum, migration.name],
  );
}
