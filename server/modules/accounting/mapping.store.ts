import { organizationId, query } from "../../platform/database/transaction";
import { newId } from "../../platform/ids";
import type { AccountingSettings, Mapping, TaxCodeMapping, Tracking } from "./accounting";

const NEVER_SET: AccountingSettings = { revenueAccount: null, receivableAccount: null, taxAccount: null, version: 0 };

export async function accountingSettings(): Promise<AccountingSettings> {
  const { rows } = await query<AccountingSettings>(
    `SELECT revenue_account AS "revenueAccount", receivable_account AS "receivableAccount", tax_account AS "taxAccount", version
     FROM accounting_settings`,
  );
  return rows[0] ?? NEVER_SET;
}

/** By tax code. */
export async function taxCodeMappings(): Promise<TaxCodeMapping[]> {
  const { rows } = await query<TaxCodeMapping>(
    `SELECT tax_code AS "taxCode", tax_type AS "taxType", tax_account AS "taxAccount" FROM accounting_tax_code ORDER BY tax_code`,
  );
  return rows;
}

/** By category; what is for all products first. */
export async function trackingOptions(): Promise<Tracking[]> {
  const { rows } = await query<Tracking>(
    `SELECT product_id AS "productId", category, option FROM accounting_tracking
     ORDER BY category, product_id NULLS FIRST`,
  );
  return rows;
}

export async function loadMapping(): Promise<Mapping> {
  const settings = await accountingSettings();
  const taxCodes = await taxCodeMappings();
  return {
    settings,
    taxCodes: new Map(taxCodes.map((each) => [each.taxCode, each])),
    tracking: await trackingOptions(),
  };
}

/** True if the settings were still at `version`. */
export async function saveAccountingSettings(
  { revenueAccount, receivableAccount, taxAccount, version }: AccountingSettings,
  now: Date,
): Promise<boolean> {
  const { rowCount } = await query(
    `INSERT INTO accounting_settings (organization_id, revenue_account, receivable_account, tax_account, version, updated_at)
     SELECT $1, $2, $3, $4, 1, $6 WHERE $5 = 0 OR EXISTS (SELECT FROM accounting_settings)
     ON CONFLICT (organization_id) DO UPDATE
       SET revenue_account = $2, receivable_account = $3, tax_account = $4, version = accounting_settings.version + 1, updated_at = $6
       WHERE accounting_settings.version = $5`,
    [organizationId(), revenueAccount, receivableAccount, taxAccount, version, now],
  );
  return rowCount === 1;
}

/** A tax type of null takes the mapping away. */
export async function saveTaxCode(
  {
    taxCode,
    taxType,
    taxAccount,
  }: { readonly taxCode: string; readonly taxType: string | null; readonly taxAccount: string | null },
  now: Date,
): Promise<void> {
  if (taxType === null) {
    await query("DELETE FROM accounting_tax_code WHERE tax_code = $1", [taxCode]);
    return;
  }
  await query(
    `INSERT INTO accounting_tax_code (organization_id, tax_code, tax_type, tax_account, updated_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (organization_id, tax_code) DO UPDATE SET tax_type = $3, tax_account = $4, updated_at = $5`,
    [organizationId(), taxCode, taxType, taxAccount, now],
  );
}

/** An option of null takes it away. */
export async function saveTracking(
  {
    productId,
    category,
    option,
  }: { readonly productId: string | null; readonly category: string; readonly option: string | null },
  now: Date,
): Promise<void> {
  await query("DELETE FROM accounting_tracking WHERE category = $1 AND product_id IS NOT DISTINCT FROM $2::uuid", [
    category,
    productId,
  ]);
  if (option === null) return;
  await query(
    `INSERT INTO accounting_tracking (organization_id, id, product_id, category, option, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [organizationId(), newId(), productId, category, option, now],
  );
}
