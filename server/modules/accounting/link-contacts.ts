import type { LedgerParty, RemoteContact, Undone } from "../../integrations/xero/accounting-ledger";
import type { Clock } from "../../platform/clock";
import { newId } from "../../platform/ids";
import { callXero } from "./call-xero";
import { claimContacts, contactIds, type FoundBy, releaseContacts, saveContact } from "./ledger.store";

/** A condition of Xero's takes so many; a name with a quote is searched for alone. */
const SEARCHED_AT_ONCE = 10;
const CREATED_AT_ONCE = 50;
const SOON_SECONDS = 5;

export type Link = { readonly contactId: string } | Undone;

/**
 * The ledger's contacts of customers: those known, else found by our number, account number or exact name, else created.
 * Customers are claimed before, so that two workers do not make two contacts.
 */
export async function linkContacts(clock: Clock, parties: readonly LedgerParty[]): Promise<ReadonlyMap<string, Link>> {
  const wanted = new Map(parties.map((party) => [party.id, party]));
  const links = new Map<string, Link>();
  for (const [id, contactId] of await contactIds([...wanted.keys()])) links.set(id, { contactId });
  const unknown = [...wanted.values()].filter(({ id }) => !links.has(id));
  if (unknown.length === 0) return links;

  const mine = await claimContacts(
    unknown.map(({ id }) => id),
    clock.now(),
  );
  for (const { id } of unknown) if (!mine.has(id)) links.set(id, ELSEWHERE);
  const claimed = unknown.filter(({ id }) => mine.has(id));
  const missing: LedgerParty[] = [];
  for (const some of searches(claimed)) {
    const found = await callXero(clock, (books) => books.findContacts(some));
    for (const party of some) {
      if (found.outcome !== "done") {
        links.set(party.id, found.outcome === "temporary" ? { ...found, mayHaveHappened: false } : found);
        continue;
      }
      const match = matchOf(party, found.value);
      if (match === "ambiguous") links.set(party.id, ambiguous(party));
      else if (match === null) missing.push(party);
      else {
        await saveContact(party.id, match.contact.externalId, match.foundBy, clock.now());
        links.set(party.id, { contactId: match.contact.externalId });
      }
    }
  }
  for (let from = 0; from < missing.length; from += CREATED_AT_ONCE) {
    const some = missing.slice(from, from + CREATED_AT_ONCE);
    const made = await callXero(clock, (books) => books.createContacts(some, `billgrid-contacts-${newId()}`));
    for (const [index, party] of some.entries()) {
      const one = made.outcome === "done" ? made.value[index] : made;
      if (!one) throw new Error("an answer for each contact was promised");
      if (one.outcome === "done" && "externalId" in one.value) {
        await saveContact(party.id, one.value.externalId, "created", clock.now());
        links.set(party.id, { contactId: one.value.externalId });
      } else if (one.outcome !== "done") links.set(party.id, one);
    }
  }
  // After a call that may have made them they stay claimed for a while: whoever is next looks first, and then it shows.
  const released = claimed.filter(({ id }) => {
    const link = links.get(id);
    return link && "outcome" in link && !(link.outcome === "temporary" && link.mayHaveHappened);
  });
  await releaseContacts(released.map(({ id }) => id));
  return links;
}

const ELSEWHERE: Undone = {
  outcome: "temporary",
  reason: "Another worker looks for its contact.",
  retryAfterSeconds: SOON_SECONDS,
  mayHaveHappened: false,
};

const ambiguous = ({ legalName }: LedgerParty): Undone => ({
  outcome: "permanent",
  reason: `Xero has several contacts called ${legalName}. Say which one it is with linkXeroContact, or merge them in Xero.`,
});

function searches(parties: readonly LedgerParty[]): (readonly LedgerParty[])[] {
  const isPlain = ({ legalName, externalId }: LedgerParty) => !/["\\]/.test(legalName + (externalId ?? ""));
  const plain = parties.filter(isPlain);
  const chunks: (readonly LedgerParty[])[] = parties.filter((party) => !isPlain(party)).map((party) => [party]);
  for (let from = 0; from < plain.length; from += SEARCHED_AT_ONCE)
    chunks.push(plain.slice(from, from + SEARCHED_AT_ONCE));
  return chunks;
}

type Match = { readonly contact: RemoteContact; readonly foundBy: FoundBy };

/** Our own number is certain, the customer's next; a name only where one contact alone has it. */
function matchOf(
  { id, externalId, legalName }: LedgerParty,
  contacts: readonly RemoteContact[],
): Match | "ambiguous" | null {
  const numbered = contacts.find(({ contactNumber }) => contactNumber === id);
  if (numbered) return { contact: numbered, foundBy: "contact_number" };
  if (externalId !== null) {
    const known = contacts.find(({ contactNumber }) => contactNumber === externalId);
    if (known) return { contact: known, foundBy: "contact_number" };
    const accounts = contacts.filter(({ accountNumber }) => accountNumber === externalId);
    if (accounts.length > 1) return "ambiguous";
    if (accounts[0]) return { contact: accounts[0], foundBy: "account_number" };
  }
  const named = contacts.filter(({ name }) => name.trim().toLowerCase() === legalName.trim().toLowerCase());
  if (named.length > 1) return "ambiguous";
  return named[0] ? { contact: named[0], foundBy: "name" } : null;
}
