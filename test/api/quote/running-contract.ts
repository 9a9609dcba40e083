import type { QuoteWorld } from "./quote-world";

export type Running = QuoteWorld & { readonly contractId: string };

/** A world with a running contract over 2026: the platform fee and ten seats. */
export async function withRunningContract(
  world: QuoteWorld,
  more: object = {},
): Promise<Running & { readonly contractNumber: string }> {
  const { prices, finance, customerId } = world;
  const { contract } = await finance.done("createContract", "contract { id version number }", {
    customerId,
    name: "Acme 2026",
    startsOn: "2026-01-01",
    endsBefore: "2027-01-01",
    phases: [
      { startsOn: "2026-01-01", charges: [{ priceId: prices.fee.id }, { priceId: prices.seats.id, quantity: "10" }] },
    ],
    ...more,
  });
  await finance.done("activateContract", "contract { id }", { id: contract.id, version: contract.version });
  return { ...world, contractId: contract.id, contractNumber: contract.number };
}
