import { ok } from "../../domain/result";
import { command } from "../../platform/command";
import { markDraftsStale } from "../../platform/draft-staleness.store";
import { isId } from "../../platform/ids";
import { InputProblems, sentFields } from "../../platform/input-problems";
import { invalidInput, notFound, staleVersion } from "../../platform/refusal";
import { lookForRenewalsInAnHour } from "./amendment.store";
import { checkPaymentTerms, checkRenewal, NAME_LENGTH, PO_NUMBER_LENGTH } from "./check-new-contract";
import type { Contract } from "./contract";
import { lockContract, updateContractRow } from "./contract.store";

type Terms = Pick<Contract, "name" | "poNumber" | "paymentTerms" | "lateUsage" | "renewal">;

/** null arrives where GraphQL cannot tell "take it away" from "leave it". */
export type ContractChange = {
  readonly id: string;
  readonly version: number;
  readonly changes: { readonly [Field in keyof Terms]?: Terms[Field] | null | undefined };
};

export const updateContract = command({
  name: "updateContract",
  permission: "change_contracts",
  run: async ({ id, version, changes }: ContractChange, { now, note }) => {
    const sent = sentFields(changes);
    const problems = new InputProblems();
    problems.checkNotNull(sent, ["name", "lateUsage"]);
    problems.checkOptionalText(sent.name ?? null, "The name", NAME_LENGTH, "name");
    problems.checkOptionalText(sent.poNumber ?? null, "The PO number", PO_NUMBER_LENGTH, "poNumber");
    checkPaymentTerms(sent.paymentTerms ?? null, problems);
    const found = [...problems.found, ...checkRenewal(sent.renewal ?? { kind: "none" })];
    if (found.length > 0) return invalidInput(found);

    const contract = isId(id) ? await lockContract(id) : null;
    if (!contract) return notFound("contract", id);
    if (contract.version !== version) return staleVersion("contract", contract.version);

    const { name, poNumber, paymentTerms, lateUsage, renewal } = contract;
    const before: Terms = { name, poNumber, paymentTerms, lateUsage, renewal };
    const after: Terms = { ...before, ...(sent as Partial<Terms>) };
    await updateContractRow({ id, version, ...after }, now);
    if (after.renewal.kind !== "none" && contract.schedule.status !== "draft") await lookForRenewalsInAnHour();
    // None of it changes an amount, so what is billed already is left alone: no first day is named.
    const staleInvoices = await markDraftsStale({
      customerIds: [contract.customerId],
      from: null,
      before: null,
      reason: "contract",
      now,
    });
    note({ action: "contract.updated", subjectType: "contract", subjectId: id, before, after });
    return ok({ contractId: id, staleInvoices });
  },
});
