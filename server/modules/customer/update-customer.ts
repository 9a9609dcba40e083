import { command } from "../../platform/command";
import { notFound, staleVersion } from "../../platform/refusal";
import { type CustomerChanges, changeCustomer } from "./change-customer";
import { customersById } from "./customer.store";

export type CustomerChange = CustomerChanges & { readonly id: string; readonly version: number };

export const updateCustomer = command({
  name: "updateCustomer",
  permission: "change_customers",
  run: async ({ id, version, ...change }: CustomerChange, scope) => {
    const customer = (await customersById([id])).get(id);
    if (!customer) return notFound("customer", id);
    if (customer.version !== version) return staleVersion("customer", customer.version);
    return changeCustomer(customer, change, scope);
  },
});
