import { InvoiceLineResolver, InvoiceOperationItemResolver, InvoiceResolver } from "./invoice.resolver";

export const resolvers = [InvoiceResolver, InvoiceLineResolver, InvoiceOperationItemResolver] as const;
