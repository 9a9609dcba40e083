import { formatDay } from "../../domain/calendar/format";
import { localDayOf } from "../../domain/calendar/local-day";
import { type CustomerContact, contactsByCustomer } from "../customer";
import { billedCustomerId, type Invoice } from "../invoice";
import { loadOrganization } from "../organization";
import { bouncesByAddress } from "./bounce.store";
import type { MailBounce, NewRecipient } from "./delivery";
import { namedRecipientsByInvoice } from "./delivery.store";

/** Who gets the mail, or why nobody does. */
export type Recipients =
  | { readonly ok: true; readonly recipients: readonly NewRecipient[] }
  | { readonly ok: false; readonly code: "NO_RECIPIENT" | "ADDRESS_BOUNCED"; readonly message: string };

type Asked = Pick<NewRecipient, "kind" | "name" | "email">;

/** Whom an invoice names itself, else the contacts of whoever is billed. Addresses that mails come back from are left out. */
export async function recipientsOfInvoice(invoice: Invoice): Promise<Recipients> {
  const named = (await namedRecipientsByInvoice([invoice.id])).get(invoice.id) ?? [];
  if (named.length > 0) {
    const asked = named.map((each, index): Asked => ({ ...each, kind: index === 0 ? "to" : "cc" }));
    return withoutBounced(asked, await loadBounces(asked));
  }
  return recipientsOfCustomer(billedCustomerId(invoice));
}

/** The contacts of a customer, in the roles that they have. */
async function recipientsOfCustomer(customerId: string): Promise<Recipients> {
  return (await recipientsOfCustomers([customerId])).get(customerId) ?? NOBODY;
}

/** The same for many customers at once. */
export async function recipientsOfCustomers(customerIds: readonly string[]): Promise<ReadonlyMap<string, Recipients>> {
  const contacts = await contactsByCustomer(customerIds);
  const asked = customerIds.map((id): [string, readonly Asked[]] => [id, inRoles(contacts.get(id) ?? [])]);
  const facts = await loadBounces(asked.flatMap(([, own]) => own));
  return new Map(asked.map(([id, own]) => [id, withoutBounced(own, facts)]));
}

/** Where nobody is addressed, the first who is copied in is. */
function inRoles(contacts: readonly CustomerContact[]): Asked[] {
  const asked = contacts
    .map(({ name, email, role, isPrimary }) => ({ name, email, kind: role ?? (isPrimary ? "to" : "cc") }))
    .filter((each): each is Asked => each.kind !== "none")
    .sort((one, other) => Number(other.kind === "to") - Number(one.kind === "to"));
  return asked.map((each, index) => (index === 0 ? { ...each, kind: "to" } : each));
}

type Bounces = { readonly byAddress: ReadonlyMap<string, MailBounce>; readonly timeZone: string };

async function loadBounces(asked: readonly Asked[]): Promise<Bounces> {
  const byAddress = await bouncesByAddress(asked.map(({ email }) => email));
  return { byAddress, timeZone: (await loadOrganization()).timeZone };
}

const NOBODY: Recipients = {
  ok: false,
  code: "NO_RECIPIENT",
  message: "The customer has no contact who gets invoices. Add one, then send again.",
};

function withoutBounced(asked: readonly Asked[], { byAddress, timeZone }: Bounces): Recipients {
  if (asked.length === 0) return NOBODY;
  const recipients = asked.map((each): NewRecipient => {
    const bounce = byAddress.get(each.email.toLowerCase());
    if (!bounce) return { ...each, status: "pending", detail: null };
    const on = formatDay(localDayOf(bounce.bouncedAt, timeZone));
    return { ...each, status: "left_out", detail: `Mails to it came back on ${on}: ${bounce.detail}` };
  });
  if (recipients.some(({ kind, status }) => kind === "to" && status === "pending")) return { ok: true, recipients };
  const gone = recipients.filter(({ kind }) => kind === "to");
  const said = gone.map(({ email, detail }) => `${email}: ${detail}`).join(" ");
  const message = `Nobody whom it addresses can be reached. ${said} Correct the contact, or say with clearBouncedAddress that the address works again; then send again.`;
  return { ok: false, code: "ADDRESS_BOUNCED", message };
}
