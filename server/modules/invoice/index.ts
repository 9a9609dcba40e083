export { documentRoute } from "./document.route";
export type { Blocker, Invoice, InvoiceStatus } from "./invoice";
export { InvoiceFilterInput, toInvoiceFilter } from "./invoice.inputs";
export {
  ANY_INVOICE,
  FILTER_SQL,
  type InvoiceFilter,
  filterValues,
  invoicesById,
  selectInvoiceIds,
} from "./invoice.store";
export { InvoiceStatusEnum, InvoiceType } from "./invoice.types";
export { invoicePerformers, type MailTransports } from "./performers";
