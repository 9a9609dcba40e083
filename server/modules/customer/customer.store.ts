import { Prisma } from "../../../prisma/generated/client/client";
import type { PaymentTerms } from "../../domain/calendar/payment-terms";
import { groupBy } from "../../domain/group-by";
import type { CurrencyCode } from "../../domain/money/currency";
import { prisma } from "../../platform/database/prisma";
import { inTransaction, organizationId, query } from "../../platform/database/transaction";
import type { Page } from "../../platform/graphql/paging";
import { isId, newId } from "../../platform/ids";
import type {
  Contact,
  ContactRole,
  Customer,
  CustomerContact,
  CustomerTerms,
  InvoiceGrouping,
  TaxStatus,
} from "./customer";

function toCustomer({ organizationId: _, paymentTermsKind, paymentTermsDays, ...row }: Prisma.CustomerModel): Customer {
  return {
    ...row,
    taxStatus: row.taxStatus as TaxStatus,
    currency: row.currency as CurrencyCode,
    invoiceGrouping: row.invoiceGrouping as InvoiceGrouping,
    paymentTerms:
      paymentTermsKind === null || paymentTermsDays === null
        ? null
        : { kind: paymentTermsKind as PaymentTerms["kind"], days: paymentTermsDays },
    customFields: row.customFields as Record<string, unknown>,
  };
}

const toRow = ({ paymentTerms, ...terms }: CustomerTerms) => ({
  ...terms,
  addressLines: [...terms.addressLines],
  paymentTermsKind: paymentTerms?.kind ?? null,
  paymentTermsDays: paymentTerms?.days ?? null,
  customFields: terms.customFields as Prisma.InputJsonObject,
});

/** A batch: customers by id. */
export async function customersById(ids: readonly string[]): Promise<ReadonlyMap<string, Customer>> {
  const rows = await prisma().customer.findMany({ where: { id: { in: ids.filter(isId) } } });
  return new Map(rows.map((row) => [row.id, toCustomer(row)]));
}

export async function findCustomerIdByExternalId(externalId: string): Promise<string | null> {
  const { rows } = await query<{ id: string }>({
    name: "customer-by-external-id",
    text: "SELECT id FROM customer WHERE external_id = $1",
    values: [externalId],
  });
  return rows[0]?.id ?? null;
}

/** The customer stays as it is until the transaction ends. */
export async function lockCustomerByExternalId(externalId: string): Promise<string | null> {
  const { rows } = await query<{ id: string }>("SELECT id FROM customer WHERE external_id = $1 FOR UPDATE", [
    externalId,
  ]);
  return rows[0]?.id ?? null;
}

/** A batch: contacts by customer, the primary one first. */
export async function contactsByCustomer(
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly CustomerContact[]>> {
  const rows = await prisma().customerContact.findMany({
    where: { customerId: { in: [...ids] } },
    orderBy: [{ isPrimary: "desc" }, { id: "asc" }],
    omit: { organizationId: true },
  });
  return groupBy(
    rows.map((row) => ({ ...row, role: row.role as ContactRole | null })),
    (row) => row.customerId,
  );
}

/** A page by legal name; `search` is looked for anywhere in the name or the external id, in any case. */
export async function listCustomers(page: Page, search: string | null): Promise<Customer[]> {
  const [legalName, id] = page.after ?? [];
  const { rows } = await query<{ id: string }>({
    name: "list-customers",
    text: `SELECT id FROM customer
           WHERE ($1::text IS NULL OR position(lower($1) IN lower(legal_name)) > 0
                  OR position(lower($1) IN lower(external_id)) > 0)
             AND ($2::text IS NULL OR (legal_name, id) > ($2, $3::uuid))
           ORDER BY legal_name, id LIMIT $4`,
    values: [search, legalName ?? null, id ?? null, page.limit],
  });
  const found = await customersById(rows.map((row) => row.id));
  return rows.flatMap((row) => found.get(row.id) ?? []);
}

/** False if the external id is taken, and then nothing is written. */
export async function insertCustomer(customer: CustomerTerms & { readonly id: string }, now: Date): Promise<boolean> {
  const { count } = await prisma().customer.createMany({
    data: { ...toRow(customer), id: customer.id, organizationId: organizationId(), createdAt: now, updatedAt: now },
    skipDuplicates: true,
  });
  return count === 1;
}

/** Writes only if the customer is still at `version` and nobody else has the external id. */
export async function updateCustomerRow(
  { id, version, terms }: { readonly id: string; readonly version: number; readonly terms: CustomerTerms },
  now: Date,
): Promise<"updated" | "stale" | "external_id_taken"> {
  const data = { ...toRow(terms), version: version + 1, updatedAt: now };
  try {
    const { count } = await inTransaction(() => prisma().customer.updateMany({ where: { id, version }, data }));
    return count === 1 ? "updated" : "stale";
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002") return "external_id_taken";
    throw error;
  }
}

/** Whom a customer is billed for. */
export async function customersBilledTo(id: string): Promise<string[]> {
  const { rows } = await query<{ id: string }>({
    name: "customers-billed-to",
    text: "SELECT id FROM customer WHERE bill_to_customer_id = $1 ORDER BY id",
    values: [id],
  });
  return rows.map((row) => row.id);
}

export async function replaceContacts(customerId: string, contacts: readonly Contact[]): Promise<void> {
  await prisma().customerContact.deleteMany({ where: { customerId } });
  await prisma().customerContact.createMany({
    data: contacts.map((contact) => ({ ...contact, id: newId(), customerId, organizationId: organizationId() })),
  });
}

/** True if `ancestorId` is the customer itself or above it, so that making it a child would close a circle. */
export async function isSameOrAbove(ancestorId: string, customerId: string): Promise<boolean> {
  const { rows } = await query<{ found: boolean }>({
    name: "customer-ancestors",
    text: `WITH RECURSIVE line AS (
             SELECT id, parent_customer_id FROM customer WHERE id = $2
             UNION SELECT parent.id, parent.parent_customer_id
             FROM customer AS parent JOIN line ON line.parent_customer_id = parent.id)
           SELECT EXISTS (SELECT FROM line WHERE id = $1) AS found`,
    values: [ancestorId, customerId],
  });
  return rows[0]?.found ?? false;
}
