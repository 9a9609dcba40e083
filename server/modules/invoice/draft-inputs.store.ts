import type { PlainDate } from "../../domain/calendar/plain-date";
import { groupBy } from "../../domain/group-by";
import type { ManualLine } from "../../domain/invoice/manual-line";
import type { Override } from "../../domain/invoice/override-line";
import type { Placement } from "../../domain/invoice/place-lines";
import { currency } from "../../domain/money/currency";
import { Decimal } from "../../domain/money/decimal";
import { money } from "../../domain/money/money";
import { query } from "../../platform/database/transaction";
import type { Invoice } from "./invoice";
import { INVOICE } from "./invoice.store";

/**
 * These contracts, and those that may share a document with them: all of a customer whose contracts share invoices by
 * rule, because people merged or split its drafts, or did so before.
 */
export async function contractsCalculatedWith(contractIds: readonly string[]): Promise<string[]> {
  const { rows } = await query<{ id: string }>({
    name: "contracts-calculated-with",
    text: `WITH concerned AS (SELECT DISTINCT customer_id AS id FROM contract WHERE contract.id = ANY ($1::uuid[])),
           sharing AS (
             SELECT concerned.id FROM concerned JOIN customer USING (id) WHERE customer.invoice_grouping = 'per_customer'
             UNION
             SELECT customer_id FROM invoice
             WHERE customer_id = ANY (ARRAY(SELECT id FROM concerned)) AND number IS NULL AND contract_id IS NULL AND origin = 'schedule'
             UNION
             SELECT contract.customer_id FROM draft_placement AS placement
             JOIN contract ON contract.organization_id = placement.organization_id AND contract.id = placement.contract_id
             WHERE contract.customer_id IN (SELECT id FROM concerned))
           SELECT unnest($1::uuid[]) AS id
           UNION SELECT contract.id FROM contract WHERE contract.customer_id IN (SELECT id FROM sharing)`,
    values: [contractIds],
  });
  return rows.map(({ id }) => id);
}

/**
 * All that is not issued and that the calculation of these contracts may continue: their own drafts, the shared ones of
 * their customers, and where people placed something. Credit notes that people made are not among them.
 */
export async function lockDraftsOfContracts(contractIds: readonly string[]): Promise<readonly Invoice[]> {
  const { rows } = await query<Invoice>({
    name: "lock-drafts-of-contracts",
    text: `SELECT ${INVOICE} FROM invoice
           WHERE number IS NULL AND (document_kind = 'invoice' OR credit_effect = 'reissue') AND id = ANY (ARRAY(
             SELECT id FROM invoice WHERE number IS NULL AND contract_id = ANY ($1::uuid[])
             UNION ALL
             SELECT invoice.id FROM invoice
             WHERE invoice.number IS NULL AND invoice.contract_id IS NULL AND invoice.origin = 'schedule'
               AND invoice.customer_id = ANY (ARRAY(SELECT customer_id FROM contract WHERE contract.id = ANY ($1::uuid[])))
             UNION ALL
             SELECT invoice_id FROM draft_placement WHERE contract_id = ANY ($1::uuid[])))
           ORDER BY id FOR UPDATE`,
    values: [contractIds],
  });
  return rows;
}

/** These drafts, as far as no contract has to do with them. */
export async function lockDraftsWithoutContract(ids: readonly string[]): Promise<readonly Invoice[]> {
  const { rows } = await query<Invoice>({
    name: "lock-drafts-without-contract",
    text: `SELECT ${INVOICE} FROM invoice
           WHERE id = ANY ($1::uuid[]) AND number IS NULL AND contract_id IS NULL AND document_kind = 'invoice' AND reissues_invoice_id IS NULL
             AND NOT EXISTS (SELECT FROM invoice_line AS line
                             WHERE line.organization_id = invoice.organization_id AND line.invoice_id = invoice.id AND line.contract_id IS NOT NULL)
             AND NOT EXISTS (SELECT FROM draft_placement AS placement
                             WHERE placement.organization_id = invoice.organization_id AND placement.invoice_id = invoice.id)
           ORDER BY id FOR UPDATE`,
    values: [ids],
  });
  return rows;
}

type ManualRow = Omit<ManualLine, "servicePeriod" | "quantity" | "unitPrice" | "amount"> & {
  readonly invoiceId: string;
  readonly currency: Invoice["currency"];
  readonly serviceStartsOn: PlainDate;
  readonly serviceEndsBefore: PlainDate;
  readonly quantity: string | null;
  readonly unitPrice: string | null;
  readonly amount: string;
};

/** What people wrote on drafts, by draft and in their order. */
export async function manualLinesByDraft(
  draftIds: readonly string[],
): Promise<ReadonlyMap<string, readonly ManualLine[]>> {
  const { rows } = await query<ManualRow>({
    name: "manual-lines-by-draft",
    text: `SELECT line.id, line.invoice_id AS "invoiceId", invoice.currency, line.product_id AS "productId", line.description,
             line.service_starts_on AS "serviceStartsOn", line.service_ends_before AS "serviceEndsBefore", line.quantity,
             line.unit_price AS "unitPrice", line.amount, line.tax_code AS "taxCode", line.reason
           FROM manual_line AS line
           JOIN invoice ON invoice.organization_id = line.organization_id AND invoice.id = line.invoice_id
           WHERE line.invoice_id = ANY ($1::uuid[]) ORDER BY line.invoice_id, line.ordinal, line.id`,
    values: [draftIds],
  });
  const decimal = (text: string | null) => (text === null ? null : new Decimal(text));
  const found = rows.map(({ invoiceId, serviceStartsOn, serviceEndsBefore, ...row }) => ({
    invoiceId,
    line: {
      id: row.id,
      productId: row.productId,
      description: row.description,
      servicePeriod: { startsOn: serviceStartsOn, endsBefore: serviceEndsBefore },
      quantity: decimal(row.quantity),
      unitPrice: decimal(row.unitPrice),
      amount: money(row.amount, currency(row.currency)),
      taxCode: row.taxCode,
      reason: row.reason,
    },
  }));
  const byDraft = groupBy(found, ({ invoiceId }) => invoiceId);
  return new Map([...byDraft].map(([id, own]) => [id, own.map(({ line }) => line)]));
}

export type OverrideOf = (contractId: string, billingKey: string) => Override | undefined;

/** The amounts that people set for lines of these contracts. */
export async function overridesOf(contractIds: readonly string[]): Promise<OverrideOf> {
  const { rows } = await query<{ contractId: string; billingKey: string; amount: string; reason: string }>({
    name: "overrides-of-contracts",
    text: `SELECT contract_id AS "contractId", billing_key AS "billingKey", amount, reason FROM line_override
           WHERE contract_id = ANY ($1::uuid[])`,
    values: [contractIds],
  });
  const keyOf = (contractId: string, billingKey: string) => `${contractId} ${billingKey}`;
  const overrides = new Map(
    rows.map(({ contractId, billingKey, amount, reason }) => [
      keyOf(contractId, billingKey),
      { amount: new Decimal(amount), reason },
    ]),
  );
  return (contractId, billingKey) => overrides.get(keyOf(contractId, billingKey));
}

/** On which drafts people placed what these contracts propose; placements on what is issued since are spent. */
export async function placementsOfContracts(contractIds: readonly string[]): Promise<Placement[]> {
  const { rows } = await query<Placement>({
    name: "placements-of-contracts",
    text: `SELECT placement.contract_id AS "contractId", placement.bills_on AS "billsOn", placement.billing_key AS "billingKey",
             placement.invoice_id AS "draftId"
           FROM draft_placement AS placement
           JOIN invoice ON invoice.organization_id = placement.organization_id AND invoice.id = placement.invoice_id AND invoice.number IS NULL
           WHERE placement.contract_id = ANY ($1::uuid[]) ORDER BY placement.id`,
    values: [contractIds],
  });
  return rows;
}

/** A line of a contract that stands on a draft now. */
export type StandingLine = { readonly invoiceId: string; readonly contractId: string; readonly billingKey: string };

/** What stands of contracts on these drafts, in order. */
export async function standingLines(
  draftIds: readonly string[],
): Promise<ReadonlyMap<string, readonly StandingLine[]>> {
  if (draftIds.length === 0) return new Map();
  const { rows } = await query<StandingLine>({
    name: "standing-lines",
    text: `SELECT invoice_id AS "invoiceId", contract_id AS "contractId", billing_key AS "billingKey" FROM invoice_line
           WHERE invoice_id = ANY ($1::uuid[]) AND contract_id IS NOT NULL AND kind <> 'credit' ORDER BY invoice_id, ordinal`,
    values: [draftIds],
  });
  return groupBy(rows, ({ invoiceId }) => invoiceId);
}

/** The purchase orders that people set for drafts, above those of the contracts. */
export async function ownPoNumbers(draftIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await query<{ invoiceId: string; poNumber: string }>({
    name: "own-po-numbers",
    text: `SELECT invoice_id AS "invoiceId", po_number AS "poNumber" FROM draft_terms WHERE invoice_id = ANY ($1::uuid[])`,
    values: [draftIds],
  });
  return new Map(rows.map(({ invoiceId, poNumber }) => [invoiceId, poNumber]));
}

/** Whose credits drafts may draw on. */
export async function customersOfDrafts(draftIds: readonly string[]): Promise<string[]> {
  const { rows } = await query<{ id: string }>({
    name: "customers-of-drafts",
    text: "SELECT DISTINCT customer_id AS id FROM invoice WHERE id = ANY ($1::uuid[]) AND number IS NULL",
    values: [draftIds],
  });
  return rows.map(({ id }) => id);
}
