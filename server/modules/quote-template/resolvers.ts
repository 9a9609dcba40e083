import { QuoteTemplateResolver } from "./quote-template.resolver";

export const resolvers = [QuoteTemplateResolver];
