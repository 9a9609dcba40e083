import { Prisma } from "../../../prisma/generated/client/client";
import { prisma } from "../../platform/database/prisma";
import { inTransaction, organizationId, query } from "../../platform/database/transaction";
import type { Page } from "../../platform/graphql/paging";
import { isId } from "../../platform/ids";
import type { Product, ProductTerms } from "./product";

/** A batch: products by id. */
export async function productsById(ids: readonly string[]): Promise<ReadonlyMap<string, Product>> {
  const rows = await prisma().product.findMany({
    where: { id: { in: ids.filter(isId) } },
    omit: { organizationId: true },
  });
  return new Map(rows.map((row) => [row.id, row]));
}

/** A page by name. */
export async function listProducts({ after, limit }: Page): Promise<Product[]> {
  const { rows } = await query<Product>({
    name: "list-products",
    text: `SELECT id, code, name, description, unit, tax_code AS "taxCode", ledger_account AS "ledgerAccount", version,
                  created_at AS "createdAt", updated_at AS "updatedAt"
           FROM product WHERE $1::text IS NULL OR (name, id) > ($1, $2::uuid) ORDER BY name, id LIMIT $3`,
    values: [after?.[0] ?? null, after?.[1] ?? null, limit],
  });
  return rows;
}

/** False if the code is taken, and then nothing is written. */
export async function insertProduct(product: ProductTerms & { readonly id: string }, now: Date): Promise<boolean> {
  const { count } = await prisma().product.createMany({
    data: { ...product, organizationId: organizationId(), createdAt: now, updatedAt: now },
    skipDuplicates: true,
  });
  return count === 1;
}

/** Writes only if the product is still at `version` and no other has the code. */
export async function updateProductRow(
  { id, version, terms }: { readonly id: string; readonly version: number; readonly terms: ProductTerms },
  now: Date,
): Promise<"updated" | "stale" | "code_taken"> {
  const data = { ...terms, version: version + 1, updatedAt: now };
  try {
    const { count } = await inTransaction(() => prisma().product.updateMany({ where: { id, version }, data }));
    return count === 1 ? "updated" : "stale";
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002") return "code_taken";
    throw error;
  }
}

/** Customers with a contract that bills products of this tax code, or this product. */
export async function customersBilled(
  by: { readonly taxCode: string } | { readonly productId: string },
): Promise<string[]> {
  const { rows } = await query<{ customerId: string }>({
    name: "customers-billed",
    text: `SELECT DISTINCT contract.customer_id AS "customerId"
           FROM product
           JOIN price ON price.organization_id = product.organization_id AND price.product_id = product.id
           JOIN charge ON charge.organization_id = price.organization_id AND charge.price_id = price.id
           JOIN phase ON phase.organization_id = charge.organization_id AND phase.id = charge.phase_id
           JOIN billing_schedule AS schedule ON schedule.organization_id = phase.organization_id AND schedule.id = phase.schedule_id
           JOIN contract ON contract.organization_id = schedule.organization_id AND contract.id = schedule.contract_id
           WHERE product.tax_code = $1 OR product.id = $2
           UNION
           SELECT contract.customer_id
           FROM product
           JOIN spend_bound AS bound ON bound.organization_id = product.organization_id AND bound.product_id = product.id
           JOIN billing_schedule AS schedule ON schedule.organization_id = bound.organization_id AND schedule.id = bound.schedule_id
           JOIN contract ON contract.organization_id = schedule.organization_id AND contract.id = schedule.contract_id
           WHERE product.tax_code = $1 OR product.id = $2`,
    values: ["taxCode" in by ? by.taxCode : null, "productId" in by ? by.productId : null],
  });
  return rows.map(({ customerId }) => customerId);
}
