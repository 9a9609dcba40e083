import type { SaleTerms } from "../../domain/quote/quote-terms";
import { InputProblems } from "../../platform/input-problems";
import type { Problem } from "../../platform/refusal";
import { checkNewContract, type DraftedContract, draftContract, loadNamed, type Named, warningsOf } from "../contract";
import type { Customer } from "../customer";
import { contractOfTerms } from "./contract-of-terms";

/** Terms with the contract that they would become, and everything that keeps them from becoming it. */
export type CheckedTerms = {
  readonly terms: SaleTerms;
  readonly named: Named;
  /** Its places are those of the terms; with problems it has stand-ins and is never billed or stored. */
  readonly draft: DraftedContract;
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
};

export const NOTES_LENGTH = 10_000;

/** Reads what the terms name, in four statements, and checks them as the contract would be checked. */
export async function checkQuoteTerms(terms: SaleTerms, customer: Customer): Promise<CheckedTerms> {
  const named = await loadNamed({ ...contractOfTerms(terms, customer.id), customerId: "" });
  return checkTermsNaming(terms, { ...named, customer });
}

/** The same, with what the terms name at hand. */
export function checkTermsNaming(terms: SaleTerms, named: Named & { readonly customer: Customer }): CheckedTerms {
  const contract = contractOfTerms(terms, named.customer.id);
  const draft = draftContract(contract, named);
  const problems = new InputProblems();
  // Notes are paragraphs: line breaks are theirs to have.
  const notes = terms.notes?.replaceAll(/[\n\r\t]/g, " ");
  if (notes) problems.checkText(notes, "The notes", NOTES_LENGTH, "notes");
  return {
    terms,
    named,
    draft,
    problems: [...problems.found, ...checkNewContract(contract, named, draft).map(asOfQuote)],
    warnings: warningsOf(contract).map(asOfQuote),
  };
}

/** A quote has lines where a contract has charges. */
const asOfQuote = ({ path, message, ...problem }: Problem): Problem => ({
  ...problem,
  message: message.replace(/^(Phase \d+), charge (\d+)/, "$1, line $2"),
  path: path.map((step, index) => (step === "charges" && path[index - 2] === "phases" ? "lines" : step)),
});

/** What a draft may lack while people work on it; it keeps a quote from being submitted, not from being saved. */
const INCOMPLETE: ReadonlySet<string> = new Set(["PHASES_MISSING", "PHASES_GAP", "LINES_MISSING", "CHANGES_MISSING"]);
export const isIncompleteness = ({ code }: Problem): boolean => INCOMPLETE.has(code);
