import type { PlainDate } from "../../domain/calendar/plain-date";
import { groupBy } from "../../domain/group-by";
import type { CurrencyCode } from "../../domain/money/currency";
import { organizationId, query } from "../../platform/database/transaction";
import type { Page } from "../../platform/graphql/paging";
import { newId } from "../../platform/ids";
import type { LateAdjustment, LateAdjustmentState, NoticedAdjustment } from "./late-adjustment";

const LATE = `late.id, late.contract_id AS "contractId", late.state, late.billing_key AS "billingKey", late.description,
  late.service_starts_on AS "serviceStartsOn", late.service_ends_before AS "serviceEndsBefore", late.due_on AS "dueOn",
  late.currency, late.amount, late.noticed_at AS "noticedAt"`;

/**
 * What a calculation noticed takes the place of what was kept before: of what waits all, of what is ignored as far back as
 * each contract was looked at, because older reports stay. What is the same is not written.
 */
export async function keepNoticed(
  noticed: readonly NoticedAdjustment[],
  {
    calculated,
    now,
  }: {
    readonly calculated: readonly { readonly contractId: string; readonly from: PlainDate }[];
    readonly now: Date;
  },
): Promise<void> {
  await query({
    name: "forget-late-adjustments",
    text: `DELETE FROM late_adjustment AS late USING unnest($1::uuid[], $2::date[]) AS calculated (contract_id, from_on)
           WHERE late.contract_id = calculated.contract_id AND (late.state = 'waiting' OR late.due_on >= calculated.from_on)
             AND NOT EXISTS (SELECT FROM unnest($3::uuid[], $4::text[], $5::text[]) AS noticed (contract_id, state, billing_key)
                             WHERE (noticed.contract_id, noticed.state, noticed.billing_key) = (late.contract_id, late.state, late.billing_key))`,
    values: [
      calculated.map(({ contractId }) => contractId),
      calculated.map(({ from }) => from),
      noticed.map(({ contractId }) => contractId),
      noticed.map(({ state }) => state),
      noticed.map(({ billingKey }) => billingKey),
    ],
  });
  if (noticed.length === 0) return;
  await query(
    `INSERT INTO late_adjustment AS late (organization_id, id, contract_id, state, billing_key, description, service_starts_on,
       service_ends_before, due_on, currency, amount, noticed_at)
     SELECT $1, noticed.*, $2::timestamptz
     FROM unnest($3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::date[], $9::date[], $10::date[], $11::text[], $12::numeric[])
       AS noticed
     ON CONFLICT (organization_id, contract_id, state, billing_key) DO UPDATE
       SET description = excluded.description, service_starts_on = excluded.service_starts_on,
         service_ends_before = excluded.service_ends_before, due_on = excluded.due_on, amount = excluded.amount
       WHERE (late.description, late.service_starts_on, late.service_ends_before, late.due_on, late.amount)
         <> (excluded.description, excluded.service_starts_on, excluded.service_ends_before, excluded.due_on, excluded.amount)`,
    [
      organizationId(),
      now,
      noticed.map(() => newId()),
      noticed.map(({ contractId }) => contractId),
      noticed.map(({ state }) => state),
      noticed.map(({ billingKey }) => billingKey),
      noticed.map(({ description }) => description),
      noticed.map(({ serviceStartsOn }) => serviceStartsOn),
      noticed.map(({ serviceEndsBefore }) => serviceEndsBefore),
      noticed.map(({ dueOn }) => dueOn),
      noticed.map(({ currency }) => currency),
      noticed.map(({ amount }) => amount),
    ],
  );
}

/** How many adjustments of each contract wait for its next invoice, for contracts that have any. */
export async function countWaiting(contractIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const { rows } = await query<{ contractId: string; count: number }>({
    name: "count-waiting-adjustments",
    text: `SELECT contract_id AS "contractId", count(*)::int AS count FROM late_adjustment
           WHERE contract_id = ANY ($1::uuid[]) AND state = 'waiting' GROUP BY contract_id`,
    values: [contractIds],
  });
  return new Map(rows.map(({ contractId, count }) => [contractId, count]));
}

/** Null stands for "any". */
export type LateAdjustmentFilter = {
  readonly state: LateAdjustmentState | null;
  readonly contractId: string | null;
  readonly customerId: string | null;
};

/** The filter over late_adjustment and its contract; its values are $1 to $3. */
const FILTERED = `late_adjustment AS late
  JOIN contract ON contract.organization_id = late.organization_id AND contract.id = late.contract_id
  WHERE ($1::text IS NULL OR late.state = $1) AND ($2::uuid IS NULL OR late.contract_id = $2)
    AND ($3::uuid IS NULL OR contract.customer_id = $3)`;

const filterValues = ({ state, contractId, customerId }: LateAdjustmentFilter) => [state, contractId, customerId];

/** What was noticed last comes first. */
export async function listLateAdjustments(filter: LateAdjustmentFilter, page: Page): Promise<LateAdjustment[]> {
  const { rows } = await query<LateAdjustment>({
    name: "list-late-adjustments",
    text: `SELECT ${LATE} FROM ${FILTERED} AND ($4::uuid IS NULL OR late.id < $4) ORDER BY late.id DESC LIMIT $5`,
    values: [...filterValues(filter), page.after?.[0] ?? null, page.limit],
  });
  return rows;
}

export type LateTotal = {
  readonly state: LateAdjustmentState;
  readonly currency: CurrencyCode;
  readonly count: number;
  readonly amount: string;
};

export async function totalLateAdjustments(filter: LateAdjustmentFilter): Promise<LateTotal[]> {
  const { rows } = await query<LateTotal>({
    name: "total-late-adjustments",
    text: `SELECT late.state, late.currency, count(*)::int AS count, sum(late.amount) AS amount FROM ${FILTERED}
           GROUP BY late.state, late.currency ORDER BY late.currency, late.state DESC`,
    values: filterValues(filter),
  });
  return rows;
}

/** A batch: late adjustments by contract, what was noticed last first. */
export async function lateAdjustmentsByContract(
  contractIds: readonly string[],
): Promise<ReadonlyMap<string, readonly LateAdjustment[]>> {
  const { rows } = await query<LateAdjustment>({
    name: "late-adjustments-by-contract",
    text: `SELECT ${LATE} FROM late_adjustment AS late WHERE late.contract_id = ANY ($1::uuid[]) ORDER BY late.id DESC`,
    values: [contractIds],
  });
  return groupBy(rows, ({ contractId }) => contractId);
}
