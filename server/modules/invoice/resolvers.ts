import {
  InvoiceAmendmentResolver,
  InvoiceLineResolver,
  InvoiceOfCreditEntryResolver,
  InvoiceOperationItemResolver,
  InvoiceResolver,
} from "./invoice.resolver";
import { LateAdjustmentResolver, LateAdjustmentsOfContractResolver } from "./late-adjustment.resolver";
import { PreviewRecalculationResolver } from "./preview-recalculation.resolver";

export const resolvers = [
  InvoiceResolver,
  InvoiceAmendmentResolver,
  InvoiceLineResolver,
  InvoiceOperationItemResolver,
  InvoiceOfCreditEntryResolver,
  LateAdjustmentResolver,
  LateAdjustmentsOfContractResolver,
  PreviewRecalculationResolver,
] as const;
