import { Decimal } from "../../domain/money/decimal";
import { organizationId, query } from "../../platform/database/transaction";
import { newId } from "../../platform/ids";
import { type PurchaseOrder, type PurchaseOrderKey, type PurchaseOrderUse, purchaseOrderKey } from "./purchase-order";

const ORDER = `purchase_order.id, purchase_order.customer_id AS "customerId", purchase_order.number, purchase_order.currency,
  purchase_order.amount_limit AS "amountLimit", purchase_order.starts_on AS "startsOn", purchase_order.ends_before AS "endsBefore",
  purchase_order.note, purchase_order.version, purchase_order.created_at AS "createdAt", purchase_order.updated_at AS "updatedAt",
  (SELECT coalesce(sum(amount), 0) FROM purchase_order_use AS use
   WHERE use.organization_id = purchase_order.organization_id AND use.purchase_order_id = purchase_order.id) AS used`;

type Row = Omit<PurchaseOrder, "amountLimit" | "used"> & { readonly amountLimit: string | null; readonly used: string };

const toOrder = ({ amountLimit, used, ...row }: Row): PurchaseOrder => ({
  ...row,
  amountLimit: amountLimit === null ? null : new Decimal(amountLimit),
  used: new Decimal(used),
});

/** A batch: purchase orders by id. */
export async function purchaseOrdersById(ids: readonly string[]): Promise<ReadonlyMap<string, PurchaseOrder>> {
  const { rows } = await query<Row>({
    name: "purchase-orders-by-id",
    text: `SELECT ${ORDER} FROM purchase_order WHERE id = ANY ($1::uuid[])`,
    values: [ids],
  });
  return new Map(rows.map((row) => [row.id, toOrder(row)]));
}

/** A batch: all of each of these customers, the newest first. */
export async function purchaseOrdersByCustomer(
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, readonly PurchaseOrder[]>> {
  const { rows } = await query<Row>({
    name: "purchase-orders-by-customer",
    text: `SELECT ${ORDER} FROM purchase_order WHERE customer_id = ANY ($1::uuid[]) ORDER BY id DESC`,
    values: [customerIds],
  });
  const orders = new Map<string, PurchaseOrder[]>(customerIds.map((id) => [id, []]));
  for (const row of rows) orders.get(row.customerId)?.push(toOrder(row));
  return orders;
}

const NAMED = `FROM unnest($1::uuid[], $2::text[]) AS wanted (customer_id, number)
  JOIN purchase_order ON purchase_order.customer_id = wanted.customer_id AND purchase_order.number = wanted.number`;

const namesOf = (keys: readonly PurchaseOrderKey[]): unknown[] => [
  keys.map(({ customerId }) => customerId),
  keys.map(({ number }) => number),
];

/** Those of these numbers that are recorded, by customer and number. */
export async function purchaseOrdersNamed(
  keys: readonly PurchaseOrderKey[],
): Promise<ReadonlyMap<string, PurchaseOrder>> {
  if (keys.length === 0) return new Map();
  const { rows } = await query<Row>({
    name: "purchase-orders-named",
    text: `SELECT DISTINCT ${ORDER} ${NAMED}`,
    values: namesOf(keys),
  });
  return new Map(rows.map((row) => [purchaseOrderKey(row), toOrder(row)]));
}

/** Takes them for this transaction, in order of id; whoever issues against them next waits, and reads what is used after. */
export async function lockPurchaseOrders(
  keys: readonly PurchaseOrderKey[],
): Promise<ReadonlyMap<string, PurchaseOrder>> {
  if (keys.length === 0) return new Map();
  await query(
    `SELECT FROM purchase_order WHERE id IN (SELECT purchase_order.id ${NAMED}) ORDER BY id FOR UPDATE`,
    namesOf(keys),
  );
  return purchaseOrdersNamed(keys);
}

export async function insertPurchaseOrder(
  order: Omit<PurchaseOrder, "used" | "version" | "createdAt" | "updatedAt">,
  now: Date,
): Promise<boolean> {
  const { id, customerId, number, currency, amountLimit, startsOn, endsBefore, note } = order;
  const { rowCount } = await query(
    `INSERT INTO purchase_order (organization_id, id, customer_id, number, currency, amount_limit, starts_on, ends_before, note, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10) ON CONFLICT DO NOTHING`,
    [
      organizationId(),
      id,
      customerId,
      number,
      currency,
      amountLimit?.toFixed() ?? null,
      startsOn,
      endsBefore,
      note,
      now,
    ],
  );
  return rowCount === 1;
}

/** The order at this version, held for this transaction; a changed one is answered too, for its version. */
export async function lockPurchaseOrder(id: string): Promise<PurchaseOrder | null> {
  await query("SELECT FROM purchase_order WHERE id = $1 FOR UPDATE", [id]);
  return (await purchaseOrdersById([id])).get(id) ?? null;
}

export async function updatePurchaseOrderRow(order: PurchaseOrder, now: Date): Promise<void> {
  const { id, number, amountLimit, startsOn, endsBefore, note } = order;
  await query(
    `UPDATE purchase_order SET number = $2, amount_limit = $3, starts_on = $4, ends_before = $5, note = $6, version = version + 1, updated_at = $7
     WHERE id = $1`,
    [id, number, amountLimit?.toFixed() ?? null, startsOn, endsBefore, note, now],
  );
}

export async function insertUses(uses: readonly Omit<PurchaseOrderUse, "id" | "usedAt">[], now: Date): Promise<void> {
  if (uses.length === 0) return;
  await query(
    `INSERT INTO purchase_order_use (organization_id, id, purchase_order_id, invoice_id, kind, amount, used_at)
     SELECT $1, use.*, $2 FROM unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::numeric[]) AS use (id, purchase_order_id, invoice_id, kind, amount)`,
    [
      organizationId(),
      now,
      uses.map(() => newId()),
      uses.map(({ purchaseOrderId }) => purchaseOrderId),
      uses.map(({ invoiceId }) => invoiceId),
      uses.map(({ kind }) => kind),
      uses.map(({ amount }) => amount),
    ],
  );
}

const USE = `id, purchase_order_id AS "purchaseOrderId", invoice_id AS "invoiceId", kind, amount, used_at AS "usedAt"`;

/** A batch: the uses of each of these orders, in the order in which they were made. */
export async function usesByOrder(ids: readonly string[]): Promise<ReadonlyMap<string, readonly PurchaseOrderUse[]>> {
  const { rows } = await query<PurchaseOrderUse>({
    name: "purchase-order-uses",
    text: `SELECT ${USE} FROM purchase_order_use WHERE purchase_order_id = ANY ($1::uuid[]) ORDER BY id`,
    values: [ids],
  });
  const uses = new Map<string, PurchaseOrderUse[]>(ids.map((id) => [id, []]));
  for (const row of rows) uses.get(row.purchaseOrderId)?.push(row);
  return uses;
}

/** What these invoices took of orders. */
export async function usesOfInvoices(invoiceIds: readonly string[]): Promise<readonly PurchaseOrderUse[]> {
  const { rows } = await query<PurchaseOrderUse>({
    name: "purchase-order-uses-of-invoices",
    text: `SELECT ${USE} FROM purchase_order_use WHERE invoice_id = ANY ($1::uuid[]) AND kind = 'invoiced'`,
    values: [invoiceIds],
  });
  return rows;
}

/** Contracts and drafts that name an order may be invoiced differently by a change of it: their drafts become stale. */
export async function markDraftsOfOrdersStale(orders: readonly PurchaseOrder[], now: Date): Promise<number> {
  const { rowCount } = await query({
    name: "mark-drafts-of-purchase-orders-stale",
    text: `UPDATE invoice SET stale_reasons = array_append(stale_reasons, 'customer'), stale_since = coalesce(stale_since, $3)
           FROM unnest($1::uuid[], $2::text[]) AS changed (customer_id, number)
           WHERE coalesce(invoice.bill_to_customer_id, invoice.customer_id) = changed.customer_id AND invoice.po_number = changed.number
             AND invoice.number IS NULL AND NOT 'customer' = ANY (stale_reasons)`,
    values: [orders.map(({ customerId }) => customerId), orders.map(({ number }) => number), now],
  });
  return rowCount ?? 0;
}

/** Drafts that take more than is left of their orders, since others took from them. */
export async function markExceedingDraftsStale(ids: readonly string[], now: Date): Promise<void> {
  if (ids.length === 0) return;
  await query({
    name: "mark-exceeding-drafts-stale",
    text: `UPDATE invoice SET stale_reasons = array_append(stale_reasons, 'customer'), stale_since = coalesce(stale_since, $2)
           FROM purchase_order
           WHERE purchase_order.id = ANY ($1::uuid[]) AND purchase_order.organization_id = invoice.organization_id
             AND coalesce(invoice.bill_to_customer_id, invoice.customer_id) = purchase_order.customer_id
             AND invoice.po_number = purchase_order.number AND invoice.number IS NULL
             AND NOT 'customer' = ANY (stale_reasons) AND NOT 'po_exceeded' = ANY (blockers)
             AND invoice.net_total > purchase_order.amount_limit - (
               SELECT coalesce(sum(amount), 0) FROM purchase_order_use AS use
               WHERE use.organization_id = purchase_order.organization_id AND use.purchase_order_id = purchase_order.id)`,
    values: [ids, now],
  });
}
