import type { Period } from "../calendar/period";
import type { Decimal } from "../money/decimal";
import type { Money } from "../money/money";
import type { DocumentLine } from "./document-line";
import { makeLine } from "./make-line";

/** A line that people write on a draft. */
export type ManualLine = {
  readonly id: string;
  readonly productId: string;
  readonly description: string;
  readonly servicePeriod: Period;
  readonly quantity: Decimal | null;
  readonly unitPrice: Decimal | null;
  /** Before tax; with it where the prices of the document include it. Below zero it takes off. */
  readonly amount: Money;
  /** null: that of the product */
  readonly taxCode: string | null;
  readonly reason: string;
};

/**
 * What people wrote as a line of the document. It bills no contract, has no billing rhythm and decides no billing month;
 * for credits it is earned on its last day, like what is billed in arrears.
 */
export function manualLine(written: ManualLine): DocumentLine {
  const { productId, description, servicePeriod, quantity, unitPrice, amount, taxCode, reason } = written;
  const line = makeLine(
    {
      key: manualKeyOf(written.id),
      kind: "charge",
      adjusts: null,
      lineageId: null,
      boundId: null,
      fullPeriod: servicePeriod,
      servicePeriod,
      timing: "in_arrears",
      chargeId: null,
      productId,
      isOneTime: true,
      isMetered: false,
    },
    {
      currency: amount.currency,
      description,
      precise: amount.amount,
      charge: amount.amount,
      ...(quantity && { quantity }),
      unitPrice,
      explain: () => ({ written: { reason } }),
    },
  );
  return { line, contractId: null, reason, engineAmount: null, taxCode };
}

export const manualKeyOf = (id: string): string => `manual|${id}`;
