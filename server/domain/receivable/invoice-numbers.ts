/** Payers write "INV-2026-00042" as "inv 2026/00042", or break it where a line ends. */
const WORDS_OF_NUMBER_MAXIMUM = 5;

const wordsOf = (text: string): string[] =>
  text
    .toUpperCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");

const spelled = (number: string): string => wordsOf(number).join("");

/** Finds the numbers of documents in what a payer wrote. Made once for all documents, asked for each text. */
export class NumberIndex<D extends { readonly number: string }> {
  private readonly bySpelling: ReadonlyMap<string, D>;

  constructor(documents: readonly D[]) {
    this.bySpelling = new Map(documents.map((document) => [spelled(document.number), document]));
  }

  /** Each document once, in the order in which the text names them; whole words only, in any case and punctuation. */
  namedIn(text: string): D[] {
    const words = wordsOf(text);
    const found = new Set<D>();
    for (let from = 0; from < words.length; from += 1) {
      let joined = "";
      for (const word of words.slice(from, from + WORDS_OF_NUMBER_MAXIMUM)) {
        joined += word;
        const document = this.bySpelling.get(joined);
        if (document) found.add(document);
      }
    }
    return [...found];
  }
}

/** The documents whose numbers a text names. */
export const numbersIn = <D extends { readonly number: string }>(text: string, documents: readonly D[]): D[] =>
  new NumberIndex(documents).namedIn(text);
