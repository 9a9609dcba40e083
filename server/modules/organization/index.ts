export { createOrganization } from "./create-organization";
export { parseMailSender } from "./mail-sender";
export type {
  DocumentRules,
  NegativeDrafts,
  Organization,
  OrganizationMode,
  OrganizationTerms,
  TaxRounding,
  VarianceThresholds,
} from "./organization";
export { DOCUMENT_RULES, PAYMENT_RULES } from "./organization";
export { holdMonths, loadOrganization, organizationsById } from "./organization.store";
export { OrganizationModeEnum, OrganizationType } from "./organization.types";
