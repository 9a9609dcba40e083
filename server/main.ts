import { fileURLToPath } from "node:url";
import { connect, startServer, startWorkerProcess } from "./billgrid";
import { readEnvironment } from "./environment";
import { openDatabase } from "./platform/database/open-database";
import { createLogger } from "./platform/logger";
import { stopOnSignal } from "./platform/stop-on-signal";

/** A server with a worker in the same process: environment → database → schema → listen. */
const environment = readEnvironment();
const logger = createLogger(environment.logLevel);
const database = await openDatabase({ dataDir: environment.dataFolder, url: environment.databaseUrl });
const pool = connect(database, environment);
const parts = { database, environment, logger };
const server = await startServer({
  ...parts,
  host: environment.host,
  port: environment.port,
  publicUrl: environment.publicUrl,
  trustProxy: environment.trustProxy,
  graphiqlFolder: fileURLToPath(new URL("../dist/graphiql", import.meta.url)),
});
const worker = await startWorkerProcess({ ...parts, publicUrl: server.publicUrl });
process.stdout.write(`Billgrid serves GraphQL at ${server.url}/graphql\n`);
stopOnSignal([server.stop, worker.stop, () => pool.end(), database.stop]);
