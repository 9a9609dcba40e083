import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The folder with package.json; every command runs there. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

export const inCheckout = (...names) => path.join(root, ...names);

/** One hash over the names and contents of these files and folders; what is not there counts as not there. */
export function contentHash(names) {
  const hash = createHash("sha256");
  for (const name of names)
    for (const file of filesUnder(name)) hash.update(`${file}\0`).update(readFileSync(inCheckout(file)));
  return hash.digest("hex");
}

function filesUnder(name) {
  if (!existsSync(inCheckout(name))) return [];
  if (!statSync(inCheckout(name)).isDirectory()) return [name];
  return readdirSync(inCheckout(name))
    .sort()
    .flatMap((entry) => filesUnder(path.join(name, entry)));
}
