import { randomUUID } from "node:crypto";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { runNode } from "./child.mjs";

/** Runs vitest once with these arguments; the last line counts, and vitest decides the exit code. */
export async function runTests(args) {
  const countFile = path.join(tmpdir(), `billgrid-test-count-${randomUUID()}.json`);
  const reporters = args.some((argument) => argument.startsWith("--reporter")) ? [] : ["--reporter=default"];
  const { code } = await runNode(
    ["node_modules/vitest/vitest.mjs", "run", ...reporters, "--reporter=./server/launch/test-count.mjs", ...args],
    { env: { BILLGRID_TEST_COUNT: countFile } },
  );
  // A run that broke off before any test is one failure.
  const count = existsSync(countFile)
    ? JSON.parse(readFileSync(countFile, "utf8"))
    : { passed: 0, failed: 0, skipped: 0 };
  if (code !== 0) count.failed = Math.max(count.failed, 1);
  rmSync(countFile, { force: true });
  console.log(`${count.passed} passed, ${count.failed} failed${count.skipped > 0 ? `, ${count.skipped} skipped` : ""}`);
  return code;
}

/** Tests of the domain and of the API do without the add-in. */
export function needsAddIn(args) {
  const projects = args.flatMap((argument, index) =>
    argument === "--project" ? [args[index + 1]] : argument.startsWith("--project=") ? [argument.slice(10)] : [],
  );
  return projects.length === 0 || projects.some((project) => project !== "domain" && project !== "api");
}
