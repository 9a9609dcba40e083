import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { inCheckout } from "./checkout.mjs";
import { runNode } from "./child.mjs";

/** Whether npm's own record of what it installed says what package-lock.json asks for. */
export function isInstalled() {
  const record = inCheckout("node_modules", ".package-lock.json");
  if (!existsSync(record)) return false;
  const { packages: wanted } = JSON.parse(readFileSync(inCheckout("package-lock.json"), "utf8"));
  const { packages: found } = JSON.parse(readFileSync(record, "utf8"));
  return Object.entries(wanted).every(
    // What is optional may be for another platform.
    ([place, { version, optional }]) => place === "" || optional || found[place]?.version === version,
  );
}

/**
 * What package-lock.json says; nothing needs an install script. Not `npm ci`, which empties node_modules first and fetches
 * everything again when one package changed.
 */
export function install() {
  return runNode([npm(), "install", "--no-save", "--include=dev", "--no-audit", "--no-fund"], { quiet: true });
}

/** The npm that runs us, else the one that came with this Node. */
function npm() {
  const running = process.env.npm_execpath;
  if (running && path.basename(running) === "npm-cli.js") return running;
  const bin = path.dirname(process.execPath);
  const places = [path.join(bin, "..", "lib", "node_modules"), path.join(bin, "node_modules")];
  const found = places.map((place) => path.join(place, "npm", "bin", "npm-cli.js")).find((file) => existsSync(file));
  if (!found) throw new Error("npm was not found. Run `npm ci`, then the command again.");
  return found;
}
