import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { environmentOfChild } from "../../../environment";
import { isAlive } from "../../process/is-alive.mjs";
import { type Binaries, executable } from "./binaries";
import type { Cluster } from "./cluster";

export interface RunningServer {
  pid: number;
  port: number;
  /** It ran already: left over by a process that was killed, or shared with one that lives. */
  adopted: boolean;
}

const pauseMs = 200;
const attemptsAllowed = 15;
const recoveryMs = 120_000;

/**
 * The server of this cluster: the one that runs already, else a new one on a free port. Two callers at once get the
 * same server, as PostgreSQL lets only one run per folder and the loser of the race finds the winner's.
 */
export async function runServer(
  binaries: Binaries,
  cluster: Cluster,
  settings: Readonly<Record<string, string>>,
): Promise<RunningServer> {
  const until = Date.now() + recoveryMs;
  for (let attempts = 0; attempts < attemptsAllowed && Date.now() < until; ) {
    const left = readPidFile(cluster);
    if (left && (await answers(left, cluster))) return { pid: left.pid, port: left.port, adopted: true };
    // Somebody else is starting it, or it replays its log after a crash.
    if (left && isAlive(left.pid) && isPostgres(left.pid)) {
      refuseCopiedFolder(left, cluster);
      await pause(pauseMs);
      continue;
    }
    // The number in a file left behind may belong to any other process by now, and PostgreSQL would not start.
    if (left && isAlive(left.pid)) fs.rmSync(pidFile(cluster), { force: true });

    const started = await startOn(await freePort(), binaries, cluster, settings);
    if (started) return started;
    attempts += 1;
    // Processes of a server that was killed hold its shared memory for a moment.
    await pause(pauseMs);
  }
  throw new Error(`PostgreSQL did not start; ${cluster.logFile} says why:\n${lastLines(cluster.logFile)}`);
}

/**
 * Keeps the server for this process: it is stopped when the last process that called this ends or calls the answer.
 */
export function keepServer(
  server: RunningServer,
  cluster: Cluster,
  deletedAfterwards: readonly string[],
): () => Promise<void> {
  const usersFolder = path.join(cluster.folder, "users");
  fs.mkdirSync(usersFolder, { recursive: true });
  const script = fileURLToPath(new URL("./supervisor.mjs", import.meta.url));
  const supervisor = spawn(process.execPath, [script, String(server.pid), usersFolder, ...deletedAfterwards], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
    cwd: "/",
    env: environmentOfChild(),
  });
  fs.writeFileSync(path.join(usersFolder, String(supervisor.pid)), "");
  supervisor.unref();
  (supervisor.stdin as unknown as net.Socket).unref();
  return async () => {
    if (supervisor.exitCode !== null) return;
    supervisor.ref();
    const ended = once(supervisor, "exit");
    supervisor.stdin.end();
    await ended;
  };
}

async function startOn(
  port: number,
  binaries: Binaries,
  cluster: Cluster,
  settings: Readonly<Record<string, string>>,
): Promise<RunningServer | undefined> {
  const log = fs.openSync(cluster.logFile, "a", 0o600);
  const flags = Object.entries({ listen_addresses: "127.0.0.1", unix_socket_directories: "", ...settings });
  const child = spawn(
    executable(binaries, "postgres"),
    ["-D", cluster.data, "-p", String(port), ...flags.flatMap(([name, value]) => ["-c", `${name}=${value}`])],
    { ...cluster.user, env: cluster.env, cwd: cluster.folder, detached: true, stdio: ["ignore", log, log] },
  );
  fs.closeSync(log);
  if (!(await becameReady(child, cluster))) return undefined;
  child.unref();
  return { pid: child.pid as number, port, adopted: false };
}

async function becameReady(child: ChildProcess, cluster: Cluster): Promise<boolean> {
  let ended = false;
  child.once("exit", () => (ended = true));
  child.once("error", () => (ended = true));
  while (!ended) {
    const found = readPidFile(cluster);
    if (found?.ready && found.pid === child.pid) return true;
    await pause(10);
  }
  return false;
}

interface PidFile {
  pid: number;
  data: string;
  port: number;
  ready: boolean;
}

const pidFile = (cluster: Cluster) => path.join(cluster.data, "postmaster.pid");

/** postmaster.pid: the process in line 1, its data folder in 2, its port in 4, and how far it is in 8. */
function readPidFile(cluster: Cluster): PidFile | undefined {
  try {
    const lines = fs.readFileSync(pidFile(cluster), "utf8").split("\n");
    const pid = Number(lines[0]);
    if (!(pid > 0)) return undefined;
    return { pid, data: lines[1] ?? "", port: Number(lines[3]), ready: lines[7]?.startsWith("ready") ?? false };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** Whether the server of that file is ours: it knows our password and works on our folder. */
async function answers(left: PidFile, cluster: Cluster): Promise<boolean> {
  if (!left.ready || !isAlive(left.pid)) return false;
  const client = new pg.Client({ connectionString: cluster.url(left.port), connectionTimeoutMillis: 2_000 });
  try {
    await client.connect();
    const { rows } = await client.query<{ folder: string }>("SELECT current_setting('data_directory') AS folder");
    return rows[0]?.folder === cluster.data;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

/** Its pid file names another folder, and that server lives: to start a second one could destroy the data. */
function refuseCopiedFolder(left: PidFile, cluster: Cluster): void {
  if (left.data === cluster.data) return;
  throw new Error(
    `${cluster.data} was copied or moved from ${left.data} while its PostgreSQL was running (process ${left.pid}). ` +
      `Stop that process, or delete the copy, then start again.`,
  );
}

function isPostgres(pid: number): boolean {
  if (process.platform !== "linux") return true;
  try {
    return fs.readFileSync(`/proc/${pid}/comm`, "utf8").startsWith("postgres");
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as net.AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

function lastLines(file: string): string {
  return fs.existsSync(file) ? fs.readFileSync(file, "utf8").trimEnd().split("\n").slice(-10).join("\n") : "(nothing)";
}
