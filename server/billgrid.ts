import "reflect-metadata";
import { existsSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { addressOf, type Environment } from "./environment";
import { createDropboxSign, DROPBOX_SIGN_URL } from "./integrations/dropbox-sign/dropbox-sign";
import type { MailTransports } from "./integrations/email/mail";
import { createOutboxMail } from "./integrations/email/outbox-mail";
import { createSmtpMail } from "./integrations/email/smtp-mail";
import { authenticate } from "./modules/access";
import {
  accountingExportRoute,
  accountingTasks,
  createXeroAccount,
  queueIssued,
  queueVoided,
  syncPerformer,
  useXero,
  xeroRoute,
} from "./modules/accounting";
import { evidenceRoute, makeEvidencePack } from "./modules/close";
import { renewContracts } from "./modules/contract";
import { lapseCredits } from "./modules/credit";
import { bounceRoute, invoicePageRoute, sendDelivery, sendPerformer } from "./modules/delivery";
import { documentRoute, invoicePerformers, keepRunningInvoices } from "./modules/invoice";
import { carryNegativesForward, voidPerformer } from "./modules/invoice-editing";
import { mailNotification, NOTIFICATION_CHANNEL, notifyQuoteEvent } from "./modules/notification";
import { quoteFilesRoute } from "./modules/offer";
import { runOperation } from "./modules/operation";
import { expireQuotes } from "./modules/quote";
import { applyIssuedCreditNotes } from "./modules/receivable";
import { remindCustomers, remindPerformer } from "./modules/reminder";
import { holdBackControlled, watchControls } from "./modules/second-person";
import {
  dropboxSignRoute,
  dropboxSignTasks,
  hostedPageRoute,
  paperScanRoute,
  sendSigningMail,
  useDropboxSign,
} from "./modules/signing";
import { withdrawSignatures } from "./modules/signing/withdraw-signatures";
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
  /** Where people reach the server from outside: what links in mails begin with. */
  readonly publicUrl: string;
  readonly logger: Logger;
  readonly clock?: Clock;
};

export type Running = { stop(): Promise<void> };

/** Connections of one process: requests run beside the jobs of the worker that lives with them. */
const CONNECTIONS = 16;
/** A document of many pages takes its time to arrive. */
const DROPBOX_SIGN_TIMEOUT_MILLISECONDS = 60_000;

/** Opens the application's connections to a prepared database, and its accounts elsewhere, for this whole process. */
export function connect(
  { appUrl }: Pick<Database, "appUrl">,
  { dropboxSign, xero }: Pick<Environment, "dropboxSign" | "xero"> = { dropboxSign: null, xero: null },
): TenantPool {
  const pool = new TenantPool({ connectionString: appUrl, max: CONNECTIONS });
  useDatabase(pool);
  watchControls();
  useDropboxSign(
    dropboxSign &&
      createDropboxSign({
        ...dropboxSign,
        url: dropboxSign.url ?? DROPBOX_SIGN_URL,
        timeoutMs: DROPBOX_SIGN_TIMEOUT_MILLISECONDS,
        now: systemClock.now,
      }),
  );
  useXero(xero && createXeroAccount(xero, systemClock));
  return pool;
}

/** Serves the API on host and port (0: any free one); `connect` came before. Without a publicUrl it is where it listens. */
export async function startServer({
  database,
  logger,
  clock = systemClock,
  host,
  port,
  graphiqlFolder,
  publicUrl,
  trustProxy = false,
}: Omit<Parts, "environment" | "publicUrl"> & {
  readonly host: string;
  readonly port: number;
  readonly graphiqlFolder: string;
  readonly publicUrl?: string | null;
  readonly trustProxy?: boolean;
}): Promise<Running & { readonly url: string; readonly publicUrl: string }> {
  const notifications = await startNotifications({
    connectionString: database.appUrl,
    channels: ["operation_progress", NOTIFICATION_CHANNEL],
    logger,
  });
  let url = addressOf(host, port);
  const services: Services = {
    clock,
    notifications,
    get publicUrl() {
      return publicUrl ?? url;
    },
  };
  const app = await createHttpServer({
    schema: await buildBillgridSchema(),
    logger,
    contextFor: async (authorization, requestId) =>
      new RequestContext(requestId, await authenticate(authorization, clock), services),
    within: (context, work) => (context.isSignedIn ? runAs(context.caller.organizationId, work) : work()),
    checkReady: async () => void (await query("SELECT 1")),
    graphiqlFolder: existsSync(join(graphiqlFolder, "index.html")) ? graphiqlFolder : null,
    routes: [
      documentRoute,
      quoteFilesRoute,
      paperScanRoute,
      hostedPageRoute({ services, trustProxy, logger }),
      dropboxSignRoute({ clock, logger }),
      accountingExportRoute,
      evidenceRoute,
      xeroRoute({ clock, publicUrl: () => services.publicUrl, logger }),
      invoicePageRoute({ services, trustProxy, logger }),
      bounceRoute({ clock }),
    ],
  });
  await app.listen({ host, port });
  url = addressOf(host, (app.server.address() as AddressInfo).port);
  return {
    url,
    publicUrl: services.publicUrl,
    async stop() {
      await app.close();
      await notifications.stop();
    },
  };
}

/** Does the jobs that commands leave behind; as many processes as there is work. `connect` came before. */
export function startWorkerProcess({
  database,
  environment,
  publicUrl,
  logger,
  clock = systemClock,
}: Parts): Promise<Running> {
  return startWorker({
    jobsUrl: database.jobsUrl,
    concurrency: environment.workerConcurrency,
    logger,
    tasks: tasks({ clock, publicUrl, transports: mailTransports(environment) }),
  });
}

/** What there is to do, by the name under which it is enqueued. */
export function tasks(parts: Parameters<typeof sendPerformer>[0]): Readonly<Record<string, Task>> {
  const performers = {
    ...invoicePerformers({
      ...parts,
      onDrafted: [carryNegativesForward],
      holdBack: holdBackControlled,
      onIssued: [applyIssuedCreditNotes, queueIssued],
    }),
    ...voidPerformer({ ...parts, onVoided: [queueVoided] }),
    ...sendPerformer(parts),
    ...remindPerformer(parts),
    ...syncPerformer(parts),
  };
  return {
    run_operation: ({ operationId }) => runOperation(performers, operationId as string),
    lapse_credits: () => lapseCredits(parts.clock),
    send_delivery: ({ deliveryId }) => sendDelivery(deliveryId as string, parts),
    remind_customers: () => remindCustomers(parts.clock),
    send_signing_mail: ({ signingMailId }) => sendSigningMail(signingMailId as string, parts),
    ...dropboxSignTasks(parts.clock),
    ...accountingTasks(parts.clock),
    make_evidence_pack: ({ monthCloseId }) => makeEvidencePack(parts.clock, monthCloseId as string),
    renew_contracts: () => renewContracts(parts.clock),
    keep_running_invoices: () => keepRunningInvoices(parts.clock),
    notify_quote_event: ({ eventId }) => notifyQuoteEvent(parts.clock, eventId as string),
    mail_notification: ({ notificationId }) => mailNotification(parts, notificationId as string),
    expire_quotes: () => expireQuotes(parts.clock, withdrawSignatures),
  };
}

/** Mail leaves through SMTP where it is configured; else, and always from a sandbox, it lies as .eml files in the outbox folder. */
function mailTransports({ smtpUrl, dataFolder }: Parts["environment"]): MailTransports {
  const outbox = createOutboxMail(join(dataFolder, "outbox"));
  return { sandbox: outbox, live: smtpUrl ? createSmtpMail({ url: smtpUrl, timeoutMs: 30_000 }) : outbox };
}
