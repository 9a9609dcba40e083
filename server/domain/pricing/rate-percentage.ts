import { Decimal, ONE, ZERO } from "../money/decimal";
import type { PercentagePrice } from "./price";
import { type RatedSlice, slice } from "./slice";

/** Events in order of occurrence; equal neighbours may be written once with their number. */
export type EventAmounts = readonly { readonly amount: Decimal; readonly count: Decimal }[];

export type PercentageUsage = {
  /** Sum of the events' amounts. */
  readonly total: Decimal;
  readonly events?: Decimal;
  readonly eventAmounts?: EventAmounts;
};

/** True where a sum of amounts is not enough to rate, because bounds or included parts look at single events. */
export function needsEventAmounts(price: PercentagePrice): boolean {
  const { fixedPerEvent, minimumPerEvent, maximumPerEvent, includedEvents, includedAmount } = price;
  const isBounded = Boolean(minimumPerEvent) || Boolean(maximumPerEvent);
  return isBounded || isSome(includedEvents) || (isSome(includedAmount) && isSome(fixedPerEvent));
}

/** A maximum of zero is a bound; nothing included is none. */
const isSome = (value: Decimal | null | undefined): boolean => value?.isZero() === false;

/**
 * Percent of the events' amounts plus the fixed fee per event. Bounds hold for an event's percent and fixed fee
 * together. Amounts below zero in all, by refunds, cost nothing. Throws where the price has to see single events, or their number, and they are not given.
 */
export function ratePercentage(price: PercentagePrice, usage: PercentageUsage): RatedSlice[] {
  if (!needsEventAmounts(price)) {
    const chargeable = usage.total.minus(price.includedAmount ?? ZERO);
    return percentAndFees(price, Decimal.max(chargeable, ZERO), usage.events);
  }
  if (usage.eventAmounts === undefined) throw new Error("percentage price: per-event terms are rated from events");

  let [amount, events, eventsAtMinimum, eventsAtMaximum] = [ZERO, ZERO, ZERO, ZERO];
  const [minimum, maximum] = [price.minimumPerEvent ?? null, price.maximumPerEvent ?? null];
  for (const run of withoutIncluded(price, usage.eventAmounts)) {
    const fee = run.amount
      .times(price.percent)
      .div(100)
      .plus(price.fixedPerEvent ?? ZERO);
    if (minimum !== null && fee.lt(minimum)) eventsAtMinimum = eventsAtMinimum.plus(run.count);
    else if (maximum !== null && fee.gt(maximum)) eventsAtMaximum = eventsAtMaximum.plus(run.count);
    else {
      amount = amount.plus(run.amount.times(run.count));
      events = events.plus(run.count);
    }
  }
  const slices = percentAndFees(price, Decimal.max(amount, ZERO), events);
  if (minimum !== null && eventsAtMinimum.gt(0)) slices.push(slice("events_at_minimum", eventsAtMinimum, minimum));
  if (maximum !== null && eventsAtMaximum.gt(0)) slices.push(slice("events_at_maximum", eventsAtMaximum, maximum));
  return slices;
}

function percentAndFees(price: PercentagePrice, amount: Decimal, events: Decimal | undefined): RatedSlice[] {
  const slices = [slice("percent", amount, price.percent.div(100))];
  if (!price.fixedPerEvent || price.fixedPerEvent.isZero()) return slices;
  if (events === undefined) throw new Error("percentage price: the fixed fee needs the number of events");
  return [...slices, slice("events", events, price.fixedPerEvent)];
}

/** What is charged of each event, after the first events and the first part of the amounts that cost nothing. */
function withoutIncluded(price: PercentagePrice, runs: EventAmounts): EventAmounts {
  let eventsLeft = price.includedEvents ?? ZERO;
  let amountLeft = price.includedAmount ?? ZERO;
  const charged: { amount: Decimal; count: Decimal }[] = [];

  for (const { amount, count } of runs) {
    const freeEvents = Decimal.min(eventsLeft, count);
    eventsLeft = eventsLeft.minus(freeEvents);
    let events = count.minus(freeEvents);

    if (amountLeft.gt(0) && !amount.isNegative()) {
      const covered = amount.isZero() ? events : Decimal.min(events, amountLeft.div(amount).floor());
      amountLeft = amountLeft.minus(covered.times(amount));
      events = events.minus(covered);
      if (events.gt(0) && amountLeft.gt(0)) {
        charged.push({ amount: amount.minus(amountLeft), count: ONE });
        amountLeft = ZERO;
        events = events.minus(ONE);
      }
    }
    if (events.gt(0)) charged.push({ amount, count: events });
  }
  return charged;
}
