/** Under which our reference lies in the metadata of a request. */
export const REFERENCE = "billgrid_reference";

/**
 * The same as one word, under which it is searched: how the provider's search takes a reference with hyphens apart is
 * not said.
 */
export const SEARCHED = "billgrid_search";
export const searchedWord = (reference: string): string => reference.replaceAll(/[^\p{L}\p{N}]/gu, "");

/** The texts of a request's metadata; whatever else lies there is not ours. */
export const textsOf = (metadata: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(metadata ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
