import type { PlainDate } from "../../domain/calendar/plain-date";
import { groupBy } from "../../domain/group-by";
import { dayOrNullFrom } from "../../platform/database/day";
import { prisma } from "../../platform/database/prisma";
import { organizationId, query } from "../../platform/database/transaction";
import type { AliasDays, CustomerAlias } from "./customer";

/** A batch: aliases by customer, in alphabetical order. */
export async function aliasesByCustomer(
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly CustomerAlias[]>> {
  const rows = await prisma().customerAlias.findMany({
    where: { customerId: { in: [...ids] } },
    orderBy: [{ alias: "asc" }, { startsOn: { sort: "asc", nulls: "first" } }],
    omit: { organizationId: true, createdAt: true },
  });
  const aliases = rows.map((row) => ({
    ...row,
    startsOn: dayOrNullFrom(row.startsOn),
    endsBefore: dayOrNullFrom(row.endsBefore),
  }));
  return groupBy(aliases, (alias) => alias.customerId);
}

const ALIAS = `alias.id, alias.customer_id AS "customerId", alias.alias, alias.starts_on AS "startsOn", alias.ends_before AS "endsBefore"`;

/** Who has the alias on some of these days; the earliest first. */
export async function findAliasOn(
  alias: string,
  days: AliasDays,
): Promise<(CustomerAlias & { readonly legalName: string }) | null> {
  const { rows } = await query<CustomerAlias & { readonly legalName: string }>({
    name: "find-alias-on",
    text: `SELECT ${ALIAS}, customer.legal_name AS "legalName"
           FROM customer_alias AS alias JOIN customer ON customer.id = alias.customer_id
           WHERE alias.alias = $1 AND daterange(alias.starts_on, alias.ends_before) && daterange($2, $3)
           ORDER BY alias.starts_on NULLS FIRST LIMIT 1`,
    values: [alias, days.startsOn, days.endsBefore],
  });
  return rows[0] ?? null;
}

/** False if the alias belongs to somebody on one of these days already: the exclusion constraint is the judge. */
export async function insertAlias(alias: CustomerAlias, now: Date): Promise<boolean> {
  const { rowCount } = await query(
    `INSERT INTO customer_alias (organization_id, id, customer_id, alias, starts_on, ends_before, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
    [organizationId(), alias.id, alias.customerId, alias.alias, alias.startsOn, alias.endsBefore, now],
  );
  return rowCount === 1;
}

/** The alias, kept from other writers until the transaction ends. */
export async function lockAlias(id: string): Promise<CustomerAlias | null> {
  const { rows } = await query<CustomerAlias>(`SELECT ${ALIAS} FROM customer_alias AS alias WHERE id = $1 FOR UPDATE`, [
    id,
  ]);
  return rows[0] ?? null;
}

export async function saveAliasEnd(id: string, endsBefore: PlainDate): Promise<void> {
  await query("UPDATE customer_alias SET ends_before = $2 WHERE id = $1", [id, endsBefore]);
}

export async function deleteAlias(id: string): Promise<void> {
  await query("DELETE FROM customer_alias WHERE id = $1", [id]);
}
