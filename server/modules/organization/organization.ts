import type { PaymentTerms } from "../../domain/calendar/payment-terms";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import type { CurrencyCode } from "../../domain/money/currency";
import type { Decimal } from "../../domain/money/decimal";

export type OrganizationMode = "live" | "sandbox";
export type TaxRounding = "per_line" | "per_rate";

/** A change is flagged when it exceeds both. */
export type VarianceThresholds = { readonly amount: Decimal; readonly percent: Decimal };

/** What an administrator may set. */
export type OrganizationTerms = {
  readonly legalName: string;
  readonly addressLines: readonly string[];
  readonly country: string;
  readonly taxNumber: string | null;
  readonly bankDetails: readonly string[];
  readonly timeZone: string;
  readonly taxRounding: TaxRounding;
  readonly paymentTerms: PaymentTerms;
  readonly brandColor: string;
  readonly mailFrom: string;
  readonly varianceThresholds: VarianceThresholds;
};

/** The seller: one legal entity. Base currency and mode are for good. */
export type Organization = OrganizationTerms & {
  readonly id: string;
  readonly baseCurrency: CurrencyCode;
  readonly mode: OrganizationMode;
  /** Where the clock of a sandbox stands; null: it runs with the world's. */
  readonly testClockAt: Date | null;
  /** The last month that is closed; null: none is. */
  readonly lockedThrough: PlainMonth | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};
