import type { InvoiceFacts } from "../../../server/domain/view/matches";
import { runAs } from "../../../server/platform/database/tenant-pool";
import { query } from "../../../server/platform/database/transaction";
import { newId } from "../../../server/platform/ids";
import { FILTER_CONTRACTS, FILTER_CUSTOMERS, FILTER_PRODUCTS } from "../../testkit/filter-world";

/** What lines bill that no filter speaks of. */
const OTHER_PRODUCT = "0192f000-0003-7000-8000-000000000009";

/** Writes the customers, contracts and products of the small world into an organization. */
export const writeFilterWorld = (organizationId: string): Promise<void> =>
  runAs(organizationId, async () => {
    const write = (text: string, ...values: unknown[]) => query(text, [organizationId, ...values]);
    for (const { id, name, customFields } of FILTER_CUSTOMERS) {
      await write(
        "INSERT INTO customer (organization_id, id, legal_name, address_lines, currency, custom_fields) VALUES ($1, $2, $3, '{}', 'GBP', $4)",
        id,
        name,
        JSON.stringify(customFields),
      );
    }
    for (const { id, customerId } of FILTER_CONTRACTS) {
      await write(
        "INSERT INTO contract (organization_id, id, number, name, customer_id, currency, starts_on) VALUES ($1, $2::uuid, $2::uuid::text, 'Agreement', $3, 'GBP', '2025-01-01')",
        id,
        customerId,
      );
    }
    for (const id of [...FILTER_PRODUCTS, OTHER_PRODUCT]) {
      await write(
        "INSERT INTO product (organization_id, id, code, name, tax_code) VALUES ($1, $2::uuid, $2::uuid::text, $2::uuid::text, 'STANDARD')",
        id,
      );
    }
  });

/** Writes invoices as if they had lived to be what the facts say; gives them by id. */
export const writeInvoices = (
  organizationId: string,
  facts: readonly InvoiceFacts[],
): Promise<ReadonlyMap<string, InvoiceFacts>> =>
  runAs(organizationId, async () => {
    const written = new Map<string, InvoiceFacts>();
    // Credit notes last: they take something back, here always the same invoice.
    const isNote = ({ documentKind }: InvoiceFacts) => documentKind === "credit_note";
    for (const each of [...facts.filter((one) => !isNote(one)), ...facts.filter(isNote)]) {
      const [original] = written.keys();
      written.set(await writeInvoice(organizationId, each, isNote(each) ? (original ?? null) : null), each);
    }
    return written;
  });

/** First a draft, as lines of what is issued cannot be written any more. */
async function writeInvoice(
  organizationId: string,
  facts: InvoiceFacts,
  correctsInvoiceId: string | null,
): Promise<string> {
  const id = newId();
  const [contractId, ...more] = facts.contractIds;
  await query(
    `INSERT INTO invoice (organization_id, id, customer_id, contract_id, origin, status, document_kind, credit_effect, currency, bills_on, billing_month,
       service_starts_on, service_ends_before, net_total, tax_total, gross_total, content_hash, calculated_at, po_number, stale_reasons, stale_since, blockers,
       corrects_invoice_id, credit_category, credit_reason, credit_service)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15::numeric - $14::numeric, $15, 'hash', now(), $16, $17, $18, $19, $20, $21, $22, $23)`,
    [
      organizationId,
      id,
      facts.customerId,
      more.length === 0 ? (contractId ?? null) : null,
      facts.origin,
      facts.number === null ? facts.status : "draft",
      facts.documentKind,
      correctsInvoiceId && "final",
      facts.currency,
      facts.billsOn,
      `${facts.billingMonth}-01`,
      facts.serviceStartsOn,
      facts.serviceEndsBefore,
      facts.netTotal,
      facts.grossTotal,
      facts.poNumber,
      facts.staleReasons,
      facts.staleReasons.length > 0 ? new Date() : null,
      facts.blockers,
      correctsInvoiceId,
      correctsInvoiceId && "other",
      correctsInvoiceId && "Agreed",
      correctsInvoiceId && "past_service",
    ],
  );
  await writeLines(organizationId, id, facts);
  if (facts.number !== null) await issue(id, facts);
  if (facts.hasFailedMail) await failToMail(organizationId, id, facts.customerId);
  return id;
}

/** A line for each contract and each product, of people where no contract bills it. */
async function writeLines(organizationId: string, invoiceId: string, facts: InvoiceFacts): Promise<void> {
  const count = Math.max(facts.productIds.length, facts.contractIds.length);
  for (let ordinal = 0; ordinal < count; ordinal += 1) {
    const contractId = facts.contractIds[ordinal] ?? facts.contractIds[0] ?? null;
    await query(
      `INSERT INTO invoice_line (organization_id, invoice_id, id, ordinal, origin, kind, billing_key, product_id, description, timing, is_one_time, full_starts_on,
         full_ends_before, service_starts_on, service_ends_before, precise_amount, charge_amount, discount_amount, net_amount, tax_code, tax_percent, tax_amount,
         explanation, contract_id, reason)
       VALUES ($1, $2, $3, $4, $5, 'charge', $3::uuid::text, $6, 'Line', 'in_arrears', true, '2026-10-01', '2026-11-01', '2026-10-01', '2026-11-01', 0, 0, 0, 0, 'STANDARD',
         0, 0, '{}', $7, $8)`,
      [
        organizationId,
        invoiceId,
        newId(),
        ordinal,
        contractId === null ? "manual" : "engine",
        facts.productIds[ordinal] ?? facts.productIds[0] ?? OTHER_PRODUCT,
        contractId,
        contractId === null ? "Agreed" : null,
      ],
    );
  }
}

async function issue(id: string, facts: InvoiceFacts): Promise<void> {
  const isVoided = facts.status === "voided";
  await query(
    `UPDATE invoice SET status = $2, number = $3, issued_on = $4, tax_point_on = $4, accounting_on = $4, due_on = $5, parties = '{}', sent_at = $6,
       payment_status = $7, settled_total = $8, disputed_at = $9, dispute_reason = $10, promised_on = $11, voided_at = $12, void_reason = $13
     WHERE id = $1`,
    [
      id,
      facts.status,
      facts.number,
      facts.issuedOn,
      facts.dueOn,
      facts.isSent ? new Date() : null,
      facts.paymentStatus,
      facts.settledTotal,
      facts.isDisputed ? new Date() : null,
      facts.isDisputed ? "Wrong" : null,
      facts.isPromised ? "2026-12-01" : null,
      isVoided ? new Date() : null,
      isVoided ? "Wrong" : null,
    ],
  );
}

/** A mail that failed after one that did not, and a test that failed, which does not count. */
async function failToMail(organizationId: string, invoiceId: string, customerId: string): Promise<void> {
  for (const [purpose, status, minute] of [
    ["invoice", "sent", 1],
    ["resend", "failed", 2],
    ["test", "sent", 3],
  ] as const) {
    await query(
      `INSERT INTO delivery (organization_id, id, purpose, customer_id, invoice_id, message_id, subject, text, html, reason, status, failure, requested_by, queued_at, sent_at)
       VALUES ($1, $2::uuid, $3, $4, $5, $2::uuid::text, '', '', '', $6, $7, $8, 'Test', $9, $10)`,
      [
        organizationId,
        newId(),
        purpose,
        customerId,
        invoiceId,
        purpose === "resend" ? "Lost" : null,
        status,
        status === "failed" ? "No such mailbox" : null,
        new Date(Date.UTC(2026, 10, 1, 9, minute)),
        status === "sent" ? new Date() : null,
      ],
    );
  }
}
