import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { conflict, invalidInput } from "../../platform/refusal";
import { pricesById, productsById } from "../catalog";
import { customersById } from "../customer";
import { checkNewContract, warningsOf } from "./check-new-contract";
import { insertContract, isNumberTaken, lockNumbers, nextNumber } from "./contract.store";
import { draftContract, type Named } from "./draft-contract";
import type { NewContract } from "./new-contract";

export const createContract = command({
  name: "createContract",
  permission: "change_contracts",
  run: async (input: NewContract, { now, note }) => {
    const named = await loadNamed(input);
    const draft = draftContract(input, named);
    const problems = checkNewContract(input, named, draft);
    if (problems.length > 0) return invalidInput(problems);

    await lockNumbers();
    const number = input.number ?? (await nextNumber());
    if (input.number !== null && (await isNumberTaken(number))) {
      return conflict(
        "NUMBER_TAKEN",
        `There is a contract with the number "${number}". Send another, or none for the next.`,
        ["number"],
      );
    }

    await insertContract({ draft, number, head: input }, now);
    note({ action: "contract.created", subjectType: "contract", subjectId: draft.id, after: { ...input, number } });
    return ok({ contractId: draft.id, warnings: warningsOf(input) });
  },
});

async function loadNamed({ customerId, phases, minimums }: NewContract): Promise<Named> {
  const priceIds = phases.flatMap(({ charges }) => charges.map(({ priceId }) => priceId));
  const customers = await customersById([customerId]);
  return {
    customer: customers.get(customerId) ?? null,
    prices: await pricesById([...new Set(priceIds)]),
    products: await productsById(minimums.map(({ productId }) => productId)),
  };
}
