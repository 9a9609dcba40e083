import type { PlainDate } from "../../domain/calendar/plain-date";
import { percent } from "../../domain/money/percent";
import { organizationId, query } from "../../platform/database/transaction";
import { isId } from "../../platform/ids";
import type { StoredTaxRate } from "./tax-rate";

type Row = Omit<StoredTaxRate, "percent" | "validFrom"> & { readonly percent: string; readonly validFrom: PlainDate };

const COLUMNS = `id, code, name, jurisdiction, percent, category, exemption_text AS "exemptionText", valid_from_on AS "validFrom"`;
const toTaxRate = (row: Row): StoredTaxRate => ({ ...row, percent: percent(row.percent) });

/** All rates that were ever set, by code, the earliest first. */
export async function taxRates(): Promise<StoredTaxRate[]> {
  const { rows } = await query<Row>({
    name: "tax-rates",
    text: `SELECT ${COLUMNS} FROM tax_rate ORDER BY code, valid_from_on`,
  });
  return rows.map(toTaxRate);
}

/** A batch: tax rates by id. */
export async function taxRatesById(ids: readonly string[]): Promise<ReadonlyMap<string, StoredTaxRate>> {
  const { rows } = await query<Row>(`SELECT ${COLUMNS} FROM tax_rate WHERE id = ANY ($1::uuid[])`, [ids.filter(isId)]);
  return new Map(rows.map((row) => [row.id, toTaxRate(row)]));
}

/** False if the code has a rate from that day on already. */
export async function insertTaxRate(rate: StoredTaxRate): Promise<boolean> {
  const { rowCount } = await query(
    `INSERT INTO tax_rate (organization_id, id, code, name, jurisdiction, percent, category, exemption_text, valid_from_on)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`,
    [
      organizationId(),
      rate.id,
      rate.code,
      rate.name,
      rate.jurisdiction,
      rate.percent.toFixed(),
      rate.category,
      rate.exemptionText,
      rate.validFrom,
    ],
  );
  return rowCount === 1;
}
