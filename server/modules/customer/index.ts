export { PaymentTermsInput, PaymentTermsType as PaymentTerms } from "../../platform/graphql/payment-terms";
export { checkCustomer } from "./check-customer";
export type { Contact, Customer, CustomerAlias, CustomerContact, CustomerTerms, TaxStatus } from "./customer";
export { contactsByCustomer, customersById, findCustomerIdByExternalId } from "./customer.store";
export { CustomerType, UpsertOutcomeEnum } from "./customer.types";
export { aliasesByCustomer } from "./customer-alias.store";
export { findOrCreateCustomer } from "./find-or-create-customer";
export { mapAlias } from "./map-customer-alias";
