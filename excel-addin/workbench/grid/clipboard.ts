import { type Area, area } from "../model/area";
import { clearCells, copyCells, textOf, writeCells } from "../model/edit";
import type { Sheet } from "../model/sheet";
import type { Workbook } from "../model/workbook";

/** What was copied here last: pasted within the workbook, formulas and formats come along. */
export interface Copied {
  readonly sheet: Sheet;
  readonly area: Area;
  readonly text: string;
  readonly isCut: boolean;
}

/** The used part of the selection as tab-separated text, as other programs understand it. */
export function copySelection(workbook: Workbook, isCut: boolean): Copied {
  const { activeSheet: sheet } = workbook;
  const { area: selected } = sheet.selection;
  const rowCount = Math.min(selected.rowCount, Math.max(1, sheet.rowEnd - selected.row));
  const columnCount = Math.min(selected.columnCount, Math.max(1, sheet.columnEnd - selected.column));
  const copied = { ...selected, rowCount, columnCount };
  const lines: string[] = [];
  for (let row = copied.row; row < copied.row + rowCount; row++) {
    if (sheet.isRowHidden(row)) continue;
    const cells = Array.from({ length: columnCount }, (_, offset) =>
      quote(textOf(sheet.cell(row, copied.column + offset))),
    );
    lines.push(cells.join("\t"));
  }
  return { sheet, area: copied, text: lines.join("\r\n"), isCut };
}

const quote = (text: string): string => (/[\t\r\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

export function paste(workbook: Workbook, text: string, copied: Copied | null): void {
  const { activeSheet: sheet } = workbook;
  const { area: selected } = sheet.selection;
  const isOwn = copied !== null && copied.text.replaceAll("\r", "") === text.replaceAll("\r", "");
  if (isOwn) {
    const fits = selected.rowCount % copied.area.rowCount === 0 && selected.columnCount % copied.area.columnCount === 0;
    const target = fits ? selected : area(selected.row, selected.column, copied.area.rowCount, copied.area.columnCount);
    copyCells(workbook, { sheet: copied.sheet, area: copied.area }, { sheet, area: target }, "All");
    if (copied.isCut) clearCells(workbook, copied.sheet, copied.area, "Contents");
    select(workbook, target);
    return;
  }
  const rows = parseTable(text);
  const columnCount = Math.max(1, ...rows.map((row) => row.length));
  const isOneValue = rows.length === 1 && columnCount === 1;
  const target = isOneValue ? selected : area(selected.row, selected.column, rows.length, columnCount);
  writeCells(workbook, sheet, target, (row, column) =>
    isOneValue ? (rows[0]?.[0] ?? "") : (rows[row]?.[column] ?? ""),
  );
  select(workbook, target);
}

function select(workbook: Workbook, target: Area): void {
  workbook.select(workbook.activeSheet, { area: target, activeRow: target.row, activeColumn: target.column });
}

function parseTable(text: string): string[][] {
  const rows: string[][] = [[]];
  const pattern = /(?:"((?:[^"]|"")*)"|([^\t\r\n]*))(\t|\r?\n|$)/g;
  for (let match = pattern.exec(text); match && pattern.lastIndex <= text.length; match = pattern.exec(text)) {
    rows.at(-1)?.push(match[1] === undefined ? (match[2] ?? "") : match[1].replaceAll('""', '"'));
    const end = match[3] ?? "";
    if (end === "") break;
    if (end !== "\t") {
      if (pattern.lastIndex >= text.length) break;
      rows.push([]);
    }
  }
  return rows;
}
