/** The counters that are missing between 1 and the last one taken, as ranges, for a series without gaps none. */
export function missingCounters(
  taken: readonly number[],
  last: number,
): readonly { readonly first: number; readonly last: number }[] {
  const ranges: { first: number; last: number }[] = [];
  let expected = 1;
  for (const counter of [...new Set(taken)].sort((a, b) => a - b)) {
    if (counter > expected) ranges.push({ first: expected, last: counter - 1 });
    expected = Math.max(expected, counter + 1);
  }
  if (expected <= last) ranges.push({ first: expected, last });
  return ranges;
}
