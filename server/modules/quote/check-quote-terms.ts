import { formatDay } from "../../domain/calendar/format";
import { addMonths } from "../../domain/calendar/plain-date";
import { termLookedAt } from "../../domain/quote/figures-term";
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
  const ofContract = checkNewContract(contract, named, draft).map(asOfQuote);
  return {
    terms,
    named,
    draft,
    problems: [...problems.found, ...(ofContract.length > 0 ? ofContract : checkTerm(draft)), ...checkLines(terms)],
    warnings: warningsOf(contract).map(asOfQuote),
  };
}

const LONGEST_MONTHS = 120;

/** Figures and documents walk the whole term, month by month; the days of it are sound. */
function checkTerm({ contract }: DraftedContract): Problem[] {
  const longest = addMonths(contract.startsOn, LONGEST_MONTHS);
  if (termLookedAt(contract).endsBefore <= longest) return [];
  const message = `A quote reaches ten years at the most. End the term before ${formatDay(longest)}, or leave its end open and begin its last phase a year before that.`;
  return [{ code: "TERM_TOO_LONG", message, path: ["endsBefore"] }];
}

/** A phase in which nothing is billed is a slip: what is meant to be free stands there with its discount. */
const checkLines = ({ phases }: SaleTerms): Problem[] =>
  phases.flatMap(({ name, lines }, index) => {
    if (lines.length > 0) return [];
    const message = `${name ?? `Phase ${index + 1}`} has no lines. Add what is offered in it, at a discount of 100 % where it is free, or remove the phase.`;
    return [{ code: NO_LINES, message, path: ["phases", String(index), "lines"] }];
  });
const NO_LINES = "LINES_MISSING";

/** Whether terms can be billed as they are; where a phase has no lines there is nothing to bill in it. */
export const keepsFromBilling = ({ code }: Problem): boolean => code !== NO_LINES;

/** A quote has lines where a contract has charges. */
const asOfQuote = ({ path, message, ...problem }: Problem): Problem => ({
  ...problem,
  message: withLines(message),
  path: path.map((step, index) => (step === "charges" && path[index - 2] === "phases" ? "lines" : step)),
});

/** What people wrote themselves stands between quotation marks and stays. */
const withLines = (message: string): string =>
  message
    .split(/("[^"]*")/)
    .map((part, index) => (index % 2 === 0 ? part.replaceAll(/\bcharge(s?)\b/g, "line$1") : part))
    .join("");

/** What a draft may lack while people work on it; it keeps a quote from being submitted, not from being saved. */
const INCOMPLETE: ReadonlySet<string> = new Set(["PHASES_MISSING", "PHASES_GAP", NO_LINES, "CHANGES_MISSING"]);
export const isIncompleteness = ({ code }: Problem): boolean => INCOMPLETE.has(code);
