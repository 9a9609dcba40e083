import {
  AmendContractSuccessResolver,
  AmendmentChangeResolver,
  AmendmentResolver,
  CancelContractSuccessResolver,
  ContractAmendmentsResolver,
  RenewContractSuccessResolver,
  ResumeContractSuccessResolver,
} from "./amendment.resolver";
import {
  BillingScheduleResolver,
  ChargeResolver,
  PhaseResolver,
  SpendBoundResolver,
} from "./billing-schedule.resolver";
import {
  ActivateContractSuccessResolver,
  ContractResolver,
  CreateContractSuccessResolver,
  CustomerContractsResolver,
  RecordSeatsSuccessResolver,
  UpdateContractSuccessResolver,
} from "./contract.resolver";
import { ContractPreviewResolver } from "./preview.resolver";

export const resolvers = [
  ContractResolver,
  BillingScheduleResolver,
  PhaseResolver,
  ChargeResolver,
  SpendBoundResolver,
  CustomerContractsResolver,
  CreateContractSuccessResolver,
  ActivateContractSuccessResolver,
  UpdateContractSuccessResolver,
  RecordSeatsSuccessResolver,
  ContractAmendmentsResolver,
  AmendmentResolver,
  AmendmentChangeResolver,
  AmendContractSuccessResolver,
  CancelContractSuccessResolver,
  ResumeContractSuccessResolver,
  RenewContractSuccessResolver,
  ContractPreviewResolver,
] as const;
