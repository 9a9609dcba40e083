import type { Result } from "../../domain/result";
import type { Problem, Refusal } from "../../platform/refusal";

/** What is wrong with the terms of a quote, at its place in the quote. */
export const inTerms = (problems: readonly Problem[]): Problem[] =>
  problems.map((problem) => ({ ...problem, path: ["terms", ...problem.path] }));

/** What a part was refused for, at the place of the part in the whole. */
export function atPlace<T>(place: readonly string[], result: Result<T, Refusal>): Result<T, Refusal> {
  if (result.ok) return result;
  const { error } = result;
  const moved = { path: [...place, ...error.path] };
  if (error.kind !== "InvalidInput") return { ok: false, error: { ...error, ...moved } };
  const problems = error.problems.map((problem) => ({ ...problem, path: [...place, ...problem.path] }));
  return { ok: false, error: { ...error, ...moved, problems } };
}
