import type { PlainDate } from "../../server/domain/calendar/plain-date";
import { checkNewContract } from "../../server/modules/contract/check-new-contract";
import { nextNumber, setScheduleStatus } from "../../server/modules/contract/contract.store";
import { storeContract } from "../../server/modules/contract/create-contract";
import { type DraftedContract, draftContract } from "../../server/modules/contract/draft-contract";
import type { NewContract } from "../../server/modules/contract/new-contract";
import { putSeats } from "../../server/modules/contract/seats.store";
import { checkCustomer } from "../../server/modules/customer/check-customer";
import type { CustomerTerms } from "../../server/modules/customer/customer";
import { insertCustomer, replaceContacts } from "../../server/modules/customer/customer.store";
import { insertAlias } from "../../server/modules/customer/customer-alias.store";
import { insertAuditEvents } from "../../server/platform/audit.store";
import { newId } from "../../server/platform/ids";
import type { Problem } from "../../server/platform/refusal";
import { FOUNDER } from "./carry-out";
import { newContractOf, signedOn } from "./contract-of-plan";
import { childTermsOf, contactOf, customerTermsOf } from "./customer-of-plan";
import type { ChildPlan, CustomerPlan } from "./customer-plan";
import type { PlantedCatalog } from "./plant-catalog";

export type PlantedCustomer = {
  readonly plan: CustomerPlan;
  readonly customerId: string;
  readonly contractId: string;
};

type Place = { readonly catalog: PlantedCatalog; readonly openedOn: PlainDate };

/**
 * The customer with its alias, contract and seats, checked, written and audited as the commands do it, but by their
 * parts: each command locks its idempotency key until the end, and one transaction can hold only so many locks.
 */
export async function plantCustomer(plan: CustomerPlan, crmNumber: number, place: Place): Promise<PlantedCustomer> {
  const now = new Date(`${signedOn(plan.contract, place.openedOn)}T10:00:00Z`);
  const externalId = `CRM-${String(crmNumber).padStart(5, "0")}`;
  const terms = customerTermsOf(plan, externalId);
  const customerId = await plantParty(plan, terms, now);
  for (const [index, child] of (plan.children ?? []).entries()) {
    const below = { parentCustomerId: customerId, externalId: `${externalId}-${index + 1}` };
    await plantParty(child, childTermsOf(plan, child, below), now);
  }

  const { draft, number, input } = await plantContract(plan, { customerId, terms, now }, place);
  for (const { price, on, seats } of plan.seats ?? []) {
    const lineageId = place.catalog.lineageId(price);
    await putSeats({ contractId: draft.contract.id, lineageId, effectiveOn: on, seats }, now);
  }
  await insertAuditEvents(FOUNDER, newId(), [
    { action: "contract.created", subjectType: "contract", subjectId: draft.contract.id, after: { ...input, number } },
    {
      action: "contract.activated",
      subjectType: "contract",
      subjectId: draft.contract.id,
      after: { status: "active" },
    },
  ]);
  return { plan, customerId, contractId: draft.contract.id };
}

/** Who buys, or belongs to who buys, with its contact and its alias. */
async function plantParty(party: ChildPlan, terms: CustomerTerms, now: Date): Promise<string> {
  const customerId = newId();
  const contacts = [contactOf(party)];
  accept(checkCustomer(terms, contacts), party);
  const alias = { id: newId(), customerId, alias: party.alias, startsOn: null, endsBefore: null };
  const isNew = (await insertCustomer({ id: customerId, ...terms }, now)) && (await insertAlias(alias, now));
  if (!isNew) throw new Error(`${party.name} or its alias is there already`);
  await replaceContacts(customerId, contacts);
  await insertAuditEvents(FOUNDER, newId(), [
    { action: "customer.created", subjectType: "customer", subjectId: customerId, after: { ...terms, contacts } },
    { action: "customer_alias.mapped", subjectType: "customer", subjectId: customerId, after: alias },
  ]);
  return customerId;
}

type Buyer = { readonly customerId: string; readonly terms: CustomerTerms; readonly now: Date };
type PlantedContract = { readonly draft: DraftedContract; readonly number: string; readonly input: NewContract };

async function plantContract(plan: CustomerPlan, buyer: Buyer, { catalog, openedOn }: Place): Promise<PlantedContract> {
  const { customerId, terms, now } = buyer;
  const { prices, products } = catalog;
  const customer = { ...terms, id: customerId, version: 1, createdAt: now, updatedAt: now };
  const input = newContractOf(plan, customerId, catalog, openedOn);
  const named = { customer, prices, products, metrics: new Map() };
  const draft = draftContract(input, named);
  accept(checkNewContract(input, named, draft), plan);
  const number = await nextNumber();
  await storeContract({ draft, number, head: input }, now);
  await setScheduleStatus({ id: draft.contract.id, version: 1 }, "active", now);
  return { draft, number, input };
}

function accept([problem]: readonly Problem[], { name }: ChildPlan): void {
  if (problem) throw new Error(`${name}: ${problem.path.join(".")}: ${problem.message}`);
}
