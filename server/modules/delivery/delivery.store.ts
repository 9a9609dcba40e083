import { groupBy } from "../../domain/group-by";
import { organizationId, query } from "../../platform/database/transaction";
import { isId } from "../../platform/ids";
import type {
  AttemptOutcome,
  Delivery,
  DeliveryAttempt,
  DeliveryRecipient,
  DeliveryStatus,
  NewDelivery,
  RecipientStatus,
} from "./delivery";

const DELIVERY = `delivery.id, delivery.purpose, delivery.customer_id AS "customerId", delivery.invoice_id AS "invoiceId",
  delivery.message_id AS "messageId", delivery.subject, delivery.text, delivery.html, delivery.attachments, delivery.reason, delivery.status,
  delivery.claimed_by AS "claimedBy", delivery.failure, delivery.requested_by AS "requestedBy", delivery.queued_at AS "queuedAt",
  delivery.next_attempt_at AS "nextAttemptAt", delivery.sent_at AS "sentAt", delivery.resolved_by AS "resolvedBy",
  delivery.resolved_at AS "resolvedAt", delivery.resolution`;

/** A batch: deliveries by id. */
export async function deliveriesById(ids: readonly string[]): Promise<ReadonlyMap<string, Delivery>> {
  const { rows } = await query<Delivery>({
    name: "deliveries-by-id",
    text: `SELECT ${DELIVERY} FROM delivery WHERE id = ANY ($1::uuid[])`,
    values: [ids.filter(isId)],
  });
  return new Map(rows.map((row) => [row.id, row]));
}

/** A batch: the deliveries of each invoice, reminders of it aside, the first first. */
export async function deliveriesByInvoice(
  invoiceIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Delivery[]>> {
  const { rows } = await query<Delivery & { invoiceId: string }>({
    name: "deliveries-by-invoice",
    text: `SELECT ${DELIVERY} FROM delivery WHERE invoice_id = ANY ($1::uuid[]) ORDER BY invoice_id, queued_at, id`,
    values: [invoiceIds],
  });
  return groupBy(rows, ({ invoiceId }) => invoiceId);
}

/** A batch: whom each delivery goes to, whom it addresses first. */
export async function recipientsByDelivery(
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly DeliveryRecipient[]>> {
  const { rows } = await query<DeliveryRecipient>({
    name: "recipients-by-delivery",
    text: `SELECT delivery_id AS "deliveryId", ordinal, kind, name, email, status, detail FROM delivery_recipient
           WHERE delivery_id = ANY ($1::uuid[]) ORDER BY delivery_id, ordinal`,
    values: [ids],
  });
  return groupBy(rows, ({ deliveryId }) => deliveryId);
}

/** A batch: the attempts of each delivery, the first first. */
export async function attemptsByDelivery(
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly DeliveryAttempt[]>> {
  const { rows } = await query<DeliveryAttempt>({
    name: "attempts-by-delivery",
    text: `SELECT delivery_id AS "deliveryId", ordinal, began_at AS "beganAt", ended_at AS "endedAt", outcome, detail
           FROM delivery_attempt WHERE delivery_id = ANY ($1::uuid[]) ORDER BY delivery_id, ordinal`,
    values: [ids],
  });
  return groupBy(rows, ({ deliveryId }) => deliveryId);
}

/** Deliveries that a person has to look after, the oldest first. */
export async function listDeliveries(statuses: readonly DeliveryStatus[], limit: number): Promise<Delivery[]> {
  const { rows } = await query<Delivery>({
    name: "list-deliveries",
    text: `SELECT ${DELIVERY} FROM delivery WHERE status = ANY ($1::text[]) AND purpose <> 'test' ORDER BY queued_at, id LIMIT $2`,
    values: [statuses, limit],
  });
  return rows;
}

export async function lockDelivery(id: string): Promise<Delivery | null> {
  const { rows } = await query<Delivery>(`SELECT ${DELIVERY} FROM delivery WHERE id = $1 FOR UPDATE`, [id]);
  return rows[0] ?? null;
}

export async function insertDelivery(delivery: NewDelivery, now: Date): Promise<void> {
  await query(
    `INSERT INTO delivery (organization_id, id, purpose, customer_id, invoice_id, message_id, subject, text, html, attachments,
       reason, status, requested_by, queued_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'queued', $12, $13)`,
    [
      organizationId(),
      delivery.id,
      delivery.purpose,
      delivery.customerId,
      delivery.invoiceId,
      delivery.messageId,
      delivery.subject,
      delivery.text,
      delivery.html,
      JSON.stringify(delivery.attachments),
      delivery.reason,
      delivery.requestedBy,
      now,
    ],
  );
  const { recipients } = delivery;
  await query(
    `INSERT INTO delivery_recipient (organization_id, delivery_id, ordinal, kind, name, email, status, detail)
     SELECT $1, $2, ordinal, kind, name, email, status, detail
     FROM unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[]) WITH ORDINALITY
       AS recipient (kind, name, email, status, detail, ordinal)`,
    [
      organizationId(),
      delivery.id,
      recipients.map(({ kind }) => kind),
      recipients.map(({ name }) => name),
      recipients.map(({ email }) => email),
      recipients.map(({ status }) => status),
      recipients.map(({ detail }) => detail),
    ],
  );
}

/** How often an invoice was to be sent for this purpose, whatever came of it. */
export async function countDeliveries(invoiceId: string, purpose: Delivery["purpose"]): Promise<number> {
  const { rows } = await query<{ count: number }>(
    "SELECT count(*)::int AS count FROM delivery WHERE invoice_id = $1 AND purpose = $2",
    [invoiceId, purpose],
  );
  return rows[0]?.count ?? 0;
}

// ── What becomes of them, under their lock ───────────────────────────────────────────────────────────────────────────

/** Notes the attempt before anything leaves the house; answers which it is. */
export async function beginAttempt(deliveryId: string, claimedBy: string): Promise<number> {
  await query("UPDATE delivery SET status = 'sending', claimed_by = $2, next_attempt_at = NULL WHERE id = $1", [
    deliveryId,
    claimedBy,
  ]);
  const { rows } = await query<{ ordinal: number }>(
    `INSERT INTO delivery_attempt (organization_id, delivery_id, ordinal, began_at)
     SELECT $1, $2, coalesce(max(ordinal), 0) + 1, clock_timestamp() FROM delivery_attempt WHERE delivery_id = $2 RETURNING ordinal`,
    [organizationId(), deliveryId],
  );
  return (rows[0] as { ordinal: number }).ordinal;
}

export async function endAttempt(deliveryId: string, outcome: AttemptOutcome, detail: string | null): Promise<void> {
  await query(
    `UPDATE delivery_attempt SET ended_at = clock_timestamp(), outcome = $2, detail = $3
     WHERE delivery_id = $1 AND ended_at IS NULL`,
    [deliveryId, outcome, detail],
  );
}

export async function saveDeliveryStatus(
  id: string,
  standing: {
    readonly status: Exclude<DeliveryStatus, "sending">;
    readonly failure?: string | null;
    readonly sentAt?: Date | null;
    readonly nextAttemptAt?: Date | null;
  },
): Promise<void> {
  const { status, failure = null, sentAt = null, nextAttemptAt = null } = standing;
  await query(
    "UPDATE delivery SET status = $2, claimed_by = NULL, failure = $3, sent_at = $4, next_attempt_at = $5 WHERE id = $1",
    [id, status, failure, sentAt, nextAttemptAt],
  );
}

/** What a person found out about a delivery that is uncertain. */
export async function saveResolution(
  id: string,
  resolved: { readonly by: string; readonly at: Date; readonly resolution: string },
): Promise<void> {
  await query("UPDATE delivery SET resolved_by = $2, resolved_at = $3, resolution = $4 WHERE id = $1", [
    id,
    resolved.by,
    resolved.at,
    resolved.resolution,
  ]);
}

/** Of recipients who wait, by address. */
export async function saveRecipients(
  deliveryId: string,
  status: RecipientStatus,
  { emails, detail }: { readonly emails: readonly string[]; readonly detail: string | null },
): Promise<void> {
  await query(
    `UPDATE delivery_recipient SET status = $2, detail = $3
     WHERE delivery_id = $1 AND status IN ('pending', 'accepted') AND lower(email) = ANY ($4::text[])`,
    [deliveryId, status, detail, emails.map((email) => email.toLowerCase())],
  );
}

/** Leaves the delivery to a worker, now or after some minutes of the world's time. */
export async function enqueueDelivery(deliveryId: string, minutes = 0): Promise<void> {
  await query("SELECT jobs_api.enqueue('send_delivery', $1, $2, now() + make_interval(mins => $3))", [
    JSON.stringify({ organizationId: organizationId(), deliveryId }),
    `send_delivery:${deliveryId}`,
    minutes,
  ]);
}

/** How many attempts began within a minute of the world's time, and how many deliveries wait for their turn. */
export async function countUnderWay(): Promise<{ readonly recent: number; readonly waiting: number }> {
  const { rows } = await query<{ recent: number; waiting: number }>({
    name: "count-deliveries-under-way",
    text: `SELECT (SELECT count(*)::int FROM delivery_attempt WHERE began_at > clock_timestamp() - interval '1 minute') AS recent,
             (SELECT count(*)::int FROM delivery WHERE status = 'queued' AND next_attempt_at IS NOT NULL) AS waiting`,
  });
  return rows[0] ?? { recent: 0, waiting: 0 };
}

// ── Invoices ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The invoice stays as it is until the transaction ends. */
export async function lockInvoiceToSend(id: string): Promise<void> {
  await query("SELECT FROM invoice WHERE id = $1 FOR UPDATE", [id]);
}

export async function markInvoiceSent(id: string, now: Date): Promise<void> {
  await query(
    "UPDATE invoice SET status = 'sent', sent_at = $2, version = version + 1, updated_at = $2 WHERE id = $1 AND status = 'finalized'",
    [id, now],
  );
}

/** A batch: who gets an invoice, where that is not whom the customer's invoices go to. */
export async function namedRecipientsByInvoice(
  invoiceIds: readonly string[],
): Promise<ReadonlyMap<string, readonly { readonly name: string; readonly email: string }[]>> {
  const { rows } = await query<{ invoiceId: string; name: string; email: string }>({
    name: "named-recipients-by-invoice",
    text: `SELECT invoice_id AS "invoiceId", name, email FROM invoice_recipient
           WHERE invoice_id = ANY ($1::uuid[]) ORDER BY invoice_id, ordinal`,
    values: [invoiceIds],
  });
  return groupBy(rows, ({ invoiceId }) => invoiceId);
}
