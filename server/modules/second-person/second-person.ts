import type { CurrencyCode } from "../../domain/money/currency";

/**
 * What may need a second person: changes by hand of a scheduled invoice (overrides and manual lines together), a credit
 * note, a refund, a write-off.
 */
export type ControlledKind = "manual_change" | "credit_note" | "refund" | "write_off";

/** Above so much in this currency. Where there is no limit, nobody is asked. */
export type ControlLimit = { readonly kind: ControlledKind; readonly currency: CurrencyCode; readonly amount: string };

export type RequestState = "pending" | "approved" | "rejected" | "withdrawn";

/** What somebody asks a second person to let them do, up to an amount; decimal text, with tax except for changes by hand. */
export type SecondPersonRequest = {
  readonly id: string;
  readonly kind: ControlledKind;
  /** the draft, the credit note, the invoice, or the customer of a refund */
  readonly subjectId: string;
  readonly currency: CurrencyCode;
  readonly amount: string;
  readonly reason: string;
  readonly state: RequestState;
  readonly requestedBy: string;
  readonly requesterId: string | null;
  readonly requestedAt: Date;
  readonly decidedBy: string | null;
  readonly deciderId: string | null;
  readonly decidedAt: Date | null;
  readonly decisionNote: string | null;
  /** when it was made use of, where it holds for one act: a refund, a write-off */
  readonly usedAt: Date | null;
};

export const KIND_WORDS: { readonly [K in ControlledKind]: string } = {
  manual_change: "Changes by hand",
  credit_note: "Credit notes",
  refund: "Refunds",
  write_off: "Write-offs",
};
