import type { Charge, Contract } from "../../domain/contract/contract";
import type { Price as RatedPrice } from "../../domain/pricing/price";
import type { Price } from "../catalog";

/** A contract as the engine bills it, with what is stored beside that. */
export type AgreedContract = {
  readonly contract: Contract;
  /** The stored version of every price that charges have, by the very object: the domain hands prices on as they are. */
  readonly prices: ReadonlyMap<RatedPrice, StoredPrice>;
  /** Under which product the true-up of each minimum, and the cap of each maximum, is billed. */
  readonly productOfBound: ReadonlyMap<string, string>;
  /** In the order of the phases. */
  readonly phaseNames: readonly string[];
};

export type StoredPrice = Pick<Price, "id" | "lineageId" | "taxInclusive">;

export function storedPriceOf({ prices }: AgreedContract, { price, description }: Charge): StoredPrice {
  const stored = prices.get(price);
  if (!stored) throw new Error(`the price of "${description}" is not stored`);
  return stored;
}
