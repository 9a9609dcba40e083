export { createOrganization } from "./create-organization";
export type {
  Organization,
  OrganizationMode,
  OrganizationTerms,
  TaxRounding,
  VarianceThresholds,
} from "./organization";
export { loadOrganization, organizationsById } from "./organization.store";
export { OrganizationModeEnum, OrganizationType } from "./organization.types";
