import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type DemoCompany, isSeeded, newDemoApiKey, seedDemoCompany } from "../../prisma/seed/seed-demo-company";
import { progressBar } from "../terminal/screen";

/**
 * The demo company of the connected database, planted if there is none, with the file that holds an API key of it,
 * readable by its owner alone. `planted` has the administrator's password, this once.
 */
export async function ensureDemoCompany(
  dataFolder: string,
): Promise<{ readonly apiKeyFile: string; readonly planted: DemoCompany | null }> {
  const apiKeyFile = join(dataFolder, "api-key");
  const keepApiKey = (key: string) => {
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
    writeFileSync(apiKeyFile, `${key}\n`, { mode: 0o600 });
  };
  if (!(await isSeeded())) {
    const bar = progressBar("Demo company");
    const planted = await seedDemoCompany({ onProgress: ({ title, done, total }) => bar.show(done, total, title) });
    keepApiKey(planted.apiKey);
    bar.finish("60 customers, 14 months of invoices, October 2026 to close");
    return { apiKeyFile, planted };
  }
  // The key is lost where a start was killed after planting, or another data folder uses the same database.
  if (!existsSync(apiKeyFile)) keepApiKey(await newDemoApiKey());
  return { apiKeyFile, planted: null };
}
