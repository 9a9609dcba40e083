import {
  OfferTemplateResolver,
  OrganizationOfferTemplateResolver,
  QuoteDocumentUrlResolver,
  QuoteOfferResolver,
  QuoteVersionOfferResolver,
  SetOfferTemplateSuccessResolver,
} from "./offer.resolver";

export const resolvers = [
  QuoteOfferResolver,
  QuoteVersionOfferResolver,
  QuoteDocumentUrlResolver,
  OfferTemplateResolver,
  OrganizationOfferTemplateResolver,
  SetOfferTemplateSuccessResolver,
];
