import { createRequire } from "node:module";
import { defineConfig } from "vitest/config";

const require = createRequire(import.meta.url);

/**
 * graphql ships index.js and index.mjs without an exports map: Vite picks the second, Node the first, and graphql
 * refuses types that come from another copy of itself. A regular expression, so that "graphql/…" stays untouched.
 */
const alias = [{ find: /^graphql$/, replacement: require.resolve("graphql/index.js") }];

const project = (name: string, include: string[], more: object = {}) => ({
  resolve: { alias },
  test: { name, include, ...more },
});

export default defineConfig({
  resolve: { alias },
  test: {
    projects: [
      project("domain", ["test/domain/**/*.test.ts", "test/*.test.ts"]),
      project("api", ["test/api/**/*.test.ts", "test/faults/**/*.test.ts"], {
        testTimeout: 30_000,
        hookTimeout: 60_000,
        globalSetup: ["test/testkit/start-postgres.ts"],
      }),
      project("scenario", ["test/scenario/**/*.test.ts"], {
        testTimeout: 60_000,
        hookTimeout: 60_000,
        globalSetup: ["test/testkit/start-postgres.ts"],
      }),
      project("excel-addin", ["test/excel-addin/**/*.test.{ts,tsx}"], {
        testTimeout: 60_000,
        hookTimeout: 90_000,
        globalSetup: ["test/testkit/start-postgres.ts"],
      }),
    ],
  },
});
