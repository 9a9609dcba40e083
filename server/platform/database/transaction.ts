import type pg from "pg";
import type { TransactionOptions } from "./open-transaction";
import { currentOrganization, type TenantPool } from "./tenant-pool";

export { runAs } from "./tenant-pool";

let database: TenantPool | undefined;

/** Names the database of this process, once at its start (a test: once per file). */
export function useDatabase(pool: TenantPool): void {
  database = pool;
}

/** The database of this process, for what needs the pool itself. */
export function currentDatabase(): TenantPool {
  if (!database) throw new Error("useDatabase was not called yet");
  return database;
}

/** One statement, for the organization of `runAs`; inside `inTransaction` it belongs to that transaction. */
export function query<Row extends object>(
  text: string | pg.QueryConfig,
  values?: readonly unknown[],
): Promise<pg.QueryResult<Row & pg.QueryResultRow>> {
  return currentDatabase().query<Row>(text, values);
}

/** All or nothing, composable and run again on deadlock: see TenantPool.inTransaction. */
export function inTransaction<T>(
  work: (client: pg.PoolClient) => Promise<T>,
  options?: TransactionOptions,
): Promise<T> {
  return currentDatabase().inTransaction(work, options);
}

/** The organization that `runAs` named; a bug where there is none. */
export function organizationId(): string {
  const id = currentOrganization();
  if (id === undefined) throw new Error("This needs an organization: call it inside runAs");
  return id;
}
