export { documentRoute } from "./document.route";
export type { Blocker, DocumentKind, Invoice, InvoiceStatus } from "./invoice";
export { InvoiceFilterInput, toInvoiceFilter } from "./invoice.inputs";
export {
  ANY_INVOICE,
  billedLines,
  FILTER_SQL,
  filterValues,
  type InvoiceFilter,
  invoicesById,
  selectInvoiceIds,
} from "./invoice.store";
export { InvoiceStatusEnum, InvoiceType } from "./invoice.types";
export { invoicePerformers, type MailTransports, type OnIssued, sendPerformer } from "./performers";
