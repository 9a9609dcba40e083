import type { PlainDate } from "../../domain/calendar/plain-date";
import { query } from "../../platform/database/transaction";

/** Who counts the usage of a customer and of its children as their own. */
export type RollUps = {
  /** customers above it with contracts that do */
  readonly customerIds: readonly string[];
  /** the first day on which there is such usage; null: none so far */
  readonly usedSince: PlainDate | null;
};

export async function rollUpsOf(customerId: string): Promise<RollUps> {
  const { rows } = await query<RollUps>({
    name: "roll-ups-of-customer",
    // Without ALL, so that a circle of parents ends.
    text: `WITH RECURSIVE above (id) AS (
             SELECT parent_customer_id FROM customer WHERE id = $1
             UNION SELECT parent.parent_customer_id FROM above JOIN customer AS parent ON parent.id = above.id
           ), below (id) AS (
             SELECT $1::uuid
             UNION SELECT child.id FROM below JOIN customer AS child ON child.parent_customer_id = below.id
           )
           SELECT ARRAY(SELECT DISTINCT contract.customer_id FROM above JOIN contract ON contract.customer_id = above.id
                        WHERE contract.rolls_up_usage) AS "customerIds",
                  (SELECT min(used.occurred_on) FROM below
                   JOIN customer_alias AS mapped ON mapped.customer_id = below.id
                   JOIN LATERAL (
                     SELECT day.occurred_on FROM usage_day AS day
                     WHERE day.alias = mapped.alias AND day.occurred_on >= coalesce(mapped.starts_on, '-infinity')
                       AND day.occurred_on < coalesce(mapped.ends_before, 'infinity')
                     ORDER BY day.occurred_on LIMIT 1) AS used ON true) AS "usedSince"`,
    values: [customerId],
  });
  return rows[0] ?? { customerIds: [], usedSince: null };
}
