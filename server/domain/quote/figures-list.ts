import type { Contract } from "../contract/contract";
import type { Price } from "../pricing/price";

/** The listed price in the place of which a price was negotiated; a listed price itself. */
export type ListedPriceOf = (price: Price) => Price;

/**
 * The same quantities at the listed prices: without trials and discounts, and without maximums, which take off like
 * discounts. Minimums stay, for they are owed at any price. The very contract where that changes nothing.
 */
export function atListPrices(contract: Contract, listedPriceOf: ListedPriceOf): Contract {
  const isListed =
    contract.maximums.length === 0 &&
    contract.discounts.length === 0 &&
    contract.phases.every(({ charges }) =>
      charges.every(
        ({ discounts, isFreeTrial, price }) => discounts.length === 0 && !isFreeTrial && listedPriceOf(price) === price,
      ),
    );
  if (isListed) return contract;
  return {
    ...contract,
    maximums: [],
    discounts: [],
    phases: contract.phases.map((phase) => ({
      ...phase,
      charges: phase.charges.map((charge) => ({
        ...charge,
        price: listedPriceOf(charge.price),
        discounts: [],
        isFreeTrial: false,
      })),
    })),
  };
}
