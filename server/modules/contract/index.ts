export {
  type BillableContract,
  type BillableSelection,
  billableContracts,
  type UsageOwner,
} from "./billable-contracts.store";
export type { BillingScheduleStatus, Contract } from "./contract";
export { activeContractIds, contractsById } from "./contract.store";
export { ContractType } from "./contract.types";
export { renewContracts } from "./renew-contract";
export { type SeatsAsked, seatReadings } from "./seats.store";
