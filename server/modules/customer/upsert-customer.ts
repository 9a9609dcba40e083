import type { CurrencyCode } from "../../domain/money/currency";
import { ok, type Result } from "../../domain/result";
import { isSameData } from "../../domain/same-data";
import { type CommandScope, command } from "../../platform/command";
import { newId } from "../../platform/ids";
import { invalid, invalidInput, type Refusal } from "../../platform/refusal";
import { loadOrganization } from "../organization";
import { type CustomerChanges, changeCustomer, changedTerms, termsOf, toContact } from "./change-customer";
import { checkCustomer, withPrimary } from "./check-customer";
import { checkReferences } from "./check-references";
import type { Customer, CustomerTerms } from "./customer";
import {
  contactsByCustomer,
  customersById,
  insertCustomer,
  lockCustomerByExternalId,
  replaceContacts,
} from "./customer.store";
import { newCustomerTerms } from "./new-customer-terms";

/** Under the id that another system has for the customer. What is left out stays, or has its default in a new one. */
export type CustomerUpsert = CustomerChanges & { readonly externalId: string };

export type UpsertOutcome = "created" | "updated" | "unchanged";
type Upserted = { readonly customerId: string; readonly outcome: UpsertOutcome };

/**
 * Makes the customer of an external id, or brings it to what is sent. The same again changes nothing, and two that send
 * at once make one customer: the second finds what the first has made.
 */
export const upsertCustomer = command({
  name: "upsertCustomer",
  permission: "change_customers",
  mayChangeNothing: true,
  run: async ({ externalId, ...change }: CustomerUpsert, scope): Promise<Result<Upserted, Refusal>> => {
    const known = await findCustomer(externalId);
    if (known) return bringTo(known, change, scope);
    const created = await create(externalId, change, scope);
    if (created) return created;
    const another = await findCustomer(externalId);
    if (!another) throw new Error(`the external id ${externalId} is taken, and nobody has it`);
    return bringTo(another, change, scope);
  },
});

/** Locked until the transaction ends, and read after that. */
async function findCustomer(externalId: string): Promise<Customer | null> {
  const id = await lockCustomerByExternalId(externalId);
  return id === null ? null : ((await customersById([id])).get(id) ?? null);
}

async function bringTo(
  customer: Customer,
  change: CustomerChanges,
  scope: Pick<CommandScope, "now" | "note">,
): Promise<Result<Upserted, Refusal>> {
  const { id } = customer;
  const after = changedTerms(customer, change);
  if (!after.ok) return after;
  const { contacts } = change;
  const contactsBefore = contacts ? ((await contactsByCustomer([id])).get(id) ?? []).map(toContact) : [];
  const isSame =
    isSameData(after.value, termsOf(customer)) &&
    (!contacts || isSameData(byEmail(withPrimary(contacts)), byEmail(contactsBefore)));
  if (isSame) return ok({ customerId: id, outcome: "unchanged" });
  const changed = await changeCustomer(customer, change, scope);
  return changed.ok ? ok({ customerId: id, outcome: "updated" }) : changed;
}

const byEmail = <Person extends { readonly email: string; readonly name: string }>(people: readonly Person[]) =>
  people.toSorted((a, b) => (`${a.email} ${a.name}` < `${b.email} ${b.name}` ? -1 : 1));

/** Null where another has just taken the external id. */
async function create(
  externalId: string,
  { changes, contacts }: CustomerChanges,
  { now, note }: Pick<CommandScope, "now" | "note">,
): Promise<Result<Upserted, Refusal> | null> {
  const { legalName, currency, ...given } = changes;
  if (!legalName) {
    const message = `There is no customer with the external id "${externalId}" yet. A new one needs a legalName.`;
    return invalid("LEGAL_NAME_MISSING", message, ["legalName"]);
  }
  const ownCurrency = currency ?? ((await loadOrganization()).baseCurrency as CurrencyCode);
  const terms: CustomerTerms = newCustomerTerms({ ...given, legalName, currency: ownCurrency, externalId });
  const problems = checkCustomer(terms, contacts ?? []);
  if (problems.length > 0) return invalidInput(problems);
  const unknown = await checkReferences(null, terms, null);
  if (unknown) return unknown;
  const id = newId();
  if (!(await insertCustomer({ id, ...terms }, now))) return null;
  await replaceContacts(id, withPrimary(contacts ?? []));
  note({ action: "customer.created", subjectType: "customer", subjectId: id, after: { ...terms, contacts } });
  return ok({ customerId: id, outcome: "created" });
}
