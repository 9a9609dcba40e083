import type { StreamItem } from "../../domain/variance/item-amounts";

/** A bill that can take a share of its customer's baseline. */
export type Taker = { readonly id: string; readonly items: readonly StreamItem[] };

const itemKey = ({ kind, layer, lineageId }: StreamItem): string => `${kind} ${layer ?? ""} ${lineageId}`;
const streamKey = (item: StreamItem): string => `${item.stream} ${itemKey(item)}`;

/**
 * Gives each item of the baseline to one bill of the same customer and currency, so that the column adds up: to the first
 * that bills the item of the same contract again, else to the first that bills the item, else to the first that bills the
 * contract, else to the first of all. By bill.
 */
export function shareBaseline(
  takers: readonly Taker[],
  baseline: readonly StreamItem[],
): ReadonlyMap<string, readonly StreamItem[]> {
  const [first] = takers;
  if (first === undefined) return new Map();
  if (takers.length === 1) return new Map([[first.id, baseline]]);
  const places = new Map<string, string>();
  for (const { id, items } of takers) {
    for (const item of items) {
      for (const key of [streamKey(item), itemKey(item), item.stream]) if (!places.has(key)) places.set(key, id);
    }
  }
  const shares = new Map<string, StreamItem[]>(takers.map(({ id }) => [id, []]));
  for (const item of baseline) {
    const taker = places.get(streamKey(item)) ?? places.get(itemKey(item)) ?? places.get(item.stream) ?? first.id;
    shares.get(taker)?.push(item);
  }
  return shares;
}
