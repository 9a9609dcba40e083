import fs from "node:fs";
import path from "node:path";
import { runMigrations as migrateQueue } from "graphile-worker";
import pg from "pg";
import { startEmbeddedPostgres } from "./embedded/embedded-postgres";
import { type Logins, readLogins } from "./logins";
import { applyMigrations, migrationsFolder, withLock } from "./migrations";
import { privileges } from "./privileges";
import { appRole, ensureRoles, jobsRole } from "./roles";
import { withDatabase, withLogin } from "./urls";

export interface DatabaseOptions {
  /** Holds the logins, and the embedded database if there is no URL. */
  dataDir: string;
  /** Owner of an existing database on PostgreSQL 15 or newer, allowed to create roles. Without it: the embedded one. */
  url?: string | null | undefined;
  migrations?: string;
}

/** A database that is migrated and ready, with one connection string for each of its three roles. */
export interface Database {
  /** For migrations and backups, never for requests. */
  ownerUrl: string;
  /** For the application: subject to row-level security. */
  appUrl: string;
  /** For the job worker: sees its queue and nothing else. */
  jobsUrl: string;
  /** The migrations that this call applied. */
  applied: string[];
  stop(): Promise<void>;
}

const minimumVersion = 15;

/** Starts the embedded database, or takes the given one, and brings it up to date. Idempotent, and safe in parallel. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const dataDir = path.resolve(options.dataDir);
  const logins = readLogins(dataDir);
  if (options.url) return { ...(await prepareDatabase(options.url, logins, options.migrations)), stop: async () => {} };

  const server = await startEmbeddedPostgres({ dataDir });
  try {
    const ownerUrl = withDatabase(server.url, "billgrid");
    return { ...(await prepareDatabase(ownerUrl, logins, options.migrations)), stop: server.stop };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** The database of the URL, made if it is missing, with roles, rights, tables and the queue. */
export async function prepareDatabase(
  ownerUrl: string,
  logins: Logins,
  migrations: string = migrationsFolder,
): Promise<Omit<Database, "stop">> {
  const owner = await connectAsOwner(ownerUrl);
  try {
    await refuseUnsuitable(owner);
    const applied = await withLock(owner, async () => {
      await ensureRoles(owner, logins);
      await owner.query(privileges());
      const names = await applyMigrations(owner, migrations);
      await prepareQueue(owner, ownerUrl);
      return names;
    });
    const appUrl = withLogin(ownerUrl, logins.app);
    await refuseMightyApplication(appUrl);
    return { ownerUrl, appUrl, jobsUrl: withLogin(ownerUrl, logins.jobs), applied };
  } finally {
    await owner.end();
  }
}

async function connectAsOwner(url: string): Promise<pg.Client> {
  try {
    return await connect(url);
  } catch (error) {
    if ((error as pg.DatabaseError).code !== invalidCatalogName) throw error;
  }
  await createDatabase(url);
  return connect(url);
}

const invalidCatalogName = "3D000";
const duplicateDatabase = "42P04";
const uniqueViolation = "23505";

/** On a database of our own only named logins may connect; on one that was given to us that is its owner's choice. */
async function createDatabase(url: string): Promise<void> {
  const name = pg.escapeIdentifier(decodeURIComponent(new URL(url).pathname.slice(1)));
  const cluster = await connect(withDatabase(url, "postgres"));
  try {
    await cluster.query(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`);
    await cluster.query(`REVOKE CONNECT ON DATABASE ${name} FROM PUBLIC`);
  } catch (error) {
    // Somebody else created it at the same moment.
    if (![duplicateDatabase, uniqueViolation].includes((error as pg.DatabaseError).code ?? "")) throw error;
  } finally {
    await cluster.end();
  }
}

async function connect(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  return client;
}

async function refuseUnsuitable(owner: pg.Client): Promise<void> {
  const { rows } = await owner.query<{ version: number; encoding: string }>(
    `SELECT current_setting('server_version_num')::int / 10000 AS version, current_setting('server_encoding') AS encoding`,
  );
  const found = rows[0];
  if (!found || found.version < minimumVersion) {
    throw new Error(`Billgrid needs PostgreSQL ${minimumVersion} or newer; DATABASE_URL leads to ${found?.version}.`);
  }
  if (found.encoding !== "UTF8") {
    throw new Error(`The database of DATABASE_URL is encoded in ${found.encoding}; create it with ENCODING 'UTF8'.`);
  }
}

/** The queue's tables belong to its own role, as do the two functions through which the application reaches it. */
async function prepareQueue(owner: pg.Client, ownerUrl: string): Promise<void> {
  await owner.query(
    `DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO ${jobsRole}', current_database()); END $$`,
  );
  const asJobs = new pg.Pool({ connectionString: ownerUrl, options: `-c role=${jobsRole}`, max: 2 });
  asJobs.on("error", () => {});
  asJobs.on("connect", (client) => client.on("error", () => {}));
  try {
    await migrateQueue({ pgPool: asJobs });
    await asJobs.query(fs.readFileSync(new URL("./jobs-api.sql", import.meta.url), "utf8"));
  } finally {
    await asJobs.end();
  }
}

/** The second lock of isolation is worth nothing if the application may open it. */
async function refuseMightyApplication(appUrl: string): Promise<void> {
  const app = await connect(appUrl).catch((error: Error) => {
    throw new Error(
      `The application's login ${new URL(appUrl).username} was refused (${error.message}). ` +
        "pg_hba.conf must let it in with its password.",
    );
  });
  try {
    const { rows } = await app.query<{ role: string; isMighty: boolean }>(
      `SELECT current_user AS role, bool_or(rolsuper OR rolbypassrls) AS "isMighty" FROM pg_roles
       WHERE pg_has_role(session_user, oid, 'MEMBER')`,
    );
    if (rows[0]?.role !== appRole || rows[0].isMighty) {
      throw new Error(`The login ${new URL(appUrl).username} can pass by row-level security; take that right from it.`);
    }
  } finally {
    await app.end();
  }
}
