import { formatValue } from "../calculation/number-format";
import type { Workbook } from "../model/workbook";
import { useEditing, useWorkbook } from "./parts";

interface Summary {
  readonly count: number;
  readonly numbers: number;
  readonly sum: number;
}

/** Ready or not, and what the selected cells add up to. */
export function StatusBar() {
  const workbook = useWorkbook();
  const { editing } = useEditing();
  const { count, numbers, sum } = summarize(workbook);
  const format = formatOfSelection(workbook);
  const show = (value: number) => formatValue(value, format).text;
  return (
    <div className="status-bar">
      <span>{editing ? (editing.mode === "editing" ? "Edit" : "Enter") : "Ready"}</span>
      <span className="status-note">Everything on this page runs on this computer. Office.js is Microsoft’s own.</span>
      {count > 1 && (
        <span className="status-sums">
          {numbers > 0 && <span>Average: {show(sum / numbers)}</span>}
          <span>Count: {count}</span>
          {numbers > 0 && <span>Sum: {show(sum)}</span>}
        </span>
      )}
    </div>
  );
}

function summarize({ activeSheet: sheet }: Workbook): Summary {
  let count = 0;
  let numbers = 0;
  let sum = 0;
  sheet.forEachCell(sheet.selection.area, (cell, row) => {
    if (cell.value === null || sheet.isRowHidden(row)) return;
    count++;
    if (typeof cell.value !== "number") return;
    numbers++;
    sum += cell.value;
  });
  return { count, numbers, sum: Number(sum.toPrecision(15)) };
}

function formatOfSelection({ activeSheet: sheet }: Workbook): string {
  const { activeRow, activeColumn } = sheet.selection;
  const { numberFormat } = sheet.styleAt(activeRow, activeColumn);
  return numberFormat === "@" ? "General" : numberFormat;
}
