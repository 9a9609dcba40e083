import { randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { isAlive } from "../platform/process/is-alive.mjs";
import { say } from "./progress.mjs";

const heartbeatMs = 1_000;
const silenceMs = 30_000;

/**
 * Does the work while no other process does work under the same lock, a folder. The lock of a process that died is
 * taken over: its number is gone, or, where another process has the number by now, nobody touches the lock.
 */
export async function withLock(folder, work) {
  mkdirSync(path.dirname(folder), { recursive: true });
  for (let waited = false; !acquire(folder); await pause(100)) {
    const other = holder(folder);
    if (other === undefined || waited) continue;
    say(`· Waiting for another Billgrid command (process ${other}) to finish preparing`);
    waited = true;
  }
  const heartbeat = setInterval(() => touch(folder), heartbeatMs);
  const release = () => rmSync(folder, { recursive: true, force: true });
  process.once("exit", release);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    process.off("exit", release);
    release();
  }
}

/** A folder with something in it can be renamed to a free name only: by one process, with its content. */
function acquire(folder) {
  const own = `${folder}.${randomUUID()}`;
  mkdirSync(own);
  writeFileSync(path.join(own, "pid"), String(process.pid));
  try {
    renameSync(own, folder);
    return true;
  } catch {
    rmSync(own, { recursive: true });
    if (isAbandoned(folder)) remove(folder);
    return false;
  }
}

function isAbandoned(folder) {
  const pid = holder(folder);
  return (
    pid !== undefined &&
    (!isAlive(pid) || Date.now() - statSync(folder, { throwIfNoEntry: false })?.mtimeMs > silenceMs)
  );
}

/** Moved away first: of two that remove it, one does, and the new lock of a third is put back. */
function remove(folder) {
  const old = `${folder}.${randomUUID()}`;
  try {
    renameSync(folder, old);
    if (isAbandoned(old)) rmSync(old, { recursive: true });
    else renameSync(old, folder);
  } catch {
    // Somebody else was faster.
  }
}

function holder(folder) {
  try {
    return Number(readFileSync(path.join(folder, "pid"), "utf8"));
  } catch {
    return undefined;
  }
}

function touch(folder) {
  const now = new Date();
  if (holder(folder) === process.pid) utimesSync(folder, now, now);
}
