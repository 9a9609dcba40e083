export { type CheckedTerms, checkQuoteTerms, isIncompleteness } from "./check-quote-terms";
export { contractOfTerms } from "./contract-of-terms";
export { customerOfProspect, type Party } from "./party";
export type {
  Prospect,
  Quote,
  QuoteDocument,
  QuoteDocumentKind,
  QuoteEvent,
  QuoteEventKind,
  QuoteVersion,
} from "./quote";
export {
  currentVersionsByQuote,
  loadCurrentVersion,
  lockQuote,
  markVersionSent,
  quotesById,
  quoteVersionsById,
  saveQuote,
} from "./quote.store";
export { QuoteType, QuoteVersionType } from "./quote.types";
export { documentsByQuote, insertQuoteDocument, quoteDocumentContent, sha256Of } from "./quote-document.store";
export { insertQuoteEvent } from "./quote-event.store";
