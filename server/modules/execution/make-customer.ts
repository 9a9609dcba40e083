import type { CurrencyCode } from "../../domain/money/currency";
import { ok, type Result } from "../../domain/result";
import type { CommandScope } from "../../platform/command";
import type { Refusal } from "../../platform/refusal";
import { type Customer, customersById, findOrCreateCustomer } from "../customer";
import { customerOfProspect, type Prospect, type Quote } from "../quote";
import { atPlace } from "./at-place";

/** The customer that a quote is to; of a prospect one is made, unless the CRM's id says that there is one already. */
export async function makeCustomer(
  { number, customerId, prospect }: Quote,
  currency: string,
  scope: Pick<CommandScope, "now" | "note">,
): Promise<Result<Customer, Refusal>> {
  if (customerId !== null) {
    const customer = (await customersById([customerId])).get(customerId);
    if (!customer) throw new Error(`the quote ${number} is to the customer ${customerId}, who is not there`);
    return ok(customer);
  }
  if (prospect === null) throw new Error(`the quote ${number} is to nobody`);
  const {
    id: _,
    version: _version,
    createdAt: _at,
    updatedAt: _on,
    ...terms
  } = customerOfProspect(prospect, currency as CurrencyCode, scope.now);
  return atPlace(["prospect"], await findOrCreateCustomer({ terms, contacts: contactsOf(prospect) }, scope));
}

/** Who is spoken to becomes the first billing contact. */
const contactsOf = ({ contactName, contactEmail, legalName }: Prospect) =>
  contactEmail === null ? [] : [{ name: contactName ?? legalName, email: contactEmail, isPrimary: true }];
