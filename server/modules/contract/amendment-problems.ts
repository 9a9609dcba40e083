import { formatDay } from "../../domain/calendar/format";
import { type PlainDate, parsePlainDate } from "../../domain/calendar/plain-date";
import type { AmendmentProblem, AmendmentProblemCode } from "../../domain/contract/amendment";
import type { ContractProblem } from "../../domain/contract/check-contract";
import type { Problem } from "../../platform/refusal";
import { toInputProblem } from "./contract-problems";
import type { NewChange } from "./new-amendment";

type Facts = { readonly where: string; readonly given: string };

const sentences: { readonly [C in AmendmentProblemCode]: (facts: Facts) => string } = {
  AMENDMENT_OUTSIDE_TERM: ({ given }) =>
    `${dayOf(given)} is no day of the contract's term. An amendment takes effect within it; an extension at its end at the latest.`,
  LINEAGE_UNKNOWN: ({ where, given }) =>
    `${where}: the contract does not bill the price lineage ${given} on that day. Name one that it bills, or add a charge.`,
  LINEAGE_ALREADY_BILLED: ({ where }) =>
    `${where}: the contract bills this price already on some of these days. Change its quantity, or its price.`,
  CONTRACT_CANCELLED: ({ where }) => `${where}: the contract is cancelled. Resume it first.`,
  NOT_CANCELLED: ({ where }) => `${where}: the contract is not cancelled, so there is nothing to resume.`,
  EXTENSION_NOT_LATER: ({ where }) =>
    `${where}: an extension ends later than the contract does now. To end earlier, cancel it.`,
  BOUND_UNKNOWN: ({ where, given }) => `${where}: the contract has no minimum or maximum ${given} that still holds.`,
  DISCOUNT_UNKNOWN: ({ where, given }) => `${where}: the contract has no discount ${given} that still holds.`,
  CHANGE_STARTS_BEFORE_AMENDMENT: ({ where, given }) =>
    `${where} starts on ${dayOf(given)}, before the amendment takes effect. Let it start on that day or later.`,
  CHANGE_ENDS_BEFORE_IT_STARTS: ({ where, given }) =>
    `${where} ends before ${dayOf(given)}, and so before it begins. Send a later day, or none.`,
};

const dayOf = (text: string): string => {
  const day = parsePlainDate(text);
  return day.ok ? formatDay(day.value) : text;
};

type Asked = { readonly changes: readonly NewChange[] };
type Recorded = { readonly effectiveOn: PlainDate; readonly reason: string };

/** What the domain refuses, in the words and at the place of the amendment that was asked for, the last of all. */
export function toAmendmentProblem(problem: AmendmentProblem, asked: Asked, earlier: readonly Recorded[]): Problem {
  const [list, index, part, change, ...within] = problem.path;
  if (list !== "amendments" || typeof index !== "number") {
    // The contract that would come out; its places are not those of the amendment.
    return { ...toInputProblem(problem as ContractProblem), path: ["changes"] };
  }
  const say = sentences[problem.code as AmendmentProblemCode];
  const where = part === "changes" ? `Change ${Number(change) + 1}` : "The amendment";
  const message = say({ where, given: problem.given ?? "" });
  const { code } = problem;
  const other = earlier[index];
  if (other) {
    const name = `the amendment of ${formatDay(other.effectiveOn)} ("${other.reason}")`;
    return { code, message: `After this, ${name} could no longer be made. ${message}`, path: ["effectiveOn"] };
  }
  if (part !== "changes") return { code, message, path: [String(part)] };
  return { code, message, path: ["changes", String(change), ...placeIn(asked.changes[Number(change)], within)] };
}

/** The input has the terms of a bound or a discount at the top of the change. */
function placeIn(change: NewChange | undefined, within: readonly (string | number)[]): string[] {
  if (!change) return within.map(String);
  const isAtTop = change.kind === "add_bound" || change.kind === "add_discount";
  return [inputNameOf(change), ...within.slice(isAtTop ? 1 : 0).map(String)];
}

/** The name under which the input has a change. */
export function inputNameOf(change: NewChange): string {
  switch (change.kind) {
    case "add_bound":
      return change.bound === "minimum" ? "addMinimum" : "addMaximum";
    case "unclear":
      return "";
    default:
      return change.kind.replace(/_(.)/, (_, letter: string) => letter.toUpperCase());
  }
}
