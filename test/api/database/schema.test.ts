import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { schemaDiff } from "../../../server/platform/database/schema-engine/schema-diff";
import { createTestDatabase, type TestDatabase } from "../../testkit/database";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const names = async (sql: string): Promise<string[]> => {
  const { rows } = await database.owner.query<{ name: string }>(sql);
  return rows.map((row) => row.name);
};

describe("Prisma finds", () => {
  test("the migrated database as schema.prisma says", async () => {
    expect(await schemaDiff("database", "schema", { url: database.ownerUrl })).toBe("");
  });

  test("the migrated database as the migrations say", async () => {
    expect(await schemaDiff("migrations", "database", { url: database.ownerUrl })).toBe("");
  });

  test("a column that only the database has", async () => {
    await database.owner.query("ALTER TABLE organization ADD COLUMN stray int");
    const sql = await schemaDiff("database", "schema", { url: database.ownerUrl }).finally(() =>
      database.owner.query("ALTER TABLE organization DROP COLUMN stray"),
    );
    expect(sql).toContain('DROP COLUMN "stray"');
  });
});

describe("What Prisma does not see:", () => {
  const scoped = `
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND (
      c.relname = 'organization' OR EXISTS (
        SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'organization_id' AND NOT a.attisdropped))`;

  test("every table of an organization has row-level security, forced upon its owner too", async () => {
    expect((await names(`SELECT c.relname AS name ${scoped}`)).length).toBeGreaterThan(0);
    expect(
      await names(`SELECT c.relname AS name ${scoped} AND NOT (c.relrowsecurity AND c.relforcerowsecurity)`),
    ).toEqual([]);
  });

  test("and a policy on the organization of the connection, for everybody and every command", async () => {
    expect(
      await names(`SELECT c.relname AS name ${scoped} AND NOT EXISTS (
        SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polcmd = '*' AND p.polroles = '{0}'
          AND pg_get_expr(p.polqual, p.polrelid) LIKE '%billgrid.organization_id%')`),
    ).toEqual([]);
  });

  test("no policy lets rows through for anything but that organization", async () => {
    expect(
      await names(`SELECT polrelid::regclass || ': ' || polname AS name FROM pg_policy
        WHERE polpermissive AND polrelid IN (SELECT c.oid ${scoped}) AND (
          pg_get_expr(polqual, polrelid) NOT LIKE '%billgrid.organization_id%'
          OR pg_get_expr(polwithcheck, polrelid) NOT LIKE '%billgrid.organization_id%')`),
    ).toEqual([]);
  });

  test("an organization comes first in every key of its tables", async () => {
    expect(
      await names(`SELECT i.indexrelid::regclass::text AS name FROM pg_index i
        JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
        WHERE i.indisprimary AND i.indrelid IN (SELECT c.oid ${scoped} AND c.relname <> 'organization')
          AND a.attname <> 'organization_id'`),
    ).toEqual([]);
  });

  test("a partition cannot be reached but through its parent, as the parent's policy does not protect it", async () => {
    expect(
      await names(`SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relispartition AND c.relkind = 'r' AND n.nspname <> 'usage_partitions'`),
    ).toEqual([]);
    const { rows } = await database.pool.query("SELECT has_schema_privilege('usage_partitions', 'USAGE') AS may");
    expect(rows).toEqual([{ may: false }]);
  });

  test("a view asks as the one who looks", async () => {
    expect(
      await names(`SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = 'public' AND c.relkind = 'v'
          AND NOT coalesce(c.reloptions, '{}') && '{security_invoker=true,security_invoker=on}'`),
    ).toEqual([]);
  });

  test("a function with its owner's rights says where names are looked up", async () => {
    expect(
      await names(`SELECT p.oid::regprocedure::text AS name FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE p.prosecdef AND n.nspname IN ('public', 'jobs_api', 'usage_partitions')
          AND NOT EXISTS (SELECT FROM unnest(p.proconfig) setting WHERE setting LIKE 'search_path=%')`),
    ).toEqual([]);
  });

  test("the application owns nothing, and may neither empty a table nor see the history of migrations", async () => {
    expect(
      await names("SELECT relname AS name FROM pg_class WHERE pg_get_userbyid(relowner) LIKE 'billgrid_app%'"),
    ).toEqual([]);
    expect(
      await names(`SELECT relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND (has_table_privilege('billgrid_app', c.oid, 'TRUNCATE')
          OR (relname = '_prisma_migrations' AND has_table_privilege('billgrid_app', c.oid, 'SELECT')))`),
    ).toEqual([]);
  });

  test("a new table is usable by the application without a word in its migration", async () => {
    await database.owner.query("CREATE TABLE fresh (id int)");
    const { rows } = await database.pool
      .query("INSERT INTO fresh VALUES (1) RETURNING id")
      .finally(() => database.owner.query("DROP TABLE fresh"));
    expect(rows).toEqual([{ id: 1 }]);
  });
});
