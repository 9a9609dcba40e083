import type { Cadence } from "../../domain/calendar/cadence";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { BillingTiming } from "../../domain/contract/contract";
import { groupBy } from "../../domain/group-by";
import type { CurrencyCode } from "../../domain/money/currency";
import type { PriceModelName } from "../../domain/pricing/price";
import { priceFromTerms, type StoredTerms, termsFromPrice } from "../../domain/pricing/price-terms";
import type { ProrationRule } from "../../domain/pricing/prorate";
import { organizationId, query } from "../../platform/database/transaction";
import type { Page } from "../../platform/graphql/paging";
import { isId, newId } from "../../platform/ids";
import type { AgreedTerms, Price } from "./price";

/** A row of `price` as PRICE_COLUMNS selects it. */
export type PriceRow = {
  readonly id: string;
  readonly productId: string;
  readonly lineageId: string;
  readonly name: string;
  readonly currency: CurrencyCode;
  readonly model: PriceModelName;
  readonly terms: StoredTerms;
  readonly cadence: Cadence;
  readonly timing: BillingTiming;
  readonly proration: ProrationRule;
  readonly taxInclusive: boolean;
  readonly metricId: string | null;
  readonly contractId: string | null;
  readonly effectiveOn: PlainDate;
  readonly createdAt: Date;
};

export const PRICE_COLUMNS = `price.id, price.product_id AS "productId", price.lineage_id AS "lineageId", price.name, price.currency,
  price.model, price.terms, price.cadence, price.timing, price.proration, price.tax_inclusive AS "taxInclusive",
  price.metric_id AS "metricId", price.contract_id AS "contractId", price.effective_on AS "effectiveOn", price.created_at AS "createdAt"`;

/** The price exactly as it was created. */
export const priceFromRow = ({ model, terms, ...row }: PriceRow): Price => ({
  ...row,
  price: priceFromTerms(model, terms),
});

/** A batch: prices by id, those of single contracts included. */
export async function pricesById(ids: readonly string[]): Promise<ReadonlyMap<string, Price>> {
  const { rows } = await query<PriceRow>({
    name: "prices-by-id",
    text: `SELECT ${PRICE_COLUMNS} FROM price WHERE id = ANY ($1::uuid[])`,
    values: [ids.filter(isId)],
  });
  return new Map(rows.map((row) => [row.id, priceFromRow(row)]));
}

/** A batch: the versions of price lineages in the catalog, in all currencies, the earliest first. */
export async function catalogPricesByLineage(
  lineageIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Price[]>> {
  const { rows } = await query<PriceRow>({
    name: "catalog-prices-by-lineage",
    text: `SELECT ${PRICE_COLUMNS} FROM price
           WHERE lineage_id = ANY ($1::uuid[]) AND contract_id IS NULL ORDER BY effective_on, id`,
    values: [lineageIds.filter(isId)],
  });
  return groupBy(rows.map(priceFromRow), ({ lineageId }) => lineageId);
}

/** A page of the catalog, of one product or of all: the oldest first. */
export async function listPrices({ after, limit }: Page, productId: string | null): Promise<Price[]> {
  const { rows } = await query<PriceRow>({
    name: "list-prices",
    text: `SELECT ${PRICE_COLUMNS} FROM price
           WHERE contract_id IS NULL AND ($1::uuid IS NULL OR product_id = $1) AND ($2::uuid IS NULL OR id > $2)
           ORDER BY id LIMIT $3`,
    values: [productId, after?.[0] ?? null, limit],
  });
  return rows.map(priceFromRow);
}

/** The latest versions of a lineage in the catalog, one for each currency; kept from other writers until the transaction ends. */
export async function lockLineage(lineageId: string): Promise<Price[]> {
  await query("SELECT pg_advisory_xact_lock(hashtextextended($1, 4))", [lineageId]);
  const { rows } = await query<PriceRow>({
    name: "latest-of-lineage",
    text: `SELECT DISTINCT ON (price.currency) ${PRICE_COLUMNS} FROM price
           WHERE lineage_id = $1 AND contract_id IS NULL
           ORDER BY price.currency, price.effective_on DESC`,
    values: [lineageId],
  });
  return rows.map(priceFromRow);
}

export async function insertPrice({ price, ...row }: Omit<Price, "createdAt">, now: Date): Promise<void> {
  await query(
    `INSERT INTO price (organization_id, id, product_id, lineage_id, name, currency, model, terms, cadence, timing, proration,
                        tax_inclusive, metric_id, contract_id, effective_on, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    [
      organizationId(),
      row.id,
      row.productId,
      row.lineageId,
      row.name,
      row.currency,
      price.model,
      JSON.stringify(termsFromPrice(price)),
      row.cadence,
      row.timing,
      row.proration,
      row.taxInclusive,
      row.metricId,
      row.contractId,
      row.effectiveOn,
      now,
    ],
  );
}

/**
 * Adds a price of one contract alone, as a renewal or a negotiation makes it: what is listed, in a version of its own
 * lineage that no list shows and no other contract may name. The terms are those of a checked price.
 */
export async function insertContractPrice(
  {
    listed,
    ...own
  }: AgreedTerms & Pick<Price, "effectiveOn"> & { readonly listed: Price; readonly contractId: string },
  now: Date,
): Promise<Price> {
  const added: Price = { ...listed, ...own, id: newId(), createdAt: now };
  await insertPrice(added, now);
  return added;
}

/**
 * A batch: for each metric the price that most active contracts bill it with in the base currency; of equals one of the
 * catalog, then the newest.
 */
export async function usualPricesByMetric(metricIds: readonly string[]): Promise<ReadonlyMap<string, Price>> {
  const { rows } = await query<PriceRow>({
    name: "usual-prices",
    text: `SELECT DISTINCT ON (price.metric_id) ${PRICE_COLUMNS}
           FROM price
           JOIN organization ON organization.id = price.organization_id AND organization.base_currency = price.currency
           JOIN (SELECT charge.price_id, count(DISTINCT phase.schedule_id) AS contracts
                 FROM charge
                 JOIN phase ON phase.organization_id = charge.organization_id AND phase.id = charge.phase_id
                 JOIN billing_schedule AS schedule ON schedule.organization_id = phase.organization_id AND schedule.id = phase.schedule_id
                   AND schedule.revision = phase.revision
                 WHERE schedule.status = 'active'
                 GROUP BY charge.price_id) AS used ON used.price_id = price.id
           WHERE price.metric_id = ANY ($1::uuid[])
           ORDER BY price.metric_id, used.contracts DESC, price.contract_id IS NOT NULL, price.effective_on DESC, price.id`,
    values: [metricIds],
  });
  return new Map(rows.map((row) => [row.metricId as string, priceFromRow(row)]));
}
