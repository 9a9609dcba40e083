import type { PlainDate } from "../calendar/plain-date";
import { groupBy } from "../group-by";
import { roundTogether } from "../money/allocate";
import type { Currency } from "../money/currency";
import { add, compare, type Money, money, negate, roundToMinorUnit, subtract, sum, zero } from "../money/money";
import { type Percent, percent, percentOf } from "../money/percent";
import { fail, ok, type Result } from "../result";
import { unreachable } from "../unreachable";

/** A rate of a tax code from a day on, until the next one of that code. */
export type TaxRate = {
  readonly code: string;
  readonly jurisdiction: string;
  readonly percent: Percent;
  readonly validFrom: PlainDate;
  /** Such as "standard", "reduced", "zero". */
  readonly category: string;
  readonly exemptionText: string | null;
};

export type CustomerTaxStatus = "taxed" | "exempt" | "reverse_charge";

/** What a line is taxed by; 0 % with its category and text where no tax is charged. */
export type AppliedTax = {
  readonly code: string;
  readonly jurisdiction: string;
  readonly percent: Percent;
  readonly category: string;
  readonly exemptionText: string | null;
};

export type TaxRefusal =
  | { readonly code: "TAX_RATE_MISSING"; readonly taxCode: string; readonly taxPointOn: PlainDate }
  | { readonly code: "REVERSE_CHARGE_NEEDS_TAX_ID" };

/**
 * The tax of a line: the rate of its code on the tax point day, unless the customer's status takes it away. Reverse
 * charge needs the buyer's tax id (decision "Tax rate").
 */
export function chooseTax({
  rates,
  code,
  taxPointOn,
  status,
  buyerTaxId,
}: {
  readonly rates: readonly TaxRate[];
  readonly code: string;
  readonly taxPointOn: PlainDate;
  readonly status: CustomerTaxStatus;
  readonly buyerTaxId: string | null;
}): Result<AppliedTax, TaxRefusal> {
  if (status === "reverse_charge" && !buyerTaxId?.trim()) return fail({ code: "REVERSE_CHARGE_NEEDS_TAX_ID" });
  const rate = rates
    .filter((candidate) => candidate.code === code && candidate.validFrom <= taxPointOn)
    .reduce<TaxRate | null>((latest, next) => (latest && latest.validFrom >= next.validFrom ? latest : next), null);
  if (rate === null) return fail({ code: "TAX_RATE_MISSING", taxCode: code, taxPointOn });
  const { jurisdiction, exemptionText } = rate;
  switch (status) {
    case "taxed":
      return ok({ code, jurisdiction, percent: rate.percent, category: rate.category, exemptionText });
    case "exempt":
      return ok({ code, jurisdiction, percent: percent("0"), category: "exempt", exemptionText });
    case "reverse_charge":
      return ok({ code, jurisdiction, percent: percent("0"), category: "reverse_charge", exemptionText });
    default:
      return unreachable(status);
  }
}

/** `per_line` rounds each line's tax; `per_rate` rounds once per rate, then splits over its lines. */
export type TaxRounding = "per_line" | "per_rate";

/** The tax of each line, in the same order. Negative lines are taxed like positive ones. */
export function taxOf({
  lines,
  rounding,
  currency,
}: {
  readonly lines: readonly { readonly net: Money; readonly tax: AppliedTax }[];
  readonly rounding: TaxRounding;
  readonly currency: Currency;
}): Money[] {
  const exact = lines.map(({ net, tax }) => money(percentOf(net.amount, tax.percent), currency));
  switch (rounding) {
    case "per_line":
      return exact.map(roundToMinorUnit);
    case "per_rate": {
      const taxes = [...exact];
      const byRate = groupBy([...lines.entries()], ([, { tax }]) => rateKey(tax));
      for (const sameRate of byRate.values()) {
        const rounded = roundTogether(
          sameRate.map(([index]) => exact[index] ?? zero(currency)),
          currency,
        );
        for (const [position, [index]] of sameRate.entries()) taxes[index] = rounded[position] ?? zero(currency);
      }
      return taxes;
    }
    default:
      return unreachable(rounding);
  }
}

export type TaxedLine = { readonly net: Money; readonly applied: AppliedTax; readonly tax: Money };

export type InvoiceTotals = {
  readonly net: Money;
  readonly tax: Money;
  readonly gross: Money;
  readonly byRate: readonly { readonly applied: AppliedTax; readonly net: Money; readonly tax: Money }[];
};

/** Sums of the lines as they are taxed; nothing is rounded again. */
export function totalsOf(lines: readonly TaxedLine[], currency: Currency): InvoiceTotals {
  const totalled = (taxed: readonly TaxedLine[]) => ({
    net: sum(
      taxed.map(({ net }) => net),
      currency,
    ),
    tax: sum(
      taxed.map(({ tax }) => tax),
      currency,
    ),
  });
  const { net, tax } = totalled(lines);
  const byRate = [...groupBy(lines, ({ applied }) => rateKey(applied)).values()].flatMap((sameRate) =>
    sameRate[0] ? [{ applied: sameRate[0].applied, ...totalled(sameRate) }] : [],
  );
  return { net, tax, gross: add(net, tax), byRate };
}

export type CreditTaxRefusal = { readonly code: "CREDIT_ABOVE_LINE"; readonly creditable: Money };

/**
 * The tax of a credit: round(line tax × net credited to date ÷ line net) less the tax already credited, so that credits
 * in parts give back exactly the line's tax. Amounts are positive as on the line; more than the line is refused.
 */
export function creditTax({
  lineNet,
  lineTax,
  netCreditedBefore,
  taxCreditedBefore,
  netCredited,
}: {
  readonly lineNet: Money;
  readonly lineTax: Money;
  readonly netCreditedBefore: Money;
  readonly taxCreditedBefore: Money;
  readonly netCredited: Money;
}): Result<Money, CreditTaxRefusal> {
  const toDate = add(netCreditedBefore, netCredited);
  // A line below zero is credited by amounts below zero.
  const isAbove = lineNet.amount.isNegative() ? compare(toDate, lineNet) < 0 : compare(toDate, lineNet) > 0;
  if (isAbove) return fail({ code: "CREDIT_ABOVE_LINE", creditable: subtract(lineNet, netCreditedBefore) });
  if (lineNet.amount.isZero()) return ok(negate(taxCreditedBefore));
  const precise = lineTax.amount.times(toDate.amount).div(lineNet.amount);
  return ok(subtract(roundToMinorUnit(money(precise, lineTax.currency)), taxCreditedBefore));
}

const rateKey = ({ code, jurisdiction, category, percent: rate }: AppliedTax): string =>
  [code, jurisdiction, category, rate.toFixed()].join("|");
