export type { AgreedContract } from "./agreed-contract";
export {
  agreementOfAmended,
  agreementOfDraft,
  conditionsOf,
  differencesFrom,
  differencesFromSigned,
} from "./agreement";
export { type Amendable, loadAmendable } from "./amendable";
export type { Amendment } from "./amendment";
export {
  ChangeDiscountsInput,
  ChangePriceInput,
  ChangeQuantityInput,
  changeOfTermsOf,
  EndBoundInput,
  EndDiscountInput,
  ExtendInput,
  givenIn,
} from "./amendment.inputs";
export { amendmentsById, amendmentsByQuote } from "./amendment.store";
export { AmendmentType, UnusedTimeEnum } from "./amendment.types";
export { type AssumedUsage, assumedReadings } from "./assumed-usage";
export {
  type BillableContract,
  type BillableSelection,
  billableContracts,
  type UsageOwner,
} from "./billable-contracts.store";
export { checkAssumptions } from "./check-assumptions";
export {
  checkNewContract,
  NAME_LENGTH,
  NUMBER_LENGTH,
  PO_NUMBER_LENGTH,
  percentsBelowOne,
  warningsOf,
} from "./check-new-contract";
export type { BillingScheduleStatus, Contract } from "./contract";
export { AgreedTermsInput, agreedTermsOf, newRenewalOf, RenewalInput } from "./contract.inputs";
export { activeContractIds, contractsById, lockContract } from "./contract.store";
export { ContractType, FirstPeriodEnum, LateUsagePolicyEnum, RenewalRuleType } from "./contract.types";
export { numberAndStoreContract } from "./create-contract";
export { type DraftedContract, draftContract } from "./draft-contract";
export { billedTwiceInWords, usageBilledTwice } from "./metered-twice.store";
export { loadNamed, type Named } from "./named";
export type { AmendedCharge, NewAmendment, NewChange } from "./new-amendment";
export type {
  MoneyAsked,
  NewBound,
  NewCharge,
  NewContract,
  NewContractDiscount,
  NewDiscount,
  NewDiscountScope,
  NewRampStep,
  NewTrial,
} from "./new-contract";
export { AssumedSeatsInput } from "./preview.inputs";
export {
  AmendmentPreviewType,
  ContractDifferenceType,
  PreviewedInvoiceType,
  toAmendmentPreview,
  toDifference,
  toPreviewedInvoice,
} from "./preview.types";
export { LONGEST_PREVIEW_MONTHS } from "./preview-contract";
export { type AmendmentPreview, proposeAmended } from "./propose-amended";
export { type AcceptedAmendment, acceptAmendment, recordAmendment } from "./record-amendment";
export { renewContracts } from "./renew-contract";
export { type SeatsAsked, seatReadings } from "./seats.store";
export {
  insertSignedSchedule,
  type SignedQuote,
  type SignedSchedule,
  signedQuotesByContract,
  signedSchedulesByContract,
} from "./signed-schedule.store";
export {
  AmendedChargeInput,
  ChargeInput,
  ContractDiscountInput,
  DiscountInput,
  MoneyInput,
  newBoundOf,
  newChargeOf,
  newContractDiscountOf,
  newDiscountOf,
  newRampStepOf,
  newTrialOf,
  RampStepInput,
  SpendBoundInput,
  TrialInput,
} from "./terms.inputs";
export { ContractDiscountType, DiscountType, SpendBoundType } from "./terms.types";
