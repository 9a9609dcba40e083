import { v5 } from "uuid";
import type { Charge, Contract, ContractDiscount, SpendBound } from "../../domain/contract/contract";
import type { Discount } from "../../domain/pricing/discount";
import { isId } from "../../platform/ids";

/** Any constant would do; it keeps these ids apart from others that are derived. */
const NAMESPACE = "5b0b8a3e-2f0c-4d0e-9a53-6f3c1e8a7d42";

/**
 * The domain derives ids from others: of a charge in its trial, or after an amendment. The same one is always stored
 * under the same id, so that amendments can be made anew from the contract as first agreed.
 */
export const storedIdOf = (id: string): string => (isId(id) ? id : v5(id, NAMESPACE));

/** The contract with the ids that it is stored under. */
export function withStoredIds(contract: Contract): Contract {
  return {
    ...contract,
    phases: contract.phases.map((phase) => ({ ...phase, charges: phase.charges.map(charge) })),
    minimums: contract.minimums.map(bound),
    maximums: contract.maximums.map(bound),
    discounts: contract.discounts.map(contractDiscount),
  };
}

const charge = (own: Charge): Charge => ({ ...own, id: storedIdOf(own.id), discounts: own.discounts.map(discount) });

const discount = (own: Discount): Discount => ({ ...own, id: storedIdOf(own.id) });

const bound = (own: SpendBound): SpendBound => ({ ...own, id: storedIdOf(own.id) });

function contractDiscount(own: ContractDiscount): ContractDiscount {
  const { scope } = own;
  return {
    ...own,
    id: storedIdOf(own.id),
    scope: scope.kind === "commitment" ? { ...scope, boundId: storedIdOf(scope.boundId) } : scope,
  };
}
