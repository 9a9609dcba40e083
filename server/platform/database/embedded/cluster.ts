import { spawnSync } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { environmentOfChild } from "../../../environment";
import { writeOnce } from "../write-once";
import { type Binaries, executable } from "./binaries";
import { canEnter, type OsUser } from "./os-user";

/** The superuser of an embedded cluster; owns Billgrid's database in it. */
const owner = "billgrid";

/** Where PostgreSQL can go when root's own folders are closed to the account it runs under. */
export const sharedFolder = "/var/lib/billgrid";

/** A PostgreSQL cluster on disk, made and ready to be served. */
export interface Cluster {
  folder: string;
  data: string;
  logFile: string;
  user: OsUser | undefined;
  env: NodeJS.ProcessEnv;
  url(port: number): string;
}

/**
 * The folder for the cluster of this data folder: inside it, unless PostgreSQL's account cannot get there (root with
 * a closed checkout). Then it is a folder of its own under /var/lib/billgrid, and the data folder remembers which.
 */
export function clusterHome(dataDir: string, user: OsUser | undefined): string {
  const home = path.join(path.resolve(dataDir), "postgresql");
  fs.mkdirSync(path.dirname(home), { recursive: true });
  fs.mkdirSync(home, { recursive: true, mode: 0o700 });
  if (!user) return home;
  if (canEnter(user, path.dirname(home))) {
    own(home, user);
    return home;
  }
  const note = path.join(home, "elsewhere");
  writeOnce(note, path.join(sharedFolder, `data-${randomBytes(8).toString("hex")}`));
  const elsewhere = fs.readFileSync(note, "utf8");
  makeSharedFolder();
  fs.mkdirSync(elsewhere, { recursive: true, mode: 0o700 });
  own(elsewhere, user);
  return elsewhere;
}

/** Open to all whatever the umask: what is inside has its own modes. */
export function makeSharedFolder(): void {
  fs.mkdirSync(sharedFolder, { recursive: true });
  fs.chmodSync(sharedFolder, 0o755);
}

/** The cluster in this folder, made if there is none. Of two that make it at once, the first one stays. */
export function prepareCluster(binaries: Binaries, home: string, user: OsUser | undefined): Cluster {
  const folder = path.join(home, "cluster");
  // No locale of the machine reaches the cluster: an empty one would make it SQL_ASCII.
  const env = { ...environmentOfChild(), LC_ALL: "C", TZ: "UTC" };
  if (!fs.existsSync(folder)) initialize(binaries, folder, user, env);

  const data = path.join(folder, "data");
  const made = fs.readFileSync(path.join(data, "PG_VERSION"), "utf8").trim();
  if (made !== binaries.version.split(".")[0]) {
    throw new Error(
      `${data} was made by PostgreSQL ${made}, but the one installed is ${binaries.version}. ` +
        "Restore a backup into a new BILLGRID_DATA, or go back to the version before.",
    );
  }
  const password = fs.readFileSync(path.join(folder, "password"), "utf8");
  const url = (port: number) => `postgresql://${owner}:${password}@127.0.0.1:${port}/postgres`;
  return { folder, data, logFile: path.join(folder, "server.log"), user, env, url };
}

/** Made under another name and then renamed: a cluster that is there is whole, also after a kill halfway. */
function initialize(binaries: Binaries, folder: string, user: OsUser | undefined, env: NodeJS.ProcessEnv): void {
  const unfinished = `${folder}.${randomUUID()}`;
  const passwordFile = path.join(unfinished, "password");
  fs.mkdirSync(unfinished, { mode: 0o700 });
  fs.writeFileSync(passwordFile, randomBytes(24).toString("base64url"), { mode: 0o600 });
  if (user) {
    own(unfinished, user);
    fs.chownSync(passwordFile, user.uid, user.gid);
  }
  const data = ["-D", path.join(unfinished, "data"), "--no-sync", "--no-instructions"];
  const access = ["-U", owner, "--pwfile", passwordFile, "--auth", "scram-sha-256"];
  const text = ["--encoding", "UTF8", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"];
  const options = { ...user, env, cwd: unfinished, encoding: "utf8" } as const;
  const initdb = spawnSync(executable(binaries, "initdb"), [...data, ...access, ...text], options);
  if (initdb.status !== 0) {
    fs.rmSync(unfinished, { recursive: true, force: true });
    const hint = /user does not exist/.test(initdb.stderr)
      ? " PostgreSQL needs a user with a name; or set DATABASE_URL."
      : "";
    throw new Error(
      `The database folder ${folder} could not be made: ${initdb.error?.message ?? initdb.stderr}${hint}`,
    );
  }
  try {
    fs.renameSync(unfinished, folder);
  } catch (error) {
    fs.rmSync(unfinished, { recursive: true, force: true });
    if (!fs.existsSync(folder)) throw error;
  }
}

function own(folder: string, user: OsUser): void {
  fs.chownSync(folder, user.uid, user.gid);
  fs.chmodSync(folder, 0o700);
}
