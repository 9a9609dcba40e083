import { InvoiceGridResolver } from "./invoice-grid.resolver";
import {
  DraftInvoicesSuccessResolver,
  FinalizeInvoicesSuccessResolver,
  InvoiceOperationsResolver,
  RecalculateInvoicesSuccessResolver,
  RemindInvoicesSuccessResolver,
  SendInvoicesSuccessResolver,
  SyncInvoicesSuccessResolver,
  VoidInvoicesSuccessResolver,
} from "./invoice-operations.resolver";
import { SavedViewSummaryResolver } from "./saved-view-summary.resolver";
import { VarianceResolver } from "./variance.resolver";

export const resolvers = [
  VarianceResolver,
  SavedViewSummaryResolver,
  InvoiceGridResolver,
  InvoiceOperationsResolver,
  DraftInvoicesSuccessResolver,
  RecalculateInvoicesSuccessResolver,
  FinalizeInvoicesSuccessResolver,
  SendInvoicesSuccessResolver,
  RemindInvoicesSuccessResolver,
  SyncInvoicesSuccessResolver,
  VoidInvoicesSuccessResolver,
] as const;
