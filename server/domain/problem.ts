/** One thing wrong with an input: what (code), where (path from the input's root) and the offending value as text. */
export type Problem<Code extends string = string> = {
  readonly code: Code;
  readonly path: readonly (string | number)[];
  readonly given?: string;
};

/** Moves problems of a part to its place in the whole. */
export function at<Code extends string>(
  path: readonly (string | number)[],
  problems: readonly Problem<Code>[],
): Problem<Code>[] {
  return problems.map((problem) => ({ ...problem, path: [...path, ...problem.path] }));
}
