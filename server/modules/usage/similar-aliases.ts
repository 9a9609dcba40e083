const SHOWN = 3;
/** Up to one edit in four characters; two short names are not similar because most of them differs. */
const EDITS_PER_CHARACTER = 0.25;
const EDITS_MAXIMUM = 3;

/**
 * Those of the known aliases that an unknown one may be a slip of, the likeliest first: first those that differ only in
 * case and punctuation, then those that a few typing errors away.
 */
export function similarAliases(unknown: string, known: readonly string[]): string[] {
  const plain = plainOf(unknown);
  return known
    .map((alias) => ({ alias, edits: editsWithin(plain, plainOf(alias)) }))
    .filter(({ edits }) => edits !== null)
    .sort((a, b) => (a.edits ?? 0) - (b.edits ?? 0) || (a.alias < b.alias ? -1 : 1))
    .slice(0, SHOWN)
    .map(({ alias }) => alias);
}

const plainOf = (alias: string): string =>
  alias
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");

/** How many characters have to be put in, left out or replaced; null: too many to be a slip. */
function editsWithin(a: string, b: string): number | null {
  if (a === b) return 0;
  const limit = Math.min(EDITS_MAXIMUM, Math.floor(Math.min(a.length, b.length) * EDITS_PER_CHARACTER));
  if (Math.abs(a.length - b.length) > limit) return null;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    if (Math.min(...next) > limit) return null;
    row = next;
  }
  const edits = row[b.length] as number;
  return edits <= limit ? edits : null;
}
