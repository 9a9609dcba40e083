import type { CurrencyCode } from "../../domain/money/currency";
import type { Customer } from "../customer";
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
    customFields: {},
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
}
