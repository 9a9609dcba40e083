import type { PlainDate } from "../../domain/calendar/plain-date";
import type { CurrencyCode } from "../../domain/money/currency";
import type { GuardRail } from "../../domain/quote/guard-rails";

/** What finance may set. */
export type PriceBookTerms = {
  readonly name: string;
  readonly description: string | null;
  /** The first day on which a quote may be made from it; null: since ever. */
  readonly startsOn: PlainDate | null;
  /** The day after the last; null: until further notice. */
  readonly endsBefore: PlainDate | null;
};

/** The prices that quotes may be made from, in one currency, with how far each may be discounted. */
export type PriceBook = PriceBookTerms & {
  readonly id: string;
  readonly currency: CurrencyCode;
  readonly archivedAt: Date | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

export type PriceBookEntry = GuardRail & { readonly priceBookId: string };
