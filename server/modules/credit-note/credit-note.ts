import type { AskedCredit } from "../../domain/invoice/credit-amounts";
import { addUp, type Decimal, ZERO } from "../../domain/money/decimal";
import { percent } from "../../domain/money/percent";
import { InputProblems } from "../../platform/input-problems";
import type { CreditCategory, CreditEffect, CreditOf, CreditService } from "../invoice";

/** How much of a line people ask to credit: one of these; none: all that is left. */
export type AskedLine = {
  readonly lineId: string;
  readonly amount: Decimal | null;
  readonly gross: Decimal | null;
  readonly quantity: Decimal | null;
  readonly percent: Decimal | null;
};

/** null: all that is left of the invoice */
export type AskedLines = readonly AskedLine[] | null;

export type CreditTerms = {
  readonly effect: CreditEffect;
  readonly category: CreditCategory;
  readonly reason: string;
  readonly serviceTiming: CreditService;
};

const LINES_MAXIMUM = 500;
const REASON_MAXIMUM = 500;

export function checkTerms({ effect, reason }: Pick<CreditTerms, "effect" | "reason">, problems: InputProblems): void {
  problems.checkText(reason, "The reason", REASON_MAXIMUM, "reason");
  if (effect === "reissue") {
    const message = "To bill the invoice again as a whole, use creditAndReissueInvoice. Send CORRECTION or FINAL.";
    problems.report("EFFECT_IS_REISSUE", message, "effect");
  }
}

export function checkAskedLines(lines: AskedLines, problems: InputProblems): void {
  if (lines === null) return;
  if (lines.length === 0 || lines.length > LINES_MAXIMUM) {
    const message = `Name 1 to ${LINES_MAXIMUM} lines, or leave them out for all that is left.`;
    problems.report("LINES_OUT_OF_RANGE", message, "lines");
  }
  const seen = new Set<string>();
  lines.forEach(({ lineId, ...asked }, index) => {
    const path = ["lines", String(index)];
    if (seen.has(lineId)) problems.report("LINE_TWICE", "A line is credited once on a credit note.", ...path, "lineId");
    seen.add(lineId);
    if (Object.values(asked).filter((value) => value !== null).length > 1) {
      const message = "Say how much once: an amount, an amount with tax, a quantity or a percent.";
      problems.report("ASKED_TWICE", message, ...path);
    }
    if (asked.percent !== null && (asked.percent.lte(0) || asked.percent.gt(100))) {
      const message = `From above 0 to 100 percent of the line, not ${asked.percent.toFixed()}.`;
      problems.report("PERCENT_OUT_OF_RANGE", message, ...path, "percent");
    }
  });
}

export function toAskedCredit({ amount, gross, quantity, percent: share }: AskedLine): AskedCredit {
  if (amount !== null) return { kind: "amount", amount };
  if (gross !== null) return { kind: "gross", amount: gross };
  if (quantity !== null) return { kind: "quantity", quantity };
  if (share !== null) return { kind: "percent", percent: percent(share) };
  return { kind: "rest" };
}

/** The totals of a credit note: below zero where it gives back. */
export function totalsOf(credits: readonly CreditOf[]): { net: Decimal; tax: Decimal; gross: Decimal } {
  const net = ZERO.minus(addUp(credits.map(({ amounts }) => amounts.net)));
  const tax = ZERO.minus(addUp(credits.map(({ amounts }) => amounts.tax)));
  return { net, tax, gross: net.plus(tax) };
}
