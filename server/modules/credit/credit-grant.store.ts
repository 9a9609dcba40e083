import type { PlainDate } from "../../domain/calendar/plain-date";
import { groupBy } from "../../domain/group-by";
import { Decimal } from "../../domain/money/decimal";
import { organizationId, query } from "../../platform/database/transaction";
import { isId } from "../../platform/ids";
import type { CreditGrant, GrantTerms, Rollover } from "./credit";

type Row = Omit<CreditGrant, "rollover"> & {
  readonly rolloverPercent: string | null;
  readonly rolloverMaximum: string | null;
  readonly rolloverMonths: number | null;
};

const toGrant = ({ rolloverPercent, rolloverMaximum, rolloverMonths, ...row }: Row): CreditGrant => ({
  ...row,
  rollover:
    rolloverMonths === null
      ? null
      : {
          percent: rolloverPercent && new Decimal(rolloverPercent).toFixed(),
          maximumAmount: rolloverMaximum,
          months: rolloverMonths,
        },
});

/** The balance is the sum of the entries; what drafts would draw, or give back, stands on their lines. */
const GRANTS = `
  SELECT credit.id, credit.customer_id AS "customerId", credit.kind, credit.name, credit.currency, credit.amount,
    credit.starts_on AS "startsOn", credit.ends_before AS "endsBefore", credit.lapses_on AS "lapsesOn", credit.priority,
    credit.product_ids AS "productIds", credit.rollover_percent AS "rolloverPercent",
    credit.rollover_maximum AS "rolloverMaximum", credit.rollover_months AS "rolloverMonths",
    credit.rolled_over_from_id AS "rolledOverFromId", credit.note, credit.created_at AS "createdAt",
    entries.balance, entries.balance + drafts.projected AS "projectedBalance"
  FROM credit_grant AS credit
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(entry.amount), 0) AS balance FROM credit_entry AS entry
    WHERE entry.organization_id = credit.organization_id AND entry.grant_id = credit.id) AS entries
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(line.net_amount), 0) AS projected FROM invoice_line AS line
    JOIN invoice ON invoice.organization_id = line.organization_id AND invoice.id = line.invoice_id AND invoice.number IS NULL
    WHERE line.organization_id = credit.organization_id AND line.credit_grant_id = credit.id) AS drafts`;

/** A batch: grants by id. */
export async function creditGrantsById(ids: readonly string[]): Promise<ReadonlyMap<string, CreditGrant>> {
  const { rows } = await query<Row>({
    name: "credit-grants-by-id",
    text: `${GRANTS} WHERE credit.id = ANY ($1::uuid[])`,
    values: [ids.filter(isId)],
  });
  return new Map(rows.map((row) => [row.id, toGrant(row)]));
}

/** A batch: grants by customer, in the order in which they were granted. */
export async function creditGrantsByCustomer(
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, readonly CreditGrant[]>> {
  const { rows } = await query<Row>({
    name: "credit-grants-by-customer",
    text: `${GRANTS} WHERE credit.customer_id = ANY ($1::uuid[]) ORDER BY credit.id`,
    values: [customerIds],
  });
  return groupBy(rows.map(toGrant), ({ customerId }) => customerId);
}

/**
 * Takes grants for this transaction, in order of id: whoever else would use them waits. Grants are taken after billing
 * schedules and before invoices, by everybody, so that nobody waits in a circle.
 */
export async function lockCreditGrants(ids: readonly string[]): Promise<ReadonlyMap<string, CreditGrant>> {
  if (ids.length === 0) return new Map();
  await query("SELECT FROM credit_grant WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE", [ids]);
  return creditGrantsById(ids);
}

/** The ids of all grants of these customers, taken in the same way. */
export async function lockCreditGrantsOf(customerIds: readonly string[]): Promise<string[]> {
  const { rows } = await query<{ id: string }>({
    name: "lock-credit-grants-of",
    text: "SELECT id FROM credit_grant WHERE customer_id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE",
    values: [customerIds],
  });
  return rows.map(({ id }) => id);
}

export async function insertCreditGrant(
  grant: GrantTerms & Pick<CreditGrant, "id" | "rolledOverFromId">,
  now: Date,
): Promise<void> {
  const { percent, maximumAmount, months }: Partial<Rollover> = grant.rollover ?? {};
  await query(
    `INSERT INTO credit_grant (organization_id, id, customer_id, kind, name, currency, amount, starts_on, ends_before, lapses_on,
       priority, product_ids, rollover_percent, rollover_maximum, rollover_months, rolled_over_from_id, note, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
    [
      organizationId(),
      grant.id,
      grant.customerId,
      grant.kind,
      grant.name,
      grant.currency,
      grant.amount,
      grant.startsOn,
      grant.endsBefore,
      grant.lapsesOn,
      grant.priority,
      grant.productIds,
      percent ?? null,
      maximumAmount ?? null,
      months ?? null,
      grant.rolledOverFromId,
      grant.note,
      now,
    ],
  );
}

/** Grants that something is left of although their time is over; those that drafts still draw on wait for them. */
export async function lapsedGrantIds(today: PlainDate): Promise<string[]> {
  const { rows } = await query<{ id: string }>(
    `SELECT credit.id FROM credit_grant AS credit
     WHERE credit.lapses_on <= $1 AND ${HAS_BALANCE}
       AND NOT EXISTS (
         SELECT FROM invoice_line AS line
         JOIN invoice ON invoice.organization_id = line.organization_id AND invoice.id = line.invoice_id AND invoice.number IS NULL
         WHERE line.organization_id = credit.organization_id AND line.credit_grant_id = credit.id)
     ORDER BY credit.id`,
    [today],
  );
  return rows.map(({ id }) => id);
}

/** Whether anything is left that will lapse, now or later. */
export async function isAnyToLapse(): Promise<boolean> {
  const { rows } = await query<{ found: boolean }>(
    `SELECT EXISTS (SELECT FROM credit_grant AS credit WHERE credit.lapses_on IS NOT NULL AND ${HAS_BALANCE}) AS found`,
  );
  return rows[0]?.found ?? false;
}

const HAS_BALANCE = `(SELECT sum(entry.amount) FROM credit_entry AS entry
  WHERE entry.organization_id = credit.organization_id AND entry.grant_id = credit.id) > 0`;

/** Looks at the organization's grants again in an hour; asked for twice it is one look. */
export async function lookForLapsedInAnHour(): Promise<void> {
  await query("SELECT jobs_api.enqueue('lapse_credits', $1, $2, now() + interval '1 hour')", [
    JSON.stringify({ organizationId: organizationId() }),
    `lapse_credits:${organizationId()}`,
  ]);
}
