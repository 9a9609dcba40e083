import { type CurrencyCode, currency } from "../../domain/money/currency";
import type { Decimal } from "../../domain/money/decimal";
import { toUnion } from "../../platform/graphql/errors";
import { invalidInput, type OwnRefusal, type Problem, type Refusal } from "../../platform/refusal";
import { type Creditable, type InvoiceLine, type LineRefusal, leftOfLine } from "../invoice";
import type { AskedLines } from "./credit-note";
import { toAmounts } from "./read-credit-notes";

/** What of a line can still be credited. */
export type LineLeft = {
  readonly line: InvoiceLine;
  readonly currency: CurrencyCode;
  readonly net: Decimal;
  readonly tax: Decimal;
  readonly quantity: Decimal | null;
};

/** More was asked for than is left; says what is. */
export type AboveCreditable = OwnRefusal & { readonly kind: "AboveCreditable"; readonly left: readonly LineLeft[] };

const ABOVE = ["CREDIT_ABOVE_LINE", "CREDIT_IN_FULL_ALREADY"] as const;

export function refuseLines(
  refusals: readonly LineRefusal[],
  creditable: Creditable,
  asked: AskedLines,
): { readonly ok: false; readonly error: AboveCreditable | Refusal } {
  const problems = refusals.map((refusal) => problemOf(refusal, creditable, asked));
  const isAbove = ({ code }: LineRefusal) => ABOVE.some((each) => each === code);
  const [first] = problems;
  if (!first || !refusals.every(isAbove)) return invalidInput(problems);
  const rest = problems.length - 1;
  const message = rest === 0 ? first.message : `${first.message} (and ${rest} more)`;
  const left = refusals.map(({ line }) => ({
    line,
    currency: creditable.invoice.currency,
    ...leftOfLine(line, creditable),
  }));
  return { ok: false, error: { ...first, kind: "AboveCreditable", message, left } };
}

function problemOf({ line, ...refusal }: LineRefusal, creditable: Creditable, asked: AskedLines): Problem {
  const index = asked?.findIndex(({ lineId }) => lineId === line.id) ?? -1;
  const path = index < 0 ? ["lines"] : ["lines", String(index)];
  const { invoice } = creditable;
  const text = (amount: Decimal) => `${amount.toFixed(currency(invoice.currency).minorUnits)} ${invoice.currency}`;
  const name = `"${line.description}"`;
  switch (refusal.code) {
    case "CREDIT_ABOVE_LINE": {
      const { net, tax } = refusal.left;
      const message = `Only ${text(net)} and tax of ${text(tax)} of ${name} can still be credited. Ask for that, or less.`;
      return { code: refusal.code, message, path };
    }
    case "CREDIT_IN_FULL_ALREADY":
      return {
        code: refusal.code,
        message: `All of ${name} is credited already, or there is nothing to credit.`,
        path,
      };
    case "CREDIT_IS_NOTHING":
      return { code: refusal.code, message: `What is asked for of ${name} rounds to nothing.`, path };
    case "CREDIT_SIGN_DIFFERS": {
      const sign = line.netAmount.startsWith("-") ? "below" : "above";
      return { code: refusal.code, message: `${name} is ${sign} zero, and so is what is credited of it.`, path };
    }
    case "CREDIT_TOO_PRECISE": {
      const { minorUnits } = currency(invoice.currency);
      return { code: refusal.code, message: `${invoice.currency} has ${minorUnits} decimals.`, path };
    }
    case "LINE_WITHOUT_QUANTITY":
      return {
        code: refusal.code,
        message: `${name} has no quantity. Ask for an amount or a percent of it instead.`,
        path,
      };
  }
}

/** As a member of a union of the API. */
export function refusedWithAmounts(result: { readonly ok: false; readonly error: OwnRefusal }): object {
  if (!isAboveCreditable(result.error)) return toUnion("", result);
  const { kind, left, ...problem } = result.error;
  const named = left.map(({ line, currency: code, ...amounts }) => ({
    lineId: line.id,
    description: line.description,
    left: toAmounts(amounts, { currency: code }),
  }));
  return { __typename: kind, ...problem, left: named };
}

const isAboveCreditable = (error: OwnRefusal): error is AboveCreditable => error.kind === "AboveCreditable";
