import type { FirstPeriod } from "../../domain/calendar/cadence";
import type { PaymentTerms } from "../../domain/calendar/payment-terms";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { SpendBound as BilledBound, ContractDiscount, LateUsagePolicy } from "../../domain/contract/contract";
import type { RenewalRule } from "../../domain/contract/renewal";
import type { BoundKind } from "../../domain/invoice/segment";
import type { CurrencyCode } from "../../domain/money/currency";
import type { Decimal } from "../../domain/money/decimal";
import type { Discount } from "../../domain/pricing/discount";

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
  /** The usage of the customer's children, and of theirs, counts as the customer's own. */
  readonly rollsUpUsage: boolean;
  readonly lateUsage: LateUsagePolicy;
  readonly renewal: RenewalRule;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly schedule: BillingSchedule;
};

/** As it is billed; or as it was, where `revision` is not the latest. */
export type BillingSchedule = {
  readonly id: string;
  readonly status: BillingScheduleStatus;
  readonly anchorOn: PlainDate;
  readonly firstPeriod: FirstPeriod;
  /** 0 as first agreed; each amendment makes the next. */
  readonly revision: number;
};

/** What a revision of a schedule says beside its phases. */
export type ScheduleRevision = {
  readonly scheduleId: string;
  readonly revision: number;
  readonly amendmentId: string | null;
  readonly startsOn: PlainDate;
  readonly endsBefore: PlainDate | null;
  readonly currency: CurrencyCode;
  readonly discounts: readonly ContractDiscount[];
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
  readonly isFreeTrial: boolean;
};

export type SpendBound = BilledBound & {
  readonly bound: BoundKind;
  readonly currency: CurrencyCode;
  /** Under which a true-up or a cap is billed. */
  readonly productId: string;
};

export type SeatChange = {
  readonly contractId: string;
  readonly lineageId: string;
  readonly effectiveOn: PlainDate;
  readonly seats: number;
};
