import { DropboxSignResolver } from "./dropbox-sign.resolver";
import {
  CreateQuoteLinkSuccessResolver,
  QuoteLinkResolver,
  QuoteSigningResolver,
  RemindSignersSuccessResolver,
  ReplaceSignerSuccessResolver,
  RevokeQuoteLinkSuccessResolver,
  SignatureRequestResolver,
  SignerResolver,
} from "./signing.resolver";

export const resolvers = [
  QuoteSigningResolver,
  SignatureRequestResolver,
  SignerResolver,
  QuoteLinkResolver,
  CreateQuoteLinkSuccessResolver,
  RevokeQuoteLinkSuccessResolver,
  RemindSignersSuccessResolver,
  ReplaceSignerSuccessResolver,
  DropboxSignResolver,
];
