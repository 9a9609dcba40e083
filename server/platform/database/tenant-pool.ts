import { AsyncLocalStorage } from "node:async_hooks";
import pg from "pg";
import { exactTypes } from "./exact-types";
import { Transaction, type TransactionOptions } from "./open-transaction";

const organization = new AsyncLocalStorage<string>();

/**
 * Does the work on behalf of one organization: whatever it asks of a TenantPool sees and writes rows of that
 * organization alone. Await inside the work: `runAs(id, async () => await prisma.invoice.count())`, as a Prisma query
 * starts only when it is awaited, and outside nobody is anybody.
 */
export function runAs<T>(organizationId: string, work: () => T): T {
  return organization.run(organizationId, work);
}

/** The organization of the running work, or undefined where there is none. */
export function currentOrganization(): string | undefined {
  return organization.getStore();
}

interface TenantClient extends pg.PoolClient {
  /** For which organization the connection was set; undefined while that is not known. */
  organizationId?: string | undefined;
}

const setOrganization = "SELECT set_config('billgrid.organization_id', $1, false)";

/**
 * A pool in which every connection leaves with the caller's organization set, so that row-level security applies to
 * raw SQL and to Prisma alike. Without an organization no row of a scoped table is visible. It costs a statement only
 * when a connection changes hands between organizations. The setting belongs to the session: a pooler that switches
 * sessions between statements or transactions must not stand in between.
 */
export class TenantPool extends pg.Pool {
  readonly #transaction = new AsyncLocalStorage<Transaction>();

  constructor(config: pg.PoolConfig) {
    super({ ...config, types: exactTypes } as pg.PoolConfig);
    // A connection that breaks while idle leaves the pool; without a listener it would end the process.
    this.on("error", () => {});
  }

  override async connect(): Promise<pg.PoolClient> {
    const client: TenantClient = await super.connect();
    const wanted = currentOrganization() ?? "";
    if (client.organizationId === wanted) return client;
    try {
      client.organizationId = undefined;
      await client.query({ name: "set-organization", text: setOrganization, values: [wanted] });
      client.organizationId = wanted;
      return client;
    } catch (error) {
      client.release(error as Error);
      throw error;
    }
  }

  /** Inside `inTransaction` the statement belongs to that transaction, outside to itself. */
  // @ts-expect-error pg also has forms with a callback and with a stream, which are not offered
  override async query<Row extends object>(
    text: string | pg.QueryConfig,
    values?: readonly unknown[],
  ): Promise<pg.QueryResult<Row & pg.QueryResultRow>> {
    const transaction = this.#transaction.getStore();
    if (transaction)
      return transaction.exclusively(currentOrganization() ?? "", (client) =>
        client.query(text as string, values as unknown[]),
      );
    const client = await this.connect();
    try {
      const result = await client.query<Row & pg.QueryResultRow>(text as string, values as unknown[]);
      client.release();
      return result;
    } catch (error) {
      client.release(isAnswerOfServer(error) ? undefined : (error as Error));
      throw error;
    }
  }

  /**
   * All or nothing: what the work asks of this pool, also through Prisma, is one transaction; it is rolled back when
   * the work throws. A call inside another one joins it, and undoes its own part alone when it throws, so use cases
   * compose. The outermost call is run again when the database could not fit it between others (serialization failure,
   * deadlock): do nothing inside that the database cannot take back. The client is for what `query` cannot do, COPY.
   */
  async inTransaction<T>(work: (client: pg.PoolClient) => Promise<T>, options?: TransactionOptions): Promise<T> {
    const outer = this.#transaction.getStore();
    const asOrganization = currentOrganization() ?? "";
    const within = (transaction: Transaction) =>
      this.#transaction.run(transaction, async () => await work(transaction.client));
    if (outer) return outer.nested(asOrganization, within);
    return Transaction.begin(() => this.connect(), asOrganization, within, options);
  }
}

/** Errors with an SQLSTATE came over a connection that works; after any other one the connection is not to be trusted. */
function isAnswerOfServer(error: unknown): boolean {
  return error instanceof pg.DatabaseError;
}
