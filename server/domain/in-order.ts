/** Compares texts and plain days by their code units, the same on every machine; for sort. */
export const inOrder = (a: string, b: string): -1 | 0 | 1 => (a === b ? 0 : a < b ? -1 : 1);
