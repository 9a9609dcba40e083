import { readFileSync } from "node:fs";
import { join } from "node:path";
import { connect, startServer, startWorkerProcess } from "../billgrid";
import type { Environment } from "../environment";
import { openDatabase } from "../platform/database/open-database";
import { createLogger } from "../platform/logger";
import { Refused } from "./graphql-client";

/** Where `npm start` and `npm run seed` leave the key of the demo company, readable by its owner alone. */
export const apiKeyFileIn = (dataFolder: string): string => join(dataFolder, "api-key");

/** A server with a worker in this process, for the length of one command. */
export async function startOwnServer(
  environment: Environment,
): Promise<{ readonly url: string; readonly apiKey: string; stop(): Promise<void> }> {
  const logger = createLogger(environment.logLevel);
  const database = await openDatabase({ dataDir: environment.dataFolder, url: environment.databaseUrl });
  const pool = connect(database);
  const parts = { database, environment, logger };
  const worker = await startWorkerProcess(parts);
  const server = await startServer({ ...parts, host: "127.0.0.1", port: 0, graphiqlFolder: "" });
  const stop = async () => {
    await server.stop();
    await worker.stop();
    await pool.end();
    await database.stop();
  };
  try {
    return {
      url: `${server.url}/graphql`,
      apiKey: readFileSync(apiKeyFileIn(environment.dataFolder), "utf8").trim(),
      stop,
    };
  } catch {
    await stop();
    throw new Refused(
      "There is no company in this data folder yet. Plant the demo company first: npm run seed (or npm start).",
    );
  }
}
