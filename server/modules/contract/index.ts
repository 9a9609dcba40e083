export type { AgreedContract } from "./agreed-contract";
export {
  type BillableContract,
  type BillableSelection,
  billableContracts,
  type UsageOwner,
} from "./billable-contracts.store";
export { checkNewContract, warningsOf } from "./check-new-contract";
export type { BillingScheduleStatus, Contract } from "./contract";
export { newRenewalOf, RenewalInput } from "./contract.inputs";
export { activeContractIds, contractsById } from "./contract.store";
export { ContractType, FirstPeriodEnum, LateUsagePolicyEnum } from "./contract.types";
export { type DraftedContract, draftContract } from "./draft-contract";
export { loadNamed, type Named } from "./named";
export type {
  MoneyAsked,
  NewBound,
  NewCharge,
  NewContract,
  NewContractDiscount,
  NewDiscount,
  NewDiscountScope,
  NewRampStep,
} from "./new-contract";
export { renewContracts } from "./renew-contract";
export { type SeatsAsked, seatReadings } from "./seats.store";
export {
  ChargeInput,
  ContractDiscountInput,
  MoneyInput,
  newBoundOf,
  newChargeOf,
  newContractDiscountOf,
  SpendBoundInput,
} from "./terms.inputs";
