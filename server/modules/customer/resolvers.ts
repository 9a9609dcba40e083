import {
  CreateCustomerSuccessResolver,
  CustomerResolver,
  EndCustomerAliasSuccessResolver,
  MapCustomerAliasSuccessResolver,
  UpdateCustomerSuccessResolver,
  UpsertCustomerSuccessResolver,
} from "./customer.resolver";

export const resolvers = [
  CustomerResolver,
  CreateCustomerSuccessResolver,
  UpdateCustomerSuccessResolver,
  UpsertCustomerSuccessResolver,
  MapCustomerAliasSuccessResolver,
  EndCustomerAliasSuccessResolver,
] as const;
