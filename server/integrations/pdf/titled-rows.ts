import { body, type Desk, gap, type Style, small } from "./desk";
import type { Block, Element } from "./paginate";
import { type Cell, type CellLine, plainLines, rowBlocks } from "./table-row";

/** "Payment" and what is said of it. */
export type TitledRow = { title: string; value: readonly CellLine[] };

/** Of the titles, with the space after them. */
export const titleWidth = 128;

/** Titles on the left, what is said of them on the right. */
export const titledRows = (desk: Desk, section: Element, rows: readonly TitledRow[]): Block[] => {
  const table = desk.element("Table", section);
  const quietTitle: Style = { ...small, size: 8.5, leading: body.leading };
  return rows.flatMap(({ title, value }) => {
    const row = desk.element("TR", table);
    const cells: Cell[] = [
      {
        element: desk.element("TH", row),
        edge: { left: desk.left },
        lines: plainLines(desk.lines(title, quietTitle, titleWidth - gap), quietTitle),
      },
      { element: desk.element("TD", row), edge: { left: desk.left + titleWidth }, lines: value },
    ];
    return rowBlocks(desk, cells, null, 5);
  });
};

/** What is said, as wide as it may be. */
export const valueLines = (desk: Desk, texts: readonly string[], style: Style): CellLine[] =>
  texts.flatMap((text) => plainLines(desk.lines(text, style, desk.contentWidth - titleWidth), style));
