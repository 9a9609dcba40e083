import type { ItemAmount } from "../../domain/variance/compare-items";

/** A bill that can take a share of its customer's baseline. */
export type Taker = { readonly id: string; readonly contractId: string | null; readonly items: readonly ItemAmount[] };

const itemKey = ({ kind, lineageId }: ItemAmount): string => `${kind} ${lineageId}`;

/**
 * Gives each item of the baseline to one bill of the same customer and currency, so that the column adds up: to one of the
 * same contract, else to any; among those to the first that bills the item again, else to the first. By bill.
 */
export function shareBaseline(
  takers: readonly Taker[],
  baseline: readonly { readonly contractId: string | null; readonly items: readonly ItemAmount[] }[],
): ReadonlyMap<string, readonly ItemAmount[]> {
  const shares = new Map<string, ItemAmount[]>(takers.map(({ id }) => [id, []]));
  for (const { contractId, items } of baseline) {
    const sameContract = takers.filter((taker) => taker.contractId === contractId);
    const candidates = sameContract.length > 0 ? sameContract : takers;
    for (const item of items) shares.get(takerOf(item, candidates).id)?.push(item);
  }
  return shares;
}

function takerOf(item: ItemAmount, candidates: readonly Taker[]): Taker {
  const first = candidates[0] as Taker;
  if (candidates.length === 1) return first;
  return candidates.find(({ items }) => items.some((own) => itemKey(own) === itemKey(item))) ?? first;
}
