import type { AmendmentTerms } from "../../domain/quote/quote-terms";
import type { Result } from "../../domain/result";
import type { Problem } from "../../platform/refusal";
import { contractsById } from "../contract";
import { type CheckedAmendment, checkAmendmentTerms } from "./check-amendment-terms";
import type { Quote } from "./quote";

/**
 * What the terms of an amendment quote make of its contract as it is now: the differences in values and words, the
 * figures, the warnings; or everything that keeps them from being made, each with its place in the terms.
 */
export async function amendmentOfQuote(
  { number, contractId }: Pick<Quote, "number" | "contractId">,
  terms: AmendmentTerms,
): Promise<Result<CheckedAmendment, readonly Problem[]>> {
  const contract = contractId === null ? undefined : (await contractsById([contractId])).get(contractId);
  if (!contract) throw new Error(`the quote ${number} amends no contract that is there`);
  return checkAmendmentTerms(terms, contract);
}
