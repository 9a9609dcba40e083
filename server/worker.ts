import { connect, startWorkerProcess } from "./billgrid";
import { addressOf, readEnvironment } from "./environment";
import { openDatabase } from "./platform/database/open-database";
import { createLogger } from "./platform/logger";
import { stopOnSignal } from "./platform/stop-on-signal";

/** A worker of its own, beside any number of servers on the same database. */
const environment = readEnvironment();
const database = await openDatabase({ dataDir: environment.dataFolder, url: environment.databaseUrl });
const pool = connect(database, environment);
const publicUrl = environment.publicUrl ?? addressOf(environment.host, environment.port);
const logger = createLogger(environment.logLevel);
const worker = await startWorkerProcess({ database, environment, publicUrl, logger });
process.stdout.write("Billgrid's worker waits for jobs\n");
stopOnSignal([worker.stop, () => pool.end(), database.stop]);
