import { ok, type Result } from "../../domain/result";
import type { CommandScope } from "../../platform/command";
import { InputProblems } from "../../platform/input-problems";
import { conflict, invalidInput, type Refusal } from "../../platform/refusal";
import {
  agreementOfDraft,
  contractsById,
  insertSignedSchedule,
  NUMBER_LENGTH,
  numberAndStoreContract,
  PO_NUMBER_LENGTH,
} from "../contract";
import { checkQuoteTerms, contractOfTerms } from "../quote";
import { inTerms } from "./at-place";
import { assertBilledAsSigned } from "./billed-as-signed";
import type { Executed, Execution, SignedVersion } from "./execution";
import { makeCustomer } from "./make-customer";
import { mapAliases } from "./map-aliases";
import { markExecuted } from "./mark-executed";

/** Makes the customer where there is none, and the contract with its draft billing schedule: nothing is keyed twice. */
export async function executeSale(
  signed: SignedVersion,
  asked: Execution,
  scope: CommandScope,
): Promise<Result<Executed, Refusal>> {
  const { quote, version, terms } = signed;
  if (asked.poNumber !== null && terms.poNumber !== null && asked.poNumber !== terms.poNumber) {
    const message = `The customer signed the PO number "${terms.poNumber}", not "${asked.poNumber}". Leave it out, or have another version signed.`;
    return conflict("PO_NUMBER_SIGNED", message, ["poNumber"]);
  }
  const customer = await makeCustomer(quote, terms.currency, scope);
  if (!customer.ok) return customer;
  const { id: customerId } = customer.value;
  const aliases = await mapAliases(customerId, asked.aliases, scope);
  if (!aliases.ok) return aliases;

  const checked = await checkQuoteTerms(terms, customer.value);
  const problems = new InputProblems();
  problems.checkOptionalText(asked.number, "The number", NUMBER_LENGTH, "number");
  problems.checkOptionalText(asked.poNumber, "The PO number", PO_NUMBER_LENGTH, "poNumber");
  const found = [...problems.found, ...inTerms(checked.problems)];
  if (found.length > 0) return invalidInput(found);

  const { draft } = checked;
  const head = contractOfTerms(terms, customerId);
  const poNumber = asked.poNumber ?? terms.poNumber;
  const stored = await numberAndStoreContract({ draft, head: { ...head, number: asked.number, poNumber } }, scope);
  if (!stored.ok) return stored;
  const { contractId } = stored.value;

  const agreement = agreementOfDraft(draft, head);
  const facts = { contractId, revision: 0, quoteId: quote.id, versionOrdinal: version.ordinal };
  await insertSignedSchedule({ ...facts, agreement }, scope.now);
  const contract = (await contractsById([contractId])).get(contractId);
  if (!contract) throw new Error(`the contract ${contractId} was stored and is not there`);
  await assertBilledAsSigned(agreement, contract);
  await markExecuted(signed, { customerId, contractId, amendmentId: null, aliases: asked.aliases }, scope);
  return ok({ quoteId: quote.id, contractId, amendmentId: null, warnings: inTerms(checked.warnings) });
}
