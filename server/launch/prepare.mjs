import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { contentHash, inCheckout } from "./checkout.mjs";
import { runNode, runTypeScript } from "./child.mjs";
import { install, isInstalled } from "./install.mjs";
import { withLock } from "./lock.mjs";
import { step } from "./progress.mjs";

/** What is made from other files, in this order; each is made anew when what it is made from, or it itself, changed. */
export const prismaClient = {
  title: "Generating the Prisma client",
  from: ["prisma/schema.prisma", "package-lock.json"],
  to: "prisma/generated/client",
  // Prisma downloads an engine that it does not need here, unless it is told that one exists.
  make: () =>
    runNode(["node_modules/prisma/build/index.js", "generate"], {
      quiet: true,
      env: { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: "1", CHECKPOINT_DISABLE: "1" },
    }),
};

export const sdl = {
  title: "Printing the GraphQL schema",
  from: ["server", "schema/print.ts", "package-lock.json"],
  to: "schema/schema.graphql",
  make: () => runTypeScript("schema/print.ts", [], { quiet: true }),
};

export const operations = {
  title: "Generating types for GraphQL operations",
  from: ["schema/schema.graphql", "schema/operations", "schema/codegen.ts", "package-lock.json"],
  to: "schema/generated",
  make: () =>
    runNode(["node_modules/@graphql-codegen/cli/esm/bin.js", "--config", "schema/codegen.ts"], { quiet: true }),
};

export const addIn = {
  title: "Building the Excel add-in",
  from: ["excel-addin", "schema/generated", "package-lock.json"],
  to: "dist/excel-addin",
  make: () =>
    runNode(
      ["node_modules/vite/bin/vite.js", "build", "--mode", "workbench", "--config", "excel-addin/vite.config.ts"],
      { quiet: true },
    ),
};

export const graphiql = {
  title: "Building GraphiQL",
  from: ["server/platform/graphiql", "package-lock.json"],
  to: "dist/graphiql",
  make: () =>
    runNode(["node_modules/vite/bin/vite.js", "build", "--config", "server/platform/graphiql/vite.config.ts"], {
      quiet: true,
    }),
};

/**
 * Installs if the packages are not those of package-lock.json, then makes what is out of date. Answers false where
 * something failed (and was shown). Two commands in one checkout do this one after the other.
 */
export function prepare(products) {
  return withLock(inCheckout("dist", "launch.lock"), async () => {
    if (!isInstalled() && !(await step("Installing packages, half a minute or so", install))) return false;
    for (const product of products) {
      if (isCurrent(product)) continue;
      if (!(await step(product.title, product.make))) return false;
      remember(product);
    }
    return true;
  });
}

function isCurrent(product) {
  const note = noteOf(product);
  return existsSync(inCheckout(product.to)) && existsSync(note) && readFileSync(note, "utf8") === stateOf(product);
}

function remember(product) {
  mkdirSync(path.dirname(noteOf(product)), { recursive: true });
  writeFileSync(noteOf(product), stateOf(product));
}

const stateOf = (product) => `${contentHash(product.from)} ${contentHash([product.to])}`;

const noteOf = (product) => inCheckout("node_modules", ".cache", "billgrid", product.to.replaceAll("/", "-"));
