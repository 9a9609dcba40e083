import type { Period } from "../../domain/calendar/period";
import type { PlainDate } from "../../domain/calendar/plain-date";
import { query } from "../../platform/database/transaction";

export type UnbilledSums = {
  readonly customerId: string;
  readonly metricId: string;
  readonly firstOn: PlainDate;
  readonly lastOn: PlainDate;
  readonly eventCount: number;
  readonly sum: string;
  readonly maximum: string;
};

/**
 * What customers used in the period under metrics that are sold, on days on which no contract in force bills it: none of
 * their own, and none of an ancestor that counts their usage. Who is covered is gathered once, not looked up day by day.
 */
export async function unbilledSums({ startsOn, endsBefore }: Period): Promise<UnbilledSums[]> {
  const { rows } = await query<UnbilledSums>({
    name: "unbilled-usage-sums",
    text: `WITH RECURSIVE metered AS (
             SELECT contract.customer_id, contract.rolls_up_usage, price.metric_id,
               greatest(phase.starts_on, contract.starts_on) AS starts_on, least(phase.ends_before, contract.ends_before) AS ends_before
             FROM contract
             JOIN billing_schedule AS schedule ON schedule.organization_id = contract.organization_id AND schedule.contract_id = contract.id
               AND schedule.status IN ('active', 'completed')
             JOIN phase ON phase.organization_id = schedule.organization_id AND phase.schedule_id = schedule.id AND phase.revision = schedule.revision
             JOIN charge ON charge.organization_id = phase.organization_id AND charge.phase_id = phase.id
             JOIN price ON price.organization_id = charge.organization_id AND price.id = charge.price_id
             WHERE price.metric_id IS NOT NULL
           ), family (head_id, id) AS (
             SELECT DISTINCT customer_id, customer_id FROM metered WHERE rolls_up_usage
             UNION SELECT family.head_id, child.id FROM family JOIN customer AS child ON child.parent_customer_id = family.id
           ), covered AS (
             SELECT customer_id, metric_id, starts_on, ends_before FROM metered
             UNION SELECT family.id, metered.metric_id, metered.starts_on, metered.ends_before
             FROM metered JOIN family ON family.head_id = metered.customer_id WHERE metered.rolls_up_usage
           )
           SELECT alias.customer_id AS "customerId", day.metric_id AS "metricId", min(day.occurred_on) AS "firstOn", max(day.occurred_on) AS "lastOn",
             sum(day.event_count)::int AS "eventCount", sum(day.quantity_sum) AS sum, max(day.quantity_max) AS maximum
           FROM usage_day AS day
           JOIN customer_alias AS alias ON alias.organization_id = day.organization_id AND alias.alias = day.alias
             AND (alias.starts_on IS NULL OR alias.starts_on <= day.occurred_on) AND (alias.ends_before IS NULL OR alias.ends_before > day.occurred_on)
           WHERE day.occurred_on >= $1 AND day.occurred_on < $2
             AND day.metric_id IN (SELECT metric_id FROM metered)
             AND NOT EXISTS (SELECT FROM covered
                             WHERE covered.customer_id = alias.customer_id AND covered.metric_id = day.metric_id
                               AND covered.starts_on <= day.occurred_on AND (covered.ends_before IS NULL OR covered.ends_before > day.occurred_on))
           GROUP BY alias.customer_id, day.metric_id ORDER BY alias.customer_id, day.metric_id`,
    values: [startsOn, endsBefore],
  });
  return rows;
}

export type DiscountPastTerm = {
  readonly contractId: string;
  readonly description: string;
  readonly discount: string;
  readonly kind: "percent" | "fixed";
  readonly value: string;
  readonly termEndedBefore: PlainDate;
};

/** Discounts without an end, of contracts that have renewed since they were agreed, on what the period serves. */
export async function discountsPastTerm({ startsOn, endsBefore }: Period): Promise<DiscountPastTerm[]> {
  const { rows } = await query<DiscountPastTerm>({
    name: "discounts-past-term",
    text: `WITH renewed AS (
             SELECT contract_id, min(effective_on) AS ended_before FROM amendment
             WHERE is_renewal OR changes @> '[{"kind": "renew"}]' GROUP BY contract_id
           ), current AS (
             SELECT schedule.contract_id, schedule.id, schedule.revision, renewed.ended_before
             FROM renewed JOIN billing_schedule AS schedule ON schedule.contract_id = renewed.contract_id AND schedule.status = 'active'
             WHERE renewed.ended_before < $2
           ), given AS (
             SELECT current.contract_id, charge.description, discount, current.ended_before
             FROM current
             JOIN phase ON phase.schedule_id = current.id AND phase.revision = current.revision
               AND phase.starts_on < $2 AND (phase.ends_before IS NULL OR phase.ends_before > greatest($1, current.ended_before))
             JOIN charge ON charge.organization_id = phase.organization_id AND charge.phase_id = phase.id
             CROSS JOIN LATERAL jsonb_array_elements(charge.discounts) AS discount
             WHERE NOT charge.is_free_trial
             UNION ALL
             SELECT current.contract_id, 'The whole contract', discount, current.ended_before
             FROM current
             JOIN schedule_revision AS revision ON revision.schedule_id = current.id AND revision.revision = current.revision
             CROSS JOIN LATERAL jsonb_array_elements(revision.discounts) AS discount
             WHERE discount ->> 'startsOn' IS NULL OR (discount ->> 'startsOn')::date < current.ended_before
           )
           SELECT DISTINCT contract_id AS "contractId", description, discount ->> 'description' AS discount, discount ->> 'kind' AS kind,
             discount ->> 'value' AS value, ended_before AS "termEndedBefore"
           FROM given WHERE discount ->> 'endsBefore' IS NULL OR (discount ->> 'endsBefore')::date > greatest($1, ended_before)
           ORDER BY 1, 2, 3`,
    values: [startsOn, endsBefore],
  });
  return rows;
}

export type EndingContract = {
  readonly contractId: string;
  readonly endsBefore: PlainDate;
  readonly renewalKind: string | null;
  readonly renewalMonths: number | null;
  readonly renewalNoticeDays: number | null;
};

/** Contracts in force that end between two days, the first to end first. */
export async function contractsEnding({ startsOn, endsBefore }: Period): Promise<EndingContract[]> {
  const { rows } = await query<EndingContract>({
    name: "contracts-ending",
    text: `SELECT contract.id AS "contractId", contract.ends_before AS "endsBefore", contract.renewal_kind AS "renewalKind",
             contract.renewal_months AS "renewalMonths", contract.renewal_notice_days AS "renewalNoticeDays"
           FROM contract
           JOIN billing_schedule AS schedule ON schedule.organization_id = contract.organization_id AND schedule.contract_id = contract.id
           WHERE schedule.status = 'active' AND contract.ends_before >= $1 AND contract.ends_before < $2
           ORDER BY contract.ends_before, contract.number`,
    values: [startsOn, endsBefore],
  });
  return rows;
}
