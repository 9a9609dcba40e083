import { EventEmitter } from "node:events";
import { type Job, Logger as QueueLogger, run, type WorkerEvents } from "graphile-worker";
import pg from "pg";
import { runAs } from "./database/tenant-pool";
import type { Logger } from "./logger";

/** Work that a command left to be done after its commit. The payload names the organization; the task runs inside it. */
export type Task = (payload: { readonly [key: string]: unknown }) => Promise<void>;

const SWEEP_MILLISECONDS = 1_000;
/** So old, a job's worker has shown a sign of life, or is dead. */
const SILENCE_SECONDS = 3;
/** Keeps these locks apart from others; the number itself means nothing. */
const LOCK_SPACE = 7;

/**
 * Takes jobs from the queue until stopped. A worker shows that it lives by a lock on its name, which PostgreSQL drops
 * when the process is gone: what a killed worker had taken is free again within seconds, not after the queue's hours.
 */
export async function startWorker(options: {
  readonly jobsUrl: string;
  readonly concurrency: number;
  readonly logger: Logger;
  readonly tasks: Readonly<Record<string, Task>>;
}): Promise<{ stop(): Promise<void> }> {
  const { jobsUrl, concurrency, logger, tasks } = options;
  const pool = new pg.Pool({ connectionString: jobsUrl, max: concurrency + 2 });
  const warn = (error: Error) => logger.warn({ err: error }, "a connection to the job queue broke");
  pool.on("error", warn);
  pool.on("connect", (client) => client.on("error", warn));
  const signs = new pg.Client({ connectionString: jobsUrl });
  signs.on("error", (error) => logger.error({ err: error }, "the connection with this worker's sign of life broke"));
  await signs.connect();

  const events = new EventEmitter() as WorkerEvents;
  events.on("pool:create", ({ workerPool }) => {
    signs
      .query("SELECT pg_advisory_lock(hashtextextended($1, $2))", [workerPool.id, LOCK_SPACE])
      .catch((error: unknown) => {
        logger.error({ err: error }, "this worker could not show a sign of life");
      });
  });
  const runner = await run({
    pgPool: pool,
    concurrency,
    noHandleSignals: true,
    pollInterval: 1_000,
    events,
    logger: new QueueLogger(() => (level, message, meta) => {
      if (level === "error" || level === "warning") logger.warn({ meta }, message);
    }),
    taskList: Object.fromEntries(
      Object.entries(tasks).map(([name, task]) => [name, (payload: unknown) => inOrganization(name, task, payload)]),
    ),
  });

  const sweep = setInterval(() => {
    freeJobsOfTheDead(signs).catch((error: unknown) =>
      logger.warn({ err: error }, "could not look for jobs of dead workers"),
    );
  }, SWEEP_MILLISECONDS);
  sweep.unref();

  return {
    async stop() {
      clearInterval(sweep);
      await runner.stop();
      await signs.end();
      await pool.end();
    },
  };
}

async function inOrganization(name: string, task: Task, payload: unknown): Promise<void> {
  const { organizationId, ...rest } = payload as { organizationId?: unknown };
  if (typeof organizationId !== "string") throw new Error(`a job of ${name} names no organization`);
  await runAs(organizationId, async () => await task(rest));
}

async function freeJobsOfTheDead(signs: pg.Client): Promise<void> {
  const { rows } = await signs.query<{ worker: Job["locked_by"] }>(
    `SELECT DISTINCT locked_by AS worker FROM graphile_worker.jobs WHERE locked_at < now() - make_interval(secs => $1)`,
    [SILENCE_SECONDS],
  );
  for (const { worker } of rows) {
    // Held locks are looked at, not taken: taking one would succeed for this session's own.
    const { rows: found } = await signs.query<{ isDead: boolean }>(
      `SELECT NOT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
         AND ((classid::bigint << 32) | objid::bigint) = hashtextextended($1, $2)) AS "isDead"`,
      [worker, LOCK_SPACE],
    );
    if (found[0]?.isDead) await signs.query("SELECT graphile_worker.force_unlock_workers(ARRAY[$1::text])", [worker]);
  }
}
