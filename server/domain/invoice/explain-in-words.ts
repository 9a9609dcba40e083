import { formatPeriod } from "../calendar/format";
import { period } from "../calendar/period";
import { plainDate } from "../calendar/plain-date";
import type { Currency } from "../money/currency";
import { Decimal } from "../money/decimal";
import { unreachable } from "../unreachable";
import type {
  ComparisonExplained,
  CreditExplained,
  DecimalText,
  DiscountExplained,
  Explanation,
  PeriodText,
  ProrationExplained,
  SharedDiscountExplained,
  SliceExplained,
} from "./explanation";

/** An explanation as short sentences, in the order of the calculation: "900,000 API calls at 0.0010 = 900.00". */
export function explainInWords(explanation: Explanation, currency: Currency): string[] {
  const write = writerFor(currency);
  const { override, written, ...ofEngine } = explanation;
  if (override) {
    const engine = explainInWords({ ...ofEngine, result: override.engineAmount }, currency);
    return [...engine, `set by hand: ${override.reason}`, `net ${write.amount(override.amount)}`];
  }
  const { adjustment, comparison, credit } = explanation;
  const sentences = [
    ...(written ? [`added by hand: ${written.reason}`] : []),
    ...breakdownInWords(explanation, write),
    ...quantityInWords(explanation, write),
    ...explanation.slices.map((slice) => sliceInWords(slice, explanation, write)),
    ...togetherInWords(explanation, write),
    ...(explanation.proration
      ? [partOfPeriod(explanation.proration, explanation.ratedPeriod ?? explanation.servicePeriod)]
      : []),
    ...(explanation.lessBilledBefore ? [`less ${write.amount(explanation.lessBilledBefore)} billed before`] : []),
    ...(comparison ? comparisonInWords(comparison, explanation.servicePeriod, write) : []),
    ...(credit ? creditInWords(credit, write) : []),
    ...roundingInWords(explanation, write),
    ...explanation.discounts.map((discount) => discountInWords(discount, write)),
    ...explanation.sharedDiscounts.map((discount) => sharedDiscountInWords(discount, write)),
  ];
  if (adjustment === null) return [...sentences, `net ${write.amount(explanation.result)}`];
  return [
    ...(adjustment.expectedLine ? explainInWords(adjustment.expectedLine, currency) : []),
    `should be ${write.amount(adjustment.expected)}, billed ${write.amount(adjustment.billed)}`,
    `difference ${write.amount(explanation.result)}`,
  ];
}

/** "1,000.00 available, 360.00 of it pays API calls (360.00), 640.00 left" */
function creditInWords(credit: CreditExplained, write: Writer): string[] {
  const drawn = new Decimal(credit.drawn);
  const line = `${credit.lineDescription} (${write.amount(credit.lineNet)})`;
  return [
    `${credit.grantName}: ${write.amount(credit.balanceBefore)} available`,
    drawn.isNegative()
      ? `${write.amount(drawn.negated())} comes back for ${line}`
      : `${write.amount(drawn)} pays ${line}`,
    `${write.amount(credit.balanceAfter)} left`,
  ];
}

type Writer = {
  readonly amount: (value: DecimalText | Decimal) => string;
  readonly price: (value: DecimalText) => string;
  readonly count: (value: DecimalText) => string;
};

/** Longest fraction that is still read; what is longer is shown as approximate. */
const FRACTION_DIGITS_SHOWN = 8;

function writerFor({ minorUnits }: Currency): Writer {
  const atLeast = (value: DecimalText | Decimal, digits: number) => {
    const exact = new Decimal(value);
    const shown = exact.toDecimalPlaces(FRACTION_DIGITS_SHOWN);
    const text = withSeparators(shown.toFixed(Math.max(digits, shown.decimalPlaces())));
    return shown.equals(exact) ? text : `≈ ${text}`;
  };
  return {
    amount: (value) => atLeast(value, minorUnits),
    // 0.001 reads as 0.0010 beside 0.0011, and 15 as 15.00.
    price: (value) => atLeast(value, new Decimal(value).decimalPlaces() > minorUnits ? 4 : minorUnits),
    count: (value) => atLeast(value, 0),
  };
}

function withSeparators(text: string): string {
  const [whole = "", fraction] = text.replace("-", "").split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return `${text.startsWith("-") ? "−" : ""}${grouped}${fraction === undefined ? "" : `.${fraction}`}`;
}

/** "Acme GmbH 400 and Acme SAS 250, together 650" */
function breakdownInWords({ quantity }: Explanation, write: Writer): string[] {
  if (quantity === null || quantity.breakdown.length === 0) return [];
  const shares = quantity.breakdown.map(({ name, quantity: used }) => `${name} ${write.count(used)}`);
  const listed = shares.length === 1 ? shares : [shares.slice(0, -1).join(", "), ...shares.slice(-1)];
  return [`${listed.join(" and ")}, together ${write.count(quantity.measured)}`];
}

function quantityInWords({ quantity, servicePeriod, slices }: Explanation, write: Writer): string[] {
  if (quantity === null) return [];
  const events = eventsInWords(quantity.includedEvents, write);
  if (new Decimal(quantity.included).isZero()) return events;
  // A price in percent includes amounts, every other one units.
  const isAmount = slices.some(({ kind }) => kind === "percent" || kind === "percent_tier");
  const count = isAmount ? write.amount : write.count;
  const part = quantity.includedProration;
  const included = part
    ? `${count(quantity.includedInFullPeriod)} for ${partOfPeriod(part, servicePeriod)} = ${count(quantity.included)}`
    : count(quantity.included);
  const { measured, billable } = quantity;
  const difference = `${count(measured)} less ${count(quantity.included)} included = ${count(billable)}`;
  return [...events, `included: ${included}`, ...(events.length > 0 ? [] : [difference])];
}

function eventsInWords(includedEvents: DecimalText, write: Writer): string[] {
  if (includedEvents === "0") return [];
  return [`included: the first ${includedEvents === "1" ? "event" : `${write.count(includedEvents)} events`}`];
}

function sliceInWords(slice: SliceExplained, { description, slices }: Explanation, write: Writer): string {
  // Graduated tiers begin at zero on every day; of a volume price there is but the tier reached.
  const isVolume = slices.every(({ days, above }) => days !== slice.days || (above !== null && above !== "0"));
  const days = slice.days === null ? "" : ` for ${slice.days} ${slice.days === 1 ? "day" : "days"}`;
  const fee = new Decimal(slice.flatFee).isZero() ? "" : ` plus a fee of ${write.amount(slice.flatFee)}`;
  return `${pricedInWords(slice, description, isVolume, write)}${fee} = ${write.amount(slice.amount)}${days}`;
}

function pricedInWords(slice: SliceExplained, description: string, isVolume: boolean, write: Writer): string {
  const { kind } = slice;
  const [quantity, unitPrice] = [write.count(slice.quantity), write.price(slice.unitPrice)];
  const plural = (word: string) => (slice.quantity === "1" ? word : `${word}s`);
  switch (kind) {
    case "fee":
      return slice.quantity === "1" ? description : `${quantity} × ${description} at ${unitPrice}`;
    case "units":
      return `${quantity} ${description} at ${unitPrice}`;
    case "tier": {
      const tier = slice.above === null || slice.above === "0" ? "" : ` above ${write.count(slice.above)}`;
      return isVolume
        ? `${quantity} ${description} at ${unitPrice}, the price${tier}`
        : `${quantity} ${description}${tier} at ${unitPrice}`;
    }
    case "matrix_row":
      return `${quantity} ${description} with ${valuesInWords(slice)} at ${unitPrice}`;
    case "matrix_default":
      return `${quantity} ${description}, all others, at ${unitPrice}`;
    case "percent_tier": {
      const tier = slice.above === null || slice.above === "0" ? "" : ` above ${write.amount(slice.above)}`;
      return `${percentInWords(slice, write)} of ${write.amount(slice.quantity)}${tier}`;
    }
    case "packages":
      return `${quantity} ${plural("package")} of ${write.count(slice.packageSize ?? "1")} at ${unitPrice}`;
    case "percent":
      return `${percentInWords(slice, write)} of ${write.amount(slice.quantity)}`;
    case "events":
      return `${quantity} ${plural("event")} at ${unitPrice}`;
    case "events_at_minimum":
      return `${quantity} ${plural("event")} at the minimum of ${unitPrice}`;
    case "events_at_maximum":
      return `${quantity} ${plural("event")} at the maximum of ${unitPrice}`;
    default:
      return unreachable(kind);
  }
}

const percentInWords = ({ unitPrice }: SliceExplained, write: Writer): string =>
  `${write.count(new Decimal(unitPrice).times(100).toFixed())} %`;

const valuesInWords = ({ dimensions }: SliceExplained): string =>
  (dimensions ?? []).map(({ property, value }) => `${property} ${value}`).join(", ");

function togetherInWords({ slices, fullPeriodAmount }: Explanation, write: Writer): string[] {
  if (fullPeriodAmount === null || slices.length < 2) return [];
  const isByDay = slices.some(({ days }) => days !== null);
  return [`${isByDay ? "on average over the days" : "together"} ${write.amount(fullPeriodAmount)}`];
}

/** "15 of 30 days (16–30 Sep 2026)" */
function partOfPeriod({ rule, numerator, denominator, ...days }: ProrationExplained, served: PeriodText): string {
  const share =
    rule === "by_days"
      ? `${days.daysServed} of ${days.daysInFullPeriod} days`
      : `${inLowestTerms(numerator, denominator)} of the full period`;
  return `${share} (${formatPeriod(period(plainDate(served.startsOn), plainDate(served.endsBefore)))})`;
}

function inLowestTerms(numerator: number, denominator: number): string {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  const common = divisor(numerator, denominator);
  return `${numerator / common}/${denominator / common}`;
}

function roundingInWords(
  { runningTotal, precise, charge, rounding, comparison }: Explanation,
  write: Writer,
): string[] {
  if (comparison) return [];
  if (runningTotal && runningTotal.preciseBefore !== "0") {
    const { preciseToDate, chargeToDate, chargeBefore } = runningTotal;
    const toDate =
      preciseToDate === chargeToDate
        ? write.amount(chargeToDate)
        : `${write.amount(preciseToDate)}, rounded ${write.amount(chargeToDate)}`;
    return [`period to date ${toDate}, less ${write.amount(chargeBefore)} before = ${write.amount(charge)}`];
  }
  const isExact = new Decimal(precise).decimalPlaces() <= rounding.minorUnits;
  return isExact ? [] : [`${write.amount(precise)} rounded to ${write.amount(charge)}`];
}

function discountInWords({ description, percent, fixed, taken }: DiscountExplained, write: Writer): string {
  if (percent === null && fixed === null) {
    return `${description}, more than there was to discount: ${write.amount(new Decimal(taken).negated())}`;
  }
  const terms = percent === null ? `${write.amount(fixed ?? "0")} off` : `${write.count(percent)} % off`;
  return `${description ? `${description}, ` : ""}${terms}: ${write.amount(new Decimal(taken).negated())}`;
}

/** "Partner discount, 10 % off 1,000.00 in all = 100.00: −80.00 of 800.00" */
function sharedDiscountInWords(
  { description, percent, fixed, base, given, left, share }: SharedDiscountExplained,
  write: Writer,
): string {
  const terms = percent === null ? `${write.amount(fixed ?? "0")} off` : `${write.count(percent)} % off`;
  const taken = write.amount(new Decimal(share).negated());
  if (share === given && left === base) return `${description}, ${terms}: ${taken}`;
  return `${description}, ${terms} ${write.amount(base)} in all = ${write.amount(given)}: ${taken} of ${write.amount(left)}`;
}

function comparisonInWords(comparison: ComparisonExplained, servicePeriod: PeriodText, write: Writer): string[] {
  const part = comparison.parts[0]?.proration;
  const prorated = part && comparison.parts.length === 1 ? `, ${partOfPeriod(part, servicePeriod)}` : "";
  return [
    `${comparison.bound} ${write.amount(comparison.boundAmount)}${prorated}`,
    ...comparison.covered.map(
      ({ description, counted, net }) =>
        `${description} ${write.amount(counted)}${counted === net ? "" : ` of ${write.amount(net)}`}`,
    ),
    `counted ${write.amount(comparison.coveredTotal)}`,
  ];
}
