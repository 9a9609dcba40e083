import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { markDraftsStale } from "../../platform/draft-staleness.store";
import { InputProblems, sentFields } from "../../platform/input-problems";
import { invalid, invalidInput, notFound, staleVersion } from "../../platform/refusal";
import { checkCustomer, withPrimary } from "./check-customer";
import type { Contact, Customer, CustomerTerms } from "./customer";
import { contactsByCustomer, customersById, isSameOrAbove, replaceContacts, updateCustomerRow } from "./customer.store";
import { externalIdTaken } from "./external-id-taken";
import { type RollUps, rollUpsOf } from "./roll-up.store";

/** A field that is left out stays; one that is null is taken away where the customer can do without it. */
export type CustomerChange = {
  readonly id: string;
  readonly version: number;
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
  "customFields",
  "contacts",
];

export const updateCustomer = command({
  name: "updateCustomer",
  permission: "change_customers",
  run: async ({ id, version, changes, contacts }: CustomerChange, { now, note }) => {
    const sent = sentFields(changes);
    const nulls = new InputProblems();
    nulls.checkNotNull({ ...sent, contacts }, NEVER_NULL);
    if (!nulls.isEmpty) return invalidInput(nulls.found);

    const customer = (await customersById([id])).get(id);
    if (!customer) return notFound("customer", id);
    if (customer.version !== version) return staleVersion("customer", customer.version);

    const contactsBefore = (await contactsByCustomer([id])).get(id) ?? [];
    const before = termsOf(customer);
    const after: CustomerTerms = { ...before, ...(sent as Partial<CustomerTerms>) };
    const problems = checkCustomer(after, contacts ?? contactsBefore);
    if (problems.length > 0) return invalidInput(problems);
    const parentId = after.parentCustomerId;
    if (parentId !== null && parentId !== before.parentCustomerId) {
      if (!(await customersById([parentId])).has(parentId)) return notFound("customer", parentId, ["parentCustomerId"]);
      if (await isSameOrAbove(id, parentId)) {
        return invalid("PARENT_IN_CIRCLE", "The parent is the customer itself or one of its own children.", [
          "parentCustomerId",
        ]);
      }
    }

    const isMoved = after.parentCustomerId !== before.parentCustomerId;
    const rollUpsBefore = isMoved ? await rollUpsOf(id) : null;
    const outcome = await updateCustomerRow({ id, version, terms: after }, now);
    if (outcome === "external_id_taken") return externalIdTaken(after);
    if (outcome === "stale") return staleVersion("customer", (await customersById([id])).get(id)?.version ?? version);
    if (contacts) await replaceContacts(id, withPrimary(contacts));
    if (isBilledOtherwise(before, after)) {
      await markDraftsStale({ customerIds: [id], from: null, before: null, reason: "customer", now });
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
  },
});

/** Name, address and terms are read when an invoice is finalized; these are in its figures and its blockers. */
const isBilledOtherwise = (before: CustomerTerms, after: CustomerTerms): boolean =>
  before.taxStatus !== after.taxStatus || before.taxId !== after.taxId || before.isPoRequired !== after.isPoRequired;

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

function termsOf(customer: Customer): CustomerTerms {
  const { id: _, version: _v, createdAt: _c, updatedAt: _u, ...terms } = customer;
  return terms;
}

const toContact = ({ name, email, isPrimary }: Contact): Contact => ({ name, email, isPrimary });
