export { PaymentTermsInput, PaymentTermsType as PaymentTerms } from "../../platform/graphql/payment-terms";
export type { Contact, Customer, CustomerAlias, CustomerContact, TaxStatus } from "./customer";
export { contactsByCustomer, customersById } from "./customer.store";
export { CustomerType } from "./customer.types";
export { aliasesByCustomer } from "./customer-alias.store";
