import { columnName, lastColumn, lastRow } from "../model/area";
import type { Table } from "../model/table";
import { COLORS, FONT_FAMILY } from "./palette";
import { COLUMN_HEADER_HEIGHT, line, type Part, type Picture, ROW_HEADER_WIDTH } from "./picture";

/** Column letters and row numbers. */
export function paintHeaders(context: CanvasRenderingContext2D, picture: Picture, parts: readonly Part[]): void {
  const { sheet, width, height } = picture;
  const { area: selected } = sheet.selection;
  context.fillStyle = COLORS.header;
  context.fillRect(0, 0, width, COLUMN_HEADER_HEIGHT);
  context.fillRect(0, 0, ROW_HEADER_WIDTH, height);
  context.font = `13px ${FONT_FAMILY}`;
  context.textBaseline = "middle";
  context.textAlign = "center";
  for (const part of parts) {
    context.save();
    context.beginPath();
    context.rect(part.x, 0, part.width, COLUMN_HEADER_HEIGHT);
    context.clip();
    for (const column of part.columns) {
      const isSelected = column >= selected.column && column <= lastColumn(selected);
      headerCell(
        context,
        columnName(column),
        part.left(column),
        0,
        picture.columns.size(column),
        COLUMN_HEADER_HEIGHT,
        isSelected,
      );
      if (isSelected)
        line(
          context,
          part.left(column),
          COLUMN_HEADER_HEIGHT - 1,
          part.left(column + 1),
          COLUMN_HEADER_HEIGHT - 1,
          COLORS.accent,
          2,
        );
    }
    context.restore();
    context.save();
    context.beginPath();
    context.rect(0, part.y, ROW_HEADER_WIDTH, part.height);
    context.clip();
    for (const row of part.rows) {
      const isSelected = row >= selected.row && row <= lastRow(selected);
      const isFiltered = sheet.filteredRows.size > 0 && tableHas(picture.tables, row);
      headerCell(
        context,
        String(row + 1),
        0,
        part.top(row),
        ROW_HEADER_WIDTH,
        picture.rows.size(row),
        isSelected,
        isFiltered ? "#0563c1" : undefined,
      );
      if (isSelected)
        line(context, ROW_HEADER_WIDTH - 1, part.top(row), ROW_HEADER_WIDTH - 1, part.top(row + 1), COLORS.accent, 2);
    }
    context.restore();
  }
  context.textAlign = "left";
  context.fillStyle = COLORS.header;
  context.fillRect(0, 0, ROW_HEADER_WIDTH, COLUMN_HEADER_HEIGHT);
  context.fillStyle = "#b5b5b5";
  context.beginPath();
  context.moveTo(ROW_HEADER_WIDTH - 4, 7);
  context.lineTo(ROW_HEADER_WIDTH - 4, COLUMN_HEADER_HEIGHT - 4);
  context.lineTo(ROW_HEADER_WIDTH - 15, COLUMN_HEADER_HEIGHT - 4);
  context.fill();
  line(context, ROW_HEADER_WIDTH - 0.5, 0, ROW_HEADER_WIDTH - 0.5, COLUMN_HEADER_HEIGHT, COLORS.headerLine);
  line(context, 0, COLUMN_HEADER_HEIGHT - 0.5, ROW_HEADER_WIDTH, COLUMN_HEADER_HEIGHT - 0.5, COLORS.headerLine);
}

const tableHas = (tables: readonly Table[], row: number): boolean =>
  tables.some(
    (table) => table.isFiltered && row >= table.dataArea.row && row < table.dataArea.row + table.dataArea.rowCount,
  );

function headerCell(
  context: CanvasRenderingContext2D,
  label: string,
  x: number,
  y: number,
  width: number,
  height: number,
  isSelected: boolean,
  color: string = COLORS.headerText,
): void {
  context.fillStyle = isSelected ? COLORS.headerSelected : COLORS.header;
  context.fillRect(x, y, width, height);
  line(context, x + width - 0.5, y, x + width - 0.5, y + height, COLORS.headerLine);
  line(context, x, y + height - 0.5, x + width, y + height - 0.5, COLORS.headerLine);
  context.fillStyle = isSelected ? COLORS.headerTextSelected : color;
  context.fillText(label, x + width / 2, y + height / 2 + 1);
}
