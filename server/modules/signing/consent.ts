import type { Organization } from "../organization";
import type { Quote, QuoteVersion } from "../quote";

/** What a signer agrees to, in the words that the page shows and the record keeps. */
export const consentOf = (
  { quote, version }: { readonly quote: Pick<Quote, "number">; readonly version: Pick<QuoteVersion, "ordinal"> },
  { legalName }: Pick<Organization, "legalName">,
): string =>
  `I have read version ${version.ordinal} of offer ${quote.number} from ${legalName}, I accept it, and I may sign it. ` +
  "I agree to sign it electronically; my signature here counts as one on paper.";
