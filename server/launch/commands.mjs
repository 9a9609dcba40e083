import { check, fix } from "./check-command.mjs";
import { passSignalsOn, runTypeScript } from "./child.mjs";
import { addIn, graphiql, operations, prepare, prismaClient, sdl } from "./prepare.mjs";
import { say } from "./progress.mjs";
import { needsAddIn, runTests } from "./test-command.mjs";

const generated = [prismaClient, sdl, operations];
const program = (file) => async (args) => (await runTypeScript(file, args)).code;

/** For each npm script what it needs, and what it then does with its arguments; that answers the exit code. */
const commands = {
  start: { needs: () => [...generated, addIn, graphiql], run: program("server/launch/start.ts") },
  serve: { needs: () => [prismaClient, graphiql], run: program("server/main.ts") },
  worker: { needs: () => [prismaClient], run: program("server/worker.ts") },
  "month-end": { needs: () => [prismaClient], run: program("server/terminal/month-end.ts") },
  seed: { needs: () => [prismaClient], run: program("prisma/seed/main.ts") },
  bench: { needs: () => generated, run: program("test/bench/main.ts") },
  migration: { needs: () => [], run: program("server/platform/database/schema-engine/write-migration.ts") },
  test: { needs: (args) => (needsAddIn(args) ? [...generated, addIn] : generated), run: runTests },
  check: { needs: () => [prismaClient], run: check },
  fix: { needs: () => [], run: fix },
  generate: { needs: () => generated, run: async () => 0 },
};

export async function runCommand(name, args) {
  const command = commands[name];
  if (!command) {
    say(`Billgrid knows these commands: ${Object.keys(commands).join(", ")}.`);
    process.exit(2);
  }
  passSignalsOn();
  process.exitCode = (await prepare(command.needs(args))) ? await command.run(args) : 1;
}
