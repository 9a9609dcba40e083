import { InvoiceGridResolver } from "./invoice-grid.resolver";
import {
  DraftInvoicesSuccessResolver,
  FinalizeInvoicesSuccessResolver,
  InvoiceOperationsResolver,
  RecalculateInvoicesSuccessResolver,
  SendInvoicesSuccessResolver,
} from "./invoice-operations.resolver";
import {
  CreateSavedViewSuccessResolver,
  SavedViewResolver,
  UpdateSavedViewSuccessResolver,
} from "./saved-view.resolver";

export const resolvers = [
  SavedViewResolver,
  CreateSavedViewSuccessResolver,
  UpdateSavedViewSuccessResolver,
  InvoiceGridResolver,
  InvoiceOperationsResolver,
  DraftInvoicesSuccessResolver,
  RecalculateInvoicesSuccessResolver,
  FinalizeInvoicesSuccessResolver,
  SendInvoicesSuccessResolver,
] as const;
