import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { isId } from "../../platform/ids";
import { conflict, notFound, staleVersion } from "../../platform/refusal";
import { lockContract, setScheduleStatus } from "./contract.store";

export type ContractToActivate = { readonly id: string; readonly version: number };

/** From here on the contract is billed, so whoever may bill decides, not whoever entered it. */
export const activateContract = command({
  name: "activateContract",
  permission: "run_billing",
  run: async ({ id, version }: ContractToActivate, { now, note }) => {
    const contract = isId(id) ? await lockContract(id) : null;
    if (!contract) return notFound("contract", id);
    if (contract.version !== version) return staleVersion("contract", contract.version);
    const { status } = contract.schedule;
    if (status !== "draft") {
      return conflict(
        "CONTRACT_NOT_DRAFT",
        `The contract ${contract.number} is ${status}; only a draft can be activated.`,
        ["id"],
      );
    }

    await setScheduleStatus(contract, "active", now);
    note({
      action: "contract.activated",
      subjectType: "contract",
      subjectId: id,
      before: { status },
      after: { status: "active" },
    });
    return ok({ contractId: id });
  },
});
