import type { Clock } from "../../platform/clock";
import { inTransaction } from "../../platform/database/transaction";
import { invoicesById, type OnIssued } from "../invoice";
import { failed, type ItemOutcome, type Performers, skipped, succeeded } from "../operation";
import { loadOrganization } from "../organization";
import type { LedgerEntry } from "./accounting";
import { entriesByInvoice, nextDueAt, queueDocuments, queueVoids } from "./ledger.store";
import { allocateCreditNotes, pushDocuments, voidDocuments } from "./push-documents";
import { readFactsIfOld } from "./read-facts";
import { findXero, NOT_CONNECTED, NOT_SET_UP, SANDBOX } from "./xero";
import { enqueueLedger, findConnection } from "./xero-connection.store";

/**
 * Puts documents in line for the ledger in the transaction that issues them, where books are connected; a worker brings
 * them there. Nothing of a sandbox is put in line.
 */
export const queueIssued: OnIssued = async (invoiceIds, { now }) => {
  if (!(await isConnected())) return;
  await queueDocuments(invoiceIds, { now, isRetry: false });
  await enqueueLedger("sync_ledger");
};

/** The same for documents that were voided just now: their copies are voided too. */
export async function queueVoided(_invoiceIds: readonly string[], { now }: { readonly now: Date }): Promise<void> {
  if (!(await isConnected())) return;
  await queueVoids(now);
  await enqueueLedger("sync_ledger");
}

/** Also while it has to be connected anew: what is issued meanwhile waits. */
async function isConnected(): Promise<boolean> {
  const { mode } = await loadOrganization();
  const connection = mode === "live" ? await findConnection() : null;
  return connection?.tenantId != null && connection.state !== "disconnected";
}

/** Brings all that is due into the books, step by step, and comes back when something is due again. */
export async function syncLedger(clock: Clock): Promise<void> {
  if (!findXero() || !(await isConnected())) return;
  await queueVoids(clock.now());
  await carryOut(clock, null);
  const at = await nextDueAt();
  if (at) await enqueueLedger("sync_ledger", at);
}

/** Invoices go before the credit notes over them. */
async function carryOut(clock: Clock, ids: readonly string[] | null): Promise<void> {
  await readFactsIfOld(clock);
  while (await pushDocuments(clock, "invoice", ids));
  while (await pushDocuments(clock, "credit_note", ids));
  while (await allocateCreditNotes(clock, ids));
  while (await voidDocuments(clock, ids));
}

/** Brings chosen documents into the books now, those that failed before included. */
export function syncPerformer({ clock }: { readonly clock: Clock }): Pick<Performers, "sync"> {
  return {
    sync: {
      batchSize: 25,
      reach: "world",
      subjectType: "invoice",
      perform: (invoiceIds) => syncInvoices(invoiceIds, clock),
    },
  };
}

async function syncInvoices(ids: readonly string[], clock: Clock): Promise<ItemOutcome[]> {
  const refusal = await whyNone();
  if (refusal) return ids.map(() => refusal);
  const before = await entriesByInvoice(ids);
  await inTransaction(async () => {
    await queueDocuments(ids, { now: clock.now(), isRetry: true });
    await queueVoids(clock.now());
    // Whatever does not get there now goes by itself.
    await enqueueLedger("sync_ledger");
  });
  await carryOut(clock, ids);
  const invoices = await invoicesById(ids);
  const entries = await entriesByInvoice(ids);
  return ids.map((id) => {
    if (!invoices.get(id)?.number) return skipped("NOT_ISSUED", "A draft is in no books. Finalize it first.");
    return outcomeOf(entries.get(id) ?? null, before.get(id) ?? null);
  });
}

async function whyNone(): Promise<ItemOutcome | null> {
  if ((await loadOrganization()).mode === "sandbox") return skipped("SANDBOX_NEVER_SYNCS", SANDBOX);
  if (!findXero()) return failed("XERO_NOT_SET_UP", NOT_SET_UP);
  const connection = await findConnection();
  if (connection?.state === "needs_reconnect") return failed("NEEDS_RECONNECT", connection.message ?? NOT_CONNECTED);
  return connection?.state === "connected" ? null : failed("NOT_CONNECTED", NOT_CONNECTED);
}

function outcomeOf(entry: LedgerEntry | null, before: LedgerEntry | null): ItemOutcome {
  if (!entry) return skipped("VOIDED", "It was voided before it got into the books.");
  const { state, code, message, remoteNumber } = entry;
  switch (state) {
    case "synced":
      return before?.state === "synced" && before.allocation === entry.allocation
        ? skipped("ALREADY_SYNCED", `It is in Xero as ${remoteNumber}.`)
        : succeeded("SYNCED", `It is in Xero as ${remoteNumber}.`);
    case "voided":
      return before?.state === "voided"
        ? skipped("ALREADY_VOIDED", "It is voided there too.")
        : succeeded("VOIDED", "It is voided there too.");
    case "failed":
    case "void_failed":
      return failed(code ?? "XERO_REFUSED", message ?? "Xero refused it.");
    case "queued":
    case "void_queued":
      return skipped("QUEUED", `${message ?? "Another worker has it."} It waits and goes by itself.`);
  }
}
