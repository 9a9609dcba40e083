import {
  CreateQuoteSuccessResolver,
  CustomerQuotesResolver,
  QuoteResolver,
  QuoteVersionResolver,
} from "./quote.resolver";

export const resolvers = [QuoteResolver, QuoteVersionResolver, CustomerQuotesResolver, CreateQuoteSuccessResolver];
