/**
 * Behind every npm script: `node server/launch/run.mjs <command> [arguments]`. Nothing in this folder needs a package,
 * as it works before any is installed; this file in addition is understood by every Node that knows modules.
 */
import { readFileSync } from "node:fs";

const wanted = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")).engines.node;
const [needsMajor, needsMinor] = wanted
  .replace(/[^\d.]/g, "")
  .split(".")
  .map(Number);
const [major, minor] = process.versions.node.split(".").map(Number);

if (major < needsMajor || (major === needsMajor && minor < needsMinor)) {
  console.error(`Billgrid needs Node ${wanted.replace(/[^\d.]/g, "")} or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

import("./commands.mjs").then(({ runCommand }) => runCommand(process.argv[2], process.argv.slice(3)));
