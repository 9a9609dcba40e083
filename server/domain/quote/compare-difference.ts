/** One difference between terms. The values are as cells have them, the words as people read them. */
export type TermsDifference = {
  readonly kind: "changed" | "added" | "removed";
  /** Of the cell or part, in the later terms; in the earlier ones where it was removed. */
  readonly path: string;
  /** What it belongs to, outermost first; empty for the whole. */
  readonly where: readonly string[];
  /** The name of the cell; of a part that was added or removed what it is: "Phase", "Line". */
  readonly title: string;
  /** null: none; of a part its cells in words. */
  readonly before: string | null;
  readonly after: string | null;
  readonly beforeInWords: string;
  readonly afterInWords: string;
  /** All of it in one line. */
  readonly sentence: string;
};

/** A value that became another. */
export function changedDifference(difference: Omit<TermsDifference, "kind" | "sentence">): TermsDifference {
  const { where, title, beforeInWords, afterInWords } = difference;
  const sentence = `${[...where, title].join(", ")}: ${beforeInWords} → ${afterInWords}`;
  return { kind: "changed", ...difference, sentence };
}
