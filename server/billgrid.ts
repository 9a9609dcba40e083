import "reflect-metadata";
import { existsSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Environment } from "./environment";
import { createOutboxMail } from "./integrations/email/outbox-mail";
import { createSmtpMail } from "./integrations/email/smtp-mail";
import { authenticate } from "./modules/access";
import { renewContracts } from "./modules/contract";
import { lapseCredits } from "./modules/credit";
import { documentRoute, invoicePerformers, type MailTransports } from "./modules/invoice";
import { runOperation } from "./modules/operation";
import { type Clock, systemClock } from "./platform/clock";
import type { Database } from "./platform/database/open-database";
import { runAs, TenantPool } from "./platform/database/tenant-pool";
import { query, useDatabase } from "./platform/database/transaction";
import { createHttpServer } from "./platform/http";
import { startWorker, type Task } from "./platform/jobs";
import type { Logger } from "./platform/logger";
import { startNotifications } from "./platform/notifications";
import { RequestContext, type Services } from "./platform/request-context";
import { buildBillgridSchema } from "./schema";

type DatabaseUrls = Pick<Database, "appUrl" | "jobsUrl">;
type Parts = {
  readonly database: DatabaseUrls;
  readonly environment: Pick<Environment, "dataFolder" | "smtpUrl" | "workerConcurrency">;
  readonly logger: Logger;
  readonly clock?: Clock;
};

export type Running = { stop(): Promise<void> };

/** Connections of one process: requests run beside the jobs of the worker that lives with them. */
const CONNECTIONS = 16;

/** Opens the application's connections to a prepared database, for this whole process. */
export function connect({ appUrl }: Pick<Database, "appUrl">): TenantPool {
  const pool = new TenantPool({ connectionString: appUrl, max: CONNECTIONS });
  useDatabase(pool);
  return pool;
}

/** Serves the API on host and port (0: any free one); `connect` came before. */
export async function startServer({
  database,
  logger,
  clock = systemClock,
  host,
  port,
  graphiqlFolder,
}: Omit<Parts, "environment"> & {
  readonly host: string;
  readonly port: number;
  readonly graphiqlFolder: string;
}): Promise<Running & { readonly url: string }> {
  const notifications = await startNotifications({
    connectionString: database.appUrl,
    channels: ["operation_progress"],
    logger,
  });
  const services: Services = { clock, notifications };
  const app = await createHttpServer({
    schema: await buildBillgridSchema(),
    logger,
    contextFor: async (authorization, requestId) =>
      new RequestContext(requestId, await authenticate(authorization, clock), services),
    within: (context, work) => (context.isSignedIn ? runAs(context.caller.organizationId, work) : work()),
    checkReady: async () => void (await query("SELECT 1")),
    graphiqlFolder: existsSync(join(graphiqlFolder, "index.html")) ? graphiqlFolder : null,
    routes: [documentRoute],
  });
  await app.listen({ host, port });
  const { port: taken } = app.server.address() as AddressInfo;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${taken}`,
    async stop() {
      await app.close();
      await notifications.stop();
    },
  };
}

/** Does the jobs that commands leave behind; as many processes as there is work. `connect` came before. */
export function startWorkerProcess({ database, environment, logger, clock = systemClock }: Parts): Promise<Running> {
  return startWorker({
    jobsUrl: database.jobsUrl,
    concurrency: environment.workerConcurrency,
    logger,
    tasks: tasks({ clock, transports: mailTransports(environment) }),
  });
}

/** What there is to do, by the name under which it is enqueued. */
export function tasks(parts: Parameters<typeof invoicePerformers>[0]): Readonly<Record<string, Task>> {
  const performers = invoicePerformers(parts);
  return {
    run_operation: ({ operationId }) => runOperation(performers, operationId as string),
    lapse_credits: () => lapseCredits(parts.clock),
    renew_contracts: () => renewContracts(parts.clock),
  };
}

/** Mail leaves through SMTP where it is configured; else, and always from a sandbox, it lies as .eml files in the outbox folder. */
function mailTransports({ smtpUrl, dataFolder }: Parts["environment"]): MailTransports {
  const outbox = createOutboxMail(join(dataFolder, "outbox"));
  return { sandbox: outbox, live: smtpUrl ? createSmtpMail({ url: smtpUrl, timeoutMs: 30_000 }) : outbox };
}
