import type { Decimal } from "../../domain/money/decimal";
import type { Refusal } from "../../platform/refusal";
import type { Caller } from "../../platform/request-context";
import type { Invoice } from "../invoice";

/** What somebody is about to give: by a draft of a credit note, or as money. Above zero, with tax. */
export type Giving = Pick<Invoice, "currency" | "customerId"> & {
  readonly kind: "credit_note" | "refund";
  readonly amount: Decimal;
  /** the invoice that is credited, or the credit note that is paid out; null: a refund of the customer's balance */
  readonly invoiceId: string | null;
};

/**
 * Who judges whether it may be given at all, or needs a second person; null: it may be done. Credit notes are drafts until
 * they are issued: what is only held back there is handed to `invoicePerformers` as `holdBack`.
 */
export type GivingLimit = (
  giving: Giving,
  caller: Caller,
) => Promise<{ readonly ok: false; readonly error: Refusal } | null>;

let limit: GivingLimit = async () => null;

/** Hands in, once for this process, what limits credits and refunds. */
export function limitGiving(by: GivingLimit): void {
  limit = by;
}

export const limited: GivingLimit = (giving, caller) => limit(giving, caller);
