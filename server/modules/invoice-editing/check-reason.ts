import { InputProblems } from "../../platform/input-problems";
import { invalidInput } from "../../platform/refusal";
import { REASON_LENGTH } from "./check-manual-line";

/** Whoever changes what is billed says why; null: it is said. */
export function checkReason(reason: string) {
  const problems = new InputProblems();
  problems.checkText(reason, "The reason", REASON_LENGTH, "reason");
  return problems.isEmpty ? null : invalidInput(problems.found);
}
