import { readFileSync } from "node:fs";

/** Whether a process runs; one that ended and that nobody has asked about yet (a zombie) does not. */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Not ours to signal, but there.
    return error.code === "EPERM";
  }
  return process.platform !== "linux" || !isZombie(pid);
}

/** In a container without an init process nobody asks, and zombies stay. */
function isZombie(pid) {
  try {
    // The state follows the name, which is in brackets and may contain anything.
    return /^\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*(?=\) )/s, ""));
  } catch {
    return true;
  }
}
