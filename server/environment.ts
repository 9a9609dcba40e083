import { resolve } from "node:path";

/** What the process may learn from its surroundings. Read once, here and nowhere else. */
export type Environment = {
  readonly port: number;
  readonly host: string;
  /** folder of the embedded database, the outbox and run.json */
  readonly dataFolder: string;
  /** owner connection of an existing PostgreSQL; null: the embedded one */
  readonly databaseUrl: string | null;
  /** where mail goes; null: the outbox folder */
  readonly smtpUrl: string | null;
  readonly logLevel: "debug" | "info" | "warn" | "error" | "silent";
  /** jobs run at the same time in one process */
  readonly workerConcurrency: number;
};

/** What a program that we start needs of our own surroundings, and no more: no locale, no settings, no secrets. */
export function environmentOfChild(): Record<string, string> {
  const { PATH, SystemRoot } = process.env;
  return { ...(PATH && { PATH }), ...(SystemRoot && { SystemRoot }) };
}

type Variables = Readonly<Record<string, string | undefined>>;

/** Refuses a malformed variable by name, so that a typing error does not become a default. */
export function readEnvironment(variables: Variables = process.env): Environment {
  return {
    port: integer(variables, "PORT", 4000, 0, 65_535),
    host: variables["HOST"] ?? "127.0.0.1",
    dataFolder: resolve(variables["BILLGRID_DATA"] || ".billgrid"),
    databaseUrl: url(variables, "DATABASE_URL", ["postgres:", "postgresql:"]),
    smtpUrl: url(variables, "SMTP_URL", ["smtp:", "smtps:"]),
    logLevel: oneOf(variables, "LOG_LEVEL", ["debug", "info", "warn", "error", "silent"], "warn"),
    workerConcurrency: integer(variables, "WORKER_CONCURRENCY", 2, 1, 64),
  };
}

function integer(variables: Variables, name: string, fallback: number, least: number, most: number): number {
  const text = variables[name];
  if (text === undefined || text === "") return fallback;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= most))
    throw new Error(`${name} must be a whole number from ${least} to ${most}, not "${text}".`);
  return value;
}

function url(variables: Variables, name: string, protocols: readonly string[]): string | null {
  const text = variables[name];
  if (!text) return null;
  if (!URL.canParse(text) || !protocols.includes(new URL(text).protocol)) {
    throw new Error(
      `${name} must be a URL that begins with ${protocols.map((protocol) => `${protocol}//`).join(" or ")}.`,
    );
  }
  return text;
}

function oneOf<T extends string>(variables: Variables, name: string, allowed: readonly T[], fallback: T): T {
  const text = variables[name];
  if (!text) return fallback;
  const found = allowed.find((value) => value === text);
  if (!found) throw new Error(`${name} must be one of ${allowed.join(", ")}, not "${text}".`);
  return found;
}
