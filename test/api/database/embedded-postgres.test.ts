import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startEmbeddedPostgres } from "../../../server/platform/database/embedded/embedded-postgres";
import { openDatabase } from "../../../server/platform/database/open-database";
import { isAlive } from "../../../server/platform/process/is-alive.mjs";

let dataDir: string;
beforeEach(() => {
  dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "billgrid-embedded-"));
  fs.chmodSync(dataDir, 0o755);
});
afterEach(() => fs.rmSync(dataDir, { recursive: true, force: true }));

const start = () => startEmbeddedPostgres({ dataDir, temporary: true, settings: { fsync: "off" } });
/** Without migrations: what is opened here is the server, not the schema. */
const open = () => openDatabase({ dataDir, migrations: path.join(dataDir, "none") });

async function ask<T extends object>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T & pg.QueryResultRow>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Another node process that starts the server, tells its pid, and waits. */
async function startElsewhere(): Promise<{ node: ChildProcess; server: number; url: string }> {
  const module = fileURLToPath(
    new URL("../../../server/platform/database/embedded/embedded-postgres.ts", import.meta.url),
  );
  const script = `import(${JSON.stringify(module)}).then(async ({ startEmbeddedPostgres }) => {
    const { pid, url } = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)}, temporary: true });
    console.log(JSON.stringify({ pid, url }));
    setInterval(() => {}, 1000);
  })`;
  const node = spawn(process.execPath, ["--import", "tsx", "-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await once(node.stdout, "data");
  const { pid, url } = JSON.parse(String(line));
  return { node, server: pid, url };
}

describe("the embedded PostgreSQL", () => {
  test("is UTF-8 whatever the machine's locale", async () => {
    const server = await start();

    const url = server.url;
    expect(await ask(url, "SHOW server_encoding")).toEqual([{ server_encoding: "UTF8" }]);
    expect(await ask(url, "SELECT lower('ÅÑŒ') AS lower")).toEqual([{ lower: "åñœ" }]);
    await server.stop();
  });

  test("lets in nobody without its password, which only its owner can read", async () => {
    const server = await start();

    const guess = new URL(server.url);
    guess.password = "billgrid";
    await expect(ask(guess.href, "SELECT 1")).rejects.toMatchObject({ code: "28P01" });
    expect(fs.statSync(path.join(server.folder, "password")).mode & 0o777).toBe(0o600);
    expect(new URL(server.url).password.length).toBeGreaterThanOrEqual(32);
    await server.stop();
  });

  test("is shared by a second start, and stops with the last one", async () => {
    const first = await start();
    const second = await start();
    expect([first.adopted, second.adopted]).toEqual([false, true]);
    expect(second.pid).toBe(first.pid);

    await first.stop();
    expect(await ask(second.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);

    await second.stop();
    expect(isAlive(first.pid)).toBe(false);
  });

  test("is the same one for all who start it at the same moment", async () => {
    const servers = await Promise.all([start(), start(), start()]);

    expect(new Set(servers.map((server) => server.pid)).size).toBe(1);
    await Promise.all(servers.map((server) => server.stop()));
    expect(isAlive(servers[0].pid)).toBe(false);
  });

  test("does not outlive a process that is killed", async () => {
    const { node, server } = await startElsewhere();

    node.kill("SIGKILL");

    await expect.poll(() => isAlive(server), { timeout: 10_000 }).toBe(false);
  });

  test("outlives a process that is killed while another one uses it", async () => {
    const { node, server } = await startElsewhere();
    const adopted = await start();
    expect(adopted).toMatchObject({ pid: server, adopted: true });

    node.kill("SIGKILL");
    await once(node, "exit");

    expect(await ask(adopted.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    await adopted.stop();
    expect(isAlive(server)).toBe(false);
  });

  test("works in a folder that only its owner can enter", async () => {
    fs.chmodSync(dataDir, 0o700);
    const server = await start();
    expect(await ask(server.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);

    await server.stop();
    expect([server.folder, dataDir].filter((folder) => fs.existsSync(folder))).toEqual([]);
  });

  test("starts again after it was killed itself", async () => {
    const keeper = await startEmbeddedPostgres({ dataDir });
    process.kill(keeper.pid, "SIGKILL");
    await expect.poll(() => isAlive(keeper.pid)).toBe(false);

    const again = await start();

    expect(again.adopted).toBe(false);
    expect(await ask(again.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    await keeper.stop();
    await again.stop();
  });

  test("starts although the number in its old pid file belongs to another process by now", async () => {
    const earlier = await startEmbeddedPostgres({ dataDir });
    const pidFile = path.join(earlier.folder, "data", "postmaster.pid");
    const text = fs.readFileSync(pidFile, "utf8");
    await earlier.stop();
    fs.writeFileSync(pidFile, text.replace(String(earlier.pid), String(process.pid)));

    const again = await start();

    expect(again.adopted).toBe(false);
    await again.stop();
  });
});

describe("openDatabase", () => {
  test("gives the application a login that is neither owner nor superuser, kept for its owner's eyes", async () => {
    const database = await open();

    const [login] = await ask<{ isSuperuser: boolean; bypassesPolicies: boolean; owner: string; user: string }>(
      database.appUrl,
      `SELECT rolsuper AS "isSuperuser", rolbypassrls AS "bypassesPolicies", current_user AS user,
         (SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()) AS owner
       FROM pg_roles WHERE rolname = session_user`,
    );
    expect(login).toEqual({ isSuperuser: false, bypassesPolicies: false, user: "billgrid_app", owner: "billgrid" });
    expect(fs.statSync(path.join(dataDir, "database-logins.json")).mode & 0o777).toBe(0o600);
    await database.stop();
  });

  test("keeps what was written, and changes nothing the second time", async () => {
    const first = await open();
    await ask(first.ownerUrl, "CREATE TABLE kept AS SELECT 1 AS id");
    await first.stop();

    const second = await open();

    expect(second.applied).toEqual([]);
    expect(await ask(second.appUrl, "SELECT current_user")).toEqual([{ current_user: "billgrid_app" }]);
    expect(await ask(second.ownerUrl, "SELECT id FROM kept")).toEqual([{ id: 1 }]);
    await second.stop();
  });

  test("needs no superuser, only an owner who may create roles and databases", async () => {
    const server = await startEmbeddedPostgres({ dataDir: path.join(dataDir, "cluster"), temporary: true });
    await ask(server.url, "CREATE ROLE ordinary LOGIN CREATEDB CREATEROLE PASSWORD 'ordinary'");
    await ask(server.url, "CREATE ROLE feeble LOGIN CREATEDB PASSWORD 'feeble'");
    const openAs = (role: string) => {
      const url = Object.assign(new URL(server.url), { username: role, password: role, pathname: `of_${role}` });
      return openDatabase({ dataDir, url: url.href, migrations: path.join(dataDir, "none") });
    };

    const { appUrl } = await openAs("ordinary");
    expect(await ask(appUrl, "SELECT current_user")).toEqual([{ current_user: "billgrid_app" }]);
    await expect(openAs("feeble")).rejects.toThrow("ALTER ROLE feeble CREATEROLE");
    await server.stop();
  });

  test("is safe in several processes at once, and two data folders on one cluster do not share a password", async () => {
    const server = await startEmbeddedPostgres({ dataDir: path.join(dataDir, "cluster"), temporary: true });
    const openAt = (folder: string, name: string) => {
      const url = new URL(server.url);
      url.pathname = name;
      return openDatabase({
        dataDir: path.join(dataDir, folder),
        url: url.href,
        migrations: path.join(dataDir, "none"),
      });
    };

    const opened = await Promise.all([openAt("a", "one"), openAt("a", "one"), openAt("b", "one"), openAt("b", "two")]);

    for (const { appUrl, jobsUrl } of opened) {
      expect(await ask(appUrl, "SELECT current_user")).toEqual([{ current_user: "billgrid_app" }]);
      expect(await ask(jobsUrl, "SELECT current_user")).toEqual([{ current_user: "billgrid_jobs" }]);
    }
    expect(opened[0].appUrl).toBe(opened[1].appUrl);
    expect(new URL(opened[0].appUrl).password).not.toBe(new URL(opened[2].appUrl).password);
    await expect(ask(opened[0].appUrl.replace("/one", "/two"), "SELECT 1")).rejects.toMatchObject({ code: "42501" });
    await server.stop();
  });
});
