import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { access, constants, mkdir, readFile, rename, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { homedir, tmpdir, userInfo } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const require = createRequire(import.meta.url);
const run = promisify(execFile);

const SYSTEM_NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"];
const SYSTEM_PLACES = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

export interface Chromium {
  readonly executablePath: string;
  readonly env: NodeJS.ProcessEnv;
}

/** `BILLGRID_CHROMIUM`, else a browser of the system, else the one that npm installed. */
export async function findChromium(): Promise<Chromium> {
  const chosen = process.env["BILLGRID_CHROMIUM"];
  if (chosen) return { executablePath: chosen, env: process.env };
  const folders = (process.env["PATH"] ?? "").split(path.delimiter);
  const candidates = [
    ...SYSTEM_PLACES,
    ...folders.flatMap((folder) => SYSTEM_NAMES.map((name) => path.join(folder, name))),
  ];
  const installed = candidates.find((candidate) => existsSync(candidate));
  return installed ? { executablePath: installed, env: process.env } : unpackedChromium();
}

/**
 * The package unpacks to a fixed place and takes whatever lies there, of any version and any user. So it gets a folder by
 * version and user, which appears in one step: two test files that start together do not run a half-written browser.
 */
async function unpackedChromium(): Promise<Chromium> {
  // build/cjs/index.cjs: the package hides its package.json.
  const entry = require.resolve("@sparticuz/chromium");
  const { version } = JSON.parse(
    await readFile(path.join(path.dirname(entry), "..", "..", "package.json"), "utf8"),
  ) as { version: string };
  const folder = path.join(await cacheFolder(), `chromium-${version}-${userInfo().uid}`);
  const plain = await unpack(folder, {});
  if (await isRunnable(plain)) return plain;
  // The system has no NSS: the package brings its own libraries along, but only where it believes to be a lambda.
  return unpack(`${folder}-with-libraries`, { AWS_EXECUTION_ENV: "AWS_Lambda_nodejs22.x" });
}

async function unpack(folder: string, extraEnv: NodeJS.ProcessEnv): Promise<Chromium> {
  if (!existsSync(path.join(folder, "chromium"))) {
    const temporary = `${folder}.${process.pid}`;
    await mkdir(temporary, { recursive: true, mode: 0o700 });
    const script = `import chromium from "@sparticuz/chromium"; await chromium.executablePath();`;
    await run(process.execPath, ["--input-type=module", "-e", script], {
      cwd: path.dirname(require.resolve("@sparticuz/chromium")),
      env: { ...process.env, TMPDIR: temporary, ...extraEnv },
    });
    await rename(temporary, folder).catch(() => rm(temporary, { recursive: true, force: true }));
  }
  const libraries = path.join(folder, "al2023", "lib");
  return {
    executablePath: path.join(folder, "chromium"),
    env: existsSync(libraries) ? { ...process.env, LD_LIBRARY_PATH: libraries } : process.env,
  };
}

async function isRunnable({ executablePath, env }: Chromium): Promise<boolean> {
  return run(executablePath, ["--version", "--no-sandbox"], { env }).then(
    () => true,
    () => false,
  );
}

async function cacheFolder(): Promise<string> {
  const home = process.env["XDG_CACHE_HOME"] ?? path.join(homedir(), ".cache");
  for (const folder of [path.join(home, "billgrid"), path.join(tmpdir(), "billgrid-cache")]) {
    try {
      await mkdir(folder, { recursive: true });
      await access(folder, constants.W_OK);
      return folder;
    } catch {
      // A home that cannot be written to: the temporary folder will do.
    }
  }
  return tmpdir();
}
