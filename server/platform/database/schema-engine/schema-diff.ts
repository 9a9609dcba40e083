import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { DiffTarget, SchemaEngine } from "@prisma/schema-engine-wasm";
import { type Migration, readMigrations } from "../migrations";
import { privileges } from "../privileges";
import { schemaEngineAdapter } from "./adapter";

export const schemaFile = fileURLToPath(new URL("../../../../prisma/schema.prisma", import.meta.url));

/** What can be compared: the written schema, the written migrations, and what a database really has. */
export type Side = "schema" | "migrations" | "database";

export interface DiffSources {
  /** Where the database is, and where a shadow database for the migrations may be made for a moment. */
  url: string;
  schema?: string;
  migrations?: Migration[];
}

/**
 * The SQL that turns the one into the other, empty where they are alike. Prisma's engine sees tables, columns, keys,
 * enums and plain indexes; not checks, exclusions, policies, triggers, functions, views, partitions or partial indexes.
 */
export async function schemaDiff(from: Side, to: Side, sources: DiffSources): Promise<string> {
  const schema = sources.schema ?? fs.readFileSync(schemaFile, "utf8");
  const migrations = sources.migrations ?? readMigrations();
  const files = [{ path: schemaFile, content: schema }];
  const side = (name: Side): DiffTarget =>
    name === "migrations"
      ? { tag: "migrations", ...migrationList(migrations) }
      : name === "database"
        ? { tag: "schemaDatasource", files, configDir: path.dirname(schemaFile) }
        : { tag: "schemaDatamodel", files };

  const engine = await openEngine(sources.url, schema);
  try {
    const { stdout, exitCode } = await engine.diff({
      from: side(from),
      to: side(to),
      script: true,
      exitCode: true,
      filters: { externalTables: [], externalEnums: [] },
    });
    return exitCode === 0 ? "" : (stdout ?? "");
  } finally {
    engine.free();
  }
}

function migrationList(migrations: readonly Migration[]) {
  return {
    baseDir: path.join(path.dirname(schemaFile), "migrations"),
    lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
    // What a migration finds in a real database too.
    shadowDbInitScript: privileges(),
    migrationDirectories: migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: "migration.sql", content: { tag: "ok" as const, value: sql } },
    })),
  };
}

async function openEngine(url: string, schema: string): Promise<SchemaEngine> {
  loaded ??= loadEngine();
  const { SchemaEngine } = await loaded;
  return SchemaEngine.new({ datamodels: [[schemaFile, schema]] }, () => {}, schemaEngineAdapter(url));
}

/** Once per process: its JavaScript half knows a single memory. */
let loaded: ReturnType<typeof loadEngine> | undefined;

async function loadEngine() {
  // The engine reports a panic to this object; without it the reason is lost.
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: console.error } });
  const glue = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  const file = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const code = fs.readFileSync(file.replace(/\.js$/, ".wasm"));
  const { instance } = await WebAssembly.instantiate(code, { "./schema_engine_bg.js": glue });
  const internals = glue as unknown as { __wbg_set_wasm(exports: WebAssembly.Exports): void };
  internals.__wbg_set_wasm(instance.exports);
  (instance.exports["__wbindgen_start"] as () => void)();
  return glue;
}
