import { alongside, block, body, type Desk, leftText, rule, type Style, small } from "./desk";
import type { Block, Element, Mark } from "./paginate";
import type { Line } from "./set-text";

/** A line of text in a cell, with small print beside it where there is room. */
export type CellLine = { text: Line; style: Style; aside: Line | null };

/** What stands in a column of a row, at its left or its right edge. */
export type Cell = {
  element: Element;
  edge: { left: number } | { right: number };
  lines: readonly CellLine[];
};

export const plainLines = (lines: readonly Line[], style: Style): CellLine[] =>
  lines.map((text) => ({ text, style, aside: null }));

/** On one page, as far as it can be. */
export const keptTogether = (blocks: readonly Block[]): Block[] =>
  blocks.map((block, index) => (index === blocks.length - 1 ? block : { ...block, keepsWithNext: true }));

/** Rows on the page of the one that follows: none stands alone at the foot of a page, none alone at the head of the next. */
export const tableRows = (rows: readonly (readonly Block[])[]): Block[] =>
  rows.flatMap((row, index) => {
    const isPaired = index < rows.length - 1 && (index === 0 || index === rows.length - 2);
    return isPaired
      ? row.map((block, line) => (line < row.length - 1 ? block : { ...block, keepsWithNext: true }))
      : row;
  });

/** A row of a table, one block for each line of text, so that a long one can go on over the page. */
export const rowBlocks = (desk: Desk, cells: readonly Cell[], heading: Block | null, padding = 6): Block[] => {
  const count = Math.max(...cells.map(({ lines }) => lines.length), 1);
  return Array.from({ length: count }, (_, index) => {
    const marks: Mark[] = [];
    const top = index === 0 ? padding : 0;
    const leadings = [0];
    for (const { element, edge, lines } of cells) {
      const line = lines[index];
      if (!line) continue;
      const { text, style, aside } = line;
      const x = "left" in edge ? edge.left : edge.right - text.width;
      marks.push(leftText(text, style, x, top, element));
      if (aside) marks.push(alongside(aside, small, x + text.width + 8, top, body, element));
      leadings.push(style.leading);
    }
    const isLast = index === count - 1;
    const height = top + Math.max(...leadings) + (isLast ? padding : 0);
    if (isLast) marks.push(rule(desk.left, height - 0.75, desk.contentWidth));
    const keepsWithNext = !isLast && (count <= 6 || index < 2 || index >= count - 3);
    return block(height, marks, { keepsWithNext, heading });
  });
};
