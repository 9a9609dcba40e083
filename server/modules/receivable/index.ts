export { applyIssuedCreditNotes } from "./apply-credit-notes";
export { balancesByCustomer, type CustomerBalance } from "./balance.store";
export type { NewPayment, Payment, PaymentMethod } from "./payment";
export { type PaymentScope, paymentCommand } from "./payment-command";
export { agingRows, receivablesOfMonth } from "./read-aging";
export {
  daysOverdue,
  type LedgerScope,
  type NewSettlement,
  type Receivable,
  type Settlement,
  type SettlementKind,
  type WriteOffAs,
} from "./receivable";
export { PaymentMethodEnum, RefundType, SettlementType } from "./receivable.types";
export { receivePayment, recordPaymentFromXero } from "./receive-payment";
export type { NewRefund, Refund } from "./refund";
export { refundsById } from "./refund.store";
export { reversePaymentFromXero } from "./reverse-payment";
export { settle, unsettle } from "./settle";
export { receivablesByInvoice } from "./settlement.store";
export { recordRefund } from "./use-balance";
export { limitWriteOffs, type WriteOffLimit } from "./write-off";
