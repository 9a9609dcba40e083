import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What a running `npm start` leaves in its data folder, so that scripts find it. */
export type RunFile = {
  readonly pid: number;
  readonly url: string;
  readonly workbenchUrl: string | null;
  readonly graphqlUrl: string;
  readonly adminEmail: string | null;
  readonly apiKeyFile: string | null;
};

export const runFileIn = (dataFolder: string): string => join(dataFolder, "run.json");

/** The server that runs on this data folder and answers; null where there is none. */
export async function findRunningServer(dataFolder: string): Promise<RunFile | null> {
  const file = runFileIn(dataFolder);
  if (!existsSync(file)) return null;
  const run = JSON.parse(readFileSync(file, "utf8")) as RunFile;
  const isAnswering = await fetch(`${run.url}/healthz`, { signal: AbortSignal.timeout(2_000) }).then(
    (response) => response.ok,
    () => false,
  );
  return isAnswering ? run : null;
}
