import { checkGlossary } from "./check-glossary.mjs";
import { contentHash } from "./checkout.mjs";
import { runNode } from "./child.mjs";
import { operations, sdl } from "./prepare.mjs";
import { say, step } from "./progress.mjs";

const biome = "node_modules/@biomejs/biome/bin/biome";
const vitest = "node_modules/vitest/vitest.mjs";
const oxlint = "node_modules/oxlint/bin/oxlint";
const quietly = (args) => () => runNode(args, { quiet: true });

/** All checks, also after one failed: one run shows everything. */
export async function check() {
  const failed = [];
  for (const [title, run] of [
    ["Types", quietly(["node_modules/typescript/bin/tsc", "--noEmit", "--project", "."])],
    ["Lint", quietly([oxlint, "--deny-warnings"])],
    ["Format", quietly([biome, "format"])],
    ["GraphQL schema is printed", () => isUnchanged(sdl)],
    ["Types of GraphQL operations are generated", () => isUnchanged(operations)],
    ["Glossary terms are spelled one way", checkGlossary],
    [
      "Manifest of the add-in",
      quietly([vitest, "run", "--project", "excel-addin", "test/excel-addin/manifest.test.ts"]),
    ],
  ]) {
    if (!(await step(title, run))) failed.push(title);
  }
  say(failed.length === 0 ? "All checks passed." : `Failed: ${failed.join(", ")}.`);
  return failed.length === 0 ? 0 : 1;
}

/** What can be repaired without thinking. */
export async function fix() {
  const repaired = await step("Lint", quietly([oxlint, "--fix"]));
  const formatted = await step("Format", quietly([biome, "format", "--write"]));
  return repaired && formatted ? 0 : 1;
}

/** Made anew, it is what was committed. The new one stays, to be committed. */
async function isUnchanged(product) {
  const before = contentHash([product.to]);
  const made = await product.make();
  if (!made.ok || contentHash([product.to]) === before) return made;
  return { ok: false, output: `${product.to} was out of date. It was made anew: commit it.` };
}
