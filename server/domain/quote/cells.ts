import type { Cell, QuotedPrices } from "./cell";
import { partsOfTerms, type TermsPart, type WritableCell } from "./cell-parts";
import type { SaleTerms } from "./quote-terms";

export type { Cell, CellFormat, CellKind, CellLock, QuotedPrice, QuotedPrices } from "./cell";

/** Every cell of the terms, in the order in which people read them. */
export const cellsOf = (terms: SaleTerms, prices: QuotedPrices): readonly Cell[] => writableCells(terms, prices);

/** One cell by its path; null: there is none. */
export const readCell = (terms: SaleTerms, prices: QuotedPrices, path: string): Cell | null =>
  writableCells(terms, prices).find((cell) => cell.path === path) ?? null;

export const writableCells = (terms: SaleTerms, prices: QuotedPrices): readonly WritableCell[] =>
  cellsOfPart(partsOfTerms(terms, prices));

const cellsOfPart = ({ cells, groups }: TermsPart): WritableCell[] => [
  ...cells,
  ...groups.flatMap(({ parts }) => parts.flatMap(cellsOfPart)),
];

/** In the place of a cell's own text where none is agreed: an emptied price is the listed one. */
export const standsFor = (
  { format, standard }: Pick<Cell, "format" | "standard">,
  text: string | null,
): string | null => ((text === null || text === "") && !format.isOptional ? standard : text);
