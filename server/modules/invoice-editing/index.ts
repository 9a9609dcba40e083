export { carryNegativesForward } from "./carry-negatives-forward";
export { type InvoiceRecipient, recipientsByInvoice } from "./issued.store";
export type { LineOverride, OverrideState } from "./line-override";
export { listOverrides, unconfirmedByInvoice } from "./line-override.store";
export { voidPerformer } from "./void-invoices";
