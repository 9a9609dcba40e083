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
  /** the account at Dropbox Sign; null: signatures are not asked for there */
  readonly dropboxSign: {
    readonly apiKey: string;
    /** of the API app, for signing inside a page of ours */
    readonly clientId: string | null;
    /** nothing that is signed has legal value */
    readonly isTestMode: boolean;
    /** null: Dropbox Sign's own */
    readonly url: string | null;
  } | null;
  /** the app at Xero; null: books are not connected there, and documents go into files */
  readonly xero: {
    readonly clientId: string;
    readonly clientSecret: string;
    /** 32 bytes: tokens are kept sealed by it */
    readonly secretsKey: Buffer;
    /** by which Xero signs its webhooks; null: it posts none */
    readonly webhookKey: string | null;
    /** null: what Billgrid needs, by Xero's usual names */
    readonly scopes: string | null;
    /** null: Xero's own addresses */
    readonly url: string | null;
  } | null;
  /** what links in mails begin with, without a slash at the end; null: where the server listens */
  readonly publicUrl: string | null;
  /** true: a proxy of ours stands before it and says in X-Forwarded-For who asks */
  readonly trustProxy: boolean;
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
    dropboxSign: dropboxSign(variables),
    xero: xero(variables),
    publicUrl: url(variables, "PUBLIC_URL", ["http:", "https:"])?.replace(/\/+$/, "") ?? null,
    trustProxy: oneOf(variables, "TRUST_PROXY", ["true", "false"], "false") === "true",
    logLevel: oneOf(variables, "LOG_LEVEL", ["debug", "info", "warn", "error", "silent"], "warn"),
    workerConcurrency: integer(variables, "WORKER_CONCURRENCY", 2, 1, 64),
  };
}

function dropboxSign(variables: Variables): Environment["dropboxSign"] {
  const apiKey = variables["DROPBOX_SIGN_API_KEY"];
  if (!apiKey) return null;
  return {
    apiKey,
    clientId: variables["DROPBOX_SIGN_CLIENT_ID"] || null,
    isTestMode: oneOf(variables, "DROPBOX_SIGN_TEST_MODE", ["true", "false"], "false") === "true",
    url: url(variables, "DROPBOX_SIGN_URL", ["https:", "http:"]),
  };
}

function xero(variables: Variables): Environment["xero"] {
  const { XERO_CLIENT_ID: clientId, XERO_CLIENT_SECRET: clientSecret } = variables;
  if (!clientId && !clientSecret) return null;
  if (!clientId || !clientSecret)
    throw new Error("XERO_CLIENT_ID and XERO_CLIENT_SECRET are set together or not at all.");
  return {
    clientId,
    clientSecret,
    secretsKey: secretsKey(variables, "BILLGRID_SECRETS_KEY"),
    webhookKey: variables["XERO_WEBHOOK_KEY"] || null,
    scopes: variables["XERO_SCOPES"] || null,
    url: url(variables, "XERO_URL", ["https:", "http:"])?.replace(/\/+$/, "") ?? null,
  };
}

/** 32 bytes, as hex or base64; its value gets into no message. */
function secretsKey(variables: Variables, name: string): Buffer {
  const text = variables[name] ?? "";
  const key = /^[0-9a-fA-F]{64}$/.test(text) ? Buffer.from(text, "hex") : Buffer.from(text, "base64");
  if (key.length !== 32) {
    throw new Error(`${name} must be 32 random bytes in hex or base64, such as "openssl rand -base64 32" prints.`);
  }
  return key;
}

/** Where a server listens, as an address for people on this machine. */
export const addressOf = (host: string, port: number): string =>
  `http://${host.includes(":") ? `[${host}]` : host}:${port}`;

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
