import type { SaleTerms } from "../../domain/quote/quote-terms";

/** Terms to begin a quote with. Their days are those of the quote that they come from, and are moved. */
export type QuoteTemplate = {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly terms: SaleTerms;
  readonly priceBookId: string | null;
  readonly archivedAt: Date | null;
  readonly version: number;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};
