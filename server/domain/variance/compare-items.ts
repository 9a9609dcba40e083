import type { Currency } from "../money/currency";
import type { Decimal } from "../money/decimal";
import { type Money, subtract, sum } from "../money/money";

/**
 * `item`: what a price lineage was billed; `one_time` and `late_adjustment` never recur; `layer`: what lies over the
 * items, such as true-ups, caps, discounts after the minimum and credits.
 */
export type ItemKind = "item" | "one_time" | "late_adjustment" | "layer";

/** What one subject contributes to one side of a comparison of one customer and currency. */
export type ItemAmount = {
  readonly kind: ItemKind;
  /** The price lineage; of a minimum commitment's true-up its id. */
  readonly lineageId: string;
  readonly productId: string | null;
  readonly description: string;
  readonly net: Money;
};

/** Why an item stands on one side only. Null: it stands on both, and what moved it is told by the other drivers. */
export type UnmatchedDriver = "new" | "lost" | "timing";

export type ItemComparison = {
  readonly kind: ItemKind;
  readonly lineageId: string;
  readonly productId: string | null;
  readonly description: string;
  readonly current: Money | null;
  readonly baseline: Money | null;
  readonly change: Money;
  readonly driver: UnmatchedDriver | null;
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
  readonly hasCurrentDocuments: boolean;
  readonly hasBaselineDocuments: boolean;
  /** True where none of the current lineages was ever billed before. */
  readonly isFirst: boolean;
  /** True where a lineage of the baseline should have been billed again and was not. */
  readonly isMissing: boolean;
  readonly items: readonly ItemComparison[];
};

export type CompareItemsInput = {
  readonly currency: Currency;
  readonly current: readonly ItemAmount[];
  readonly baseline: readonly ItemAmount[];
  /** Lineages billed in any month before the current one. */
  readonly previouslyBilledLineages: ReadonlySet<string>;
  /** Lineages that ended before the current month, or in it. */
  readonly endedLineages: ReadonlySet<string>;
  /** Lineages still running that fall due every month: their absence is not timing's. */
  readonly monthlyLineages?: ReadonlySet<string>;
  /** Whether any document stands on the side, be it without items. */
  readonly hasCurrentDocuments: boolean;
  readonly hasBaselineDocuments: boolean;
};

/**
 * Compares one customer and currency with its baseline and tells why items stand on one side only (variance, step 1):
 * never billed before: new; ended: lost; otherwise, and always for one-time charges and late adjustments: timing.
 * Layers follow the items of their side where the other side has no document at all.
 */
export function compareItems(input: CompareItemsInput): Comparison {
  const { currency } = input;
  const [currentByKey, baselineByKey] = [indexByKey(input.current, currency), indexByKey(input.baseline, currency)];
  const keys = new Set([...baselineByKey.keys(), ...currentByKey.keys()]);
  const items = [...keys].flatMap((key) => {
    const item = compareItem(currentByKey.get(key) ?? null, baselineByKey.get(key) ?? null, input);
    return item === null ? [] : [item];
  });

  const total = (side: readonly ItemAmount[]) =>
    sum(
      side.map(({ net }) => net),
      currency,
    );
  const [current, baseline] = [total(input.current), total(input.baseline)];
  const change = subtract(current, baseline);
  const timed = items.filter(({ driver }) => driver === "timing");
  const timing = sum(
    timed.map((item) => item.change),
    currency,
  );
  const baselineTimed = sum(
    timed.flatMap((item) => item.baseline ?? []),
    currency,
  );
  return {
    current,
    baseline,
    change,
    changePercent: percentOfBaseline(change, baseline),
    changeWithoutTiming: subtract(change, timing),
    baselineWithoutTiming: subtract(baseline, baselineTimed),
    hasCurrentDocuments: input.hasCurrentDocuments,
    hasBaselineDocuments: input.hasBaselineDocuments,
    isFirst: isFirst(input),
    isMissing: items.some((item) => isMissing(item, input)),
    items,
  };
}

/** 100 × change ÷ |baseline|, not rounded; null where the baseline is zero. */
export function percentOfBaseline(change: Money, baseline: Money): Decimal | null {
  return baseline.amount.isZero() ? null : change.amount.times(100).div(baseline.amount.abs());
}

function indexByKey(amounts: readonly ItemAmount[], currency: Currency): Map<string, ItemAmount> {
  const byKey = new Map<string, ItemAmount>();
  for (const amount of amounts) {
    const key = `${amount.kind}|${amount.lineageId}`;
    const known = byKey.get(key);
    byKey.set(key, known ? { ...known, net: sum([known.net, amount.net], currency) } : amount);
  }
  return byKey;
}

function compareItem(
  current: ItemAmount | null,
  baseline: ItemAmount | null,
  input: CompareItemsInput,
): ItemComparison | null {
  const known = current ?? baseline;
  if (known === null) return null;
  const none = sum([], input.currency);
  return {
    kind: known.kind,
    lineageId: known.lineageId,
    productId: known.productId,
    description: known.description,
    current: current?.net ?? null,
    baseline: baseline?.net ?? null,
    change: subtract(current?.net ?? none, baseline?.net ?? none),
    driver: driverOf(known, current === null ? "lost" : baseline === null ? "new" : null, input),
  };
}

function driverOf(
  item: ItemAmount,
  unmatched: "new" | "lost" | null,
  input: CompareItemsInput,
): UnmatchedDriver | null {
  switch (item.kind) {
    case "one_time":
    case "late_adjustment":
      // A late adjustment on both sides corrects two different months: neither is the other's baseline.
      return unmatched === null && item.kind === "one_time" ? null : "timing";
    case "layer":
      if (!input.hasBaselineDocuments) return isFirst(input) ? "new" : "timing";
      if (!input.hasCurrentDocuments) return hasLost(input) ? "lost" : "timing";
      return null;
    case "item":
      if (unmatched === "new") return input.previouslyBilledLineages.has(item.lineageId) ? "timing" : "new";
      if (unmatched === "lost") return input.endedLineages.has(item.lineageId) ? "lost" : "timing";
      return null;
  }
}

function isFirst({ current, previouslyBilledLineages, hasCurrentDocuments, hasBaselineDocuments }: CompareItemsInput) {
  return (
    hasCurrentDocuments &&
    !hasBaselineDocuments &&
    !current.some(({ lineageId }) => previouslyBilledLineages.has(lineageId))
  );
}

const hasLost = ({ baseline, endedLineages }: CompareItemsInput): boolean =>
  baseline.some(({ kind, lineageId }) => kind === "item" && endedLineages.has(lineageId));

function isMissing({ kind, current, driver, lineageId }: ItemComparison, { monthlyLineages }: CompareItemsInput) {
  return kind === "item" && current === null && (driver === "lost" || (monthlyLineages?.has(lineageId) ?? false));
}
