import { daysIn, type Period } from "../calendar/period";
import { type Decimal, ZERO } from "../money/decimal";
import type { Price, SeatPrice } from "../pricing/price";
import { applyRatio, type ProrationRule, prorate, type Ratio, WHOLE } from "../pricing/prorate";
import { amountOf, billableUnits, rate } from "../pricing/rate";
import { needsEventAmounts, ratePercentage } from "../pricing/rate-percentage";
import { countSeats, type SeatDays, seatsByDay, seatsOfFirstDay, totalDays } from "../pricing/seats";
import type { RatedSlice } from "../pricing/slice";
import type { Explanation, ProrationExplained, QuantityExplained, SliceExplained } from "./explanation";
import type { Readings, SeatReading, UsageReading } from "./readings";
import { periodKey, type Segment } from "./segment";

/** A segment with its precise amount, and the part of the explanation that leads to it. */
export type MeasuredSegment = {
  readonly segment: Segment;
  /** Before included units; seats: the mean of those that the strategy counts. */
  readonly quantity: Decimal;
  readonly unitPrice: Decimal | null;
  readonly precise: Decimal;
  readonly explained: Pick<
    Explanation,
    "quantity" | "slices" | "fullPeriodAmount" | "proration" | "lessInAdvance" | "precise"
  >;
};

/** Finds the reading that answers a segment; throws where usage was wanted and not read, for that is not zero. */
export type ReadingsBySegment = {
  readonly usageOf: (segment: Segment) => UsageReading;
  readonly seatsOf: (segment: Segment) => SeatReading | null;
};

export function indexReadings({ usage, seats }: Readings): ReadingsBySegment {
  const usageByKey = new Map(usage.map((reading) => [`${reading.metricId}|${periodKey(reading.period)}`, reading]));
  const seatsByKey = new Map(seats.map((reading) => [`${reading.lineageId}|${periodKey(reading.period)}`, reading]));
  return {
    usageOf: ({ charge, servicePeriod }) => {
      const key = `${charge.metricId}|${periodKey(servicePeriod)}`;
      const reading = usageByKey.get(key);
      if (reading === undefined) throw new Error(`no usage reading for ${key}`);
      return reading;
    },
    seatsOf: ({ charge, servicePeriod }) => seatsByKey.get(`${charge.lineageId}|${periodKey(servicePeriod)}`) ?? null,
  };
}

/** Quantity → included units → rate → proration. Nothing is rounded. */
export function measureSegment(segment: Segment, readings: ReadingsBySegment): MeasuredSegment {
  const { price, metricId } = segment.charge;
  if (price.model === "seat") return measureSeats(segment, price, readings.seatsOf(segment));
  return metricId === null ? measureContracted(segment) : measureUsage(segment, readings.usageOf(segment));
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
    explained: {
      source: { kind: "contracted" },
      measured: quantity.toFixed(),
      included: included.toFixed(),
      includedInFullPeriod: included.toFixed(),
      includedProration: null,
      billable: billableUnits(price, quantity).toFixed(),
    },
  });
}

/** Metered: only the included units are prorated; quantity, tier bounds, tier fees and packages never. */
function measureUsage(segment: Segment, reading: UsageReading): MeasuredSegment {
  const { price, proration, metricId } = segment.charge;
  const ratio = prorate(proration, segment.servicePeriod, segment.fullPeriod);
  const includedInFullPeriod = price.includedUnits ?? ZERO;
  const prorated: Price = { ...price, includedUnits: applyRatio(includedInFullPeriod, ratio) };
  return measured(segment, {
    slices: rateUsage(prorated, reading).map((slice) => ({ slice, days: null })),
    ratio: WHOLE,
    quantity: reading.quantity,
    explained: {
      source: { kind: "usage", metricId: metricId ?? reading.metricId, events: reading.events.toFixed() },
      measured: reading.quantity.toFixed(),
      included: (prorated.includedUnits ?? ZERO).toFixed(),
      includedInFullPeriod: includedInFullPeriod.toFixed(),
      includedProration: includedInFullPeriod.isZero() ? null : explainProration(segment, proration, ratio),
      billable: billableUnits(prorated, reading.quantity).toFixed(),
    },
  });
}

function rateUsage(price: Price, { quantity, events, eventAmounts }: UsageReading): RatedSlice[] {
  if (price.model !== "percentage") return rate(price, quantity);
  if (!needsEventAmounts(price) || eventAmounts === undefined)
    return ratePercentage(price, { total: quantity, events });
  return ratePercentage(price, { total: quantity, events, eventAmounts });
}

/** Seats: rate(seats) of each day over the days of the full period. In advance the first day's, later the difference. */
function measureSeats(segment: Segment, price: SeatPrice & Price, reading: SeatReading | null): MeasuredSegment {
  const { charge, servicePeriod, role } = segment;
  const contracted = charge.quantity;
  const byDay = seatsByDay(servicePeriod, reading ?? { openingSeats: contracted, changes: [] }, contracted);
  const firstDay = seatsOfFirstDay(servicePeriod, byDay);
  const isFirstDay = charge.timing === "in_advance" && role === "charge";
  const counted = isFirstDay ? firstDay : countSeats(price.strategy, byDay);

  const included = price.includedUnits ?? ZERO;
  const whole = measured(segment, {
    slices: counted.flatMap(({ seats, days }) => rate(price, seats).map((slice) => ({ slice, days }))),
    ratio: prorate(charge.proration, servicePeriod, segment.fullPeriod),
    quantity: meanOf(counted),
    explained: {
      source: {
        kind: "seats",
        strategy: isFirstDay ? "first_day" : price.strategy,
        contracted: contracted.toFixed(),
      },
      measured: meanOf(counted).toFixed(),
      included: included.toFixed(),
      includedInFullPeriod: included.toFixed(),
      includedProration: null,
      billable: meanOf(counted.map(({ seats, days }) => ({ seats: billableUnits(price, seats), days }))).toFixed(),
    },
  });
  if (role === "charge") return whole;

  const inAdvance = measureSeats({ ...segment, role: "charge" }, price, reading);
  const precise = whole.precise.minus(inAdvance.precise);
  return {
    ...whole,
    segment,
    quantity: whole.quantity.minus(inAdvance.quantity),
    precise,
    explained: { ...whole.explained, lessInAdvance: inAdvance.precise.toFixed(), precise: precise.toFixed() },
  };
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
    explained,
  }: {
    readonly slices: readonly DatedSlice[];
    readonly ratio: Ratio;
    readonly quantity: Decimal;
    readonly explained: QuantityExplained;
  },
): MeasuredSegment {
  // Seats are rated per day: their slices are weighted by days and divided by all days served, in one division.
  const isByDay = slices.some(({ days }) => days !== null);
  const days = isByDay ? daysIn(segment.servicePeriod) : 1;
  const weighted = isByDay
    ? slices.reduce((total, { slice, days }) => total.plus(slice.amount.times(days ?? 0)), ZERO)
    : amountOf(slices.map(({ slice }) => slice));
  const precise = weighted.times(ratio.numerator).div(ratio.denominator * days);
  return {
    segment,
    quantity,
    unitPrice: soleUnitPrice(slices),
    precise,
    explained: {
      quantity: explained,
      slices: slices.map(explainSlice),
      fullPeriodAmount: weighted.div(days).toFixed(),
      proration: explainProration(segment, segment.charge.proration, ratio),
      lessInAdvance: null,
      precise: precise.toFixed(),
    },
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
