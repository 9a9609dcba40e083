import { ok, type Result } from "../../domain/result";
import type { CommandScope } from "../../platform/command";
import { markDraftsStale } from "../../platform/draft-staleness.store";
import { InputProblems, sentFields } from "../../platform/input-problems";
import { invalidInput, type Refusal, staleVersion } from "../../platform/refusal";
import { checkCustomer, withPrimary } from "./check-customer";
import { checkReferences } from "./check-references";
import type { Contact, Customer, CustomerTerms } from "./customer";
import {
  contactsByCustomer,
  customersBilledTo,
  customersById,
  replaceContacts,
  updateCustomerRow,
} from "./customer.store";
import { externalIdTaken } from "./external-id-taken";
import { type RollUps, rollUpsOf } from "./roll-up.store";

/** A field that is left out stays; one that is null is taken away where the customer can do without it. */
export type CustomerChanges = {
  readonly changes: { readonly [Field in keyof CustomerTerms]?: CustomerTerms[Field] | null | undefined };
  readonly contacts?: readonly Contact[] | null | undefined;
};

const NEVER_NULL = [
  "legalName",
  "addressLines",
  "taxStatus",
  "currency",
  "language",
  "isPoRequired",
  "invoiceGrouping",
  "customFields",
  "contacts",
];

/** What a customer would be with the changes; nothing is looked up. */
export function changedTerms(
  customer: Customer,
  { changes, contacts }: CustomerChanges,
): Result<CustomerTerms, Refusal> {
  const sent = sentFields(changes);
  const nulls = new InputProblems();
  nulls.checkNotNull({ ...sent, contacts }, NEVER_NULL);
  return nulls.isEmpty ? ok({ ...termsOf(customer), ...(sent as Partial<CustomerTerms>) }) : invalidInput(nulls.found);
}

/** Changes a customer that is still at the version that was read, in the transaction that goes on. */
export async function changeCustomer(
  customer: Customer,
  change: CustomerChanges,
  { now, note }: Pick<CommandScope, "now" | "note">,
): Promise<Result<{ readonly customerId: string }, Refusal>> {
  const { id, version } = customer;
  const { contacts } = change;
  const changed = changedTerms(customer, change);
  if (!changed.ok) return changed;
  const [before, after] = [termsOf(customer), changed.value];

  const contactsBefore = (await contactsByCustomer([id])).get(id) ?? [];
  const problems = checkCustomer(after, contacts ?? contactsBefore);
  if (problems.length > 0) return invalidInput(problems);
  const unknown = await checkReferences(id, after, before);
  if (unknown) return unknown;

  const isMoved = after.parentCustomerId !== before.parentCustomerId;
  const rollUpsBefore = isMoved ? await rollUpsOf(id) : null;
  const outcome = await updateCustomerRow({ id, version, terms: after }, now);
  if (outcome === "external_id_taken") return externalIdTaken(after);
  if (outcome === "stale") return staleVersion("customer", (await customersById([id])).get(id)?.version ?? version);
  if (contacts) await replaceContacts(id, withPrimary(contacts));
  if (isBilledOtherwise(before, after)) {
    const customerIds = [id, ...(await customersBilledTo(id))];
    await markDraftsStale({ customerIds, from: null, before: null, reason: "customer", now });
  }
  if (rollUpsBefore) await markRollUpsStale(rollUpsBefore, await rollUpsOf(id), now);
  note({
    action: "customer.updated",
    subjectType: "customer",
    subjectId: id,
    before: { ...before, contacts: contactsBefore.map(toContact) },
    after: { ...after, contacts: contacts ?? contactsBefore.map(toContact) },
  });
  return ok({ customerId: id });
}

/** Name, address and terms are read when an invoice is finalized; these are in its figures and its blockers. */
const isBilledOtherwise = (before: CustomerTerms, after: CustomerTerms): boolean =>
  before.taxStatus !== after.taxStatus ||
  before.taxId !== after.taxId ||
  before.isPoRequired !== after.isPoRequired ||
  before.invoiceGrouping !== after.invoiceGrouping ||
  before.billToCustomerId !== after.billToCustomerId;

/**
 * Those who counted the customer's usage as their own and do so no more, and those who do from now on: for all days, as
 * a parent has no dates. Who is above the customer before and after is not concerned.
 */
async function markRollUpsStale(before: RollUps, { customerIds, usedSince }: RollUps, now: Date): Promise<void> {
  const concerned = [
    ...before.customerIds.filter((id) => !customerIds.includes(id)),
    ...customerIds.filter((id) => !before.customerIds.includes(id)),
  ];
  if (concerned.length === 0 || usedSince === null) return;
  await markDraftsStale({ customerIds: concerned, from: usedSince, before: null, reason: "usage", now });
}

export function termsOf(customer: Customer): CustomerTerms {
  const { id: _, version: _v, createdAt: _c, updatedAt: _u, ...terms } = customer;
  return terms;
}

export const toContact = ({ name, email, isPrimary, role }: Contact): Contact => ({
  name,
  email,
  isPrimary,
  ...(role && { role }),
});
