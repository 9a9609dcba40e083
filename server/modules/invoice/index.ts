export { amendmentsByInvoice, insertAmendment } from "./amendment.store";
export { calculateDrafts, type DraftOutcome, recalculateOneOffs } from "./calculate-drafts";
export { type CreditNoteOn, type CreditOfLine, creditNotesOn, creditsOfLines } from "./credited.store";
export { documentRoute } from "./document.route";
export type { HoldBack } from "./finalize-invoices";
export {
  type Blocker,
  billedCustomerId,
  type CreditCategory,
  type CreditEffect,
  type CreditService,
  type DocumentKind,
  type Invoice,
  type InvoiceLine,
  type InvoiceStatus,
  type Parties,
} from "./invoice";
export { withLastDay } from "./invoice.resolver";
export {
  billedLines,
  contractsOfInvoices,
  creditGrantsOfInvoices,
  invoicesById,
  linesById,
  linesByInvoice,
  lockDraft,
  lockInvoices,
} from "./invoice.store";
export {
  BlockerEnum,
  DocumentKindEnum,
  InvoiceConnection,
  InvoiceLineType,
  InvoiceOriginEnum,
  InvoiceStatusEnum,
  InvoiceType,
  PaymentStatusEnum,
  ServicePeriod,
  StaleReasonEnum,
} from "./invoice.types";
export { currentDocument, describeCurrent, issuedDocument } from "./invoice-document";
export { keepRunningInvoices } from "./keep-running-invoices";
export { loadCreditables } from "./load-creditables";
export { INCLUDE_RUNNING, invoicePerformers, type OnDrafted, type OnIssued } from "./performers";
export {
  type Creditable,
  type CreditOf,
  creditedOf,
  isCreditedItself,
  type LineRefusal,
  leftOfLine,
  takeBack,
} from "./take-back";
