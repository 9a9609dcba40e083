import type { UsageFact } from "../invoice/driver-facts";
import { Decimal, ONE, ZERO } from "../money/decimal";
import type { RatedUsage } from "../pricing/rate";
import type { UsageGroup } from "../pricing/rate-matrix";

/**
 * How much was billed: a number of units, and for prices that look closer how it is made up: by dimensions, or event by
 * event. The key says whether two quantities are the same.
 */
export type Quantity = {
  readonly total: Decimal;
  readonly usage: RatedUsage | null;
  readonly key: string;
};

export const units = (total: Decimal): Quantity => ({ total, usage: null, key: total.toFixed() });

/** Of one line as it was metered. */
export function usageFrom({ quantity, events, amounts, groups }: UsageFact): RatedUsage {
  return {
    quantity: new Decimal(quantity),
    ...(events !== undefined && { events: new Decimal(events) }),
    ...(amounts && {
      eventAmounts: amounts.map(([amount, count]) => ({ amount: new Decimal(amount), count: new Decimal(count) })),
    }),
    ...(groups && { groups: groups.map(([values, used]) => ({ values, quantity: new Decimal(used) })) }),
  };
}

/** The usage of several lines together. */
export function metered(usages: readonly RatedUsage[]): Quantity {
  const [only] = usages;
  const total = usages.reduce((sum, { quantity }) => sum.plus(quantity), ZERO);
  if (only && usages.length === 1) return { total, usage: only, key: keyOf(only) };
  const groups = sumGroups(usages.flatMap((each) => each.groups ?? []));
  const all: RatedUsage = {
    quantity: total,
    ...(usages.some(({ events }) => events) && {
      events: usages.reduce((sum, { events }) => sum.plus(events ?? ZERO), ZERO),
    }),
    ...(usages.some(({ eventAmounts }) => eventAmounts) && {
      eventAmounts: usages.flatMap(({ eventAmounts }) => eventAmounts ?? []),
    }),
    ...(groups.length > 0 && { groups }),
  };
  return { total, usage: all, key: keyOf(all) };
}

function keyOf({ quantity, events, eventAmounts, groups }: RatedUsage): string {
  if (!events && !eventAmounts && !groups) return quantity.toFixed();
  return JSON.stringify([
    quantity.toFixed(),
    events?.toFixed() ?? null,
    eventAmounts?.map(({ amount, count }) => [amount.toFixed(), count.toFixed()]) ?? null,
    groups?.map((group) => [groupKey(group), group.quantity.toFixed()]).sort() ?? null,
  ]);
}

/**
 * The part of a quantity that one of several lines would have had: of each group its share of that group, of anything else
 * its share of the whole.
 */
export function shareOf(
  { total, usage }: Quantity,
  share: Decimal,
  own: RatedUsage | null,
  all: RatedUsage | null,
): RatedUsage {
  const isWhole = share.equals(ONE);
  const scaled = (amount: Decimal) => (isWhole ? amount : amount.times(share));
  const quantity = scaled(total);
  const eventAmounts = usage?.eventAmounts ?? eventsAlike(usage, total);
  return {
    quantity,
    events: scaled(usage?.events ?? countOf(eventAmounts)),
    eventAmounts: isWhole ? eventAmounts : eventAmounts.map(({ amount, count }) => ({ amount, count: scaled(count) })),
    groups: shareGroups(usage?.groups ?? [{ values: {}, quantity: total }], share, own, all),
  };
}

function shareGroups(
  groups: readonly UsageGroup[],
  share: Decimal,
  own: RatedUsage | null,
  all: RatedUsage | null,
): readonly UsageGroup[] {
  if (share.equals(ONE)) return groups;
  const [mine, together] = [own, all].map(
    (usage) => new Map((usage?.groups ?? []).map((group) => [groupKey(group), group.quantity])),
  );
  return groups.map((group) => {
    const whole = together?.get(groupKey(group));
    const part = mine?.get(groupKey(group)) ?? ZERO;
    return {
      values: group.values,
      quantity: whole && !whole.isZero() ? group.quantity.times(part).div(whole) : group.quantity.times(share),
    };
  });
}

/** Where single events are asked for and not known: all of one size. */
function eventsAlike(usage: RatedUsage | null, total: Decimal): NonNullable<RatedUsage["eventAmounts"]> {
  const count = usage?.events && usage.events.gt(0) ? usage.events : ONE;
  return [{ amount: total.div(count), count }];
}

const countOf = (amounts: NonNullable<RatedUsage["eventAmounts"]>): Decimal =>
  amounts.reduce((total, { count }) => total.plus(count), ZERO);

function sumGroups(groups: readonly UsageGroup[]): UsageGroup[] {
  const byKey = new Map<string, UsageGroup>();
  for (const group of groups) {
    const known = byKey.get(groupKey(group));
    byKey.set(groupKey(group), known ? { ...known, quantity: known.quantity.plus(group.quantity) } : group);
  }
  return [...byKey.values()];
}

const groupKey = ({ values }: UsageGroup): string =>
  JSON.stringify(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)));
