import { compareContracts } from "../../domain/contract/describe-change";
import { type Difference, differencesOf } from "../../domain/contract/difference";
import type { Decimal } from "../../domain/money/decimal";
import { type AmendmentFigures, amendmentFigures } from "../../domain/quote/amendment-figures";
import type { AmendmentTerms } from "../../domain/quote/quote-terms";
import { fail, ok, type Result } from "../../domain/result";
import { InputProblems } from "../../platform/input-problems";
import type { Problem } from "../../platform/refusal";
import {
  type AcceptedAmendment,
  type Amendable,
  acceptAmendment,
  billedTwiceInWords,
  type Contract,
  loadAmendable,
  NAME_LENGTH,
  percentsBelowOne,
  usageBilledTwice,
} from "../contract";
import { amendmentOfTerms, atQuotePlace } from "./amendment-of-terms";
import { NOTES_LENGTH } from "./check-quote-terms";

/** Terms of an amendment that can be made, with what they make of the contract as it is now. */
export type CheckedAmendment = {
  readonly amendable: Amendable;
  readonly accepted: AcceptedAmendment;
  readonly differences: readonly Difference[];
  readonly figures: AmendmentFigures;
  readonly warnings: readonly Problem[];
};

/** Everything that keeps the changes from being made to the contract, as it would be checked without a quote. */
export async function checkAmendmentTerms(
  terms: AmendmentTerms,
  contract: Contract,
): Promise<Result<CheckedAmendment, Problem[]>> {
  const problems = checkTexts(terms);
  const amendable = await loadAmendable(contract);
  const now = await tryOn(amendable, terms);
  const agreed = await asAgreed(terms, contract, now);
  const twice = now.ok && contract.schedule.status !== "draft" ? await billedTwice(contract, now.value) : [];
  const found = [...problems, ...(agreed ?? (now.ok ? [] : now.error)), ...twice];
  if (found.length > 0 || !now.ok) return fail(found);
  return ok({ ...now.value, amendable, warnings: warningsOfChanges(terms) });
}

function checkTexts({ name, notes }: AmendmentTerms): Problem[] {
  const problems = new InputProblems();
  problems.checkText(name, "The name", NAME_LENGTH, "name");
  // Notes are paragraphs: line breaks are theirs to have.
  const text = notes?.replaceAll(/[\n\r\t]/g, " ");
  if (text) problems.checkText(text, "The notes", NOTES_LENGTH, "notes");
  return problems.found;
}

/** A draft is checked when it is activated. */
async function billedTwice(contract: Contract, { accepted }: Tried): Promise<Problem[]> {
  const twice = await usageBilledTwice(contract, accepted.after.contract);
  return twice.length === 0
    ? []
    : [{ code: "USAGE_BILLED_TWICE", message: billedTwiceInWords(twice), path: ["changes"] }];
}

type Tried = Pick<CheckedAmendment, "accepted" | "differences" | "figures">;

async function tryOn(amendable: Amendable, terms: AmendmentTerms): Promise<Result<Tried, Problem[]>> {
  const accepted = await acceptAmendment(amendable, amendmentOfTerms(terms));
  if (!accepted.ok) return fail(accepted.error.map(atQuotePlace));
  const { before, after } = accepted.value;
  return ok({
    accepted: accepted.value,
    differences: differencesOf(compareContracts(before, after.contract), before.currency),
    figures: amendmentFigures(before, after.contract, terms.effectiveOn),
  });
}

/**
 * Why the changes are not those that were agreed, where the contract was amended since: they have become impossible, they
 * bill something else, or they come to another total. Null: they are the same, or could not be made then.
 */
async function asAgreed(
  terms: AmendmentTerms,
  contract: Contract,
  now: Result<Tried, Problem[]>,
): Promise<Problem[] | null> {
  if (terms.contractRevision === contract.schedule.revision) return null;
  const amendable = await loadAmendable(contract, terms.contractRevision);
  const then = await tryOn(amendable, terms);
  if (!then.ok) return null;
  const changed = (what: string): Problem[] => [
    {
      code: "CONTRACT_CHANGED",
      message: `The contract ${contract.number} was amended since these changes were agreed. ${what} Save the changes again, in a new version if they were sent, to agree on them anew.`,
      path: ["changes"],
    },
  ];
  if (!now.ok) return changed(`They cannot be made any more: ${now.error.map(({ message }) => message).join(" ")}`);
  if (effectOf(then.value) !== effectOf(now.value)) {
    const words = now.value.differences.map(({ inWords }) => inWords).join(" ");
    return changed(words === "" ? "They would change nothing now." : `They would mean now: ${words}`);
  }
  const [was, is] = [then.value.figures, now.value.figures].map(({ total }) => total.difference);
  if (was?.equals(is ?? 0)) return null;
  const { code, minorUnits } = now.value.figures.currency;
  const shown = [is, was].map((amount) => `${amount?.toFixed(minorUnits)} ${code}`);
  return changed(`They would change the total by ${shown[0]} now, not by ${shown[1]}.`);
}

/** What is billed otherwise and on which days, in one text; what is made new has another id each time. */
const effectOf = ({ differences }: Tried): string =>
  JSON.stringify(differences, (key, value: unknown) => (key === "id" || key === "boundId" ? undefined : value));

/** What is taken as it is and may yet be a slip. */
function warningsOfChanges(terms: AmendmentTerms): Problem[] {
  return percentsBelowOne(
    amendmentOfTerms(terms).changes.flatMap((change, index) => {
      const path = ["changes", index];
      const ofDiscounts = (discounts: readonly { readonly percent: Decimal | null }[], ...place: string[]) =>
        discounts.map(({ percent }, rank) => ({ percent, path: [...path, ...place, "discounts", rank, "percent"] }));
      switch (change.kind) {
        case "add_charge":
          return ofDiscounts(change.charge.discounts, "addLine", "line");
        case "replace_charge":
          return ofDiscounts(change.charge.discounts, "replaceLine", "line");
        case "change_discounts":
          return ofDiscounts(change.discounts, "changeDiscounts");
        case "add_discount":
          return [{ percent: change.discount.percent, path: [...path, "addDiscount", "percent"] }];
        case "renew":
          return [{ percent: change.upliftPercent, path: [...path, "renew", "upliftPercent"] }];
        default:
          return [];
      }
    }),
  );
}
