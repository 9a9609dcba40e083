import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { serveWorkbench } from "../../excel-addin/workbench/serve";
import { connect, startServer, startWorkerProcess } from "../billgrid";
import { readEnvironment } from "../environment";
import { resetPassword } from "../modules/access";
import { openDatabase } from "../platform/database/open-database";
import { createLogger } from "../platform/logger";
import { stopOnSignal } from "../platform/stop-on-signal";
import { findRunningServer, type RunFile, runFileIn } from "../terminal/running-server";
import { bold, faint, green, progressBar, say, yellow } from "../terminal/screen";
import { ensureDemoCompany } from "./demo-company";

// `npm start`: the demo company's month-end, live. Database, demo data at first start, GraphQL, a worker, and the
// workbench with the add-in; then a last screen that says where to click.

/** Where manifest.xml looks for the pane, so that a sideloaded add-in finds it too. */
const WORKBENCH_PORT = 4443;

const inCheckout = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const environment = readEnvironment();
mkdirSync(environment.dataFolder, { recursive: true, mode: 0o700 });

const running = await findRunningServer(environment.dataFolder);
if (running) {
  say(`Billgrid runs on this data folder already: ${bold(running.workbenchUrl ?? running.url)}`);
  process.exit(0);
}

const logger = createLogger(environment.logLevel);
const opening = progressBar("Database");
const database = await openDatabase({ dataDir: environment.dataFolder, url: environment.databaseUrl });
const pool = connect(database, environment);
opening.finish(environment.databaseUrl ? "the PostgreSQL of DATABASE_URL" : "PostgreSQL is ready");

const { apiKeyFile, planted } = await ensureDemoCompany(environment.dataFolder);
const adminEmail = "demo@example.com";
const password =
  planted?.adminPassword ?? (process.argv.includes("--new-password") ? await resetPassword(adminEmail) : null);

const parts = { database, environment, logger };
const server = await listen(environment.port).catch((error: NodeJS.ErrnoException) => {
  if (error.code !== "EADDRINUSE" || process.env["PORT"]) throw error;
  return listen(0);
});
const worker = await startWorkerProcess({ ...parts, publicUrl: server.publicUrl });
const workbench = await serve(WORKBENCH_PORT).catch((error: NodeJS.ErrnoException) => {
  if (error.code !== "EADDRINUSE") throw error;
  return serve(0);
});

const run: RunFile = {
  pid: process.pid,
  url: server.url,
  workbenchUrl: workbench.url,
  graphqlUrl: `${server.url}/graphql`,
  adminEmail,
  apiKeyFile,
};
const runFile = runFileIn(environment.dataFolder);
writeFileSync(runFile, `${JSON.stringify(run, null, 2)}\n`, { mode: 0o600 });
stopOnSignal([
  async () => rmSync(runFile, { force: true }),
  workbench.close,
  server.stop,
  worker.stop,
  () => pool.end(),
  database.stop,
]);
showWhereToClick();

function listen(port: number) {
  const { host, publicUrl, trustProxy } = environment;
  return startServer({ ...parts, host, port, publicUrl, trustProxy, graphiqlFolder: inCheckout("dist/graphiql") });
}

function serve(port: number) {
  return serveWorkbench({
    port,
    apiUrl: server.url,
    distDir: inCheckout("dist/excel-addin"),
    cacheDir: join(environment.dataFolder, "certificate"),
    manifestFile: inCheckout("manifest.xml"),
  });
}

function showWhereToClick(): void {
  say();
  say(`${green("●")} ${bold("Billgrid is running.")} Open the workbench and close October:`);
  say();
  say(`  Workbench   ${bold(workbench.url)}`);
  say(faint("              its certificate is made on this machine: the browser asks once whether you trust it"));
  const known = faint(" · with the password shown at the first start; for a new one: npm start -- --new-password");
  say(
    `  Sign in     ${adminEmail}${password ? ` · password ${bold(password)} ${yellow("(shown this once; keep it)")}` : known}`,
  );
  say(
    `  GraphQL     ${run.graphqlUrl}${existsSync(inCheckout("dist/graphiql/index.html")) ? ` · GraphiQL ${server.url}/graphiql` : ""}`,
  );
  say(`  Terminal    npm run month-end`);
  say(`  Mail        ${join(environment.dataFolder, "outbox")}`);
  say();
  say(faint("  Ctrl+C stops it."));
}
