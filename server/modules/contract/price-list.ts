import type { PlainDate } from "../../domain/calendar/plain-date";
import type { Price as RatedPrice } from "../../domain/pricing/price";
import { type AgreedTerms, insertContractPrice, type Price, readCustomTerms } from "../catalog";
import type { StoredPrice } from "./agreed-contract";
import type { PriceFor } from "./draft-terms";
import type { Named } from "./named";

/** Terms of one contract in the place of a listed price's own, not stored yet. */
export type NegotiatedPrice = AgreedTerms & { readonly listed: Price };

/** The prices that a contract names, with those that are negotiated on the way. */
export class PriceList {
  /** What is stored already, by the very object that charges get. */
  readonly stored: Map<RatedPrice, StoredPrice>;
  readonly negotiated: NegotiatedPrice[] = [];

  constructor(private readonly named: Pick<Named, "prices" | "metrics">) {
    this.stored = new Map([...named.prices.values()].map((price) => [price.price, price]));
  }

  /** Terms that do not fit are refused by themselves; the listed price then stands in for them. */
  readonly priceFor: PriceFor = ({ priceId, customTerms }) => {
    const listed = this.named.prices.get(priceId) ?? null;
    if (!listed || !customTerms) return listed;
    const read = readCustomTerms(listed, customTerms, this.named.metrics.get(listed.metricId ?? "") ?? null);
    if (!read.ok) return listed;
    this.negotiated.push({ ...read.value, listed });
    return { ...listed, ...read.value };
  };
}

/** Stores what was negotiated for a contract that is stored itself. */
export async function storeNegotiated(
  negotiated: readonly NegotiatedPrice[],
  of: { readonly contractId: string; readonly effectiveOn: PlainDate },
  now: Date,
): Promise<ReadonlyMap<RatedPrice, StoredPrice>> {
  const stored = new Map<RatedPrice, StoredPrice>();
  for (const price of negotiated) {
    stored.set(price.price, await insertContractPrice({ ...of, ...price }, now));
  }
  return stored;
}
