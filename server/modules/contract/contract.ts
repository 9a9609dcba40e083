import type { FirstPeriod, RecurringCadence } from "../../domain/calendar/cadence";
import type { PaymentTerms } from "../../domain/calendar/payment-terms";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { CurrencyCode } from "../../domain/money/currency";
import type { Decimal } from "../../domain/money/decimal";
import type { Discount } from "../../domain/pricing/discount";
import type { ProrationRule } from "../../domain/pricing/prorate";

export type BillingScheduleStatus = "draft" | "active" | "suspended" | "completed" | "cancelled";

export type Contract = {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  readonly customerId: string;
  readonly currency: CurrencyCode;
  readonly startsOn: PlainDate;
  readonly endsBefore: PlainDate | null;
  readonly poNumber: string | null;
  /** null: the customer's terms */
  readonly paymentTerms: PaymentTerms | null;
  readonly billedThroughOn: PlainDate | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly schedule: BillingSchedule;
};

export type BillingSchedule = {
  readonly id: string;
  readonly status: BillingScheduleStatus;
  readonly anchorOn: PlainDate;
  readonly firstPeriod: FirstPeriod;
};

export type Phase = {
  readonly id: string;
  readonly scheduleId: string;
  readonly name: string;
  readonly startsOn: PlainDate;
  readonly endsBefore: PlainDate | null;
};

export type Charge = {
  readonly id: string;
  readonly phaseId: string;
  readonly priceId: string;
  readonly productId: string;
  readonly lineageId: string;
  readonly description: string;
  readonly currency: CurrencyCode;
  readonly quantity: Decimal;
  readonly discounts: readonly Discount[];
};

export type MinimumCommitment = {
  readonly id: string;
  readonly scheduleId: string;
  readonly description: string;
  readonly amount: Decimal;
  readonly currency: CurrencyCode;
  readonly cadence: RecurringCadence;
  readonly proration: ProrationRule;
  readonly lineageIds: readonly string[] | "all";
  readonly productId: string;
};

export type SeatChange = {
  readonly contractId: string;
  readonly lineageId: string;
  readonly effectiveOn: PlainDate;
  readonly seats: number;
};
