import { isRecurring } from "../../domain/calendar/cadence";
import type { OpenPeriod } from "../../domain/calendar/period";
import { addDays, addMonths, earlierOf, type PlainDate } from "../../domain/calendar/plain-date";
import { Decimal, ONE, ZERO } from "../../domain/money/decimal";
import { money, roundToMinorUnit } from "../../domain/money/money";
import { percent } from "../../domain/money/percent";
import { amountPer } from "../../domain/pricing/amount-per";
import { type Discount, takeDiscounts } from "../../domain/pricing/discount";
import { priceFromTerms } from "../../domain/pricing/price-terms";
import { amountOf, rate } from "../../domain/pricing/rate";
import type { CustomPrice, LineDiscount, QuoteLine } from "../../domain/quote/quote-terms";
import type { OfferLine } from "../../integrations/pdf/offer-document";
import type { Price } from "../catalog";
import type { OfferWriter } from "./offer-writer";
import { type PriceToSay, priceDetailsInWords, priceInWords } from "./price-in-words";

/** What the lines of an offer name. */
export type Catalog = {
  readonly prices: ReadonlyMap<string, Price>;
  readonly products: ReadonlyMap<string, { readonly unit: string | null }>;
  readonly metrics: ReadonlyMap<string, { readonly unit: string; readonly name: string }>;
};

/** What is listed with the terms that are offered in its place. */
export const offeredPrice = (listed: Price, custom: CustomPrice | null): Price =>
  custom
    ? {
        ...listed,
        price: priceFromTerms(custom.model, custom.terms),
        cadence: custom.cadence ?? listed.cadence,
        timing: custom.timing ?? listed.timing,
      }
    : listed;

export function priceToSay(
  { price, cadence, metricId, productId }: Price,
  catalog: Catalog,
  write: OfferWriter,
): PriceToSay {
  const metric = metricId === null ? null : catalog.metrics.get(metricId);
  const product = catalog.products.get(productId);
  const named = metric?.unit ?? product?.unit ?? write.words.unit;
  return {
    price,
    cadence,
    unit: price.model === "seat" ? write.words.seat : named,
    measured: metric?.name ?? null,
    isMetered: metricId !== null,
  };
}

/** A line as it is offered; a price that does not exist leaves its words empty, which only a draft can have. */
export function lineInWords(
  line: Omit<QuoteLine, "id" | "trial" | "ramp"> & Partial<Pick<QuoteLine, "trial" | "ramp">>,
  days: OpenPeriod,
  catalog: Catalog,
  write: OfferWriter,
): OfferLine {
  const { words } = write;
  const listed = catalog.prices.get(line.priceId);
  if (!listed) {
    return { ...NO_PRICE, description: line.description ?? "" };
  }
  const offered = offeredPrice(listed, line.customPrice);
  const { price, cadence } = offered;
  const said = priceToSay(offered, catalog, write);
  const quantity = new Decimal(line.quantity ?? (price.model === "seat" ? ZERO : ONE));
  const isByUsage = said.isMetered || (price.model === "seat" && quantity.isZero());
  const discounts = line.discounts.map((discount) => discountOf(discount));
  const amount = isByUsage ? null : afterDiscounts(amountOf(rate(price, quantity)), discounts, write);
  const rated = isByUsage ? null : amountOf(rate(listed.price, quantity));
  const atList = rated && amountPer(cadence, { amount: rated, cadence: listed.cadence });
  const isSaidByPrice = price.model === "flat" || (quantity.equals(ONE) && price.model !== "seat");
  const quantityText = words.count(write.count(quantity), said.unit);
  return {
    description: line.description ?? listed.name,
    price: withTiming(priceInWords(said, write), offered, listed, write),
    details: [
      ...priceDetailsInWords(said, write),
      ...line.discounts.map((discount) => discountInWords(discount, said, write)),
      ...(line.trial ? [trialInWords(line.trial, days, write)] : []),
      ...(line.ramp ?? []).map((step) => rampInWords(step, listed, days, said, catalog, write)),
    ],
    quantity: isByUsage || isSaidByPrice ? null : quantityText,
    amount: amount === null ? words.byUsage : write.amount(amount),
    per: amount === null ? null : words.per(cadence),
    listAmount: amount && atList && rounded(atList, write).greaterThan(amount) ? write.amount(atList) : null,
    isByUsage,
  };
}

/** On which end of its periods a line is billed that falls due otherwise than listed. */
function withTiming(
  sentences: readonly string[],
  { cadence, timing }: Price,
  listed: Price,
  { words }: OfferWriter,
): string[] {
  const isAsListed = cadence === listed.cadence && timing === listed.timing;
  if (isAsListed || !isRecurring(cadence)) return [...sentences];
  const last = sentences.length - 1;
  return sentences.map((each, index) => (index === last ? words.due(each, timing === "in_advance") : each));
}

const NO_PRICE: OfferLine = {
  description: "",
  price: [],
  details: [],
  quantity: null,
  amount: "",
  per: null,
  listAmount: null,
  isByUsage: false,
};

const discountOf = ({ id, description, endsBefore, position, ...of }: LineDiscount): Discount => ({
  id,
  description,
  endsBefore,
  position,
  ...(of.percent === null
    ? { kind: "fixed", amount: new Decimal(of.amount ?? "0") }
    : { kind: "percent", percent: percent(of.percent) }),
});

/** Of a full period, as it is billed: the charge rounded, less the rounded sum of what each kind of discount takes. */
function afterDiscounts(amount: Decimal, discounts: readonly Discount[], write: OfferWriter): Decimal {
  const positions = ["before_minimum", "after_minimum"] as const;
  let left = rounded(amount, write);
  for (const at of positions) {
    const taken = takeDiscounts(
      left,
      discounts.filter(({ position }) => position === at),
    );
    const sum = Decimal.sum(ZERO, ...taken.map((each) => each.taken));
    left = left.minus(rounded(sum, write));
  }
  return left;
}

const rounded = (precise: Decimal, { currency }: OfferWriter): Decimal =>
  roundToMinorUnit(money(precise, currency)).amount;

/** "Launch: 10% off, until 31 December 2027." */
export function discountInWords(
  { description, percent: share, amount, endsBefore }: LineDiscount,
  { cadence }: Pick<PriceToSay, "cadence">,
  write: OfferWriter,
): string {
  const { discounts } = write.words;
  const what =
    share === null ? discounts.fixed(write.price(amount ?? "0"), cadence) : discounts.percent(write.percent(share));
  return discounts.sentence(description, what, endsBefore && write.lastDay(endsBefore));
}

function trialInWords(
  { days, months, percentOff }: NonNullable<QuoteLine["trial"]>,
  { startsOn, endsBefore }: OpenPeriod,
  write: OfferWriter,
): string {
  const { words } = write;
  const end = months === null ? addDays(startsOn, days ?? 0) : addMonths(startsOn, months);
  const last = write.lastDay(endsBefore === null ? end : earlierOf(end, endsBefore));
  const length = months === null ? words.dayCount(days ?? 0) : words.monthCount(months);
  return new Decimal(percentOff).equals(100)
    ? words.priceDetails.trialFree(length, last)
    : words.priceDetails.trialOff(write.percent(percentOff), length, last);
}

function rampInWords(
  step: QuoteLine["ramp"][number],
  listed: Price,
  { startsOn }: OpenPeriod,
  said: PriceToSay,
  catalog: Catalog,
  write: OfferWriter,
): string {
  const { words } = write;
  const from: PlainDate = step.startsOn ?? addMonths(startsOn, step.afterMonths ?? 0);
  const stepped = step.priceId === null ? null : catalog.prices.get(step.priceId);
  const price = stepped || step.customPrice ? offeredPrice(stepped ?? listed, step.customPrice) : null;
  const parts = [
    ...(step.quantity === null ? [] : [words.count(write.count(step.quantity), said.unit)]),
    ...(price ? priceInWords(priceToSay(price, catalog, write), write) : []),
  ];
  return words.priceDetails.rampTo(write.day(from), parts.join(", "));
}
