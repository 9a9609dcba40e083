import type { LedgerDocument, RemoteDocument } from "../../integrations/xero/accounting-ledger";
import { inTransaction, organizationId, query } from "../../platform/database/transaction";
import type { Page } from "../../platform/graphql/paging";
import { newId } from "../../platform/ids";
import type { InvoiceStatus } from "../invoice";
import type { LedgerEntry, LedgerState } from "./accounting";

/** A worker that has not ended an attempt by then is dead; its calls have timed out long before. */
export const LEASE_MILLISECONDS = 180_000;

const ENTRY = `invoice_id AS "invoiceId", state, external_id AS "externalId", code, message, tries, is_uncertain AS "isUncertain",
  next_try_at AS "nextTryAt", queued_at AS "queuedAt", synced_at AS "syncedAt", allocation, remote_number AS "remoteNumber",
  remote_status AS "remoteStatus", remote_currency AS "remoteCurrency", remote_total AS "remoteTotal", remote_due AS "remoteDue",
  remote_read_at AS "remoteReadAt"`;

/** A batch: the ledger's side of documents, by invoice. */
export async function entriesByInvoice(ids: readonly string[]): Promise<ReadonlyMap<string, LedgerEntry>> {
  const { rows } = await query<LedgerEntry>({
    name: "ledger-entries-by-invoice",
    text: `SELECT ${ENTRY} FROM ledger_document WHERE invoice_id = ANY ($1::uuid[])`,
    values: [ids],
  });
  return new Map(rows.map((row) => [row.invoiceId, row]));
}

/**
 * Puts issued documents in line; those that are there stay as they are, but what failed is tried again where asked. What may
 * be on its way still is given the time to arrive.
 */
export async function queueDocuments(
  ids: readonly string[],
  { now, isRetry }: { readonly now: Date; readonly isRetry: boolean },
): Promise<void> {
  await query(
    `INSERT INTO ledger_document (organization_id, invoice_id, state, next_try_at, queued_at, allocation)
     SELECT $1, id, 'queued', $3, $3, CASE WHEN document_kind = 'credit_note' THEN 'waiting' ELSE 'none' END
     FROM invoice WHERE id = ANY ($2::uuid[]) AND number IS NOT NULL AND status <> 'voided'
     ON CONFLICT DO NOTHING`,
    [organizationId(), ids, now],
  );
  if (!isRetry) return;
  await query(
    `UPDATE ledger_document SET state = CASE state WHEN 'failed' THEN 'queued' WHEN 'void_failed' THEN 'void_queued' ELSE state END,
       allocation = CASE allocation WHEN 'failed' THEN 'waiting' ELSE allocation END, tries = 0, code = NULL, message = NULL,
       next_try_at = CASE WHEN is_uncertain THEN next_try_at ELSE $2 END
     WHERE invoice_id = ANY ($1::uuid[]) AND (state IN ('queued', 'failed', 'void_queued', 'void_failed') OR allocation = 'failed')`,
    [ids, now],
  );
}

/** After a new connection: what waited, or failed for want of one, is tried at once. */
export async function requeueWaiting(now: Date): Promise<void> {
  await query(
    `UPDATE ledger_document SET next_try_at = $1, tries = 0
     WHERE NOT is_uncertain AND (state IN ('queued', 'void_queued') OR allocation = 'waiting')`,
    [now],
  );
}

/** What was voided here is voided there; what never got there has nothing to void. */
export async function queueVoids(now: Date): Promise<void> {
  await query(
    `UPDATE ledger_document AS entry
     SET state = CASE WHEN external_id IS NULL THEN 'voided' ELSE 'void_queued' END, tries = 0, next_try_at = $1, code = NULL, message = NULL
     FROM invoice
     WHERE invoice.organization_id = entry.organization_id AND invoice.id = entry.invoice_id AND invoice.status = 'voided'
       AND entry.state IN ('queued', 'failed', 'synced') AND (external_id IS NOT NULL OR NOT is_uncertain)
       AND NOT EXISTS (SELECT FROM ledger_attempt AS attempt WHERE attempt.organization_id = entry.organization_id
         AND attempt.invoice_id = entry.invoice_id AND attempt.ended_at IS NULL)`,
    [now],
  );
}

export type Step = "push" | "void" | "allocate";

/** A document that a worker has to itself until it ends the attempt. */
export type Claimed = {
  readonly attemptId: string;
  readonly invoiceId: string;
  readonly kind: LedgerDocument["kind"];
  readonly number: string;
  readonly status: InvoiceStatus;
  readonly externalId: string | null;
  readonly tries: number;
  /** something may have arrived before: look first */
  readonly isUncertain: boolean;
  /** of a credit note: the ledger's id of what it corrects, and its number */
  readonly correctedExternalId: string | null;
  readonly correctedNumber: string | null;
};

const DUE: { readonly [S in Step]: string } = {
  push: "entry.state = 'queued'",
  void: "entry.state = 'void_queued'",
  allocate: "entry.state = 'synced' AND entry.allocation = 'waiting' AND corrected.state = 'synced'",
};

/**
 * Takes what is due for one step, and notes the attempts with their key before anything is sent. Attempts whose worker died
 * end first: nobody knows what became of them.
 */
export async function claim(
  step: Step,
  wanted: {
    readonly kind: LedgerDocument["kind"] | null;
    /** null: any */
    readonly ids: readonly string[] | null;
    readonly limit: number;
    readonly requestKey: string;
    readonly now: Date;
  },
): Promise<Claimed[]> {
  const { kind, ids, limit, requestKey, now } = wanted;
  return inTransaction(async () => {
    await endAttemptsOfTheDead(now);
    const { rows } = await query<Omit<Claimed, "attemptId">>(
      `SELECT entry.invoice_id AS "invoiceId", invoice.document_kind AS kind, invoice.number, invoice.status,
         entry.external_id AS "externalId", entry.tries, entry.is_uncertain AS "isUncertain",
         corrected.external_id AS "correctedExternalId", original.number AS "correctedNumber"
       FROM ledger_document AS entry
       JOIN invoice ON invoice.organization_id = entry.organization_id AND invoice.id = entry.invoice_id
       LEFT JOIN invoice AS original ON original.organization_id = invoice.organization_id AND original.id = invoice.corrects_invoice_id
       LEFT JOIN ledger_document AS corrected ON corrected.organization_id = entry.organization_id
         AND corrected.invoice_id = invoice.corrects_invoice_id
       WHERE ${DUE[step]} AND entry.next_try_at <= $1 AND ($2::text IS NULL OR invoice.document_kind = $2)
         AND ($3::uuid[] IS NULL OR entry.invoice_id = ANY ($3))
         AND NOT EXISTS (SELECT FROM ledger_attempt AS attempt WHERE attempt.organization_id = entry.organization_id
           AND attempt.invoice_id = entry.invoice_id AND attempt.ended_at IS NULL)
       ORDER BY invoice.issued_on, invoice.number LIMIT $4 FOR UPDATE OF entry SKIP LOCKED`,
      [now, kind, ids, limit],
    );
    const claimed = rows.map((row) => ({ ...row, attemptId: newId() }));
    await query(
      `INSERT INTO ledger_attempt (organization_id, id, invoice_id, step, request_key, started_at)
       SELECT $1, id, invoice_id, $4, $5, $6 FROM unnest($2::uuid[], $3::uuid[]) AS attempt (id, invoice_id)`,
      [
        organizationId(),
        claimed.map(({ attemptId }) => attemptId),
        claimed.map(({ invoiceId }) => invoiceId),
        step,
        requestKey,
        now,
      ],
    );
    return claimed;
  });
}

async function endAttemptsOfTheDead(now: Date): Promise<void> {
  await query(
    `WITH ended AS (
       UPDATE ledger_attempt SET ended_at = $1, outcome = 'unknown', reason = 'The worker that made it stopped.'
       WHERE ended_at IS NULL AND started_at <= $2 RETURNING invoice_id
     )
     UPDATE ledger_document SET is_uncertain = true, next_try_at = $1 FROM ended WHERE ledger_document.invoice_id = ended.invoice_id`,
    [now, new Date(now.getTime() - LEASE_MILLISECONDS)],
  );
}

export type Ending =
  | { readonly outcome: "done"; readonly remote: RemoteDocument }
  | { readonly outcome: "allocated" | "voided" }
  /** it waits and is tried again */
  | {
      readonly outcome: "not_done" | "unknown";
      readonly code: string;
      readonly reason: string;
      readonly nextTryAt: Date;
      /** false: it was not its fault */
      readonly counts: boolean;
    }
  | { readonly outcome: "refused"; readonly code: string; readonly reason: string };

/** Ends attempts, each with what is known of its document now. */
export async function endAttempts(
  step: Step,
  endings: readonly (readonly [Claimed, Ending])[],
  now: Date,
): Promise<void> {
  await inTransaction(async () => {
    for (const [claimed, ending] of endings) {
      const reason = "reason" in ending ? ending.reason : null;
      const outcome = ending.outcome === "allocated" || ending.outcome === "voided" ? "done" : ending.outcome;
      const { rowCount } = await query(
        "UPDATE ledger_attempt SET ended_at = $2, outcome = $3, reason = $4 WHERE id = $1 AND ended_at IS NULL",
        [claimed.attemptId, now, outcome, reason],
      );
      // Taken for dead and ended by another worker, which looks for itself what became of it.
      if (rowCount === 1) await saveEnding(step, claimed.invoiceId, ending, now);
    }
  });
}

async function saveEnding(step: Step, invoiceId: string, ending: Ending, now: Date): Promise<void> {
  switch (ending.outcome) {
    case "done": {
      await query(
        `UPDATE ledger_document SET state = 'synced', external_id = $2, code = NULL, message = NULL, tries = 0, is_uncertain = false,
           synced_at = $3, next_try_at = $3 WHERE invoice_id = $1`,
        [invoiceId, ending.remote.externalId, now],
      );
      return saveRemotes([ending.remote], now);
    }
    case "voided":
      await query(
        "UPDATE ledger_document SET state = 'voided', remote_status = 'voided', code = NULL, message = NULL, tries = 0, is_uncertain = false WHERE invoice_id = $1",
        [invoiceId],
      );
      return;
    case "allocated":
      await query(
        "UPDATE ledger_document SET allocation = 'done', code = NULL, message = NULL, tries = 0, is_uncertain = false WHERE invoice_id = $1",
        [invoiceId],
      );
      return;
    case "refused": {
      const failed =
        step === "allocate" ? "allocation = 'failed'" : `state = '${step === "void" ? "void_failed" : "failed"}'`;
      await query(
        `UPDATE ledger_document SET ${failed}, code = $2, message = $3, is_uncertain = false WHERE invoice_id = $1`,
        [invoiceId, ending.code, ending.reason],
      );
      return;
    }
    default:
      await query(
        `UPDATE ledger_document SET code = $2, message = $3, next_try_at = $4, tries = tries + $5,
           is_uncertain = is_uncertain OR $6 WHERE invoice_id = $1`,
        [invoiceId, ending.code, ending.reason, ending.nextTryAt, ending.counts ? 1 : 0, ending.outcome === "unknown"],
      );
  }
}

/** What the ledger says of its copies, by its own ids; news that is older than what is known says nothing. */
export async function saveRemotes(remotes: readonly RemoteDocument[], readAt: Date): Promise<void> {
  await query(
    `UPDATE ledger_document SET remote_number = remote.number, remote_status = remote.status, remote_currency = remote.currency,
       remote_total = remote.total, remote_due = remote.due, remote_read_at = $6
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::numeric[], $7::numeric[])
       AS remote (external_id, number, status, currency, total, due)
     WHERE ledger_document.external_id = remote.external_id AND (remote_read_at IS NULL OR remote_read_at <= $6)`,
    [
      remotes.map(({ externalId }) => externalId),
      remotes.map(({ number }) => number),
      remotes.map(({ status }) => status),
      remotes.map(({ currency }) => currency),
      remotes.map(({ total }) => total.toFixed()),
      readAt,
      remotes.map(({ due }) => due.toFixed()),
    ],
  );
}

/** Which of the ledger's ids are documents of ours. */
export async function invoicesByExternalId(
  externalIds: readonly string[],
): Promise<
  ReadonlyMap<string, { readonly invoiceId: string; readonly currency: string; readonly customerId: string }>
> {
  const { rows } = await query<{ externalId: string; invoiceId: string; currency: string; customerId: string }>(
    `SELECT entry.external_id AS "externalId", entry.invoice_id AS "invoiceId", invoice.currency,
       coalesce(invoice.bill_to_customer_id, invoice.customer_id) AS "customerId"
     FROM ledger_document AS entry JOIN invoice ON invoice.organization_id = entry.organization_id AND invoice.id = entry.invoice_id
     WHERE entry.external_id = ANY ($1::text[])`,
    [externalIds],
  );
  return new Map(rows.map((row) => [row.externalId, row]));
}

/** When something is due next; null: nothing waits. An attempt that is under way is looked after when it must have ended. */
export async function nextDueAt(): Promise<Date | null> {
  const { rows } = await query<{ at: Date | null }>(
    `SELECT min(coalesce(attempt.started_at + make_interval(secs => $1), entry.next_try_at)) AS at
     FROM ledger_document AS entry
     JOIN invoice ON invoice.organization_id = entry.organization_id AND invoice.id = entry.invoice_id
     LEFT JOIN ledger_document AS corrected ON corrected.organization_id = entry.organization_id
       AND corrected.invoice_id = invoice.corrects_invoice_id
     LEFT JOIN ledger_attempt AS attempt ON attempt.organization_id = entry.organization_id
       AND attempt.invoice_id = entry.invoice_id AND attempt.ended_at IS NULL
     WHERE attempt.id IS NOT NULL OR ${Object.values(DUE)
       .map((due) => `(${due})`)
       .join(" OR ")}`,
    [LEASE_MILLISECONDS / 1000],
  );
  return rows[0]?.at ?? null;
}

export type Backlog = { readonly state: LedgerState; readonly documents: number };

export async function backlog(): Promise<Backlog[]> {
  const { rows } = await query<Backlog>(
    "SELECT state, count(*)::int AS documents FROM ledger_document GROUP BY state ORDER BY state",
  );
  return rows;
}

/** Documents of a state, the first in line first. */
export async function listEntries(states: readonly LedgerState[], page: Page): Promise<LedgerEntry[]> {
  const { rows } = await query<LedgerEntry>(
    `SELECT ${ENTRY} FROM ledger_document WHERE state = ANY ($1::text[]) AND ($2::uuid IS NULL OR invoice_id > $2)
     ORDER BY invoice_id LIMIT $3`,
    [states, page.after?.[0] ?? null, page.limit],
  );
  return rows;
}

// ── Contacts ─────────────────────────────────────────────────────────────────────────────────────────────────────────

export async function contactIds(customerIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await query<{ customerId: string; externalId: string }>(
    `SELECT customer_id AS "customerId", external_id AS "externalId" FROM ledger_contact
     WHERE customer_id = ANY ($1::uuid[]) AND external_id IS NOT NULL`,
    [customerIds],
  );
  return new Map(rows.map(({ customerId, externalId }) => [customerId, externalId]));
}

/** Which of these this worker may look for, and make if there are none: one worker at a time does. */
export async function claimContacts(customerIds: readonly string[], now: Date): Promise<ReadonlySet<string>> {
  const { rows } = await query<{ customerId: string }>(
    `INSERT INTO ledger_contact (organization_id, customer_id, claimed_at, updated_at)
     SELECT $1, customer_id, $3, $3 FROM unnest($2::uuid[]) AS wanted (customer_id)
     ON CONFLICT (organization_id, customer_id) DO UPDATE SET claimed_at = $3
       WHERE ledger_contact.external_id IS NULL AND (ledger_contact.claimed_at IS NULL OR ledger_contact.claimed_at <= $4)
     RETURNING customer_id AS "customerId"`,
    [organizationId(), [...customerIds].sort(), now, new Date(now.getTime() - LEASE_MILLISECONDS)],
  );
  return new Set(rows.map(({ customerId }) => customerId));
}

export type FoundBy = "contact_number" | "account_number" | "name" | "created" | "person";

export async function saveContact(customerId: string, externalId: string, foundBy: FoundBy, now: Date): Promise<void> {
  await query(
    `INSERT INTO ledger_contact (organization_id, customer_id, external_id, found_by, updated_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (organization_id, customer_id) DO UPDATE SET external_id = $3, found_by = $4, claimed_at = NULL, updated_at = $5`,
    [organizationId(), customerId, externalId, foundBy, now],
  );
}

export async function releaseContacts(customerIds: readonly string[]): Promise<void> {
  await query(
    "UPDATE ledger_contact SET claimed_at = NULL WHERE customer_id = ANY ($1::uuid[]) AND external_id IS NULL",
    [customerIds],
  );
}

export type LinkedContact = { readonly customerId: string; readonly externalId: string; readonly foundBy: FoundBy };

/** A batch: the ledger's contacts, by customer. */
export async function contactsByCustomerId(ids: readonly string[]): Promise<ReadonlyMap<string, LinkedContact>> {
  const { rows } = await query<LinkedContact>(
    `SELECT customer_id AS "customerId", external_id AS "externalId", found_by AS "foundBy" FROM ledger_contact
     WHERE customer_id = ANY ($1::uuid[]) AND external_id IS NOT NULL`,
    [ids],
  );
  return new Map(rows.map((row) => [row.customerId, row]));
}
