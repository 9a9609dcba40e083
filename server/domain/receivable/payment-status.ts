import type { Decimal } from "../money/decimal";

/** `uncollectible`: what was left was written off as a bad debt. */
export type PaymentStatus = "unpaid" | "partially_paid" | "paid" | "uncollectible";

/**
 * How far an issued document is settled; of a credit note, how far it is used. What asks for nothing is paid at once.
 * `settled` has the sign of `gross` and is no more than it; `badDebt` is the part of it that was given up as such.
 */
export function paymentStatusOf({
  gross,
  settled,
  badDebt,
}: {
  readonly gross: Decimal;
  readonly settled: Decimal;
  readonly badDebt: Decimal;
}): PaymentStatus {
  if (!settled.equals(gross)) return settled.isZero() ? "unpaid" : "partially_paid";
  return badDebt.isZero() ? "paid" : "uncollectible";
}
