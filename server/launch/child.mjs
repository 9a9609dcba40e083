import { spawn } from "node:child_process";
import { constants } from "node:os";
import { root } from "./checkout.mjs";

const endWithParent = new URL("./end-with-parent.mjs", import.meta.url).href;
const children = new Set();

/**
 * Runs a Node program and waits. It ends when we end, however we end. `quiet` keeps back what it prints, and answers
 * it; otherwise it talks to the terminal itself. `code` is its exit code, as a shell would count a signal.
 */
export function runNode(args, { quiet = false, env = {} } = {}) {
  const child = spawn(process.execPath, ["--import", endWithParent, ...args], {
    cwd: root,
    stdio: quiet ? ["ignore", "pipe", "pipe", "ipc"] : ["inherit", "inherit", "inherit", "ipc"],
    env: { ...process.env, ...env, BILLGRID_LAUNCHER: String(process.pid) },
  });
  children.add(child);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8").on("data", (text) => (output += text));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      children.delete(child);
      resolve({ code: code ?? 128 + constants.signals[signal], ok: code === 0, output });
    });
  });
}

/** A program in TypeScript. */
export function runTypeScript(file, args = [], options = {}) {
  return runNode(["--import", "tsx", file, ...args], options);
}

/**
 * Signals go to the children, and we end when they have ended. Ctrl-C in a terminal reaches them without us, and a
 * second one would mean "at once".
 */
export function passSignalsOn() {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      if (children.size === 0) process.exit(128 + constants.signals[signal]);
      if (signal === "SIGINT" && process.stdin.isTTY) return;
      for (const child of children) child.kill(signal);
    });
  }
}
