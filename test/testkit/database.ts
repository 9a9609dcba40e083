import pg from "pg";
import { inject } from "vitest";
import { TenantPool } from "../../server/platform/database/tenant-pool";
import { withDatabase, withLogin } from "../../server/platform/database/urls";

/** A database of its own, migrated and empty. */
export interface TestDatabase {
  name: string;
  ownerUrl: string;
  appUrl: string;
  jobsUrl: string;
  /** As the application connects: nothing is visible but through `runAs`. */
  pool: TenantPool;
  /** Superuser or owner: for looking at what the application cannot see, and for catalogs. */
  owner: pg.Client;
  /** Ends its connections and removes it. */
  drop(): Promise<void>;
}

let made = 0;

/** Copied from the run's migrated database in some 20 ms. Drop it in afterAll; what is left goes when the run ends. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { templateUrl, logins } = inject("cluster");
  const template = new URL(templateUrl).pathname.slice(1);
  const name = `${template}_${process.pid}_${++made}`;
  const clusterUrl = withDatabase(templateUrl, "postgres");
  await execute(clusterUrl, `CREATE DATABASE "${name}" TEMPLATE "${template}"`);

  const ownerUrl = withDatabase(templateUrl, name);
  const appUrl = withLogin(ownerUrl, logins.app);
  const pool = new TenantPool({ connectionString: appUrl, max: 10 });
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  const drop = async () => {
    await Promise.all([pool.end(), owner.end()]);
    await execute(clusterUrl, `DROP DATABASE "${name}" WITH (FORCE)`);
  };
  return { name, ownerUrl, appUrl, jobsUrl: withLogin(ownerUrl, logins.jobs), pool, owner, drop };
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
