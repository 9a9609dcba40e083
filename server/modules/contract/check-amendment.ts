import { formatDay } from "../../domain/calendar/format";
import { currency } from "../../domain/money/currency";
import { InputProblems } from "../../platform/input-problems";
import type { Problem } from "../../platform/refusal";
import type { Price } from "../catalog";
import type { Amendable } from "./amendable";
import { inputNameOf } from "./amendment-problems";
import { checkRenewal } from "./check-new-contract";
import {
  type Check,
  checkAlike,
  checkBound,
  checkCharge,
  checkChargeDiscounts,
  checkContractDiscount,
  checkKeys,
  checkPriceNamed,
  checkQuantityFits,
  checkTaxInclusive,
  type Path,
} from "./check-terms";
import { presentPriceId, renewalFor } from "./draft-amendment";
import type { Named } from "./named";
import type { NewAmendment, NewChange } from "./new-amendment";

export const REASON_LENGTH = 1_000;

/** Everything that is wrong with what an amendment names and says; how it would be billed is the domain's to check. */
export function checkAmendment(asked: NewAmendment, amendable: Amendable, named: Named): Problem[] {
  const { head } = amendable;
  const problems = new InputProblems();
  const check: Check = { named, currency: currency(head.currency), problems, contractId: head.id };
  problems.checkText(asked.reason, "The reason", REASON_LENGTH, "reason");
  if (asked.changes.length === 0) {
    problems.report("CHANGES_MISSING", "An amendment changes something. Send at least one change.", "changes");
  }
  const placed = asked.changes.map((change, index) => ({ change, path: pathOf(change, index) }));
  for (const { change, path } of placed) checkChange(change, path, { asked, amendable, check });
  checkKeys(
    placed.flatMap(({ change, path }) => (change.kind === "add_bound" ? [{ key: change.terms.key, path }] : [])),
    check,
  );
  return problems.found;
}

const pathOf = (change: NewChange, index: number): Path =>
  ["changes", String(index), inputNameOf(change)].filter((step) => step !== "");

type Context = { readonly asked: NewAmendment; readonly amendable: Amendable; readonly check: Check };

function checkChange(change: NewChange, path: Path, context: Context): void {
  const { asked, check } = context;
  const { problems } = check;
  switch (change.kind) {
    case "add_charge":
    case "replace_charge": {
      const place = [...path, "charge"];
      checkCharge({ ...change.charge, trial: null, ramp: [] }, asked.effectiveOn, place, check);
      const price = check.named.prices.get(change.charge.priceId);
      if (price) checkSameTax(price, place, context);
      return;
    }
    case "change_quantity":
      checkQuantityFits(change.quantity, [...path, "quantity"], check);
      return;
    case "change_price":
      checkChangedPrice(change, path, context);
      return;
    case "change_discounts":
      checkChargeDiscounts(change.discounts, [...path, "discounts"], check);
      return;
    case "add_bound":
      checkBound(change.terms, path, check);
      return;
    case "add_discount":
      checkContractDiscount(change.discount, path, check);
      return;
    case "renew":
      checkRenewing(change, path, context);
      return;
    case "unclear": {
      const found = change.given.length === 0 ? "none" : change.given.join(" and ");
      const message = `A change is exactly one of those that there are; here is ${found}.`;
      problems.report("NOT_EXACTLY_ONE_CHANGE", message, ...path);
      return;
    }
    default:
      return;
  }
}

/** A renewal begins where the present term ends; what changes with it changes then. */
function checkRenewing(
  change: Extract<NewChange, { kind: "renew" }>,
  path: Path,
  { asked, amendable, check: { problems } }: Context,
): void {
  const { contract, isCancelled } = amendable.current;
  const { number } = amendable.head;
  for (const problem of checkRenewal(renewalFor(change.months, change.upliftPercent))) {
    problems.report(problem.code, problem.message, ...path, ...problem.path.slice(1));
  }
  if (asked.changes.indexOf(change) > 0) {
    const message = "A renewal is the first change: the others then hold in the new term.";
    problems.report("RENEWAL_NOT_FIRST", message, ...path);
  } else if (isCancelled) {
    problems.report("CONTRACT_CANCELLED", `The contract ${number} is cancelled. Resume it first.`, ...path);
  } else if (contract.endsBefore === null) {
    const message = `The contract ${number} runs until further notice, so there is nothing to renew.`;
    problems.report("NO_END", message, ...path);
  } else if (asked.effectiveOn !== contract.endsBefore) {
    const end = formatDay(contract.endsBefore);
    const message = `A renewal takes effect when the present term is over, on ${end}. Send that day; to change something before it, make a quote of its own.`;
    problems.report("RENEWAL_NOT_AT_END", message, "effectiveOn");
  }
}

function checkChangedPrice(
  { lineageId, priceId, customTerms }: Extract<NewChange, { kind: "change_price" }>,
  path: Path,
  context: Context,
): void {
  const { asked, amendable, check } = context;
  const { named, problems } = check;
  if (priceId === null && customTerms === null) {
    const message = "Send the new price, or terms of its own for the present one, or both.";
    problems.report("PRICE_MISSING", message, ...path);
    return;
  }
  const presentId = presentPriceId(amendable, lineageId, asked);
  // A lineage that the contract does not bill is refused by the domain.
  if (presentId === null) return;
  const present = named.prices.get(presentId);
  const price = checkPriceNamed({ priceId: priceId ?? presentId, customTerms }, asked.effectiveOn, path, check);
  if (!price) return;
  checkSameTax(price, path, context);
  if (present) checkAlike(price, present, [...path, "priceId"], check);
}

function checkSameTax(price: Price, path: Path, { amendable, check }: Context): void {
  checkTaxInclusive([{ price, path }], amendable.includesTax, check);
}
