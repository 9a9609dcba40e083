import type { RequestContext } from "../../platform/request-context";
import { type Product, productsById } from "../catalog";
import { type Customer, customersById } from "../customer";
import type { CreditEntry, CreditGrant } from "./credit";
import { entriesByGrant } from "./credit-entry.store";
import { creditGrantsByCustomer, creditGrantsById } from "./credit-grant.store";

export function findCreditGrant(context: RequestContext, id: string): Promise<CreditGrant | null> {
  context.require("read");
  return context.load(creditGrantsById, id);
}

/** A grant that something else names, so that it must exist. */
export const creditGrantOf = (
  context: RequestContext,
  { creditGrantId }: { readonly creditGrantId: string },
): Promise<CreditGrant> => context.mustLoad(creditGrantsById, creditGrantId);

export async function creditGrantsOf(
  context: RequestContext,
  { id }: { readonly id: string },
): Promise<readonly CreditGrant[]> {
  return (await context.load(creditGrantsByCustomer, id)) ?? [];
}

export async function entriesOf(context: RequestContext, { id }: CreditGrant): Promise<readonly CreditEntry[]> {
  return (await context.load(entriesByGrant, id)) ?? [];
}

export const productsOf = (context: RequestContext, { productIds }: CreditGrant): Promise<Product[]> =>
  Promise.all(productIds.map((id) => context.mustLoad(productsById, id)));

export const customerOf = (context: RequestContext, { customerId }: CreditGrant): Promise<Customer> =>
  context.mustLoad(customersById, customerId);
