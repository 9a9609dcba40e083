import type { PlainDate } from "../../domain/calendar/plain-date";
import { organizationId, query } from "../../platform/database/transaction";

/**
 * A hash of all that a calculation reads for a contract, but for usage, which marks drafts stale when it changes; null
 * where the contract shares documents with others, or something that came late is still to be settled, so that it is
 * calculated. The day is in it: what has fallen due, the tax rate and the exchange rate depend on it. Values: $1
 * organization, $2 contracts, $3 today.
 */
const FACTS = `
  world AS (
    SELECT concat_ws('|', $3::text, version,
      (SELECT md5(string_agg(concat_ws(',', code, valid_from_on, percent, category, jurisdiction, exemption_text), ';' ORDER BY code, valid_from_on)) FROM tax_rate),
      (SELECT md5(string_agg(concat_ws(',', id, tax_code), ';' ORDER BY id)) FROM product),
      (SELECT concat_ws(',', count(*), max(exchange_rate.recorded_at)) FROM exchange_rate)) AS facts
    FROM organization WHERE id = $1),
  fact AS (
    SELECT contract.id, contract.customer_id, CASE WHEN customer.invoice_grouping = 'per_contract' AND schedule.changed_from_on IS NULL
        AND NOT EXISTS (SELECT FROM draft_placement AS placement WHERE placement.contract_id = contract.id)
        AND NOT EXISTS (SELECT FROM invoice AS shared
                        WHERE shared.customer_id = contract.customer_id AND shared.number IS NULL AND shared.contract_id IS NULL AND shared.origin = 'schedule')
      THEN md5(concat_ws('|', world.facts, contract.version, schedule.revision, schedule.status, schedule.anchor_on, schedule.first_period,
        customer.version, billed.version,
        (SELECT concat_ws(',', count(*), max(recorded_at)) FROM seat_change WHERE seat_change.contract_id = contract.id),
        (SELECT md5(string_agg(concat_ws(',', line_override.id, amount, reason), ';' ORDER BY line_override.id)) FROM line_override
         WHERE line_override.contract_id = contract.id),
        (SELECT concat_ws(',', count(*), max(issued.updated_at)) FROM invoice AS issued
         WHERE issued.customer_id = contract.customer_id AND issued.number IS NOT NULL),
        (SELECT md5(string_agg(concat_ws(',', credit.id, entry.id, entry.amount), ';' ORDER BY entry.id)) FROM credit_grant AS credit
         JOIN credit_entry AS entry ON entry.organization_id = credit.organization_id AND entry.grant_id = credit.id
         WHERE credit.customer_id = contract.customer_id),
        (SELECT md5(string_agg(concat_ws(',', written.id, written.ordinal, written.product_id, written.description, written.service_starts_on,
           written.service_ends_before, written.quantity, written.unit_price, written.amount, written.tax_code, written.reason), ';' ORDER BY written.id))
         FROM invoice AS draft
         JOIN manual_line AS written ON written.organization_id = draft.organization_id AND written.invoice_id = draft.id
         WHERE draft.contract_id = contract.id AND draft.number IS NULL),
        (SELECT md5(string_agg(concat_ws(',', terms.invoice_id, terms.po_number), ';' ORDER BY terms.invoice_id)) FROM invoice AS draft
         JOIN draft_terms AS terms ON terms.organization_id = draft.organization_id AND terms.invoice_id = draft.id
         WHERE draft.contract_id = contract.id AND draft.number IS NULL))) END AS hash
    FROM contract
    CROSS JOIN world
    JOIN billing_schedule AS schedule ON schedule.organization_id = contract.organization_id AND schedule.contract_id = contract.id
    JOIN customer ON customer.organization_id = contract.organization_id AND customer.id = contract.customer_id
    LEFT JOIN customer AS billed ON billed.organization_id = customer.organization_id AND billed.id = customer.bill_to_customer_id
    WHERE contract.id = ANY ($2::uuid[]))`;

/** The hash of each contract that has one. */
export async function factHashes(
  contractIds: readonly string[],
  today: PlainDate,
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await query<{ id: string; hash: string }>({
    name: "fact-hashes",
    text: `WITH ${FACTS} SELECT id, hash FROM fact WHERE hash IS NOT NULL`,
    values: [organizationId(), contractIds, today],
  });
  return new Map(rows.map(({ id, hash }) => [id, hash]));
}

/** Of how many drafts a contract has, too: where one of them was deleted it is not what was calculated. */
export const fingerprintOf = (hash: string, drafts: number): string => `${hash}:${drafts}`;

/** Contracts whose drafts are what a calculation would come to, with those drafts: none is stale, and nothing else changed. */
export async function draftsUpToDate(
  contractIds: readonly string[],
  today: PlainDate,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = await query<{ id: string; draftIds: string }>({
    name: "drafts-up-to-date",
    text: `WITH ${FACTS}
           SELECT fact.id, string_agg(draft.id::text, ' ' ORDER BY draft.id) AS "draftIds"
           FROM fact
           JOIN invoice AS draft ON draft.contract_id = fact.id AND draft.number IS NULL
             AND (draft.document_kind = 'invoice' OR draft.credit_effect = 'reissue')
           WHERE fact.hash IS NOT NULL
           GROUP BY fact.id, fact.hash
           HAVING bool_and(draft.stale_since IS NULL AND draft.input_fingerprint IS NOT NULL)
             AND min(draft.input_fingerprint) = fact.hash || ':' || count(*) AND max(draft.input_fingerprint) = fact.hash || ':' || count(*)`,
    values: [organizationId(), contractIds, today],
  });
  return new Map(rows.map(({ id, draftIds }) => [id, draftIds.split(" ")]));
}
