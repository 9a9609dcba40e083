import {
  OrganizationResolver,
  SetTestClockSuccessResolver,
  UpdateOrganizationSuccessResolver,
} from "./organization.resolver";

export const resolvers = [
  OrganizationResolver,
  UpdateOrganizationSuccessResolver,
  SetTestClockSuccessResolver,
] as const;
