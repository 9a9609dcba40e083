import { EventEmitter, on } from "node:events";
import pg from "pg";
import type { Logger } from "./logger";

export type Notifications = {
  /** What arrives on a channel from now on, until the signal ends it. */
  listen(channel: string, signal: AbortSignal): AsyncIterable<string>;
  stop(): Promise<void>;
};

const RECONNECT_MILLISECONDS = 1_000;

/** Hears what any process of this database announces with pg_notify. Reconnects by itself; what was said meanwhile is lost. */
export async function startNotifications(options: {
  readonly connectionString: string;
  readonly channels: readonly string[];
  readonly logger: Logger;
}): Promise<Notifications> {
  const { connectionString, channels, logger } = options;
  const bus = new EventEmitter();
  bus.setMaxListeners(0);
  let client: pg.Client | null = null;
  let isStopped = false;

  async function connect(): Promise<void> {
    const next = new pg.Client({ connectionString });
    next.on("notification", ({ channel, payload }) => bus.emit(channel, payload ?? ""));
    next.on("error", (error) => logger.warn({ err: error }, "the connection for notifications broke"));
    next.on("end", () => {
      if (!isStopped) setTimeout(reconnect, RECONNECT_MILLISECONDS).unref();
    });
    await next.connect();
    for (const channel of channels) await next.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
    client = next;
  }
  function reconnect(): void {
    connect().catch((error: unknown) => {
      logger.warn({ err: error }, "no connection for notifications");
      if (!isStopped) setTimeout(reconnect, RECONNECT_MILLISECONDS).unref();
    });
  }
  await connect();

  return {
    async *listen(channel, signal) {
      try {
        for await (const [payload] of on(bus, channel, { signal })) yield payload as string;
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    },
    async stop() {
      isStopped = true;
      await client?.end();
    },
  };
}
