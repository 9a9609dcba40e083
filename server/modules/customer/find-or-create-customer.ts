import { ok, type Result } from "../../domain/result";
import type { CommandScope } from "../../platform/command";
import { newId } from "../../platform/ids";
import { invalidInput, type Refusal } from "../../platform/refusal";
import { checkCustomer, withPrimary } from "./check-customer";
import type { NewCustomer } from "./create-customer";
import type { Customer } from "./customer";
import { customersById, findCustomerIdByExternalId, insertCustomer, replaceContacts } from "./customer.store";

/**
 * The customer that another system knows by the external id, as it is; or a new one, in the transaction that goes on.
 * Two that ask at once for the same external id get the same customer.
 */
export async function findOrCreateCustomer(
  { terms, contacts }: NewCustomer,
  { now, note }: Pick<CommandScope, "now" | "note">,
): Promise<Result<Customer, Refusal>> {
  const known = await findCustomer(terms.externalId);
  if (known) return ok(known);
  const problems = checkCustomer(terms, contacts);
  if (problems.length > 0) return invalidInput(problems);

  const id = newId();
  if (!(await insertCustomer({ id, ...terms }, now))) {
    const another = await findCustomer(terms.externalId);
    if (!another) throw new Error(`the external id ${terms.externalId} is taken, and nobody has it`);
    return ok(another);
  }
  await replaceContacts(id, withPrimary(contacts));
  note({ action: "customer.created", subjectType: "customer", subjectId: id, after: { ...terms, contacts } });
  return ok({ ...terms, id, version: 1, createdAt: now, updatedAt: now });
}

async function findCustomer(externalId: string | null): Promise<Customer | null> {
  const id = externalId === null ? null : await findCustomerIdByExternalId(externalId);
  return id === null ? null : ((await customersById([id])).get(id) ?? null);
}
