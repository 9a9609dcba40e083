import type { Cadence } from "../../domain/calendar/cadence";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { BillingTiming } from "../../domain/contract/contract";
import type { CurrencyCode } from "../../domain/money/currency";
import type { Price as RatedPrice } from "../../domain/pricing/price";
import type { ProrationRule } from "../../domain/pricing/prorate";

/** One version of a price in one currency. Never changed: a new version is a new price of the same lineage. */
export type Price = {
  readonly id: string;
  readonly productId: string;
  readonly lineageId: string;
  readonly name: string;
  readonly currency: CurrencyCode;
  /** What the engine rates by. */
  readonly price: RatedPrice;
  readonly cadence: Cadence;
  readonly timing: BillingTiming;
  readonly proration: ProrationRule;
  /** The amounts are what the customer pays, tax and all. */
  readonly taxInclusive: boolean;
  /** The metric whose usage is rated; null where the contracted quantity, or the seats, are. */
  readonly metricId: string | null;
  /** The one contract that it is for; null: it is in the catalog. */
  readonly contractId: string | null;
  readonly effectiveOn: PlainDate;
  readonly createdAt: Date;
};

/** What a contract may have otherwise than it is listed: the amounts, and when they fall due. */
export type AgreedTerms = Pick<Price, "price" | "cadence" | "timing">;
