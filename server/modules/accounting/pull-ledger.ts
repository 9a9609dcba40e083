import { Decimal } from "../../domain/money/decimal";
import type { LedgerChange, LedgerDocument, Outcome, RemotePayment } from "../../integrations/xero/accounting-ledger";
import { insertAuditEvents } from "../../platform/audit.store";
import { type Clock, organizationTime } from "../../platform/clock";
import { inTransaction } from "../../platform/database/transaction";
import { newId } from "../../platform/ids";
import { notFound } from "../../platform/refusal";
import { loadOrganization } from "../organization";
import { type LedgerScope, receivablesByInvoice, recordPaymentFromXero, reversePaymentFromXero } from "../receivable";
import type { LedgerPayment, PaymentSeen } from "./accounting";
import { callXero } from "./call-xero";
import { invoicesByExternalId, saveRemotes } from "./ledger.store";
import { ledgerPayments, lockLedgerPayment, refusedPayments, saveLedgerPayment } from "./ledger-payment.store";
import { readFactsIfOld } from "./read-facts";
import { enqueueLedger, findConnection, saveReadTo } from "./xero-connection.store";

const HOUR_MILLISECONDS = 3_600_000;
/** What changed while it was read is read again; reading twice changes nothing. */
const OVERLAP_MILLISECONDS = 120_000;
const XERO = { kind: "system", id: null, name: "Xero" } as const;

/**
 * Reads what changed in the books: how our documents stand there, and what was paid. It asks since when it last read to the
 * end, so that it does not matter in which order, how often, or whether at all Xero told of it.
 */
export async function pullLedger(clock: Clock): Promise<void> {
  const connection = await findConnection();
  if (connection?.state !== "connected") return;
  await readFactsIfOld(clock);
  const startedAt = clock.now();
  const readTo = new Date(startedAt.getTime() - OVERLAP_MILLISECONDS);
  const invoices = await pullDocuments(clock, "invoice", connection.invoicesReadTo);
  if (invoices.outcome === "done") await saveReadTo({ ...NOTHING_READ, invoices: readTo }, startedAt);
  const notes = await pullDocuments(clock, "credit_note", connection.creditNotesReadTo);
  if (notes.outcome === "done") await saveReadTo({ ...NOTHING_READ, creditNotes: readTo }, startedAt);
  const payments = await pullPayments(clock, connection.paymentsReadTo ?? connection.connectedAt);
  if (payments.outcome === "done") await saveReadTo({ ...NOTHING_READ, payments: readTo }, startedAt);

  const undone = [invoices, notes, payments].find(({ outcome }) => outcome !== "done");
  const wait = undone?.outcome === "temporary" ? (undone.retryAfterSeconds ?? 300) * 1000 : HOUR_MILLISECONDS;
  await enqueueLedger("pull_ledger", new Date(clock.now().getTime() + wait));
}

const NOTHING_READ = { invoices: null, creditNotes: null, payments: null };

async function pullDocuments(clock: Clock, kind: LedgerDocument["kind"], since: Date | null): Promise<Outcome<null>> {
  return eachPage(
    (page) => callXero(clock, (books) => books.changed(kind, since, page)),
    (documents) => saveRemotes(documents, clock.now()),
  );
}

async function pullPayments(clock: Clock, since: Date | null): Promise<Outcome<null>> {
  const read = await eachPage(
    (page) => callXero(clock, (books) => books.payments(since, page)),
    (payments) => takePayments(clock, payments),
  );
  // What could not be recorded may be by now, as when its month was unlocked.
  for (const refused of await refusedPayments()) await takePayment(clock, refused);
  return read;
}

async function eachPage<T>(
  read: (page: number) => Promise<Outcome<LedgerChange<T>>>,
  take: (items: readonly T[]) => Promise<void>,
): Promise<Outcome<null>> {
  for (let page = 1; ; page += 1) {
    const answer = await read(page);
    if (answer.outcome !== "done") return answer;
    await take(answer.value.items);
    if (!answer.value.hasMore) return { outcome: "done", value: null };
  }
}

async function takePayments(clock: Clock, payments: readonly RemotePayment[]): Promise<void> {
  const ours = await invoicesByExternalId(payments.map(({ invoiceExternalId }) => invoiceExternalId));
  const known = await ledgerPayments(payments.map(({ externalId }) => externalId));
  for (const { externalId, invoiceExternalId, amount, paidOn, reference, isDeleted } of payments) {
    const invoice = ours.get(invoiceExternalId);
    if (!invoice) continue;
    const state = known.get(externalId);
    if (state === "reversed" || (state === "recorded" && !isDeleted)) continue;
    const { invoiceId, currency } = invoice;
    await takePayment(clock, {
      externalId,
      invoiceId,
      amount: amount.toFixed(),
      currency,
      paidOn,
      reference,
      isDeleted,
    });
  }
}

/** Records one payment, or takes it back, once: whoever comes second finds it done. */
async function takePayment(clock: Clock, seen: PaymentSeen): Promise<void> {
  const organization = await loadOrganization();
  const { now, today } = organizationTime(clock, organization);
  const scope = { now, today, recordedBy: XERO.name };
  await inTransaction(async () => {
    const before = await lockLedgerPayment(seen, clock.now());
    const save = (state: LedgerPayment["state"], paymentId: string | null, message: string | null) =>
      saveLedgerPayment(seen.externalId, { state, paymentId, message }, clock.now());
    if (before?.state === "reversed" || (before?.state === "recorded" && !seen.isDeleted)) return;
    if (seen.isDeleted) {
      if (before?.state !== "recorded") return save("ignored", null, DELETED);
      const reversal = { externalId: seen.externalId, kind: "mistake", reason: DELETED, reversedOn: null } as const;
      const reversed = await reversePaymentFromXero(reversal, scope);
      if (!reversed.ok) return save("recorded", before.paymentId, reversed.error.message);
      await save("reversed", before.paymentId, null);
      return audit("payment.reversed", before.paymentId, seen);
    }
    if (organization.paymentsMaster !== "xero") return save("ignored", null, NOT_MASTER);
    const recorded = await record(seen, scope);
    if (!recorded.ok) return save("refused", null, recorded.error.message);
    await save("recorded", recorded.value.paymentId, null);
    return audit("payment.recorded", recorded.value.paymentId, seen);
  });
}

const DELETED = "It was deleted in Xero.";
const NOT_MASTER = "Billgrid is the master of payments, so it is not taken over.";

/** Pays its own invoice; what that does not need any more is the customer's balance. All or nothing. */
async function record({ externalId, invoiceId, amount, currency, paidOn, reference }: PaymentSeen, scope: LedgerScope) {
  const invoice = (await receivablesByInvoice([invoiceId])).get(invoiceId);
  if (!invoice) return notFound("invoice", invoiceId);
  const paid = Decimal.min(amount, invoice.due);
  return recordPaymentFromXero(
    {
      externalId,
      customerId: invoice.customerId,
      amount: new Decimal(amount),
      currency,
      receivedOn: paidOn,
      method: "other",
      reference,
      payerName: null,
      payerAccount: null,
      note: null,
      allocations: paid.gt(0) ? [{ invoiceId, amount: paid }] : [],
    },
    scope,
  );
}

async function audit(action: string, paymentId: string | null, { externalId, amount, currency, paidOn }: PaymentSeen) {
  if (paymentId === null) return;
  const after = { externalId, amount, currency, paidOn };
  await insertAuditEvents(XERO, newId(), [{ action, subjectType: "payment", subjectId: paymentId, after }]);
}
