export { amendmentOfQuote } from "./amendment-of-quote";
export { answerWithQuote } from "./answer-with-quote";
export { type CheckedAmendment, checkAmendmentTerms } from "./check-amendment-terms";
export type { QuoteHead } from "./check-quote-head";
export { type CheckedTerms, checkQuoteTerms, isIncompleteness } from "./check-quote-terms";
export { contractOfTerms } from "./contract-of-terms";
export { expireQuotes } from "./expire-quotes";
export { type AssumedQuoteUsage, figuresOfChecked, figuresOfTerms, figuresOfVersion } from "./figures-of-terms";
export { refusedByPriceBook, violationsOfChecked } from "./guard-rails-held";
export { notASale } from "./lock-for-edit";
export { type LockedQuote, lockVersion, type SeenVersion } from "./lock-version";
export { customerOfProspect, customerOfQuote, type Party } from "./party";
export type {
  Prospect,
  Quote,
  QuoteDocument,
  QuoteDocumentKind,
  QuoteEvent,
  QuoteEventKind,
  QuoteVersion,
} from "./quote";
export { QuoteHeadInput, quoteHeadOf } from "./quote.inputs";
export {
  currentVersionsByQuote,
  loadCurrentVersion,
  lockQuote,
  markVersionSent,
  quotesById,
  quoteVersionsById,
  saveQuote,
  versionsByQuote,
} from "./quote.store";
export { QuoteDocumentType, QuoteType, QuoteVersionType } from "./quote.types";
export { ChangedQuoteCellType, QuoteCellEditType } from "./quote-cells.types";
export {
  documentsByQuote,
  insertQuoteDocument,
  quoteDocumentContent,
  quoteDocumentsById,
  sha256Of,
} from "./quote-document.store";
export { eventsByQuote, insertQuoteEvent, quoteEventsById } from "./quote-event.store";
export { QuoteTermsType } from "./quote-terms.types";
export { toShownTerms } from "./show-terms";
export { startQuoteFrom } from "./start-quote-from";
export { type StartedVersion, startVersion, type VersionToStart } from "./start-version";
export { statusAfterAct } from "./status-after-act";
export { shownChange } from "./update-quote-terms";
export { cellEditOf, QuoteCellEditInput } from "./update-quote-terms.inputs";
export { QuoteEditConflict } from "./update-quote-terms.types";
