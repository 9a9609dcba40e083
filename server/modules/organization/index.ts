export { createOrganization } from "./create-organization";
export { parseMailSender } from "./mail-sender";
export type {
  Organization,
  OrganizationMode,
  OrganizationTerms,
  TaxRounding,
  VarianceThresholds,
} from "./organization";
export { loadOrganization, organizationsById } from "./organization.store";
export { OrganizationModeEnum, OrganizationType } from "./organization.types";
