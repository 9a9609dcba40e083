import type { Period } from "../calendar/period";
import type { PlainDate } from "../calendar/plain-date";
import type { PlainMonth } from "../calendar/plain-month";
import type { BillingTiming } from "../contract/contract";
import type { Currency } from "../money/currency";
import type { Decimal } from "../money/decimal";
import type { Money } from "../money/money";
import type { DriverFacts } from "./driver-facts";
import type { Explanation } from "./explanation";
import type { LineKind, OriginalLineKind } from "./line-kind";
import type { SharedDiscount } from "./shared-discount";

export type { LineKind, OriginalLineKind } from "./line-kind";

/** What a line is for, the same on every recalculation. */
export type LineIdentity = {
  /** subject | full period | service period | kind */
  readonly key: string;
  readonly kind: LineKind;
  /** The kind that an adjustment corrects; null on all others. */
  readonly adjusts: OriginalLineKind | null;
  /** Null on lines that a minimum or maximum over several charges makes. */
  readonly lineageId: string | null;
  /** Set alone on lines that a minimum or maximum over several charges makes. */
  readonly boundId: string | null;
  readonly fullPeriod: Period;
  readonly servicePeriod: Period;
  /** With the service period it tells the due day; an adjustment keeps that of what it corrects. */
  readonly timing: BillingTiming;
};

/** In advance on the first day served, in arrears on the day after the last (decision "Falling due"). */
export const dueDayOf = ({ timing, servicePeriod }: Pick<LineIdentity, "timing" | "servicePeriod">): PlainDate =>
  timing === "in_advance" ? servicePeriod.startsOn : servicePeriod.endsBefore;

export type Line = LineIdentity & {
  /** The issued document that an adjustment or a late line corrects, by whose tax rates it is taxed; else null. */
  readonly correctsDocumentId: string | null;
  readonly chargeId: string | null;
  readonly productId: string | null;
  readonly description: string;
  readonly dueOn: PlainDate;
  /** One-off lines have no billing rhythm: they do not decide the billing month. */
  readonly isOneTime: boolean;
  readonly isMetered: boolean;
  /** Units as measured or contracted, before included units; null where a line has no units. */
  readonly quantity: Decimal | null;
  /** Null where more than one price, or none, makes the amount. */
  readonly unitPrice: Decimal | null;
  /** Before rounding and before discounts. */
  readonly precise: Money;
  readonly charge: Money;
  /** Positive: what is taken off the charge. */
  readonly discount: Money;
  readonly net: Money;
  /**
   * What discounts over several lines take off this one; it is in `discount`, or is all that the line is for. A line that
   * was read back has them in its explanation alone.
   */
  readonly shares: readonly SharedDiscount[];
  readonly explanation: Explanation;
  /** Of a charge: what comparisons need. A line that was read back goes without, and is compared by its explanation. */
  readonly driverFacts?: DriverFacts | null;
};

/**
 * A line of an issued document, net of the credit notes on it. Lines that the engine did not make are not handed to it.
 */
export type BilledLine = LineIdentity &
  Pick<Line, "chargeId" | "productId" | "description" | "net"> & {
    /** The issued document it stands on. */
    readonly documentId: string;
    /** The document is credited in part: it stays, and is not issued again. */
    readonly isCreditedInPart?: boolean;
    readonly explanation: Explanation | null;
  };

/** An invoice that should exist: all lines of one contract that fall due on one day. */
export type ProposedInvoice = {
  readonly contractId: string;
  readonly currency: Currency;
  readonly billsOn: PlainDate;
  readonly billingMonth: PlainMonth;
  readonly servicePeriod: Period;
  readonly lines: readonly Line[];
  readonly net: Money;
};
