/** The text of a whole number of the terms, and back. */
export const numberText = (value: number | null): string | null => (value === null ? null : String(value));
export const numberOf = (text: string | null): number | null => (text === null ? null : Number(text));
