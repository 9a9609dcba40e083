import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { startEmbeddedPostgres } from "../../server/platform/database/embedded/embedded-postgres";
import { type Logins, readLogins } from "../../server/platform/database/logins";
import { prepareDatabase } from "../../server/platform/database/open-database";
import { withDatabase } from "../../server/platform/database/urls";

declare module "vitest" {
  interface ProvidedContext {
    cluster: TestCluster;
  }
}

/** What a test file needs to make itself a database. */
export interface TestCluster {
  /** Of the owner, to the database from which all others are copied. */
  templateUrl: string;
  logins: Logins;
}

type StoppableCluster = TestCluster & { stop(): Promise<void> };

interface Shared {
  users: number;
  cluster: Promise<StoppableCluster>;
}

// Each vitest project loads this file anew, in the same process: what they share hangs on the process.
const shared = globalThis as { [place]?: Shared | undefined };
const place = Symbol.for("billgrid.test-cluster");

/** One PostgreSQL for the whole run, with one migrated database to copy. The cluster of DATABASE_URL if that is set. */
export default async function startPostgres(project: TestProject): Promise<() => Promise<void>> {
  shared[place] ??= { users: 0, cluster: startCluster() };
  const mine = shared[place];
  mine.users += 1;
  const { stop, ...cluster } = await mine.cluster;
  project.provide("cluster", cluster);
  return async () => {
    mine.users -= 1;
    if (mine.users > 0) return;
    shared[place] = undefined;
    await stop();
  };
}

async function startCluster(): Promise<StoppableCluster> {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "billgrid-test-"));
  // Root's PostgreSQL runs under another account, which has to get in.
  fs.chmodSync(dataDir, 0o755);
  const undo = [async () => fs.rmSync(dataDir, { recursive: true, force: true })];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const server = process.env["DATABASE_URL"] ?? (await startEmbedded(dataDir, undo));
    const name = `billgrid_test_${path.basename(dataDir).slice(-6).toLowerCase()}`;
    const cluster = { templateUrl: withDatabase(server, name), logins: readLogins(dataDir) };
    if (process.env["DATABASE_URL"]) undo.push(() => leaveAsFound(cluster));
    await prepareDatabase(cluster.templateUrl, cluster.logins);
    return { ...cluster, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startEmbedded(dataDir: string, undo: (() => Promise<void>)[]): Promise<string> {
  const { url, stop } = await startEmbeddedPostgres({ dataDir, settings: fast, temporary: true });
  undo.push(stop);
  return url;
}

/** Nothing that a test writes has to survive a power cut. */
const fast = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  deadlock_timeout: "100ms",
  max_connections: "300",
};

/** A cluster that is not ours keeps nothing but the two roles that all Billgrid databases share. */
async function leaveAsFound({ templateUrl, logins }: TestCluster): Promise<void> {
  const cluster = new pg.Client({ connectionString: withDatabase(templateUrl, "postgres") });
  await cluster.connect();
  try {
    const template = new URL(templateUrl).pathname.slice(1);
    const { rows } = await cluster.query<{ name: string }>(
      "SELECT datname AS name FROM pg_database WHERE starts_with(datname, $1)",
      [template],
    );
    for (const { name } of rows) await cluster.query(`DROP DATABASE "${name}" WITH (FORCE)`);
    for (const login of [logins.app, logins.jobs]) await cluster.query(`DROP ROLE IF EXISTS "${login.role}"`);
  } finally {
    await cluster.end();
  }
}
