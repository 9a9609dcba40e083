import { readFileSync } from "node:fs";
import { connect, startServer, startWorkerProcess } from "../billgrid";
import type { Environment } from "../environment";
import { openDatabase } from "../platform/database/open-database";
import { createLogger } from "../platform/logger";
import { ensureDemoCompany } from "./demo-company";

export type OwnServer = { readonly url: string; readonly apiKey: string; stop(): Promise<void> };

/** A server with a worker in this process, for the length of one command; with the demo company if there is none yet. */
export async function startOwnServer(environment: Environment): Promise<OwnServer> {
  const logger = createLogger(environment.logLevel);
  const database = await openDatabase({ dataDir: environment.dataFolder, url: environment.databaseUrl });
  const pool = connect(database, environment);
  const { apiKeyFile } = await ensureDemoCompany(environment.dataFolder);
  const parts = { database, environment, logger };
  const { publicUrl, trustProxy } = environment;
  const server = await startServer({
    ...parts,
    host: "127.0.0.1",
    port: 0,
    publicUrl,
    trustProxy,
    graphiqlFolder: "",
  });
  const worker = await startWorkerProcess({ ...parts, publicUrl: server.publicUrl });
  return {
    url: `${server.url}/graphql`,
    apiKey: readFileSync(apiKeyFile, "utf8").trim(),
    async stop() {
      await server.stop();
      await worker.stop();
      await pool.end();
      await database.stop();
    },
  };
}
