import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { newId } from "../../platform/ids";
import { invalidInput } from "../../platform/refusal";
import { checkCustomer, withPrimary } from "./check-customer";
import { checkReferences } from "./check-references";
import type { Contact, CustomerTerms } from "./customer";
import { insertCustomer, replaceContacts } from "./customer.store";
import { externalIdTaken } from "./external-id-taken";

export type NewCustomer = { readonly terms: CustomerTerms; readonly contacts: readonly Contact[] };

export const createCustomer = command({
  name: "createCustomer",
  permission: "change_customers",
  run: async ({ terms, contacts }: NewCustomer, { now, note }) => {
    const problems = checkCustomer(terms, contacts);
    if (problems.length > 0) return invalidInput(problems);
    const unknown = await checkReferences(null, terms, null);
    if (unknown) return unknown;

    const id = newId();
    if (!(await insertCustomer({ id, ...terms }, now))) return externalIdTaken(terms);
    await replaceContacts(id, withPrimary(contacts));
    note({ action: "customer.created", subjectType: "customer", subjectId: id, after: { ...terms, contacts } });
    return ok({ customerId: id });
  },
});
