import {
  CreateCreditNoteSuccessResolver,
  CreditAndReissueInvoiceSuccessResolver,
  CreditAndReissueNoteResolver,
  CreditInvoiceSuccessResolver,
  CreditNoteResolver,
  CreditsOfInvoiceResolver,
  CreditsOfLineResolver,
  DeleteCreditNoteSuccessResolver,
  RecordRefundSuccessResolver,
  UpdateCreditNoteSuccessResolver,
} from "./credit-note.resolver";

export const resolvers = [
  CreditNoteResolver,
  CreditsOfInvoiceResolver,
  CreditsOfLineResolver,
  CreateCreditNoteSuccessResolver,
  CreditInvoiceSuccessResolver,
  UpdateCreditNoteSuccessResolver,
  CreditAndReissueNoteResolver,
  CreditAndReissueInvoiceSuccessResolver,
  DeleteCreditNoteSuccessResolver,
  RecordRefundSuccessResolver,
] as const;
