import type { FirstPeriod, RecurringCadence } from "../../domain/calendar/cadence";
import type { PaymentTerms } from "../../domain/calendar/payment-terms";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { Decimal } from "../../domain/money/decimal";
import type { DiscountPosition } from "../../domain/pricing/discount";
import type { ProrationRule } from "../../domain/pricing/prorate";

/** A contract as it is asked for: nothing checked, nothing looked up, null where a default is wanted. */
export type NewContract = {
  readonly customerId: string;
  readonly name: string;
  readonly number: string | null;
  readonly currency: string | null;
  readonly startsOn: PlainDate;
  readonly endsBefore: PlainDate | null;
  readonly anchorOn: PlainDate | null;
  readonly firstPeriod: FirstPeriod;
  readonly poNumber: string | null;
  readonly paymentTerms: PaymentTerms | null;
  readonly billedThroughOn: PlainDate | null;
  readonly phases: readonly NewPhase[];
  readonly minimums: readonly NewMinimum[];
};

export type NewPhase = {
  readonly name: string | null;
  readonly startsOn: PlainDate;
  readonly endsBefore: PlainDate | null;
  readonly charges: readonly NewCharge[];
};

export type NewCharge = {
  readonly priceId: string;
  readonly quantity: Decimal | null;
  readonly description: string | null;
  readonly discounts: readonly NewDiscount[];
};

export type NewDiscount = {
  readonly key: string | null;
  readonly description: string;
  readonly percent: Decimal | null;
  readonly amount: MoneyAsked | null;
  readonly endsBefore: PlainDate | null;
  readonly position: DiscountPosition;
};

export type NewMinimum = {
  readonly description: string;
  readonly amount: MoneyAsked;
  readonly cadence: RecurringCadence;
  readonly proration: ProrationRule;
  readonly lineageIds: readonly string[] | null;
  readonly productId: string;
};

/** The currency as it was written, not yet known to be one. */
export type MoneyAsked = { readonly amount: Decimal; readonly currency: string };
