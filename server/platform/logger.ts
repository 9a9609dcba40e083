import pino from "pino";

export type Logger = Pick<pino.Logger, "debug" | "info" | "warn" | "error" | "child">;

/** Secrets never reach a log: what could carry one is cut out by name. */
export const createLogger = (level: string): Logger =>
  pino({
    level,
    base: null,
    redact: ["req.headers.authorization", "req.headers.cookie", "*.password", "*.token", "*.passwordHash"],
  });
