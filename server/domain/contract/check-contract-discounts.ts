import { at } from "../problem";
import { unreachable } from "../unreachable";
import { checkCadence } from "./check-charge";
import { checkLineages, checkValidity } from "./check-validity";
import type { Contract, ContractDiscount } from "./contract";
import { type ContractProblem, problem } from "./contract-problem";

/** Everything that keeps the discounts of a contract from being taken. */
export function checkContractDiscounts(contract: Contract): ContractProblem[] {
  const { discounts } = contract;
  return discounts.flatMap((discount, index) => {
    const isTwice = discounts.slice(0, index).some(({ id }) => id === discount.id);
    return at(
      ["discounts", index],
      [
        ...(isTwice ? [problem("DISCOUNT_TWICE", ["id"], discount.id)] : []),
        ...checkFixed(discount),
        ...checkValidity(discount, contract),
        ...at(["scope"], checkScope(discount, contract)),
      ],
    );
  });
}

function checkFixed(discount: ContractDiscount): ContractProblem[] {
  if (discount.kind !== "fixed") return [];
  const { amount, cadence } = discount;
  return [...(amount.lt(0) ? [problem("NEGATIVE", ["amount"], amount.toFixed())] : []), ...checkCadence(cadence)];
}

function checkScope({ scope }: ContractDiscount, contract: Contract): ContractProblem[] {
  switch (scope.kind) {
    case "invoice":
      return [];
    case "group":
      return checkLineages(scope.lineageIds, contract);
    case "commitment":
      return contract.minimums.some(({ id }) => id === scope.boundId)
        ? []
        : [problem("COMMITMENT_UNKNOWN", ["boundId"], scope.boundId)];
    default:
      return unreachable(scope);
  }
}
