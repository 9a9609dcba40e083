import type { Charge, Contract } from "../contract/contract";
import type { Price } from "../pricing/price";

/** What is listed, in the place of which a price was negotiated; null: the price is listed itself. */
export type ListedTermsOf = (price: Price) => Pick<Charge, "price" | "cadence" | "timing"> | null;

/**
 * The same quantities at the listed prices: without trials and discounts, and without maximums, which take off like
 * discounts. Minimums stay, for they are owed at any price. The list for what was negotiated for a cadence or timing of
 * its own is the listed price on the listed cadence and timing, over the same days: 12 months of 900 for a year of 9,720.
 * The very contract where that changes nothing.
 */
export function atListPrices(contract: Contract, listedTermsOf: ListedTermsOf): Contract {
  const isListed =
    contract.maximums.length === 0 &&
    contract.discounts.length === 0 &&
    contract.phases.every(({ charges }) =>
      charges.every(
        ({ discounts, isFreeTrial, price }) => discounts.length === 0 && !isFreeTrial && listedTermsOf(price) === null,
      ),
    );
  if (isListed) return contract;
  return {
    ...contract,
    maximums: [],
    discounts: [],
    phases: contract.phases.map((phase) => ({
      ...phase,
      charges: phase.charges.map((charge) => {
        const { price, cadence, timing } = listedTermsOf(charge.price) ?? charge;
        return { ...charge, price, cadence, timing, discounts: [], isFreeTrial: false };
      }),
    })),
  };
}
