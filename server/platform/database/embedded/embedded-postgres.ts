import path from "node:path";
import { runnableBinaries } from "./binaries";
import { clusterHome, makeSharedFolder, prepareCluster, sharedFolder } from "./cluster";
import { unprivilegedUser } from "./os-user";
import { keepServer, runServer } from "./server-process";

export interface EmbeddedPostgresOptions {
  /** The data folder; the cluster goes to "postgresql" in it. */
  dataDir: string;
  /** PostgreSQL settings beside its defaults. */
  settings?: Readonly<Record<string, string>>;
  /** The data folder is deleted when the last process that uses the server has ended, however it ended. */
  temporary?: boolean;
}

export interface EmbeddedPostgres {
  /** Of the superuser, to the database "postgres". */
  url: string;
  pid: number;
  /** The server ran already and is shared. */
  adopted: boolean;
  /** Where the cluster is. */
  folder: string;
  /** Gives up this process's use of the server; the last one to do so stops it. */
  stop(): Promise<void>;
}

/**
 * Starts the PostgreSQL that npm installed, on a free port of 127.0.0.1, for everybody who may read the data folder.
 * Works as root and as anybody else, with closed folders, any umask, no locale, and without install scripts.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const user = unprivilegedUser();
  const home = clusterHome(options.dataDir, user);
  if (user) makeSharedFolder();
  const binaries = runnableBinaries(user, user ? sharedFolder : path.dirname(home));
  const cluster = prepareCluster(binaries, home, user);
  const server = await runServer(binaries, cluster, options.settings ?? {});
  const stop = keepServer(server, cluster, options.temporary ? [home, path.resolve(options.dataDir)] : []);
  return { url: cluster.url(server.port), pid: server.pid, adopted: server.adopted, folder: cluster.folder, stop };
}
