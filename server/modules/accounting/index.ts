export type { LedgerEntry, LedgerState } from "./accounting";
export { accountingTasks } from "./accounting-tasks";
export { accountingExportRoute } from "./export.route";
export { type Backlog, backlog, entriesByInvoice } from "./ledger.store";
export { paymentsReadAt, type Reconciliation, reconciliationOfMonth } from "./read-accounting";
export { queueIssued, queueVoided, syncPerformer } from "./sync-ledger";
export { createXeroAccount, useXero } from "./xero";
export { xeroRoute } from "./xero.route";
