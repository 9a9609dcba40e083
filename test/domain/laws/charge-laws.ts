import * as fc from "fast-check";
import { expect } from "vitest";
import { daysIn, includes, isSamePeriod, period } from "../../../server/domain/calendar/period";
import type { Contract } from "../../../server/domain/contract/contract";
import { groupBy } from "../../../server/domain/group-by";
import type { Line } from "../../../server/domain/invoice/line";
import { groupKeyOf, type Segment } from "../../../server/domain/invoice/segment";
import { Decimal, ZERO } from "../../../server/domain/money/decimal";
import { money, moneyText, roundToMinorUnit } from "../../../server/domain/money/money";
import type { PercentagePrice, Price } from "../../../server/domain/pricing/price";
import { amountOf } from "../../../server/domain/pricing/rate";
import {
  arbitraryContract,
  contractedCharge,
  contractOfOnePhase,
  dayOfTerm,
  meteredCharge,
  seatCharge,
  withCharges,
  withoutSharedTerms,
  withPrices,
} from "../arbitrary-contract";
import { cents, percentagePrice, risingPrice, units } from "../arbitrary-price";
import { arbitraryUsage, arbitraryWorld, withEvents } from "../arbitrary-world";
import { decimal, minimum, type WorldEvent } from "../billing-world";
import { byFullPeriod, linesOf, totalOf, wholeTerm } from "./bill";
import type { Law } from "./engine";

const isCharged = ({ kind }: Pick<Line, "kind">) => kind === "charge" || kind === "overage";

const texts = (byKey: ReadonlyMap<string, Decimal>) =>
  Object.fromEntries([...byKey].map(([key, sum]) => [key, sum.toFixed()]));

export const partsSumToTheWhole: Law = {
  title: "segments of one lineage in one full period add up to their rounded precise sum",
  property: (engine) =>
    fc.property(arbitraryContract, arbitraryWorld, (terms, world) => {
      const { segments } = engine.planSegments(terms, wholeTerm(terms));
      const lines = new Map(linesOf(engine, terms, world).map((line) => [line.key, line]));
      for (const [, group] of groupBy(segments, groupKeyOf)) {
        const charged = group.flatMap(({ key }) => lines.get(key) ?? []);
        const sumOf = (part: (line: Line) => Decimal) => charged.reduce((total, line) => total.plus(part(line)), ZERO);
        const billed = sumOf(({ charge }) => charge.amount);
        const whole = roundToMinorUnit(
          money(
            sumOf(({ precise }) => precise.amount),
            terms.currency,
          ),
        ).amount;
        // Overage lines of nothing are left out, each with less than a minor unit of precise amount.
        const most = decimal(10)
          .pow(-terms.currency.minorUnits)
          .times(group.length - charged.length);
        expect(billed.minus(whole).abs().lte(most), `${billed} for ${whole}`).toBe(true);
      }
    }),
};

export const cutCostsNothing: Law = {
  title: "a cut that changes nothing but a name changes no sum over a full period",
  property: (engine) =>
    fc.property(contractOfOnePhase(contractedCharge), dayOfTerm, (given, on) => {
      const whole = withCharges(given, (charge) => ({
        ...charge,
        proration: charge.proration === "full" ? "by_days" : charge.proration,
        discounts: charge.discounts.map((discount) => ({ ...discount, endsBefore: null })),
      }));
      const [only] = whole.phases;
      fc.pre(only !== undefined && whole.startsOn < on);
      const renamed = only.charges.map((charge) => ({ ...charge, description: `${charge.description} renamed` }));
      const cut: Contract = {
        ...whole,
        phases: [
          { ...only, endsBefore: on },
          { ...only, id: "renamed", startsOn: on, charges: renamed },
        ],
      };
      const sums = (terms: Contract) =>
        texts(new Map([...byFullPeriod(linesOf(engine, terms, {}))].map(([key, lines]) => [key, totalOf(lines)])));
      expect(sums(cut)).toEqual(sums(whole));
    }),
};

export const periodsTileTheTerm: Law = {
  title: "service periods of a lineage tile its part of the term, and parts of overage the service they belong to",
  property: (engine) =>
    fc.property(arbitraryContract, (terms) => {
      const { segments } = engine.planSegments(terms, wholeTerm(terms));
      const charges = segments.filter(({ role, charge }) => role === "charge" && charge.cadence !== "one_time");
      for (const [, pieces] of groupBy(charges, ({ charge }) => charge.lineageId)) {
        expectTiles(pieces, { startsOn: terms.startsOn, endsBefore: terms.endsBefore ?? terms.startsOn });
      }
      const overages = segments.filter(({ role }) => role === "overage");
      for (const [, pieces] of groupBy(
        overages,
        (segment) => `${groupKeyOf(segment)} ${segment.ratedPeriod.startsOn}`,
      )) {
        for (const { ratedPeriod } of pieces.slice(0, 1)) expectTiles(pieces, ratedPeriod);
      }
    }),
};

function expectTiles(pieces: readonly Segment[], whole: Segment["servicePeriod"]): void {
  const sorted = pieces.map(({ servicePeriod }) => servicePeriod).sort((a, b) => (a.startsOn < b.startsOn ? -1 : 1));
  expect(sorted[0]?.startsOn).toBe(whole.startsOn);
  for (const [index, piece] of sorted.entries()) {
    expect(piece.endsBefore).toBe(sorted[index + 1]?.startsOn ?? whole.endsBefore);
  }
  expect(sorted.reduce((days, piece) => days + daysIn(piece), 0)).toBe(daysIn(whole));
}

export const everyUnitIsBilledOnce: Law = {
  title: "every unit used is billed once, whatever the phases and cadences",
  property: (engine) =>
    fc.property(arbitraryContract, arbitraryWorld, (terms, world) => {
      const billed = linesOf(engine, terms, world).filter(({ isMetered, kind }) => isMetered && kind === "charge");
      const metered = terms.phases.flatMap((phase) =>
        phase.charges.map(({ metricId }) => {
          const days = period(phase.startsOn, phase.endsBefore ?? phase.startsOn);
          const events = metricId === null ? [] : (world.events?.[metricId] ?? []);
          return unitsOf(events.filter(({ on }) => includes(days, on)));
        }),
      );
      expect(billed.reduce((total, { quantity }) => total.plus(quantity ?? ZERO), ZERO).toFixed()).toBe(
        metered.reduce((total, used) => total.plus(used), ZERO).toFixed(),
      );
    }),
};

const unitsOf = (events: readonly WorldEvent[]): Decimal =>
  events.reduce((total, { quantity }) => total.plus(quantity), ZERO);

export const overageByPartsIsOverage: Law = {
  title: "seats that fall due in parts come to what they come to at once",
  property: (engine) =>
    fc.property(contractOfOnePhase(seatCharge), arbitraryWorld, (terms, world) => {
      const atOnce = withPrices(terms, (price) =>
        price.model === "seat" ? { ...price, overageCadence: null } : price,
      );
      const charged = (of: Contract) =>
        texts(
          new Map(
            [...byFullPeriod(linesOf(engine, of, world).filter(isCharged))].map(([key, lines]) => [
              key,
              lines.reduce((total, { charge }) => total.plus(charge.amount), ZERO),
            ]),
          ),
        );
      expect(charged(terms)).toEqual(charged(atOnce));
    }),
};

/** Nothing that looks at single events, or at their number. */
const ofSums = (price: Price): Price => {
  if (price.model !== "percentage") return price;
  const { fixedPerEvent: _, minimumPerEvent: __, maximumPerEvent: ___, includedEvents: ____, ...rest } = price;
  return rest;
};

export const usageCountsInSum: Law = {
  title: "usage of a period costs the same in whatever order, and however it is split over its events",
  property: (engine) =>
    fc.property(arbitraryContract, arbitraryWorld, fc.nat(9), (given, world, cut) => {
      const terms = withPrices(given, ofSums);
      const rearranged = withEvents(world, (events) => {
        const halves = events.flatMap((event) => {
          const quantity = event.quantity.div(4);
          return [
            { ...event, quantity },
            { ...event, quantity: event.quantity.minus(quantity) },
          ];
        });
        return [...halves.slice(cut).reverse(), ...halves.slice(0, cut)];
      });
      expect(nets(linesOf(engine, terms, rearranged))).toEqual(nets(linesOf(engine, terms, world)));
    }),
};

const nets = (lines: readonly Line[]): string[] => lines.map(({ key, net }) => `${key} ${moneyText(net)}`);

const commitments: fc.Arbitrary<Decimal | null> = fc.option(cents(2000));

export const moreUsageNeverCostsLess: Law = {
  title: "more usage never costs less where each unit has its own price, also under a commitment",
  property: (engine) =>
    fc.property(
      contractOfOnePhase(meteredCharge(risingPrice)),
      commitments,
      arbitraryWorld,
      arbitraryUsage,
      (bare, commitment, given, more) => {
        const terms = commitment === null ? bare : committed(bare, commitment.toFixed());
        // Corrections are no usage: they may free units of a dearer row.
        const world = withEvents(given, (events) => events.filter(({ quantity }) => quantity.gte(0)));
        const dearer = withEvents(world, (events) => [...events, more]);
        const total = (of: typeof world) => totalOf(linesOf(engine, terms, of));
        expect(total(dearer).gte(total(world)), `${total(dearer)} after ${total(world)}`).toBe(true);
      },
    ),
};

/**
 * One minimum over all of the term and no other limit: where two are topped up for the same charge, or a discount comes
 * off the charge and not off its true-up, usage that replaces true-ups lowers the bill.
 */
function committed(bare: Contract, amount: string): Contract {
  const { startsOn, endsBefore } = bare;
  const terms = withCharges(bare, (charge) => ({
    ...charge,
    price: { ...charge.price, minimum: null, maximum: null },
    discounts: charge.discounts.filter(({ position }) => position === "before_minimum"),
  }));
  return { ...terms, minimums: [minimum("commitment", amount, { startsOn, endsBefore, cadence: "term" })] };
}

export const eventsAreRatedInOrder: Law = {
  title: "a percentage of events costs what they cost one by one, in the order in which they occurred",
  property: (engine) =>
    fc.property(percentagePrice, fc.array(units(90), { maxLength: 8 }), (price, amounts) => {
      const slices = engine.rateUsage(price, {
        quantity: amounts.reduce((total, amount) => total.plus(amount), ZERO),
        events: decimal(amounts.length),
        eventAmounts: amounts.map((amount) => ({ amount, count: decimal(1) })),
      });
      expect(amountOf(slices).toFixed()).toBe(oneByOne(price, amounts).toFixed());
    }),
};

function oneByOne(price: PercentagePrice, amounts: readonly Decimal[]): Decimal {
  let freeEvents = price.includedEvents ?? ZERO;
  let freeAmount = price.includedAmount ?? ZERO;
  let total = ZERO;
  for (const amount of amounts) {
    if (freeEvents.gt(0)) {
      freeEvents = freeEvents.minus(1);
      continue;
    }
    const free = Decimal.min(amount, freeAmount);
    // Without terms for events, the free part is one of their sum, and no event is free.
    const isFree = freeAmount.gt(0) && free.equals(amount);
    freeAmount = freeAmount.minus(free);
    if (isFree) continue;
    const fee = amount
      .minus(free)
      .times(price.percent)
      .div(100)
      .plus(price.fixedPerEvent ?? 0);
    const least = Decimal.max(fee, price.minimumPerEvent ?? fee);
    total = total.plus(Decimal.min(least, price.maximumPerEvent ?? least));
  }
  return total;
}

export const freeTrialsAreFree: Law = {
  title: "a free trial costs nothing, whatever is used",
  property: (engine) =>
    fc.property(arbitraryContract, arbitraryWorld, (given, world) => {
      const terms = withoutSharedTerms(given);
      const lines = linesOf(engine, terms, world);
      const trials = engine.planSegments(terms, wholeTerm(terms)).segments.filter(({ charge }) => charge.isFreeTrial);
      for (const segment of trials) {
        const own = lines.filter(
          ({ lineageId, servicePeriod, kind }) =>
            lineageId === segment.charge.lineageId &&
            (kind === "charge" || kind === "overage" || kind === "true_up") &&
            isSamePeriod(servicePeriod, segment.servicePeriod),
        );
        expect(totalOf(own).toFixed()).toBe("0");
      }
    }),
};

export const amountsAreWholeUnits: Law = {
  title: "every amount of a line is whole minor units",
  property: (engine) =>
    fc.property(arbitraryContract, arbitraryWorld, (terms, world) => {
      for (const { charge, discount, net } of linesOf(engine, terms, world)) {
        for (const { amount } of [charge, discount, net]) {
          expect(amount.decimalPlaces()).toBeLessThanOrEqual(terms.currency.minorUnits);
        }
      }
    }),
};

export const usageIsNeverPaidOut: Law = {
  title: "what is used or contracted is never charged below zero, whatever the corrections",
  property: (engine) =>
    fc.property(arbitraryContract, arbitraryWorld, (terms, world) => {
      for (const [, lines] of byFullPeriod(linesOf(engine, terms, world).filter(isCharged))) {
        const charged = lines.reduce((total, { charge }) => total.plus(charge.amount), ZERO);
        expect(charged.gte(0), `${charged}`).toBe(true);
      }
    }),
};
