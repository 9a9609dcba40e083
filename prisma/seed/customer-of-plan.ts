import type { Contact, CustomerTerms, TaxStatus } from "../../server/modules/customer/customer";
import type { DemoCurrency } from "./catalog";
import type { ChildPlan, CustomerPlan } from "./customer-plan";
import { Random } from "./random";

const TAX_STATUS: { readonly [C in DemoCurrency]: TaxStatus } = {
  GBP: "taxed",
  EUR: "reverse_charge",
  USD: "exempt",
  JPY: "exempt",
};

export function customerTermsOf(
  { name, currency, address, segment, paymentTerms }: CustomerPlan,
  externalId: string,
): CustomerTerms {
  const random = new Random(`tax id ${name}`);
  const digits = (count: number) => Array.from({ length: count }, () => random.integer(0, 9)).join("");
  const taxStatus = TAX_STATUS[currency];
  return {
    legalName: name,
    addressLines: address.lines,
    country: address.country,
    taxId: currency === "GBP" || currency === "EUR" ? `${address.country}${digits(9)}` : null,
    taxStatus,
    currency,
    paymentTerms: paymentTerms ?? null,
    parentCustomerId: null,
    externalId,
    language: "en-GB",
    isPoRequired: false,
    invoiceGrouping: "per_contract",
    billToCustomerId: null,
    customFields: { segment, accountManager: random.pick(ACCOUNT_MANAGERS) },
    ownerId: null,
  };
}

const ACCOUNT_MANAGERS = ["Imogen Hart", "Tomas Reid", "Priya Nair", "Callum Shaw"];
const PEOPLE = ["Morgan Ellis", "Robin Clarke", "Sam Okafor", "Alex Novak", "Jo Lindqvist", "Kit Moreau", "Lee Tanaka"];

/** As its parent, but for what it is called and where it is. */
export const childTermsOf = (
  parent: CustomerPlan,
  child: ChildPlan,
  { parentCustomerId, externalId }: { readonly parentCustomerId: string; readonly externalId: string },
): CustomerTerms => ({ ...customerTermsOf({ ...parent, ...child }, externalId), parentCustomerId });

export const contactOf = ({ name, alias }: ChildPlan): Contact => ({
  name: new Random(`contact ${name}`).pick(PEOPLE),
  email: `payables.${alias}@example.com`,
  isPrimary: true,
});
