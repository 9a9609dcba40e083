import type { CustomerTerms } from "./customer";

export type GivenTerms = Pick<CustomerTerms, "legalName" | "currency"> & {
  readonly [Field in Exclude<keyof CustomerTerms, "legalName" | "currency">]?: CustomerTerms[Field] | null | undefined;
};

/** What a new customer has where nothing else was said. */
export const newCustomerTerms = (given: GivenTerms): CustomerTerms => ({
  legalName: given.legalName,
  currency: given.currency,
  addressLines: given.addressLines ?? [],
  country: given.country ?? null,
  taxId: given.taxId ?? null,
  taxStatus: given.taxStatus ?? "taxed",
  paymentTerms: given.paymentTerms ?? null,
  parentCustomerId: given.parentCustomerId ?? null,
  externalId: given.externalId ?? null,
  language: given.language ?? "en-GB",
  isPoRequired: given.isPoRequired ?? false,
  invoiceGrouping: given.invoiceGrouping ?? "per_contract",
  billToCustomerId: given.billToCustomerId ?? null,
  customFields: given.customFields ?? {},
  ownerId: given.ownerId ?? null,
});
