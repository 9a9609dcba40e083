import { Decimal } from "../../domain/money/decimal";
import type { LedgerDocument, LedgerLine } from "./accounting-ledger";

/** Decimals that Xero keeps of quantities and prices, and of amounts. */
const [PRICE_DECIMALS, AMOUNT_DECIMALS] = [4, 2];

/** −1 turns the amounts of a credit note, below zero with us, into what Xero wants to read. */
export const signOf = ({ kind }: Pick<LedgerDocument, "kind">): 1 | -1 => (kind === "credit_note" ? -1 : 1);

/**
 * Quantity and price of a line as Xero can multiply them: our own where that makes the line's net to the cent, else one
 * piece at the net, such as a line of tiers, with a discount or at a price of five decimals.
 */
export function xeroAmounts(
  { quantity, unitPrice, net }: Pick<LedgerLine, "quantity" | "unitPrice" | "net">,
  sign: 1 | -1,
): { readonly quantity: Decimal; readonly unitAmount: Decimal; readonly lineAmount: Decimal } {
  const lineAmount = net.times(sign);
  if (quantity !== null && unitPrice !== null && quantity.decimalPlaces() <= PRICE_DECIMALS) {
    const unitAmount = unitPrice.toDecimalPlaces(PRICE_DECIMALS, Decimal.ROUND_HALF_UP);
    const product = quantity.times(unitAmount).toDecimalPlaces(AMOUNT_DECIMALS, Decimal.ROUND_HALF_UP);
    if (!quantity.isZero() && product.equals(lineAmount)) return { quantity, unitAmount, lineAmount };
  }
  return { quantity: new Decimal(1), unitAmount: lineAmount, lineAmount };
}
