import { createHash, createHmac, pbkdf2Sync, randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type pg from "pg";
import type { Login, Logins } from "./logins";

export const appRole = "billgrid_app";
export const jobsRole = "billgrid_jobs";

/**
 * Makes the two roles that hold the rights, and this data folder's logins to them. A login acts as its role from the
 * first statement, so what it creates belongs to the role.
 */
export async function ensureRoles(owner: pg.Client, logins: Logins): Promise<void> {
  try {
    for (const role of [appRole, jobsRole]) await createRole(owner, role, "NOLOGIN");
    await onceAlone(() => ensureLogin(owner, logins.app, appRole));
    await onceAlone(() => ensureLogin(owner, logins.jobs, jobsRole));
    // To create the queue as its owner. Who made a role may since PostgreSQL 16 administer it, but not act as it.
    await owner.query(`DO $$ BEGIN
      IF NOT pg_has_role('${jobsRole}', 'USAGE') THEN GRANT ${jobsRole} TO CURRENT_USER; END IF;
    END $$`);
  } catch (error) {
    if ((error as { code?: string }).code !== "42501") throw error;
    throw new Error(
      `The role of DATABASE_URL may not manage Billgrid's own roles (${(error as Error).message}). Let an ` +
        `administrator run: ALTER ROLE ${owner.user} CREATEROLE; and, if ${appRole} exists already: ` +
        `GRANT ${appRole}, ${jobsRole} TO ${owner.user} WITH ADMIN OPTION;`,
    );
  }
}

/**
 * Roles belong to the cluster, the lock of the preparation to its database: another database may change the same role at
 * this moment, which PostgreSQL refuses instead of waiting. Everything here may be done again.
 */
async function onceAlone(work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const isMeanwhile = (error as Error).message.includes("tuple concurrently");
      if (!isMeanwhile || attempt === ATTEMPTS_MOST) throw error;
      await pause(20 * attempt);
    }
  }
}
const ATTEMPTS_MOST = 20;

async function ensureLogin(owner: pg.Client, login: Login, role: string): Promise<void> {
  await createRole(owner, login.role, "LOGIN");
  await owner.query(`ALTER ROLE "${login.role}" PASSWORD '${scramVerifier(login.password)}'`);
  await owner.query(`ALTER ROLE "${login.role}" SET role = '${role}'`);
  await owner.query(`ALTER ROLE "${login.role}" SET timezone = 'UTC'`);
  await owner.query(`GRANT ${role} TO "${login.role}"`);
  await owner.query(
    `DO $$ BEGIN EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), '${login.role}'); END $$`,
  );
}

/** Two databases of one cluster may do this at the same moment. */
async function createRole(owner: pg.Client, role: string, may: "LOGIN" | "NOLOGIN"): Promise<void> {
  await owner.query(`DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${role}') THEN CREATE ROLE "${role}" ${may}; END IF;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
  END $$`);
}

/** The password as PostgreSQL keeps it (RFC 5803), so that it stands in clear in no statement and in no log. */
function scramVerifier(password: string): string {
  const iterations = 4096;
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password, salt, iterations, 32, "sha256");
  const key = (name: string) => createHmac("sha256", salted).update(name).digest();
  const storedKey = createHash("sha256").update(key("Client Key")).digest("base64");
  return `SCRAM-SHA-256$${iterations}:${salt.toString("base64")}$${storedKey}:${key("Server Key").toString("base64")}`;
}
