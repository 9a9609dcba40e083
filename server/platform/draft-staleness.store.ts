import type { PlainDate } from "../domain/calendar/plain-date";
import { query } from "./database/transaction";

/** Why a draft no longer matches what it was calculated from. */
export type StaleReason =
  | "usage"
  | "alias"
  | "tax"
  | "contract"
  | "customer"
  | "price"
  | "credits"
  | "exchange_rate"
  | "credit_note";

export type InputChange = {
  /** "all": every customer of the organization */
  readonly customerIds: readonly string[] | "all";
  /** the service days that are touched; null: without a bound */
  readonly from: PlainDate | null;
  readonly before: PlainDate | null;
  readonly reason: StaleReason;
  readonly now: Date;
};

/** Changes of what customers used, which concern the contracts of their parents too. */
const OF_USAGE: readonly StaleReason[] = ["usage", "alias"];

/** Contracts of the ancestors of the customers $1 that count their usage as the ancestor's own. */
const ROLLED_UP = `ARRAY(
  WITH RECURSIVE ancestor AS (
    SELECT customer.parent_customer_id AS id FROM customer WHERE customer.id = ANY ($1) AND customer.parent_customer_id IS NOT NULL
    UNION
    SELECT customer.parent_customer_id FROM ancestor JOIN customer USING (id) WHERE customer.parent_customer_id IS NOT NULL)
  SELECT contract.id FROM ancestor JOIN contract ON contract.customer_id = ancestor.id WHERE contract.rolls_up_usage)`;

/** Whether an invoice bills a contract; where it bills several, its lines say so. */
const isOfContract = (contractId: string): string =>
  `(invoice.contract_id = ${contractId} OR invoice.contract_id IS NULL AND EXISTS (
    SELECT FROM invoice_line AS line
    WHERE line.organization_id = invoice.organization_id AND line.invoice_id = invoice.id AND line.contract_id = ${contractId}))`;

const isOfContracts = (contractIds: string): string =>
  `(invoice.contract_id = ANY (${contractIds}) OR invoice.contract_id IS NULL AND EXISTS (
    SELECT FROM invoice_line AS line
    WHERE line.organization_id = invoice.organization_id AND line.invoice_id = invoice.id AND line.contract_id = ANY (${contractIds})))`;

/**
 * Tells billing that an input changed: drafts that serve the days become stale, and where an issued invoice serves them,
 * the schedule remembers the earliest day, so that the next recalculation proposes the difference. What is marked
 * already is not written again: a stream of usage costs a look. Answers how many drafts became stale.
 */
export async function markDraftsStale(change: InputChange): Promise<number> {
  const customerIds = change.customerIds === "all" ? null : change.customerIds;
  const values = [customerIds, change.from, change.before];
  const isOfUsage = OF_USAGE.includes(change.reason);
  const orRolledUp = (isOfThem: (contractIds: string) => string) => (isOfUsage ? `OR ${isOfThem(ROLLED_UP)}` : "");
  const named = (name: string) => (isOfUsage ? `${name}-of-usage` : name);
  if (isOfUsage || (change.reason === "contract" && change.from !== null)) {
    await query({
      name: named("remember-late-change"),
      text: `UPDATE billing_schedule AS schedule SET changed_from_on = coalesce($2::date, contract.starts_on)
             FROM contract
             WHERE contract.organization_id = schedule.organization_id AND contract.id = schedule.contract_id
               AND ($1::uuid[] IS NULL OR contract.customer_id = ANY ($1) ${orRolledUp((ids) => `contract.id = ANY (${ids})`)})
               AND (schedule.changed_from_on IS NULL OR schedule.changed_from_on > coalesce($2, contract.starts_on))
               AND EXISTS (SELECT FROM invoice
                           WHERE invoice.organization_id = contract.organization_id AND invoice.customer_id = contract.customer_id
                             AND ${isOfContract("contract.id")}
                             AND invoice.status IN ('finalized', 'sent') AND ($2 IS NULL OR invoice.service_ends_before > $2)
                             AND ($3::date IS NULL OR invoice.service_starts_on < $3))`,
      values,
    });
  }
  const { rowCount } = await query({
    name: named("mark-drafts-stale"),
    text: `UPDATE invoice SET stale_reasons = array_append(stale_reasons, $4::text), stale_since = coalesce(stale_since, $5)
           WHERE number IS NULL AND NOT $4 = ANY (stale_reasons)
             AND ($1::uuid[] IS NULL OR customer_id = ANY ($1) ${orRolledUp(isOfContracts)})
             AND ($3::date IS NULL OR service_starts_on < $3)
             AND ($2::date IS NULL OR service_ends_before > $2
                  OR EXISTS (SELECT FROM billing_schedule AS schedule
                             WHERE schedule.organization_id = invoice.organization_id AND ${isOfContract("schedule.contract_id")}
                               AND schedule.changed_from_on <= $2))`,
    values: [...values, change.reason, change.now],
  });
  return rowCount ?? 0;
}

/**
 * Takes the billing schedules of these contracts for one calculation, in order of id, and answers from which day on
 * billed service changed. Who records usage for them meanwhile waits, or has committed before the usage is read.
 */
export async function lockSchedules(contractIds: readonly string[]): Promise<ReadonlyMap<string, PlainDate | null>> {
  const { rows } = await query<{ contractId: string; changedFromOn: PlainDate | null }>(
    `SELECT contract_id AS "contractId", changed_from_on AS "changedFromOn" FROM billing_schedule
     WHERE contract_id = ANY ($1::uuid[]) ORDER BY contract_id FOR UPDATE`,
    [contractIds],
  );
  return new Map(rows.map((row) => [row.contractId, row.changedFromOn]));
}

/** The same for all contracts of a customer, for an input that is read by the customer. */
export async function lockSchedulesOfCustomer(customerId: string): Promise<void> {
  await query(
    `SELECT FROM billing_schedule WHERE contract_id IN (SELECT id FROM contract WHERE customer_id = $1)
     ORDER BY contract_id FOR UPDATE`,
    [customerId],
  );
}

/** What changed late is billed as it should be: nothing is left to remember. */
export async function forgetLateChanges(contractIds: readonly string[]): Promise<void> {
  if (contractIds.length === 0) return;
  await query(
    "UPDATE billing_schedule SET changed_from_on = NULL WHERE contract_id = ANY ($1::uuid[]) AND changed_from_on IS NOT NULL",
    [contractIds],
  );
}

/** What was billed of these contracts from a day on is credited, to be billed anew: the next calculation looks back as far. */
export async function rememberCorrected(
  contracts: readonly { readonly contractId: string; readonly from: PlainDate }[],
  now: Date,
): Promise<void> {
  if (contracts.length === 0) return;
  const ids = contracts.map(({ contractId }) => contractId);
  await query({
    name: "remember-corrected",
    text: `UPDATE billing_schedule AS schedule SET changed_from_on = corrected.from_on
           FROM unnest($1::uuid[], $2::date[]) AS corrected (contract_id, from_on)
           WHERE schedule.contract_id = corrected.contract_id
             AND (schedule.changed_from_on IS NULL OR schedule.changed_from_on > corrected.from_on)`,
    values: [ids, contracts.map(({ from }) => from)],
  });
  await query({
    name: "mark-drafts-of-corrected-stale",
    text: `UPDATE invoice SET stale_reasons = array_append(stale_reasons, 'credit_note'), stale_since = coalesce(stale_since, $2)
           WHERE number IS NULL AND NOT 'credit_note' = ANY (stale_reasons) AND ${isOfContracts("$1::uuid[]")}`,
    values: [ids, now],
  });
}
