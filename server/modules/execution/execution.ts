import type { PlainDate } from "../../domain/calendar/plain-date";
import type { SaleTerms } from "../../domain/quote/quote-terms";
import type { Problem } from "../../platform/refusal";
import type { Quote, QuoteVersion } from "../quote";

/** What finance adds to what was signed. */
export type Execution = {
  readonly quoteId: string;
  /** Of the quote. */
  readonly version: number;
  readonly aliases: readonly AliasAsked[];
  /** null: the organization's next */
  readonly number: string | null;
  /** null: the quote's, if it names one */
  readonly poNumber: string | null;
};

export type AliasAsked = {
  readonly alias: string;
  readonly startsOn: PlainDate | null;
  readonly endsBefore: PlainDate | null;
};

/** What an execution made, as plain data. */
export type Executed = {
  readonly quoteId: string;
  readonly contractId: string;
  /** null: a contract was made */
  readonly amendmentId: string | null;
  readonly warnings: readonly Problem[];
};

/** A quote that is locked, with the version that was signed. */
export type SignedVersion<Terms = SaleTerms> = {
  readonly quote: Quote;
  readonly version: QuoteVersion;
  readonly terms: Terms;
};
