import type { Currency } from "../money/currency";
import { addUp, type Decimal, ZERO } from "../money/decimal";
import { type Money, money, subtract, sum } from "../money/money";
import { addDriver, addDrivers, type Driver, type Drivers, type DriverTotals } from "./driver";
import { matchItem } from "./item-drivers";
import type { ItemLine, Side } from "./side";

/**
 * `item`: what a price lineage was billed; `one_time` and `late_adjustment` never recur; `layer`: what lies over the
 * items, such as true-ups, caps, discounts after the minimum, credits and what people wrote.
 */
export type ItemKind = "item" | "one_time" | "late_adjustment" | "layer";

/** What a layer's difference is told by. */
export type LayerDriver = Extract<Driver, "minimum" | "discount" | "credit" | "manual">;

/** What one subject contributes to one side of a comparison of one customer and currency. */
export type ItemAmount = {
  readonly kind: ItemKind;
  /** The price lineage; of a minimum commitment's true-up its id. */
  readonly lineageId: string;
  /** Of a layer. */
  readonly layer?: LayerDriver;
  readonly productId: string | null;
  readonly description: string;
  readonly net: Money;
  /** On top of the net; left out: none. */
  readonly tax?: Decimal;
  /** Of an item: what it was billed as, to tell what moved it. Without them its amount alone is compared. */
  readonly lines?: readonly ItemLine[];
};

/** Why an item stands on one side only. Null: it stands on both, and what moved it is told by the other drivers. */
export type UnmatchedDriver = "new" | "lost" | "timing";

export type ItemComparison = {
  readonly kind: ItemKind;
  readonly lineageId: string;
  readonly layer: LayerDriver | null;
  readonly productId: string | null;
  readonly description: string;
  readonly current: Money | null;
  readonly baseline: Money | null;
  readonly change: Money;
  readonly driver: UnmatchedDriver | null;
  /** Add up to the change. */
  readonly drivers: Drivers;
  /** Of a matched item that changed: what it was billed as, before and now. */
  readonly sides: { readonly baseline: Side; readonly current: Side } | null;
};

export type Comparison = {
  readonly current: Money;
  readonly baseline: Money;
  readonly change: Money;
  /** 100 × change ÷ |baseline|, not rounded; null where the baseline is zero. */
  readonly changePercent: Decimal | null;
  /** The change, and the baseline it is judged against, without the items that came or went by timing alone. */
  readonly changeWithoutTiming: Money;
  readonly baselineWithoutTiming: Money;
  /** Add up to the change. */
  readonly drivers: Drivers;
  readonly hasCurrentDocuments: boolean;
  readonly hasBaselineDocuments: boolean;
  /** True where none of the current lineages was ever billed before. */
  readonly isFirst: boolean;
  /** True where a lineage of the baseline should have been billed again and was not. */
  readonly isMissing: boolean;
  /** Monthly lineages of the baseline that were forgotten while something else of the customer was billed. */
  readonly missingCharges: readonly ItemComparison[];
  /** Items whose price moved while nothing that was agreed says so. */
  readonly unexplainedPrices: readonly ItemComparison[];
  readonly items: readonly ItemComparison[];
  /** The largest of the items that were settled before. */
  readonly settled: readonly SettledItem[];
};

export type CompareItemsInput = {
  readonly currency: Currency;
  readonly current: readonly ItemAmount[];
  readonly baseline: readonly ItemAmount[];
  /** Lineages billed in any month before the current one. */
  readonly previouslyBilledLineages: ReadonlySet<string>;
  /** That the customer's other bills are compared with: here they are neither new nor timing's, but more of the same. */
  readonly lineagesElsewhere?: ReadonlySet<string>;
  /** Whether the customer was billed before the current month: then what bills no lineage is no first bill. */
  readonly isKnownCustomer?: boolean;
  /** Lineages that ended before the current month, or in it. */
  readonly endedLineages: ReadonlySet<string>;
  /** Lineages still running that fall due every month: their absence is not timing's. */
  readonly monthlyLineages?: ReadonlySet<string>;
  /** Lineages whose price an amendment, a phase or a step of a ramp changed since the baseline began. */
  readonly repricedLineages?: ReadonlySet<string>;
  /** Whether any document stands on the side, be it without items. */
  readonly hasCurrentDocuments: boolean;
  readonly hasBaselineDocuments: boolean;
  /** Matched items that are known already: they did not change, or by volume alone. */
  readonly settled?: {
    readonly baseline: Decimal;
    readonly current: Decimal;
    readonly moved: readonly SettledItem[];
  } | null;
};

/** An item that moved by its quantity alone. */
export type SettledItem = {
  readonly subject: string;
  readonly description: string;
  readonly from: string;
  readonly to: string;
  readonly change: Decimal;
};

/**
 * Compares one customer and currency with its baseline and tells what moved it (variance, steps 1 to 3). Items on one
 * side only: never billed before: new; ended: lost; otherwise, and always for one-time charges and late adjustments:
 * timing. Layers follow the items of their side where the other side has no document at all.
 */
export function compareItems(input: CompareItemsInput): Comparison {
  const { currency } = input;
  const [currentByKey, baselineByKey] = [indexByKey(input.current, currency), indexByKey(input.baseline, currency)];
  const keys = new Set([...baselineByKey.keys(), ...currentByKey.keys()]);
  const items = [...keys].flatMap((key) => compareSubject(currentByKey.get(key), baselineByKey.get(key), input));

  const { settled } = input;
  const total = (side: readonly ItemAmount[], more: Decimal | undefined) =>
    money(addUp(more ? [more, ...side.map(({ net }) => net.amount)] : side.map(({ net }) => net.amount)), currency);
  const [current, baseline] = [total(input.current, settled?.current), total(input.baseline, settled?.baseline)];
  const change = subtract(current, baseline);
  const drivers: DriverTotals = {};
  for (const item of items) addDrivers(drivers, item.drivers);
  if (settled) addDriver(drivers, "volume", settled.current.minus(settled.baseline));
  const baselineTimed = items.reduce(
    (timed, item) => (item.driver === "timing" && item.baseline ? timed.plus(item.baseline.amount) : timed),
    ZERO,
  );
  return {
    current,
    baseline,
    change,
    changePercent: percentOfBaseline(change, baseline),
    changeWithoutTiming: money(change.amount.minus(drivers.timing ?? ZERO), currency),
    baselineWithoutTiming: money(baseline.amount.minus(baselineTimed), currency),
    drivers,
    hasCurrentDocuments: input.hasCurrentDocuments,
    hasBaselineDocuments: input.hasBaselineDocuments,
    isFirst: isFirst(input),
    isMissing: items.some((item) => isMissing(item, input)),
    missingCharges: items.filter((item) => isForgotten(item, input)),
    unexplainedPrices: items.filter((item) => isUnexplained(item, input)),
    items,
    settled: settled?.moved ?? NOTHING_SETTLED,
  };
}

const NOTHING_SETTLED: readonly SettledItem[] = [];

/** 100 × change ÷ |baseline|, not rounded; null where the baseline is zero. */
export function percentOfBaseline(change: Money, baseline: Money): Decimal | null {
  return baseline.amount.isZero() ? null : change.amount.times(100).div(baseline.amount.abs());
}

function indexByKey(amounts: readonly ItemAmount[], currency: Currency): Map<string, ItemAmount> {
  const byKey = new Map<string, ItemAmount>();
  for (const amount of amounts) {
    const { kind, layer = "", lineageId, productId } = amount;
    const key = `${kind}|${layer}|${lineageId === "" ? productId : lineageId}`;
    const known = byKey.get(key);
    byKey.set(key, known ? together(known, amount, currency) : amount);
  }
  return byKey;
}

function together(a: ItemAmount, b: ItemAmount, currency: Currency): ItemAmount {
  const net = sum([a.net, b.net], currency);
  const tax = (a.tax ?? ZERO).plus(b.tax ?? ZERO);
  if (a.lines && b.lines) return { ...a, net, tax, lines: [...a.lines, ...b.lines] };
  const { lines: _, ...rest } = a;
  return { ...rest, net, tax };
}

/** One-time charges and late adjustments on both sides are two things: neither is the other's baseline. */
function compareSubject(
  current: ItemAmount | undefined,
  baseline: ItemAmount | undefined,
  input: CompareItemsInput,
): ItemComparison[] {
  if (current && baseline && (current.kind === "one_time" || current.kind === "late_adjustment"))
    return [comparison(null, baseline, input), comparison(current, null, input)];
  return [comparison(current ?? null, baseline ?? null, input)];
}

function comparison(current: ItemAmount | null, baseline: ItemAmount | null, input: CompareItemsInput): ItemComparison {
  const known = (current ?? baseline) as ItemAmount;
  const { currency } = input;
  const change = money((current?.net.amount ?? ZERO).minus(baseline?.net.amount ?? ZERO), currency);
  const driver = driverOf(known, current === null ? "lost" : baseline === null ? "new" : null, input);
  const matched = driver === null && known.kind === "item" ? matchedDrivers(current, baseline, currency) : null;
  return {
    kind: known.kind,
    lineageId: known.lineageId,
    layer: known.kind === "layer" ? (known.layer ?? "minimum") : null,
    productId: known.productId,
    description: known.description,
    current: current?.net ?? null,
    baseline: baseline?.net ?? null,
    change,
    driver,
    drivers: matched?.drivers ?? single(driver ?? layerDriver(known), change.amount),
    sides: matched?.sides ?? null,
  };
}

/** An item that another bill stands against is volume. */
const layerDriver = ({ kind, layer }: ItemAmount): Driver => (kind === "item" ? "volume" : (layer ?? "minimum"));

function single(driver: Driver, amount: Decimal): Drivers {
  const drivers: DriverTotals = {};
  addDriver(drivers, driver, amount);
  return drivers;
}

function matchedDrivers(current: ItemAmount | null, baseline: ItemAmount | null, currency: Currency) {
  if (!current || !baseline) return null;
  const [now, before] = [linesOf(current), linesOf(baseline)];
  if (isSameBilling(before, now)) return { drivers: {}, sides: null };
  return matchItem({ baseline: before, current: now }, currency);
}

const linesOf = ({ lines, net }: ItemAmount): readonly ItemLine[] =>
  lines ?? [{ stream: "", facts: null, net: net.amount, taxInPrice: ZERO }];

/** What was billed the same way to the same amount needs no arithmetic. */
function isSameBilling(before: readonly ItemLine[], now: readonly ItemLine[]): boolean {
  const [a, b] = [before[0], now[0]];
  return (
    before.length === 1 &&
    now.length === 1 &&
    a !== undefined &&
    b !== undefined &&
    a.net.equals(b.net) &&
    a.facts === b.facts
  );
}

function driverOf(
  item: ItemAmount,
  unmatched: "new" | "lost" | null,
  input: CompareItemsInput,
): UnmatchedDriver | null {
  switch (item.kind) {
    case "one_time":
    case "late_adjustment":
      // "Otherwise, and always": nothing of this kind comes again.
      return "timing";
    case "layer":
      if (!input.hasBaselineDocuments) return isFirst(input) ? "new" : "timing";
      if (!input.hasCurrentDocuments) return hasLost(input) ? "lost" : "timing";
      return null;
    case "item":
      if (unmatched === "new" && input.lineagesElsewhere?.has(item.lineageId)) return null;
      if (unmatched === "new") return input.previouslyBilledLineages.has(item.lineageId) ? "timing" : "new";
      if (unmatched === "lost") return input.endedLineages.has(item.lineageId) ? "lost" : "timing";
      return null;
  }
}

function isFirst({ current, isKnownCustomer = false, ...input }: CompareItemsInput): boolean {
  const billing = current.filter(({ lineageId }) => lineageId !== "");
  return (
    input.hasCurrentDocuments &&
    !input.hasBaselineDocuments &&
    !billing.some(({ lineageId }) => input.previouslyBilledLineages.has(lineageId)) &&
    !(billing.length === 0 && isKnownCustomer)
  );
}

const hasLost = ({ baseline, endedLineages }: CompareItemsInput): boolean =>
  baseline.some(({ kind, lineageId }) => kind === "item" && endedLineages.has(lineageId));

function isMissing({ kind, current, driver, lineageId }: ItemComparison, { monthlyLineages }: CompareItemsInput) {
  return kind === "item" && current === null && (driver === "lost" || (monthlyLineages?.has(lineageId) ?? false));
}

function isForgotten({ kind, current, lineageId }: ItemComparison, input: CompareItemsInput): boolean {
  return (
    kind === "item" && current === null && input.hasCurrentDocuments && (input.monthlyLineages?.has(lineageId) ?? false)
  );
}

/** Where the terms themselves differ; that only the days of seats, or what part of a month includes, differ is no change. */
function isUnexplained(
  { sides, drivers, lineageId }: ItemComparison,
  { repricedLineages }: CompareItemsInput,
): boolean {
  return (
    sides !== null &&
    drivers.price !== undefined &&
    sides.baseline.g.terms !== sides.current.g.terms &&
    !(repricedLineages?.has(lineageId) ?? false)
  );
}
