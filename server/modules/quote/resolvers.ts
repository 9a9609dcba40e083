import {
  AmendmentQuoteResolver,
  CreateAmendmentQuoteSuccessResolver,
  QuoteAmendmentTermsResolver,
  QuoteChangeResolver,
  UpdateAmendmentQuoteSuccessResolver,
} from "./amendment-quote.resolver";
import { CompareQuoteVersionsResolver } from "./compare-quote-versions.resolver";
import { EditQuoteResolver } from "./edit-quote.resolver";
import { QuotePreviewResolver, QuoteVersionFiguresResolver } from "./preview-quote.resolver";
import {
  CopyQuoteResolver,
  CreateQuoteSuccessResolver,
  CustomerQuotesResolver,
  QuoteResolver,
  QuoteVersionResolver,
} from "./quote.resolver";
import { QuoteLineResolver, QuoteRampStepResolver } from "./quote-terms.resolver";
import { QuoteVersionCellsResolver, UpdateQuoteTermsResolver } from "./update-quote-terms.resolver";

export const resolvers = [
  QuoteResolver,
  QuoteVersionResolver,
  CustomerQuotesResolver,
  CreateQuoteSuccessResolver,
  CopyQuoteResolver,
  EditQuoteResolver,
  UpdateQuoteTermsResolver,
  QuoteVersionCellsResolver,
  CompareQuoteVersionsResolver,
  QuoteLineResolver,
  QuoteRampStepResolver,
  QuotePreviewResolver,
  QuoteVersionFiguresResolver,
  AmendmentQuoteResolver,
  QuoteAmendmentTermsResolver,
  QuoteChangeResolver,
  CreateAmendmentQuoteSuccessResolver,
  UpdateAmendmentQuoteSuccessResolver,
];
