import { formatDay } from "../../domain/calendar/format";
import type { PlainDate } from "../../domain/calendar/plain-date";
import { chargeRuns } from "../../domain/contract/charge-runs";
import type { Contract as BilledContract } from "../../domain/contract/contract";
import { query } from "../../platform/database/transaction";
import type { Contract } from "./contract";

/** Another contract that bills the same usage on some of the same days. */
export type BilledTwice = {
  readonly number: string;
  readonly customerName: string;
  readonly metricName: string;
  readonly from: PlainDate;
};

/**
 * Contracts in force that bill usage which this one bills too, because one of them counts the usage of its customer's
 * descendants as the customer's own. Until the transaction ends nobody else finds out about another contract.
 */
export async function usageBilledTwice(
  { id, customerId, rollsUpUsage }: Pick<Contract, "id" | "customerId" | "rollsUpUsage">,
  { phases }: BilledContract,
): Promise<BilledTwice[]> {
  const metered = chargeRuns(phases).filter(({ charge }) => charge.metricId !== null);
  if (metered.length === 0) return [];
  await query("SELECT pg_advisory_xact_lock(hashtextextended(current_setting('billgrid.organization_id'), 6))");
  const { rows } = await query<BilledTwice>({
    name: "usage-billed-twice",
    // Without ALL, so that a circle of parents ends.
    text: `WITH RECURSIVE below (id) AS (
             SELECT id FROM customer WHERE $3::boolean AND parent_customer_id = $2
             UNION SELECT child.id FROM below JOIN customer child ON child.parent_customer_id = below.id
           ), above (id) AS (
             SELECT parent_customer_id FROM customer WHERE id = $2
             UNION SELECT customer.parent_customer_id FROM above JOIN customer ON customer.id = above.id
           )
           SELECT DISTINCT ON (other.number, metric.name) other.number, customer.legal_name AS "customerName",
             metric.name AS "metricName", greatest(mine.starts_on, phase.starts_on) AS "from"
           FROM unnest($4::uuid[], $5::date[], $6::date[]) AS mine (metric_id, starts_on, ends_before)
           JOIN contract other ON other.id <> $1 AND (other.customer_id IN (SELECT id FROM below)
             OR (other.rolls_up_usage AND other.customer_id IN (SELECT id FROM above)))
           JOIN billing_schedule schedule ON schedule.organization_id = other.organization_id
             AND schedule.contract_id = other.id AND schedule.status <> 'draft'
           JOIN phase ON phase.organization_id = schedule.organization_id AND phase.schedule_id = schedule.id
             AND phase.revision = schedule.revision
             AND (mine.ends_before IS NULL OR phase.starts_on < mine.ends_before)
             AND (phase.ends_before IS NULL OR mine.starts_on < phase.ends_before)
           JOIN charge ON charge.organization_id = phase.organization_id AND charge.phase_id = phase.id
           JOIN price ON price.organization_id = charge.organization_id AND price.id = charge.price_id
             AND price.metric_id = mine.metric_id
           JOIN usage_metric metric ON metric.organization_id = price.organization_id AND metric.id = price.metric_id
           JOIN customer ON customer.organization_id = other.organization_id AND customer.id = other.customer_id
           ORDER BY other.number, metric.name, "from"`,
    values: [
      id,
      customerId,
      rollsUpUsage,
      metered.map(({ charge }) => charge.metricId),
      metered.map(({ startsOn }) => startsOn),
      metered.map(({ endsBefore }) => endsBefore),
    ],
  });
  return rows;
}

/** In words: what is billed by which contract, and what to do. */
export function billedTwiceInWords(found: readonly BilledTwice[]): string {
  const each = found.map(
    ({ number, customerName, metricName, from }) =>
      `${metricName} by the contract ${number} of ${customerName} from ${formatDay(from)}`,
  );
  return (
    `Usage would be billed twice, as one contract counts that of its customer's children: ${each.join("; ")}. ` +
    "Cancel one of them before that day, or take the price out."
  );
}
