import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { applyMigrations } from "../../../server/platform/database/migrations";
import { createTestDatabase, type TestDatabase } from "../../testkit/database";

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "billgrid-migrations-"));
  await database.owner.query(
    "DROP SCHEMA public CASCADE; CREATE SCHEMA public; DROP TABLE IF EXISTS _prisma_migrations",
  );
  return () => fs.rmSync(folder, { recursive: true });
});

function write(name: string, sql: string): void {
  fs.mkdirSync(path.join(folder, name), { recursive: true });
  fs.writeFileSync(path.join(folder, name, "migration.sql"), sql);
}

const apply = () => applyMigrations(database.owner, folder);
const tables = async () => {
  const { rows } = await database.owner.query<{ name: string }>(
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename !~ '^_' ORDER BY 1",
  );
  return rows.map((row) => row.name);
};

test("missing migrations are applied in the order of their names, once", async () => {
  write("20260102000000_second", "CREATE TABLE beta (id int REFERENCES alpha)");
  write("20260101000000_first", "CREATE TABLE alpha (id int PRIMARY KEY)");

  expect(await apply()).toEqual(["20260101000000_first", "20260102000000_second"]);
  expect(await apply()).toEqual([]);

  write("20260103000000_third", "CREATE TABLE gamma (id int)");
  expect(await apply()).toEqual(["20260103000000_third"]);
  expect(await tables()).toEqual(["alpha", "beta", "gamma"]);
});

test("a file keeps its semicolons: functions and strings are not cut", async () => {
  write("20260101000000_function", "CREATE FUNCTION one() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END; $$;");

  await apply();

  expect((await database.owner.query("SELECT one()")).rows).toEqual([{ one: 1 }]);
});

test("a migration that fails leaves nothing, says where, and can be mended", async () => {
  write("20260101000000_first", "CREATE TABLE alpha (id int)");
  write("20260102000000_broken", "CREATE TABLE beta (id int);\nCREATE TABEL gamma (id int);");

  await expect(apply()).rejects.toThrow('Migration 20260102000000_broken (line 2): syntax error at or near "TABEL"');
  expect(await tables()).toEqual(["alpha"]);

  write("20260102000000_broken", "CREATE TABLE beta (id int)");
  expect(await apply()).toEqual(["20260102000000_broken"]);
});

test("of two at once one applies and the other finds it done", async () => {
  write("20260101000000_first", "SELECT pg_sleep(0.1); CREATE TABLE alpha (id int)");
  const other = new pg.Client({ connectionString: database.ownerUrl });
  await other.connect();

  const applied = await Promise.all([apply(), applyMigrations(other, folder)]).finally(() => other.end());

  expect(applied.flat()).toEqual(["20260101000000_first"]);
});

test("a migration edited after it was applied is refused", async () => {
  write("20260101000000_first", "CREATE TABLE alpha (id int)");
  await apply();
  write("20260101000000_first", "CREATE TABLE alpha (id bigint)");

  await expect(apply()).rejects.toThrow("20260101000000_first was edited after it was applied");
});

test("a database that knows more than the folder is refused", async () => {
  write("20260101000000_first", "CREATE TABLE alpha (id int)");
  await apply();
  fs.rmSync(path.join(folder, "20260101000000_first"), { recursive: true });

  await expect(apply()).rejects.toThrow("migrated by a newer Billgrid: this one does not know 20260101000000_first");
});

test("what PostgreSQL refuses in a transaction runs outside one, also while another one waits its turn", async () => {
  write("20260101000000_first", "CREATE TABLE alpha (id int)");
  write(
    "20260102000000_index",
    "-- no-transaction\nDROP INDEX CONCURRENTLY IF EXISTS alpha_id;\n-- no-transaction\nCREATE INDEX CONCURRENTLY alpha_id ON alpha (id);\n",
  );
  const other = new pg.Client({ connectionString: database.ownerUrl });
  await other.connect();

  const applied = await Promise.all([apply(), applyMigrations(other, folder)]).finally(() => other.end());

  expect(applied.flat()).toEqual(["20260101000000_first", "20260102000000_index"]);
  const { rows } = await database.owner.query("SELECT indexname FROM pg_indexes WHERE tablename = 'alpha'");
  expect(rows).toEqual([{ indexname: "alpha_id" }]);
});
