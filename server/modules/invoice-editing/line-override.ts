import type { CurrencyCode } from "../../domain/money/currency";

/**
 * `unconfirmed`: the engine came to another amount since, which somebody has to look at; `vanished`: no draft has its line
 * any more; `billed`: an invoice with it is issued.
 */
export type OverrideState = "active" | "unconfirmed" | "vanished" | "billed";

/** An amount that people set in place of the engine's. Amounts are decimal text, on the same side of tax as the charge. */
export type LineOverride = {
  readonly id: string;
  readonly contractId: string;
  readonly billingKey: string;
  readonly description: string;
  readonly currency: CurrencyCode;
  readonly state: OverrideState;
  /** when the override was made or last confirmed */
  readonly engineAmount: string;
  /** null: no draft has its line */
  readonly engineAmountNow: string | null;
  readonly amount: string;
  readonly reason: string;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly confirmedBy: string | null;
  readonly confirmedAt: Date | null;
  readonly billedAt: Date | null;
  /** the draft on which its line stands, or the invoice that was issued with it */
  readonly invoiceId: string | null;
};

/** What an override is found by: the same line on whatever draft. */
export type OverrideKey = Pick<LineOverride, "contractId" | "billingKey">;
