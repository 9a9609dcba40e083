import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { isId } from "../../platform/ids";
import { conflict, notFound, staleVersion } from "../../platform/refusal";
import { differencesFromSigned } from "./agreement";
import { lookForRenewalsInAnHour } from "./amendment.store";
import { billableContracts } from "./billable-contracts.store";
import { lockContract, setScheduleStatus } from "./contract.store";
import { billedTwiceInWords, usageBilledTwice } from "./metered-twice.store";

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

    const [billable] = await billableContracts({ contractIds: [id] });
    if (!billable) throw new Error(`the contract ${contract.number} cannot be billed`);
    const twice = await usageBilledTwice(contract, billable.contract);
    if (twice.length > 0) return conflict("USAGE_BILLED_TWICE", billedTwiceInWords(twice), ["id"]);
    const differences = (await differencesFromSigned([id])).get(id) ?? [];
    if (differences.length > 0) {
      const words = differences.map(({ inWords }) => inWords).join(" ");
      const message = `The contract ${contract.number} would not be billed as the customer signed it. ${words} Take the changes back, or have them signed.`;
      return conflict("SCHEDULE_DIFFERS_FROM_QUOTE", message, ["id"]);
    }

    await setScheduleStatus(contract, "active", now);
    if (contract.renewal.kind !== "none") await lookForRenewalsInAnHour();
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
