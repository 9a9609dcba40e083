import {
  ChangeDeliverySettingsSuccessResolver,
  DeliveriesOfInvoiceResolver,
  DeliveryResolver,
  DeliverySettingsResolver,
  InvoiceLinkResolver,
  MailBounceResolver,
  ResendInvoiceSuccessResolver,
  ResetMailTemplateSuccessResolver,
  ResolveDeliverySuccessResolver,
  SaveMailTemplateSuccessResolver,
  SendTestInvoiceMailSuccessResolver,
} from "./delivery.resolver";

export const resolvers = [
  DeliveriesOfInvoiceResolver,
  DeliveryResolver,
  MailBounceResolver,
  DeliverySettingsResolver,
  InvoiceLinkResolver,
  ResendInvoiceSuccessResolver,
  SendTestInvoiceMailSuccessResolver,
  ResolveDeliverySuccessResolver,
  ChangeDeliverySettingsSuccessResolver,
  SaveMailTemplateSuccessResolver,
  ResetMailTemplateSuccessResolver,
] as const;
