import { type PageArgs, toConnection, toPage } from "../../platform/graphql/paging";
import type { RequestContext } from "../../platform/request-context";
import type { Customer, CustomerAlias, CustomerContact } from "./customer";
import { contactsByCustomer, customersById, listCustomers } from "./customer.store";
import { aliasesByCustomer } from "./customer-alias.store";

export function findCustomer(context: RequestContext, id: string): Promise<Customer | null> {
  context.require("read");
  return context.load(customersById, id);
}

/** A customer that something else names, so that it must exist. */
export function customerOf(
  context: RequestContext,
  { customerId }: { readonly customerId: string },
): Promise<Customer> {
  return context.mustLoad(customersById, customerId);
}

export async function readCustomers(context: RequestContext, args: PageArgs, search: string | null) {
  context.require("read");
  const page = toPage(args, ["text", "id"]);
  return toConnection(page, await listCustomers(page, search), ({ legalName, id }) => [legalName, id]);
}

export async function contactsOf(context: RequestContext, { id }: Customer): Promise<readonly CustomerContact[]> {
  return (await context.load(contactsByCustomer, id)) ?? [];
}

export async function aliasesOf(context: RequestContext, { id }: Customer): Promise<readonly CustomerAlias[]> {
  return (await context.load(aliasesByCustomer, id)) ?? [];
}
