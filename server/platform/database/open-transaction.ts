import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";

export interface TransactionOptions {
  /** READ COMMITTED unless said. */
  isolation?: "repeatable read" | "serializable";
}

const attemptsAllowed = 5;
const retryable = new Set(["40001", "40P01"]);

/** A transaction while it is open. Statements asked for at once wait for each other: a connection does one at a time. */
export class Transaction {
  #last: Promise<unknown> = Promise.resolve();
  #isOpen = true;

  private constructor(
    readonly client: pg.PoolClient,
    private readonly organizationId: string,
    private readonly depth: number,
  ) {}

  /** Runs the work between BEGIN and COMMIT, again if the database asks for it. */
  static async begin<T>(
    connect: () => Promise<pg.PoolClient>,
    organizationId: string,
    work: (transaction: Transaction) => Promise<T>,
    options: TransactionOptions = {},
  ): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await Transaction.attempt(await connect(), organizationId, work, options);
      } catch (error) {
        if (attempt === attemptsAllowed || !mayWorkNextTime(error)) throw error;
        // Two that stood in each other's way do not start again at the same moment.
        await pause(Math.random() * 20 * 2 ** attempt);
      }
    }
  }

  private static async attempt<T>(
    client: pg.PoolClient,
    organizationId: string,
    work: (transaction: Transaction) => Promise<T>,
    { isolation }: TransactionOptions,
  ): Promise<T> {
    const transaction = new Transaction(client, organizationId, 0);
    let broken: Error | undefined;
    try {
      await client.query(isolation ? `BEGIN ISOLATION LEVEL ${isolation}` : "BEGIN");
      const result = await transaction.complete(work);
      // After an error that nobody passed on, PostgreSQL answers COMMIT with ROLLBACK and calls that a success.
      const { command } = await client.query("COMMIT");
      if (command !== "COMMIT") throw new Error("A statement of this transaction failed, so nothing was saved.");
      return result;
    } catch (error) {
      await client.query("ROLLBACK").catch((failure: Error) => (broken = failure));
      throw error;
    } finally {
      client.release(broken);
    }
  }

  /** A part of this transaction that is all or nothing by itself. */
  async nested<T>(organizationId: string, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.exclusively(organizationId, async (client) => {
      const part = new Transaction(client, organizationId, this.depth + 1);
      const savepoint = `part_${part.depth}`;
      await client.query(`SAVEPOINT ${savepoint}`);
      try {
        const result = await part.complete(work);
        await client.query(`RELEASE SAVEPOINT ${savepoint}`);
        return result;
      } catch (error) {
        // Where the connection is gone this fails too; the first error is the one that says why.
        await client.query(`ROLLBACK TO SAVEPOINT ${savepoint}`).catch(() => {});
        throw error;
      }
    });
  }

  /** After everything that was asked for before. */
  async exclusively<T>(organizationId: string, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    if (organizationId !== this.organizationId) {
      throw new Error("A transaction belongs to one organization; end it before working for another one.");
    }
    if (!this.#isOpen) throw new Error("A statement came after its transaction had ended: await it inside.");
    const result = this.#last.then(() => work(this.client));
    this.#last = result.catch(() => {});
    return result;
  }

  /** Nothing may come later than the work, and what it started but did not await is waited for. */
  private async complete<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    try {
      return await work(this);
    } finally {
      this.#isOpen = false;
      await this.#last;
    }
  }
}

function mayWorkNextTime(error: unknown): boolean {
  return error instanceof pg.DatabaseError && retryable.has(error.code ?? "");
}
