import { connect, startWorkerProcess } from "./billgrid";
import { readEnvironment } from "./environment";
import { openDatabase } from "./platform/database/open-database";
import { createLogger } from "./platform/logger";
import { stopOnSignal } from "./platform/stop-on-signal";

/** A worker of its own, beside any number of servers on the same database. */
const environment = readEnvironment();
const database = await openDatabase({ dataDir: environment.dataFolder, url: environment.databaseUrl });
const pool = connect(database);
const worker = await startWorkerProcess({ database, environment, logger: createLogger(environment.logLevel) });
process.stdout.write("Billgrid's worker waits for jobs\n");
stopOnSignal([worker.stop, () => pool.end(), database.stop]);
