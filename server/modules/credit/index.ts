export type { CreditEntry, CreditGrant } from "./credit";
export { CreditEntryType, CreditGrantType } from "./credit.types";
export { type BilledSubject, paidOfSubjects, type SubjectPaid } from "./credit-entry.store";
export { creditGrantsById, lockCreditGrantsOf } from "./credit-grant.store";
export { type CreditsAtHand, type GrantAtHand, readCredits, releaseCredits } from "./credits-at-hand";
export { lapseCredits } from "./lapse-credits";
export { returnCredits } from "./return-credits";
export { CreditsInUse, type CreditUse } from "./use-credits";
