import type { PlainMonth } from "../../domain/calendar/plain-month";
import type { Check, CheckKind } from "../../domain/close/checklist";
import type { CurrencyCode } from "../../domain/money/currency";

/** A month that was closed; reopened, it can be closed again. */
export type MonthClose = {
  readonly id: string;
  readonly month: PlainMonth;
  readonly note: string | null;
  /** as it was when the month was closed */
  readonly checklist: readonly Check[];
  readonly closedBy: string;
  readonly closedAt: Date;
  readonly reopenedBy: string | null;
  readonly reopenedAt: Date | null;
  readonly reopenReason: string | null;
};

/** A finding that somebody let pass. */
export type ClosingWaiver = {
  readonly id: string;
  readonly month: PlainMonth;
  readonly check: CheckKind;
  readonly subjectId: string;
  readonly subject: string;
  readonly amount: string | null;
  readonly currency: CurrencyCode | null;
  readonly reason: string;
  readonly waivedBy: string;
  readonly waivedAt: Date;
  readonly revokedBy: string | null;
  readonly revokedAt: Date | null;
};

export type CloseChecklist = {
  readonly month: PlainMonth;
  /** null: not closed, or reopened since */
  readonly close: MonthClose | null;
  readonly checks: readonly Check[];
};
