import type { Currency } from "../money/currency";
import { addUp, Decimal, ZERO } from "../money/decimal";
import { money, roundToMinorUnit } from "../money/money";
import { type Percent, percentOf } from "../money/percent";
import { fail, ok, type Result } from "../result";
import { creditReturn } from "./prepaid-credits";

/**
 * The amounts of a billed line, or what of them is credited, with the sign of the line. charge − discount is what the
 * line is priced at: its net; where prices include tax, net + tax.
 */
export type LineAmounts = {
  /** Null where no units make the amount. */
  readonly quantity: Decimal | null;
  readonly precise: Decimal;
  readonly charge: Decimal;
  readonly discount: Decimal;
  readonly net: Decimal;
  readonly tax: Decimal;
};

export type BilledLineAmounts = LineAmounts & { readonly isTaxInclusive: boolean; readonly currency: Currency };

/**
 * How much of a line to credit: all that is left; an amount as the line is priced (before tax, or with it where prices
 * include it); an amount with the tax; units; or a percent of the line as it was billed. Amounts and units have the sign
 * of the line.
 */
export type AskedCredit =
  | { readonly kind: "rest" }
  | { readonly kind: "amount" | "gross"; readonly amount: Decimal }
  | { readonly kind: "quantity"; readonly quantity: Decimal }
  | { readonly kind: "percent"; readonly percent: Percent };

export type CreditRefusal =
  | { readonly code: "CREDIT_ABOVE_LINE"; readonly left: LineAmounts }
  | { readonly code: "CREDIT_IN_FULL_ALREADY" }
  | { readonly code: "CREDIT_IS_NOTHING" }
  | { readonly code: "CREDIT_SIGN_DIFFERS" }
  | { readonly code: "CREDIT_TOO_PRECISE" }
  | { readonly code: "LINE_WITHOUT_QUANTITY" };

export const NOTHING_CREDITED: LineAmounts = {
  quantity: ZERO,
  precise: ZERO,
  charge: ZERO,
  discount: ZERO,
  net: ZERO,
  tax: ZERO,
};

/**
 * The amounts of a credit of a line, with the line's sign: everything is its share to date, rounded, less what was
 * credited before (decision "Credit tax": the tax is round(line tax × net credited to date ÷ line net) less the tax
 * already credited). So credits in any parts that take all of a line leave exactly nothing of it. Where an amount with
 * tax is credited the share is that of the gross, so that exactly what was asked for is given; it is the same wherever
 * some net has that gross. Refused where more is asked for than is left.
 */
export function creditAmounts({
  line,
  credited,
  asked,
}: {
  readonly line: BilledLineAmounts;
  readonly credited: LineAmounts;
  readonly asked: AskedCredit;
}): Result<LineAmounts, CreditRefusal> {
  const left = leftOf(line, credited);
  if (isNothing(left)) return fail({ code: "CREDIT_IN_FULL_ALREADY" });
  if (asked.kind === "rest") return ok(left);
  const price = priceOf(line);
  const part = partAsked({ line, credited, asked });
  if (!part.ok) return part;
  const { amount, tax } = part.value;
  if (amount.isNegative() !== price.isNegative() && !amount.isZero()) return fail({ code: "CREDIT_SIGN_DIFFERS" });
  if (amount.abs().gt(priceOf(left).abs())) return fail({ code: "CREDIT_ABOVE_LINE", left });
  if (amount.equals(priceOf(left))) return ok(left);

  const toDate = { of: price, part: priceOf(credited).plus(amount) };
  const charge = shareOf(line.charge, toDate, line.currency).minus(credited.charge);
  return ok({
    quantity: asked.kind === "quantity" ? asked.quantity : null,
    precise: line.precise.times(toDate.part).div(toDate.of).toDecimalPlaces(PRECISE_DECIMALS).minus(credited.precise),
    charge,
    discount: charge.minus(amount),
    net: line.isTaxInclusive ? amount.minus(tax) : amount,
    tax,
  });
}

/** As many as precise amounts are kept with. */
const PRECISE_DECIMALS = 12;

/** What nobody has credited yet; its units are known as long as only units were credited, and no mere amounts. */
export function leftOf(line: BilledLineAmounts, credited: LineAmounts): LineAmounts {
  const { quantity } = line;
  const isInUnits = quantity !== null && priceOf(credited).equals(priceOfUnits(line, credited.quantity ?? ZERO));
  return {
    quantity: quantity !== null && isInUnits ? quantity.minus(credited.quantity ?? ZERO) : null,
    precise: line.precise.minus(credited.precise),
    charge: line.charge.minus(credited.charge),
    discount: line.discount.minus(credited.discount),
    net: line.net.minus(credited.net),
    tax: line.tax.minus(credited.tax),
  };
}

const isNothing = ({ charge, discount, net, tax }: LineAmounts): boolean =>
  [charge, discount, net, tax].every((amount) => amount.isZero());

const priceOf = ({ charge, discount }: LineAmounts): Decimal => charge.minus(discount);

type Part = { readonly amount: Decimal; readonly tax: Decimal };

/** As the line is priced, and the tax on it or in it. */
function partAsked(asking: {
  readonly line: BilledLineAmounts;
  readonly credited: LineAmounts;
  readonly asked: Exclude<AskedCredit, { readonly kind: "rest" }>;
}): Result<Part, CreditRefusal> {
  const { line, credited, asked } = asking;
  if (asked.kind === "gross" && !line.isTaxInclusive) return partOfGross(line, credited, asked.amount);
  const amount = amountAsked(asking);
  if (!amount.ok) return amount;
  if (amount.value.isZero()) return fail({ code: "CREDIT_IS_NOTHING" });
  const toDate = { of: priceOf(line), part: priceOf(credited).plus(amount.value) };
  const tax = toDate.of.isZero() ? ZERO : shareOf(line.tax, toDate, line.currency).minus(credited.tax);
  return ok({ amount: amount.value, tax });
}

function partOfGross(line: BilledLineAmounts, credited: LineAmounts, gross: Decimal): Result<Part, CreditRefusal> {
  if (isTooPrecise(gross, line)) return fail({ code: "CREDIT_TOO_PRECISE" });
  if (gross.isZero()) return fail({ code: "CREDIT_IS_NOTHING" });
  const of = line.net.plus(line.tax);
  const part = credited.net.plus(credited.tax).plus(gross);
  const tax = of.isZero() ? ZERO : shareOf(line.tax, { of, part }, line.currency).minus(credited.tax);
  return ok({ amount: gross.minus(tax), tax });
}

function amountAsked({
  line,
  credited,
  asked,
}: {
  readonly line: BilledLineAmounts;
  readonly credited: LineAmounts;
  readonly asked: Exclude<AskedCredit, { readonly kind: "rest" }>;
}): Result<Decimal, CreditRefusal> {
  switch (asked.kind) {
    case "amount":
    case "gross":
      return isTooPrecise(asked.amount, line) ? fail({ code: "CREDIT_TOO_PRECISE" }) : ok(asked.amount);
    case "quantity":
      return unitsAsked(line, credited, asked.quantity);
    case "percent":
      return ok(percentAsked(line, credited, asked.percent));
  }
}

/** Units round to date like everything else, so that single units add up to the line. */
function unitsAsked(line: BilledLineAmounts, credited: LineAmounts, asked: Decimal): Result<Decimal, CreditRefusal> {
  if (line.quantity === null || line.quantity.isZero()) return fail({ code: "LINE_WITHOUT_QUANTITY" });
  if (asked.isNegative() !== line.quantity.isNegative()) return fail({ code: "CREDIT_SIGN_DIFFERS" });
  const before = credited.quantity ?? ZERO;
  const toDate = before.plus(asked);
  if (toDate.abs().gt(line.quantity.abs())) return fail({ code: "CREDIT_ABOVE_LINE", left: leftOf(line, credited) });
  return ok(priceOfUnits(line, toDate).minus(priceOfUnits(line, before)));
}

const priceOfUnits = (line: BilledLineAmounts, units: Decimal): Decimal =>
  line.quantity === null || line.quantity.isZero()
    ? ZERO
    : shareOf(priceOf(line), { of: line.quantity, part: units }, line.currency);

/** Halves of a line that cannot be halved round up, both of them: the last one takes what is left. */
function percentAsked(line: BilledLineAmounts, credited: LineAmounts, asked: Percent): Decimal {
  const exact = percentOf(priceOf(line), asked);
  const left = priceOf(line).minus(priceOf(credited));
  const rounded = round(exact, line.currency);
  const minorUnit = new Decimal(10).pow(-line.currency.minorUnits);
  return rounded.abs().gt(left.abs()) && exact.abs().minus(left.abs()).lt(minorUnit) ? left : rounded;
}

const isTooPrecise = (amount: Decimal, { currency }: BilledLineAmounts): boolean =>
  amount.decimalPlaces() > currency.minorUnits;

/** A ratio, kept as its two numbers until the end. */
type Share = { readonly of: Decimal; readonly part: Decimal };

const shareOf = (total: Decimal, { of, part }: Share, currency: Currency): Decimal =>
  of.isZero() ? total : round(total.times(part).div(of), currency);

const round = (amount: Decimal, currency: Currency): Decimal => roundToMinorUnit(money(amount, currency)).amount;

/** What prepaid credits of one grant paid of a line, and what of that came back; below zero: what a line gave back. */
export type PaidByCredits = {
  readonly grantId: string;
  readonly net: Decimal;
  readonly tax: Decimal;
  /** By credit notes on the line. */
  readonly returned: { readonly net: Decimal; readonly tax: Decimal };
  /** In other ways, such as by an adjustment on a later invoice. */
  readonly returnedElsewhere: Decimal;
};

export type CreditsBack = { readonly grantId: string; readonly net: Decimal; readonly tax: Decimal };

/**
 * What goes back to grants when a line that they paid is credited, with the tax that had fallen with it: round(drawn × net
 * credited to date ÷ line net) less what came back, of the grant drawn last first. Never more than is still to come back:
 * what returned in other ways is not returned again. What a line below zero gave back is drawn again in the same way.
 * `paid` is in the order in which credits were drawn, `credited` with the credit that is being made.
 */
export function creditsBack({
  line,
  credited,
  paid,
}: {
  readonly line: BilledLineAmounts;
  readonly credited: LineAmounts;
  readonly paid: readonly PaidByCredits[];
}): CreditsBack[] {
  const { currency } = line;
  if (line.net.isNegative()) return drawnAgain(line, credited, paid);
  const back = creditReturn({
    lineNet: money(line.net, currency),
    netCreditedToDate: money(credited.net, currency),
    paid: paid.map(({ grantId, net, returned }) => ({ grantId, drawn: net, returned: returned.net })),
  });
  return paid.flatMap(({ grantId, net: drawn, tax: drawnTax, returned, returnedElsewhere }) => {
    const due = back.find((each) => each.grantId === grantId)?.amount ?? ZERO;
    const net = Decimal.min(due, Decimal.max(drawn.minus(returned.net).minus(returnedElsewhere), 0));
    if (net.lte(0)) return [];
    const tax = shareOf(drawnTax, { of: drawn, part: returned.net.plus(net) }, currency).minus(returned.tax);
    return [{ grantId, net, tax }];
  });
}

function drawnAgain(line: BilledLineAmounts, credited: LineAmounts, paid: readonly PaidByCredits[]): CreditsBack[] {
  const toDate = { of: line.net, part: credited.net };
  return paid.flatMap(({ grantId, net: given, tax: givenTax, returned }) => {
    const net = shareOf(given, toDate, line.currency).minus(returned.net);
    const tax = shareOf(givenTax, toDate, line.currency).minus(returned.tax);
    return net.isZero() && tax.isZero() ? [] : [{ grantId, net, tax }];
  });
}

/** Sums of the issued credit notes on an invoice, with the sign of the invoice. */
export type DocumentTotals = { readonly net: Decimal; readonly tax: Decimal };

/**
 * What a credit counts in the base currency at the invoice's own rate: what all credits to date count, rounded, less what
 * those before did. So an invoice that is credited in full counts nothing in the end.
 */
export function creditInBase({
  credit,
  before,
  rate,
  baseCurrency,
}: {
  readonly credit: DocumentTotals;
  readonly before: DocumentTotals & { readonly netInBase: Decimal; readonly taxInBase: Decimal };
  readonly rate: Decimal;
  readonly baseCurrency: Currency;
}): DocumentTotals {
  const since = (toDate: Decimal, counted: Decimal) => round(toDate.times(rate), baseCurrency).minus(counted);
  return {
    net: since(before.net.plus(credit.net), before.netInBase),
    tax: since(before.tax.plus(credit.tax), before.taxInBase),
  };
}

/** Sums, such as of all credits of a line; units are not known where one of them has none. */
export function addAmounts(amounts: readonly LineAmounts[]): LineAmounts {
  const total = (amountOf: (each: LineAmounts) => Decimal) => addUp(amounts.map(amountOf));
  return {
    quantity: total(({ quantity }) => quantity ?? ZERO),
    precise: total(({ precise }) => precise),
    charge: total(({ charge }) => charge),
    discount: total(({ discount }) => discount),
    net: total(({ net }) => net),
    tax: total(({ tax }) => tax),
  };
}
