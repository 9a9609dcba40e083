import {
  BillingScheduleResolver,
  ChargeResolver,
  MinimumCommitmentResolver,
  PhaseResolver,
} from "./billing-schedule.resolver";
import {
  ActivateContractSuccessResolver,
  ContractResolver,
  CreateContractSuccessResolver,
  CustomerContractsResolver,
  RecordSeatsSuccessResolver,
  UpdateContractSuccessResolver,
} from "./contract.resolver";

export const resolvers = [
  ContractResolver,
  BillingScheduleResolver,
  PhaseResolver,
  ChargeResolver,
  MinimumCommitmentResolver,
  CustomerContractsResolver,
  CreateContractSuccessResolver,
  ActivateContractSuccessResolver,
  UpdateContractSuccessResolver,
  RecordSeatsSuccessResolver,
] as const;
