import { ok, type Result } from "../../domain/result";
import { type CommandScope, command } from "../../platform/command";
import { newId } from "../../platform/ids";
import { conflict, invalidInput, type Refusal } from "../../platform/refusal";
import { checkNewContract, warningsOf } from "./check-new-contract";
import { insertContract, insertRevision, isNumberTaken, lockNumbers, nextNumber } from "./contract.store";
import { type DraftedContract, draftContract, withPrices } from "./draft-contract";
import { loadNamed } from "./named";
import type { NewContract } from "./new-contract";
import { storeNegotiated } from "./price-list";

export const createContract = command({
  name: "createContract",
  permission: "change_contracts",
  run: async (input: NewContract, { now, note }) => {
    const named = await loadNamed(input);
    const draft = draftContract(input, named);
    const problems = checkNewContract(input, named, draft);
    if (problems.length > 0) return invalidInput(problems);

    const stored = await numberAndStoreContract({ draft, head: input }, { now, note });
    return stored.ok ? ok({ ...stored.value, warnings: warningsOf(input) }) : stored;
  },
});

/** Stores a drafted contract, which has no problems, under the number that was asked for or the next. */
export async function numberAndStoreContract(
  { draft, head }: Omit<ContractToStore, "number">,
  { now, note }: Pick<CommandScope, "now" | "note">,
): Promise<Result<{ readonly contractId: string }, Refusal>> {
  await lockNumbers();
  const number = head.number ?? (await nextNumber());
  if (head.number !== null && (await isNumberTaken(number))) {
    return conflict(
      "NUMBER_TAKEN",
      `There is a contract with the number "${number}". Send another, or none for the next.`,
      ["number"],
    );
  }
  await storeContract({ draft, number, head }, now);
  const contractId = draft.contract.id;
  note({ action: "contract.created", subjectType: "contract", subjectId: contractId, after: { ...head, number } });
  return ok({ contractId });
}

export type ContractToStore = {
  readonly draft: DraftedContract;
  readonly number: string;
  readonly head: NewContract;
};

/** A contract as first agreed, with its schedule in draft. */
export async function storeContract({ draft, number, head }: ContractToStore, now: Date): Promise<void> {
  const scheduleId = newId();
  const { id: contractId, startsOn: effectiveOn } = draft.contract;
  await insertContract({ agreed: draft, scheduleId, number, head }, now);
  const stored = await storeNegotiated(draft.negotiated, { contractId, effectiveOn }, now);
  await insertRevision({ agreed: withPrices(draft, stored), scheduleId, revision: 0, amendmentId: null }, now);
}
