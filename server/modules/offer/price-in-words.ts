import type { Cadence } from "../../domain/calendar/cadence";
import type { GraduatedPrice, MatrixPrice, PercentagePrice, Price, VolumePrice } from "../../domain/pricing/price";
import { unreachable } from "../../domain/unreachable";
import type { OfferWriter } from "./offer-writer";

/** A price with what is needed to read it aloud. */
export type PriceToSay = {
  readonly price: Price;
  readonly cadence: Cadence;
  /** "call"; of a seat price "seat" */
  readonly unit: string;
  /** What a percentage is taken of, such as the name of the metric; null: "the amount" */
  readonly measured: string | null;
  readonly isMetered: boolean;
};

/** As a person reads it, a sentence a line: "£0.10 per call up to 1,000, then £0.05", "£15.00 per seat and month". */
export function priceInWords(said: PriceToSay, write: OfferWriter): string[] {
  const { price, cadence } = said;
  const { pricing } = write.words;
  switch (price.model) {
    case "flat":
      return [pricing.flat(write.price(price.fee), cadence)];
    case "one_time":
      return [pricing.once(write.price(price.fee))];
    case "per_unit":
      return [`${write.price(price.unitPrice)} ${perUnit(said, write)}`];
    case "package": {
      const [amount, size] = [write.price(price.packagePrice), write.count(price.packageSize)];
      return [
        said.isMetered
          ? pricing.package(amount, size, said.unit)
          : pricing.packagePer(amount, size, said.unit, cadence),
      ];
    }
    case "graduated":
      return [graduatedInWords(price, said, write)];
    case "volume":
      return [volumeInWords(price, said, write)];
    case "percentage":
      return percentageInWords(price, said, write);
    case "graduated_percentage":
      return [percentTiersInWords(price, said, write)];
    case "matrix":
      return matrixInWords(price, said, write);
    case "seat":
      return priceInWords({ ...said, price: price.perSeat }, write);
    default:
      return unreachable(price);
  }
}

/** What goes with any price: what is included, minimum, maximum, and how seats count. */
export function priceDetailsInWords({ price, cadence, unit }: PriceToSay, write: OfferWriter): string[] {
  const { priceDetails } = write.words;
  const includedAmount =
    price.model === "percentage" || price.model === "graduated_percentage" ? price.includedAmount : null;
  return [
    ...(isSome(price.includedUnits) ? [priceDetails.included(write.count(price.includedUnits), unit, cadence)] : []),
    ...(isSome(includedAmount) ? [priceDetails.includedAmount(write.price(includedAmount), cadence)] : []),
    ...(isSome(price.minimum) ? [priceDetails.minimum(write.price(price.minimum), cadence)] : []),
    ...(isSome(price.maximum) ? [priceDetails.maximum(write.price(price.maximum), cadence)] : []),
    ...(price.model === "seat" ? [priceDetails.seats[price.strategy]] : []),
    ...(price.model === "seat" && price.overageCadence ? [priceDetails.seatOverage(price.overageCadence)] : []),
  ];
}

const isSome = <T extends { isZero(): boolean }>(value: T | null | undefined): value is T =>
  value !== null && value !== undefined && !value.isZero();

/** Usage costs so much a unit; what is contracted costs so much a unit and period. */
const perUnit = ({ isMetered, unit, cadence }: PriceToSay, { words }: OfferWriter): string =>
  isMetered ? words.perUnit(unit) : words.andPer(unit, cadence);

type Fee = Pick<GraduatedPrice["tiers"][number], "flatFee">;

/** The fee of a tier is due when the tier is reached; the first one at zero, unless the price says otherwise. */
function feeInWords({ flatFee }: Fee, index: number, feeAtZero: boolean | undefined, write: OfferWriter): string {
  if (!isSome(flatFee)) return "";
  const { pricing } = write.words;
  const fee = write.price(flatFee);
  if (index > 0) return ` ${pricing.tierFeeReached(fee)}`;
  return ` ${(feeAtZero ?? true) ? pricing.tierFee(fee) : pricing.tierFeeWithUse(fee)}`;
}

function graduatedInWords({ tiers, feeAtZero }: GraduatedPrice, said: PriceToSay, write: OfferWriter): string {
  const { pricing } = write.words;
  const parts = tiers.map((tier, index) => {
    const [price, upTo] = [write.price(tier.unitPrice), tier.upTo && write.count(tier.upTo)];
    const words = index === 0 ? pricing.firstTier(price, perUnit(said, write), upTo) : pricing.nextTier(price, upTo);
    return words + feeInWords(tier, index, feeAtZero, write);
  });
  return parts.join(", ");
}

function volumeInWords({ tiers, feeAtZero }: VolumePrice, { unit }: PriceToSay, write: OfferWriter): string {
  const { pricing } = write.words;
  const parts = tiers.map((tier, index) => {
    const [price, upTo] = [write.price(tier.unitPrice), tier.upTo && write.count(tier.upTo)];
    const words = index === 0 ? pricing.volumeFirst(unit, price, upTo) : pricing.volumeNext(price, upTo);
    return words + feeInWords(tier, index, feeAtZero, write);
  });
  return capitalized(parts.join(", "));
}

function percentageInWords(price: PercentagePrice, { measured }: PriceToSay, write: OfferWriter): string[] {
  const { pricing } = write.words;
  const { percent, fixedPerEvent, minimumPerEvent, maximumPerEvent, includedEvents } = price;
  const share = pricing.percentOf(write.percent(percent), measured ?? pricing.amounts);
  const [minimum, maximum] = [minimumPerEvent, maximumPerEvent].map((bound) =>
    isSome(bound) ? write.price(bound) : null,
  );
  return [
    isSome(fixedPerEvent) ? `${share} ${pricing.perEvent(write.price(fixedPerEvent))}` : share,
    ...(minimum || maximum ? [capitalized(pricing.bounds(minimum ?? null, maximum ?? null))] : []),
    ...(isSome(includedEvents) ? [capitalized(pricing.firstEventsFree(write.count(includedEvents)))] : []),
  ];
}

function percentTiersInWords(
  { tiers, feeAtZero }: Extract<Price, { model: "graduated_percentage" }>,
  { measured }: PriceToSay,
  write: OfferWriter,
): string {
  const { pricing } = write.words;
  const parts = tiers.map((tier, index) => {
    const [share, upTo] = [write.percent(tier.percent), tier.upTo && write.price(tier.upTo)];
    const words =
      index === 0 ? pricing.firstPercentTier(share, measured ?? pricing.amounts, upTo) : pricing.nextTier(share, upTo);
    return words + feeInWords(tier, index, feeAtZero, write);
  });
  return parts.join(", ");
}

function matrixInWords(
  { dimensions, rows, defaultUnitPrice }: MatrixPrice,
  said: PriceToSay,
  write: OfferWriter,
): string[] {
  const { pricing } = write.words;
  const unit = perUnit(said, write);
  return [
    ...rows.map(({ values, unitPrice }) =>
      pricing.matrixRow(
        write.price(unitPrice),
        unit,
        dimensions.map((dimension, index) => [dimension, values[index] ?? ""]),
      ),
    ),
    pricing.matrixDefault(write.price(defaultUnitPrice), unit),
  ];
}

const capitalized = (text: string): string => text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
