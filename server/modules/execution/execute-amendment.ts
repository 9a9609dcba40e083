import type { AmendmentTerms } from "../../domain/quote/quote-terms";
import { ok, type Result } from "../../domain/result";
import type { CommandScope } from "../../platform/command";
import { conflict, invalidInput, type Problem, type Refusal } from "../../platform/refusal";
import {
  agreementOfAmended,
  type Contract,
  conditionsOf,
  contractsById,
  insertSignedSchedule,
  lockContract,
  recordAmendment,
  signedSchedulesByContract,
} from "../contract";
import { type CheckedAmendment, checkAmendmentTerms } from "../quote";
import { atPlace, inTerms } from "./at-place";
import { assertBilledAsSigned } from "./billed-as-signed";
import type { Executed, Execution, SignedVersion } from "./execution";
import { mapAliases } from "./map-aliases";
import { markExecuted } from "./mark-executed";

/** Records the dated amendment that was signed, if it still means what was signed. */
export async function executeAmendment(
  signed: SignedVersion<AmendmentTerms>,
  asked: Execution,
  scope: CommandScope,
): Promise<Result<Executed, Refusal>> {
  const { quote, version, terms } = signed;
  const beside = checkBeside(asked);
  if (beside.length > 0) return invalidInput(beside);
  const contract = quote.contractId === null ? null : await lockContract(quote.contractId);
  if (!contract) throw new Error(`the quote ${quote.number} amends a contract that is not there`);
  const checked = await checkAmendmentTerms(terms, contract);
  if (!checked.ok) return refusalOf(checked.error);
  const aliases = await mapAliases(contract.customerId, asked.aliases, scope);
  if (!aliases.ok) return aliases;

  const { amendable, accepted, warnings } = checked.value;
  const recording = {
    reason: terms.reason,
    isRenewal: false,
    quoteId: quote.id,
    action: "contract.amended",
    recordedBy: scope.caller.actor.name,
  };
  const recorded = await recordAmendment(amendable, accepted, recording, scope);
  if (!recorded.ok) return atPlace(["terms"], recorded);
  const { amendmentId } = recorded.value;

  await storeSigned(signed, contract, checked.value, scope.now);
  const { id: contractId, customerId } = contract;
  await markExecuted({ quote, version }, { customerId, contractId, amendmentId, aliases: asked.aliases }, scope);
  return ok({ quoteId: quote.id, contractId, amendmentId, warnings: inTerms(warnings) });
}

/** The contract has its number, and its PO number is changed where it stands. */
function checkBeside({ number, poNumber }: Execution): Problem[] {
  return Object.entries({ number, poNumber }).flatMap(([field, value]) => {
    if (value === null) return [];
    const message = "An amendment changes a contract that has its numbers. Leave it out, or call updateContract.";
    return [{ code: "NOT_WITH_AMENDMENT", message, path: [field] }];
  });
}

/** Whoever signed agreed on something else: that is no mistake in the input. */
function refusalOf(problems: readonly Problem[]): Result<never, Refusal> {
  const changed = problems.find(({ code }) => code === "CONTRACT_CHANGED");
  if (!changed) return invalidInput(inTerms(problems));
  return conflict(changed.code, changed.message, ["quoteId"]);
}

/** What the customer agreed to by now: the schedule as amended, under the conditions that were signed before. */
async function storeSigned(
  { quote, version }: SignedVersion<AmendmentTerms>,
  { id: contractId }: Contract,
  { accepted, amendable }: CheckedAmendment,
  now: Date,
): Promise<void> {
  const contract = (await contractsById([contractId])).get(contractId);
  if (!contract) throw new Error(`the contract ${contractId} was amended and is not there`);
  const earlier = (await signedSchedulesByContract([contractId])).get(contractId)?.at(-1);
  const present = conditionsOf(contract, amendable.includesTax ?? false);
  // Where the contract was entered by itself, the customer has signed none of its conditions: they are taken as they are.
  const conditions = earlier?.agreement.conditions ?? { ...present, poNumber: null };
  const agreement = agreementOfAmended(accepted.after, conditions);
  const { revision } = contract.schedule;
  await insertSignedSchedule(
    { contractId, revision, quoteId: quote.id, versionOrdinal: version.ordinal, agreement },
    now,
  );
  await assertBilledAsSigned({ ...agreement, conditions: present }, contract);
}
