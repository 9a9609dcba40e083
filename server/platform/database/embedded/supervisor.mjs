/**
 * Watches over the embedded PostgreSQL on behalf of one process that uses it. Its standard input is a pipe of that
 * process: it closes when the process ends, however it ends. Then, if nobody else uses the server, the server is
 * stopped, so that neither a crash nor `kill -9` leaves one behind.
 *
 * node supervisor.mjs <pid of the server> <folder with one file per supervisor, named by its pid> [<folders to delete>]
 */
import fs from "node:fs";
import path from "node:path";
import { isAlive } from "../../process/is-alive.mjs";

const [server, usersFolder, ...temporaryFolders] = process.argv.slice(2);
const patienceMs = 15_000;

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => {});
process.stdin.resume().on("end", release).on("error", release);

async function release() {
  fs.rmSync(path.join(usersFolder, String(process.pid)), { force: true });
  if (fs.readdirSync(usersFolder).some((user) => isAlive(Number(user)))) return;
  // SIGINT is PostgreSQL's fast shutdown, SIGQUIT its immediate one. Windows knows neither: the server ends at once
  // and replays its log at the next start.
  await stop("SIGINT");
  await stop("SIGQUIT");
  for (const folder of temporaryFolders) fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

async function stop(signal) {
  if (isAlive(Number(server))) process.kill(Number(server), signal);
  const until = Date.now() + patienceMs;
  while (isAlive(Number(server)) && Date.now() < until) await new Promise((later) => setTimeout(later, 10));
}
