import type { PlainDate } from "../calendar/plain-date";
import { groupBy } from "../group-by";
import { roundTogether } from "../money/allocate";
import type { Currency } from "../money/currency";
import { add, compare, type Money, money, negate, roundToMinorUnit, subtract, sum, zero } from "../money/money";
import { type Percent, percent } from "../money/percent";
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

/** An amount to tax: on top of it, or, where prices include tax, out of it. */
export type AmountToTax = { readonly amount: Money; readonly tax: AppliedTax; readonly isInclusive: boolean };

/** net + tax is what the customer pays for the line. */
export type TaxedAmount = { readonly net: Money; readonly tax: Money };

/**
 * Net and tax of each line, in the same order. Exclusive: the amount is the net. Inclusive: the amount is the gross, the
 * tax is gross × p ÷ (100 + p) and the net what it leaves, so that both add up to the price that was agreed; where no
 * tax is charged the amount stays as it is. Negative lines are taxed like positive ones.
 */
export function taxOf({
  lines,
  rounding,
  currency,
}: {
  readonly lines: readonly AmountToTax[];
  readonly rounding: TaxRounding;
  readonly currency: Currency;
}): TaxedAmount[] {
  const exact = lines.map(exactTax);
  const taxes = [...exact];
  for (const together of roundedTogether(lines, rounding)) {
    const rounded = roundTogether(
      together.map((index) => exact[index] ?? zero(currency)),
      currency,
    );
    for (const [position, index] of together.entries()) taxes[index] = rounded[position] ?? zero(currency);
  }
  return lines.map(({ amount, isInclusive }, index) => {
    const tax = taxes[index] ?? zero(currency);
    return { net: isInclusive ? subtract(amount, tax) : amount, tax };
  });
}

function exactTax({ amount: { amount, currency }, tax, isInclusive }: AmountToTax): Money {
  const base = isInclusive ? tax.percent.plus(100) : 100;
  return money(amount.times(tax.percent).div(base), currency);
}

/** The positions of lines whose tax is rounded as one: each by itself, or all of one rate. */
function roundedTogether(lines: readonly AmountToTax[], rounding: TaxRounding): readonly (readonly number[])[] {
  const positions = lines.map((_, index) => index);
  switch (rounding) {
    case "per_line":
      return positions.map((index) => [index]);
    case "per_rate":
      return [...groupBy(positions, (index) => rateKey((lines[index] as AmountToTax).tax)).values()];
    default:
      return unreachable(rounding);
  }
}

/** What prepaid credits take off the net of a line; below zero: what they give back. */
export type NetTakenOff = { readonly line: number; readonly amount: Money };

/**
 * The tax that goes with what prepaid credits take off the net of taxed lines, to be subtracted as they are: the rounded
 * tax without them less the rounded tax on what they leave, of each line or each rate. So a line that is paid in full
 * bears no tax, and what is left of the others bears the tax that it would have had alone. Lines of a rate without tax,
 * and lines without net, give none.
 */
export function taxTakenOff({
  lines,
  takenOff,
  rounding,
  currency,
}: {
  readonly lines: readonly AmountToTax[];
  readonly takenOff: readonly NetTakenOff[];
  readonly rounding: TaxRounding;
  readonly currency: Currency;
}): Money[] {
  const taxed = taxOf({ lines, rounding, currency });
  const taxes = takenOff.map(() => zero(currency));
  for (const together of roundedTogether(lines, rounding)) {
    const own = takenOff.flatMap(({ line, amount }, index) => {
      const net = taxed[line]?.net.amount;
      if (!together.includes(line) || net === undefined || net.isZero()) return [];
      const full = exactTax(lines[line] as AmountToTax).amount;
      return [{ index, exact: money(full.times(amount.amount).div(net), currency) }];
    });
    if (own.length === 0) continue;
    const before = sum(
      together.map((line) => exactTax(lines[line] as AmountToTax)),
      currency,
    );
    const exact = own.map((part) => part.exact);
    const total = subtract(roundToMinorUnit(before), roundToMinorUnit(subtract(before, sum(exact, currency))));
    const rounded = roundTogether(exact, currency);
    // Two roundings of one sum can be a minor unit apart; the largest part is where it shows least.
    const apart = subtract(total, sum(rounded, currency));
    const largest = rounded.reduce(
      (best, { amount }, at) => (amount.abs().gt(rounded[best]?.amount.abs() ?? 0) ? at : best),
      0,
    );
    for (const [position, { index }] of own.entries()) {
      const part = rounded[position] ?? zero(currency);
      taxes[index] = position === largest ? add(part, apart) : part;
    }
  }
  return taxes;
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
