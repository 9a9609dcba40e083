import { daysIn, isSamePeriod, type Period } from "../calendar/period";
import { daysBetween, type PlainDate } from "../calendar/plain-date";
import { Decimal, ZERO } from "../money/decimal";
import { includedIn, withIncludedOf } from "../pricing/included";
import type { Price, SeatPrice } from "../pricing/price";
import { type ProrationRule, prorate, type Ratio, WHOLE } from "../pricing/prorate";
import { amountOf, billableUnits, rate, rateUsage, usageAsked } from "../pricing/rate";
import { countSeats, countSeatsKnown, type SeatDays, seatsByDay, seatsOfFirstDay, totalDays } from "../pricing/seats";
import type { RatedSlice } from "../pricing/slice";
import { factsOfContracted, factsOfSeats, factsOfUsage, lessFacts, type MeasuredFacts } from "./driver-facts";
import type { Explanation, ProrationExplained, QuantityExplained, SliceExplained } from "./explanation";
import { periodText } from "./make-line";
import type { Readings, SeatReading, UsageReading } from "./readings";
import { periodKey, type Segment } from "./segment";

/** A segment with its precise amount, and the part of the explanation that leads to it. */
export type MeasuredSegment = {
  readonly segment: Segment;
  /** Before included units; seats: the mean of those that the strategy counts. */
  readonly quantity: Decimal;
  readonly unitPrice: Decimal | null;
  readonly precise: Decimal;
  readonly explain: () => Pick<
    Explanation,
    "quantity" | "slices" | "fullPeriodAmount" | "proration" | "lessBilledBefore" | "ratedPeriod" | "precise"
  >;
  /** Null where what it was measured by is not at hand any more: then the explanation is all that there is. */
  readonly facts: () => MeasuredFacts | null;
};

/** Finds the reading that answers a segment; throws where usage was wanted and not read, for that is not zero. */
export type ReadingsBySegment = {
  /** How a metered segment was explained when it was billed, where it has to stay as it was billed. */
  readonly billedAs: (segment: Segment) => Explanation | null;
  readonly usageOf: (segment: Segment) => UsageReading;
  readonly seatsOf: (segment: Segment) => SeatReading | null;
};

export function indexReadings(
  { usage, seats }: Readings,
  billed: ReadonlyMap<string, Explanation> = new Map(),
): ReadingsBySegment {
  const usageByKey = new Map(usage.map((reading) => [`${reading.metricId}|${periodKey(reading.period)}`, reading]));
  const seatsByKey = new Map(seats.map((reading) => [`${reading.lineageId}|${periodKey(reading.period)}`, reading]));
  return {
    billedAs: ({ key }) => billed.get(key) ?? null,
    usageOf: ({ charge, servicePeriod }) => {
      const key = `${charge.metricId}|${periodKey(servicePeriod)}`;
      const reading = usageByKey.get(key);
      if (reading === undefined) throw new Error(`no usage reading for ${key}`);
      return reading;
    },
    seatsOf: ({ charge, ratedPeriod }) => seatsByKey.get(`${charge.lineageId}|${periodKey(ratedPeriod)}`) ?? null,
  };
}

/** Quantity → included units → rate → proration. Nothing is rounded. */
export function measureSegment(segment: Segment, readings: ReadingsBySegment): MeasuredSegment {
  const { price, metricId } = segment.charge;
  if (price.model === "seat") return measureSeats(segment, price, readings.seatsOf(segment));
  if (metricId === null) return measureContracted(segment);
  const billed = readings.billedAs(segment);
  if (billed === null) return measureUsage(segment, readings.usageOf(segment));
  const reading = readings.usageOf(segment);
  return isUsageOf(billed, price, reading) ? measureUsage(segment, reading) : measureAsBilled(segment, billed);
}

/** True where the terms of a charge alone tell its quantity: nothing was used, and no seats were counted. */
export function isContractedAlone(segment: Segment, readings: ReadingsBySegment): boolean {
  const { price, metricId } = segment.charge;
  if (price.model === "seat") return readings.seatsOf(segment) === null;
  if (metricId === null) return true;
  if (readings.billedAs(segment) !== null) return false;
  const { quantity, events, eventAmounts = [], groups = [] } = readings.usageOf(segment);
  return quantity.isZero() && events.isZero() && eventAmounts.length === 0 && groups.length === 0;
}

/** True where nothing came late: then single events and groups are those that were billed. */
function isUsageOf({ quantity }: Explanation, price: Price, reading: UsageReading): boolean {
  if (quantity?.source.kind !== "usage" || !reading.events.equals(quantity.source.events)) return false;
  return quantityRated(price, reading).equals(quantity.measured);
}

/** Time-based: the whole amount is prorated. */
function measureContracted(segment: Segment): MeasuredSegment {
  const { price, quantity, proration } = segment.charge;
  const ratio = prorate(proration, segment.servicePeriod, segment.fullPeriod);
  const included = price.includedUnits ?? ZERO;
  return measured(segment, {
    slices: rate(price, quantity).map((slice) => ({ slice, days: null })),
    ratio,
    quantity,
    facts: () => factsOfContracted(price, quantity, ratio),
    explain: () => ({
      source: { kind: "contracted" },
      measured: quantity.toFixed(),
      included: included.toFixed(),
      includedEvents: "0",
      includedInFullPeriod: included.toFixed(),
      includedProration: null,
      billable: billableUnits(price, quantity).toFixed(),
      breakdown: [],
    }),
  });
}

/** Metered: only what is included is prorated; quantity, tier bounds, tier fees and packages never. */
function measureUsage(segment: Segment, reading: UsageReading): MeasuredSegment {
  const { price, proration, metricId } = segment.charge;
  const ratio = prorate(proration, segment.servicePeriod, segment.fullPeriod);
  const prorated = withIncludedOf(price, ratio);
  const [whole, included] = [includedIn(price), includedIn(prorated)];
  const quantity = quantityRated(price, reading);
  const isProrated = !whole.quantity.isZero() || !whole.events.isZero();
  const slices = rateUsage(prorated, reading).map((slice) => ({ slice, days: null }));
  return measured(segment, {
    slices,
    ratio: WHOLE,
    quantity,
    facts: () => factsOfUsage(price, { ...reading, quantity }, ratio, () => amountOf(slices.map(({ slice }) => slice))),
    explain: () => ({
      source: { kind: "usage", metricId: metricId ?? reading.metricId, events: reading.events.toFixed() },
      measured: quantity.toFixed(),
      included: included.quantity.toFixed(),
      includedEvents: included.events.toFixed(),
      includedInFullPeriod: whole.quantity.toFixed(),
      includedProration: isProrated ? explainProration(segment, proration, ratio) : null,
      billable: billableUnits({ includedUnits: included.quantity }, quantity).toFixed(),
      breakdown: (reading.breakdown ?? []).map(({ customerId, name, quantity: share }) => ({
        customerId,
        name,
        quantity: share.toFixed(),
      })),
    }),
  });
}

/** A matrix rates its groups, which of a maximum or of unique values need not add up to those of the whole. */
function quantityRated({ model }: Price, { quantity, groups }: UsageReading): Decimal {
  if (model !== "matrix" || groups === undefined) return quantity;
  return groups.reduce((total, group) => total.plus(group.quantity), ZERO);
}

/** The usage that was billed at the terms of today; where single events or groups decide, the amount as it was billed. */
function measureAsBilled(segment: Segment, billed: Explanation): MeasuredSegment {
  const { price, metricId } = segment.charge;
  const { quantity } = billed;
  if (quantity?.source.kind !== "usage") throw new Error(`${segment.key} was not billed by usage`);
  const measured = new Decimal(quantity.measured);
  const asked = usageAsked(price);
  if (asked === "quantity" || asked === "events") {
    return measureUsage(segment, {
      metricId: metricId ?? quantity.source.metricId,
      period: segment.servicePeriod,
      quantity: measured,
      events: new Decimal(quantity.source.events),
    });
  }
  const { slices, fullPeriodAmount, proration, lessBilledBefore, ratedPeriod, precise } = billed;
  return {
    segment,
    quantity: measured,
    unitPrice: null,
    precise: new Decimal(precise),
    facts: () => null,
    explain: () => ({ quantity, slices, fullPeriodAmount, proration, lessBilledBefore, ratedPeriod, precise }),
  };
}

/**
 * Seats: rate(seats) of each day over the days of the full period. In advance bills the first day's; overage what the
 * service costs by what is known at its end, less what it cost by what was known at its beginning.
 */
function measureSeats(segment: Segment, price: SeatPrice & Price, reading: SeatReading | null): MeasuredSegment {
  const { charge, servicePeriod, ratedPeriod, role } = segment;
  const byDay = seatsByDay(ratedPeriod, reading ?? { openingSeats: charge.quantity, changes: [] }, charge.quantity);
  if (role === "charge") {
    const isInAdvance = charge.timing === "in_advance";
    const counted = isInAdvance ? seatsOfFirstDay(ratedPeriod, byDay) : countSeats(price.strategy, byDay);
    return measureCounted(segment, price, counted, isInAdvance ? "first_day" : price.strategy);
  }
  const knownOn = (day: PlainDate) =>
    measureCounted(
      segment,
      price,
      countSeatsKnown(price.strategy, byDay, daysBetween(ratedPeriod.startsOn, day)),
      price.strategy,
    );
  const [known, before] = [knownOn(servicePeriod.endsBefore), knownOn(servicePeriod.startsOn)];
  const precise = known.precise.minus(before.precise);
  return {
    ...known,
    quantity: known.quantity.minus(before.quantity),
    precise,
    facts: () => {
      const [knownFacts, beforeFacts] = [known.facts(), before.facts()];
      return knownFacts && beforeFacts && lessFacts(knownFacts, beforeFacts);
    },
    explain: () => ({
      ...known.explain(),
      lessBilledBefore: before.precise.toFixed(),
      ratedPeriod: isSamePeriod(servicePeriod, ratedPeriod) ? null : periodText(ratedPeriod),
      precise: precise.toFixed(),
    }),
  };
}

function measureCounted(
  segment: Segment,
  price: SeatPrice & Price,
  counted: readonly SeatDays[],
  strategy: SeatPrice["strategy"] | "first_day",
): MeasuredSegment {
  const { charge, ratedPeriod, fullPeriod } = segment;
  const included = price.includedUnits ?? ZERO;
  const quantity = meanOf(counted);
  const ratio = prorate(charge.proration, ratedPeriod, fullPeriod);
  return measured(segment, {
    slices: counted.flatMap(({ seats, days }) => rate(price, seats).map((slice) => ({ slice, days }))),
    ratio,
    quantity,
    facts: () => factsOfSeats(price, counted, ratio),
    explain: () => ({
      source: { kind: "seats", strategy, contracted: charge.quantity.toFixed() },
      measured: quantity.toFixed(),
      included: included.toFixed(),
      includedEvents: "0",
      includedInFullPeriod: included.toFixed(),
      includedProration: null,
      billable: meanOf(counted.map(({ seats, days }) => ({ seats: billableUnits(price, seats), days }))).toFixed(),
      breakdown: [],
    }),
  });
}

function meanOf(runs: readonly SeatDays[]): Decimal {
  return runs.reduce((total, { seats, days }) => total.plus(seats.times(days)), ZERO).div(totalDays(runs));
}

type DatedSlice = { readonly slice: RatedSlice; readonly days: number | null };

function measured(
  segment: Segment,
  {
    slices,
    ratio,
    quantity,
    facts,
    explain,
  }: {
    readonly slices: readonly DatedSlice[];
    readonly ratio: Ratio;
    readonly quantity: Decimal;
    readonly facts: () => MeasuredFacts;
    readonly explain: () => QuantityExplained;
  },
): MeasuredSegment {
  // Seats are rated per day: their slices are weighted by days and divided by all days served, in one division.
  const isByDay = slices.some(({ days }) => days !== null);
  const days = isByDay ? daysIn(segment.ratedPeriod) : 1;
  const weighted = isByDay
    ? slices.reduce((total, { slice, days }) => total.plus(slice.amount.times(days ?? 0)), ZERO)
    : amountOf(slices.map(({ slice }) => slice));
  const isWhole = ratio.numerator === ratio.denominator && days === 1;
  const precise = isWhole ? weighted : weighted.times(ratio.numerator).div(ratio.denominator * days);
  return {
    segment,
    quantity,
    unitPrice: soleUnitPrice(slices),
    precise,
    facts,
    explain: () => ({
      quantity: explain(),
      slices: slices.map(explainSlice),
      fullPeriodAmount: weighted.div(days).toFixed(),
      proration: explainProration({ ...segment, servicePeriod: segment.ratedPeriod }, segment.charge.proration, ratio),
      lessBilledBefore: null,
      ratedPeriod: null,
      precise: precise.toFixed(),
    }),
  };
}

/** The one unit price that makes the amount, where there is one and nothing beside it. */
function soleUnitPrice(slices: readonly DatedSlice[]): Decimal | null {
  const first = slices[0]?.slice;
  if (first === undefined) return null;
  const isSole = slices.every(
    ({ slice }) =>
      (slice.kind === "units" || slice.kind === "fee" || slice.kind === "tier") &&
      slice.flatFee.isZero() &&
      slice.unitPrice.equals(first.unitPrice),
  );
  return isSole ? first.unitPrice : null;
}

function explainSlice({ slice, days }: DatedSlice): SliceExplained {
  return {
    kind: slice.kind,
    quantity: slice.quantity.toFixed(),
    unitPrice: slice.unitPrice.toFixed(),
    flatFee: slice.flatFee.toFixed(),
    amount: slice.amount.toFixed(),
    above: slice.above?.toFixed() ?? null,
    upTo: slice.upTo?.toFixed() ?? null,
    packageSize: slice.packageSize?.toFixed() ?? null,
    dimensions: slice.dimensions,
    days,
  };
}

/** Null where the ratio is the whole. */
export function explainProration(
  { servicePeriod, fullPeriod }: { readonly servicePeriod: Period; readonly fullPeriod: Period },
  rule: ProrationRule,
  ratio: Ratio,
): ProrationExplained | null {
  if (ratio.numerator === ratio.denominator) return null;
  return { rule, ...ratio, daysServed: daysIn(servicePeriod), daysInFullPeriod: daysIn(fullPeriod) };
}
