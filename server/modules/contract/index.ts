export { type BillableContract, type BillableSelection, billableContracts } from "./billable-contracts.store";
export type { BillingScheduleStatus, Contract } from "./contract";
export { activeContractIds, contractsById } from "./contract.store";
export { ContractType } from "./contract.types";
export { type SeatsAsked, seatReadings } from "./seats.store";
