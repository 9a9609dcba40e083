import {
  InvoiceLineResolver,
  InvoiceOfCreditEntryResolver,
  InvoiceOperationItemResolver,
  InvoiceResolver,
} from "./invoice.resolver";
import { LateAdjustmentResolver, LateAdjustmentsOfContractResolver } from "./late-adjustment.resolver";

export const resolvers = [
  InvoiceResolver,
  InvoiceLineResolver,
  InvoiceOperationItemResolver,
  InvoiceOfCreditEntryResolver,
  LateAdjustmentResolver,
  LateAdjustmentsOfContractResolver,
] as const;
