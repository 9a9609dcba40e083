import type { PlainMonth } from "../../domain/calendar/plain-month";
import { Decimal } from "../../domain/money/decimal";
import { ok, type Result } from "../../domain/result";
import { type PageArgs, toConnection, toPage } from "../../platform/graphql/paging";
import type { Refusal } from "../../platform/refusal";
import type { RequestContext } from "../../platform/request-context";
import { invoicesById } from "../invoice";
import { loadOrganization } from "../organization";
import { receivablesByInvoice } from "../receivable";
import type { LedgerProblem, LedgerState } from "./accounting";
import { documentIdsOfMonth, exportsById, filesByExport, latestExportByInvoice, listExports } from "./export.store";
import { type DocumentSelection, documentsSelected, prepareInBatches } from "./export-accounting";
import { backlog, contactsByCustomerId, entriesByInvoice, listEntries, nextDueAt } from "./ledger.store";
import { ledgerPaymentsByInvoice } from "./ledger-payment.store";
import { problemsForFile, problemsForXero } from "./ledger-problems";
import { accountingSettings, taxCodeMappings, trackingOptions } from "./mapping.store";
import { compareWithLedger, type ReconciledDocument } from "./reconcile";
import { findConnection } from "./xero-connection.store";
import { callUse, XERO_LIMITS } from "./xero-limit.store";

export async function readAccountingSettings(context: RequestContext) {
  context.require("read");
  return { ...(await accountingSettings()), taxCodes: await taxCodeMappings(), tracking: await trackingOptions() };
}

export async function readXeroConnection(context: RequestContext) {
  context.require("read");
  return findConnection();
}

/** Something that has to be mapped or set right, and how many documents wait for it. */
export type ReadinessProblem = LedgerProblem & { readonly documents: number };
export type Readiness = {
  readonly documents: number;
  readonly ready: number;
  readonly problems: readonly ReadinessProblem[];
};

/** What keeps documents from the ledger, before any is sent: each thing once, the most frequent first. */
export async function readReadiness(
  context: RequestContext,
  selection: DocumentSelection,
): Promise<Result<Readiness, Refusal>> {
  context.require("read");
  const selected = await documentsSelected(selection);
  if (!selected.ok) return selected;
  const connection = await findConnection();
  const isXero = connection?.tenantId != null && connection.state !== "disconnected";
  const found = new Map<string, ReadinessProblem>();
  let ready = 0;
  for (const prepared of await prepareInBatches(selected.value)) {
    const problems = isXero ? problemsForXero(prepared, connection.facts) : problemsForFile(prepared);
    if (problems.length === 0) ready += 1;
    for (const problem of problems) {
      const key = `${problem.code} ${problem.subject}`;
      found.set(key, { ...problem, documents: (found.get(key)?.documents ?? 0) + 1 });
    }
  }
  if (connection?.state === "needs_reconnect") {
    const { message } = connection;
    const words = message ?? "Xero has to be connected again.";
    const documents = selected.value.length;
    found.set("", { code: "NEEDS_RECONNECT", message: words, subjectType: "connection", subject: "xero", documents });
  }
  const problems = [...found.values()].sort((a, b) => b.documents - a.documents || (a.code < b.code ? -1 : 1));
  return ok({ documents: selected.value.length, ready, problems });
}

/** Documents that one call brings into the books on average, where they go in batches of one kind. */
const DOCUMENTS_A_CALL = 25;

/** What waits, and when it should be through at the pace that Xero allows. */
export async function readSync(context: RequestContext) {
  context.require("read");
  const now = context.services.clock.now();
  const counts = new Map((await backlog()).map(({ state, documents }) => [state, documents]));
  const count = (state: LedgerState) => counts.get(state) ?? 0;
  const use = await callUse(now);
  const waiting = count("queued") + count("void_queued");
  return {
    queued: count("queued"),
    synced: count("synced"),
    failed: count("failed") + count("void_failed"),
    voidQueued: count("void_queued"),
    voided: count("voided"),
    callsLastMinute: use.lastMinute,
    callsLastDay: use.lastDay,
    callsPerMinute: XERO_LIMITS.perMinute,
    callsPerDay: XERO_LIMITS.perDay,
    pausedUntil: use.pausedUntil,
    expectedDoneAt: waiting === 0 ? null : expectedEnd(waiting, { ...use, now, dueAt: await nextDueAt() }),
    connection: await findConnection(),
    mode: (await loadOrganization()).mode,
  };
}

function expectedEnd(
  waiting: number,
  {
    lastMinute,
    lastDay,
    pausedUntil,
    dueAt,
    now,
  }: {
    readonly lastMinute: number;
    readonly lastDay: number;
    readonly pausedUntil: Date | null;
    readonly dueAt: Date | null;
    readonly now: Date;
  },
): Date {
  const { perMinute, perDay } = XERO_LIMITS;
  const calls = Math.ceil(waiting / DOCUMENTS_A_CALL);
  const [minutes, days] = [
    Math.max(0, Math.ceil((calls + lastMinute - perMinute) / perMinute)),
    Math.max(0, Math.ceil((calls + lastDay - perDay) / perDay)),
  ];
  const from = Math.max(now.getTime(), pausedUntil?.getTime() ?? 0, dueAt?.getTime() ?? 0);
  return new Date(from + minutes * 60_000 + days * 24 * 3_600_000);
}

export async function readLedgerEntries(context: RequestContext, args: PageArgs, states: readonly LedgerState[]) {
  context.require("read");
  const page = toPage(args, ["id"]);
  return toConnection(page, await listEntries(states, page), ({ invoiceId }) => [invoiceId]);
}

export async function readExports(context: RequestContext, args: PageArgs) {
  context.require("read");
  const page = toPage(args, ["id"]);
  return toConnection(page, await listExports(page), ({ id }) => [id]);
}

export type Reconciliation = {
  readonly month: PlainMonth;
  readonly documents: number;
  readonly matching: number;
  readonly readAt: Date | null;
  readonly differing: readonly ReconciledDocument[];
};

/** Both sides of the documents that are posted in a month, as the books were when they were last read. */
export async function readReconciliation(context: RequestContext, month: PlainMonth): Promise<Reconciliation> {
  context.require("read");
  return reconciliationOfMonth(month);
}

/** The same for what closes a month. */
export async function reconciliationOfMonth(month: PlainMonth): Promise<Reconciliation> {
  const ids = await documentIdsOfMonth(month, { includeVoided: true });
  const invoices = await invoicesById(ids);
  const entries = await entriesByInvoice(ids);
  const receivables = await receivablesByInvoice(ids);
  const compared = ids.flatMap((id) => {
    const invoice = invoices.get(id);
    return invoice
      ? [compareWithLedger(invoice, new Decimal(receivables.get(id)?.due ?? 0), entries.get(id) ?? null)]
      : [];
  });
  return {
    month,
    documents: compared.length,
    matching: compared.filter(({ differences }) => differences.length === 0).length,
    readAt: (await findConnection())?.pulledAt ?? null,
    differing: compared.filter(({ differences }) => differences.length > 0),
  };
}

/** An issued document's copy in the books; null: it is neither there nor on its way. */
export const copyOf = (context: RequestContext, invoiceId: string) => context.load(entriesByInvoice, invoiceId);

export const latestExportOf = (context: RequestContext, invoiceId: string) =>
  context.load(latestExportByInvoice, invoiceId);

export const paymentsInBooks = async (context: RequestContext, invoiceId: string) =>
  (await context.load(ledgerPaymentsByInvoice, invoiceId)) ?? [];

export const exportOf = (context: RequestContext, exportId: string) => context.mustLoad(exportsById, exportId);

/** With the paths under which they are read. */
export async function filesOf(context: RequestContext, exportId: string) {
  const files = (await context.load(filesByExport, exportId)) ?? [];
  return files.map((file) => ({ ...file, url: `/accounting-exports/${exportId}/${file.kind}.csv` }));
}

export const contactIdOf = async (context: RequestContext, customerId: string): Promise<string | null> =>
  (await context.load(contactsByCustomerId, customerId))?.externalId ?? null;

/** When payments were last read from the books; null: none are connected, or they were never read. */
export async function paymentsReadAt(): Promise<Date | null> {
  const connection = await findConnection();
  return connection && connection.state !== "disconnected" ? connection.pulledAt : null;
}
