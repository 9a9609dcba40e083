import { randomUUID } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type ErrorCapturingSqlMigrationAwareDriverAdapterFactory,
  type SqlDriverAdapter,
} from "@prisma/driver-adapter-utils";
import pg from "pg";
import { scriptsOf } from "../migrations";
import { withDatabase } from "../urls";

/** The internal type "char" of one byte, not char(1). */
const charOid = 18;
const textOid = 25;

/**
 * How Prisma's schema engine reaches PostgreSQL. The adapter that comes with Prisma is not used as it is: it cuts
 * scripts at every semicolon, also inside a function; it runs shadow migrations on the real database; and it cannot
 * read the catalog's "char" columns.
 */
export function schemaEngineAdapter(url: string): ErrorCapturingSqlMigrationAwareDriverAdapterFactory {
  return bindMigrationAwareSqlAdapterFactory({
    provider: "postgres",
    adapterName: "@prisma/adapter-pg",
    connect: () => open(url),
    connectToShadowDb: async () => {
      const shadow = `shadow_${randomUUID()}`;
      await execute(url, `CREATE DATABASE "${shadow}" TEMPLATE template0`);
      return open(withDatabase(url, shadow), () => execute(url, `DROP DATABASE "${shadow}" WITH (FORCE)`));
    },
  });
}

async function open(url: string, afterwards?: () => Promise<void>): Promise<SqlDriverAdapter> {
  const pool = new CatalogPool({ connectionString: url, max: 1 });
  const adapter: SqlDriverAdapter = await new PrismaPg(pool as unknown as pg.Pool).connect();
  const queryRaw = adapter.queryRaw.bind(adapter);

  adapter.queryRaw = async (query) => {
    const result = await queryRaw(query);
    for (const column of pool.charColumns) result.columnTypes[column] = ColumnTypeEnum.Character;
    return result;
  };
  // Without arguments PostgreSQL takes a whole file at once, and keeps all of it or nothing.
  adapter.executeScript = async (file) => {
    for (const sql of scriptsOf(file)) await adapter.executeRaw({ sql, args: [], argTypes: [] });
  };
  adapter.dispose = async () => {
    await pool.end();
    await afterwards?.();
  };
  return adapter;
}

/** Passes "char" columns off as text, and remembers which they were; the engine asks one thing at a time. */
class CatalogPool extends pg.Pool {
  charColumns: number[] = [];

  // @ts-expect-error pg also has forms with a callback and with a stream, which are not offered
  override async query(config: pg.QueryConfig): Promise<pg.QueryArrayResult> {
    const client = await this.connect();
    try {
      const result = (await client.query(config)) as unknown as pg.QueryArrayResult;
      this.charColumns = [];
      for (const [column, field] of (result.fields ?? []).entries()) {
        if (field.dataTypeID !== charOid) continue;
        this.charColumns.push(column);
        field.dataTypeID = textOid;
      }
      return result;
    } finally {
      client.release();
    }
  }
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
