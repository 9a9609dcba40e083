import {
  CreateCustomerSuccessResolver,
  CustomerResolver,
  EndCustomerAliasSuccessResolver,
  MapCustomerAliasSuccessResolver,
  UpdateCustomerSuccessResolver,
} from "./customer.resolver";

export const resolvers = [
  CustomerResolver,
  CreateCustomerSuccessResolver,
  UpdateCustomerSuccessResolver,
  MapCustomerAliasSuccessResolver,
  EndCustomerAliasSuccessResolver,
] as const;
