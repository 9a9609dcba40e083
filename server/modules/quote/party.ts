import { type CurrencyCode, parseCurrency } from "../../domain/money/currency";
import { fail, ok, type Result } from "../../domain/result";
import { InputProblems } from "../../platform/input-problems";
import type { Problem } from "../../platform/refusal";
import { type Customer, customersById } from "../customer";
import { loadOrganization } from "../organization";
import type { Prospect, Quote } from "./quote";

/** Whom a quote is made to: a customer, or who is to become one. */
export type Party = Pick<Quote, "customerId" | "prospect">;

/**
 * The customer that a prospect would become, so that terms can be checked, priced and printed before there is one. It is
 * never stored; execution makes the customer.
 */
export function customerOfProspect(prospect: Prospect, currency: CurrencyCode, now: Date): Customer {
  return {
    id: "",
    legalName: prospect.legalName,
    addressLines: prospect.addressLines,
    country: prospect.country,
    taxId: prospect.taxId,
    taxStatus: "taxed",
    currency,
    paymentTerms: null,
    parentCustomerId: null,
    externalId: prospect.externalId,
    language: prospect.language,
    isPoRequired: false,
    invoiceGrouping: "per_contract",
    billToCustomerId: null,
    customFields: {},
    ownerId: null,
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
}

/** The customer that the terms of a quote are for, known or to be. */
export async function customerOfQuote(
  { customerId, prospect }: Party,
  currency: CurrencyCode,
  now: Date,
): Promise<Customer> {
  if (prospect) return customerOfProspect(prospect, currency, now);
  const customer = (await customersById([customerId ?? ""])).get(customerId ?? "");
  if (!customer) throw new Error(`the customer ${customerId} of a quote is gone`);
  return customer;
}

type LoadedParty = { readonly customer: Customer; readonly currency: CurrencyCode };

/** Whom the quote is to, and the currency that it is in: as asked for, else the customer's, else the organization's. */
export async function loadParty(
  { customerId, prospect }: Party,
  askedCurrency: string | null,
  now: Date,
): Promise<Result<LoadedParty, readonly Problem[]>> {
  const problems = new InputProblems();
  if ((customerId === null) === (prospect === null)) {
    const message = "A quote is to a customer or to a prospect. Send exactly one of customerId and prospect.";
    problems.report("CUSTOMER_OR_PROSPECT", message, "customerId");
    return fail(problems.found);
  }
  const known = customerId === null ? null : ((await customersById([customerId])).get(customerId) ?? null);
  if (customerId !== null && !known) {
    problems.report("CUSTOMER_NOT_FOUND", `There is no customer ${customerId}.`, "customerId");
    return fail(problems.found);
  }
  const code = askedCurrency ?? known?.currency ?? (await loadOrganization()).baseCurrency;
  const parsed = parseCurrency(code);
  if (!parsed.ok) {
    const message = `"${code}" is not an ISO 4217 currency code. Send one such as "EUR".`;
    problems.report("CURRENCY_UNKNOWN", message, "terms", "currency");
    return fail(problems.found);
  }
  const currency = parsed.value.code;
  return ok({ currency, customer: known ?? customerOfProspect(prospect as Prospect, currency, now) });
}
