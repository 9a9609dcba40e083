import { type Money, money, negate } from "../money/money";
import type { CreditExplained } from "./explanation";
import type { Line } from "./line";
import { makeLine } from "./make-line";
import type { CreditDraw, CreditKind } from "./prepaid-credits";

const DESCRIBED: { readonly [K in CreditKind]: string } = {
  prepaid: "Prepaid credit",
  promotional: "Promotional credit",
};

/**
 * The line by which credits pay another one, and stand beside it: same product, lineage and days, net of tax. An amount
 * below zero gives back what a credited line was paid with.
 */
export function creditLine(
  { line, net }: { readonly line: Line; readonly net: Money },
  { grant, amount, balanceBefore }: Pick<CreditDraw, "amount" | "balanceBefore"> & { readonly grant: GrantNamed },
): Line {
  const { currency } = net;
  const off = negate(money(amount, currency)).amount;
  const description = amount.lt(0) ? `${DESCRIBED[grant.kind]} returned` : DESCRIBED[grant.kind];
  const made = makeLine(
    { ...line, key: creditKeyOf(line.key, grant.id), kind: "credit", adjusts: null, isMetered: false },
    { currency, description: `${description}: ${grant.name}`, precise: off, charge: off, explain: () => ({}) },
  );
  const credit: CreditExplained = {
    grantId: grant.id,
    grantName: grant.name,
    lineKey: line.key,
    lineDescription: line.description,
    lineNet: net.amount.toFixed(),
    balanceBefore: balanceBefore.toFixed(),
    drawn: amount.toFixed(),
    balanceAfter: balanceBefore.minus(amount).toFixed(),
  };
  return { ...made, explanation: { ...made.explanation, credit } };
}

type GrantNamed = { readonly id: string; readonly name: string; readonly kind: CreditKind };

/** Of the line that is paid and the grant that pays it. */
const creditKeyOf = (lineKey: string, grantId: string): string => `${lineKey}|credit|${grantId}`;
