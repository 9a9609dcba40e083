import { area, lastColumn, lastRow, MAXIMUM_COLUMNS, MAXIMUM_ROWS } from "../model/area";
import { clearCells } from "../model/edit";
import { deleteCells, insertCells } from "../model/structure";
import { addTableRows, deleteTableRows } from "../model/tables";
import { useParts } from "./parts";

export interface CellMenuProps {
  readonly left: number;
  readonly top: number;
  readonly attempt: (work: () => void) => void;
  readonly onClose: () => void;
}

/** What one can do with the selected cells, on the right mouse button. */
export function CellMenu({ left, top, attempt, onClose }: CellMenuProps) {
  const { workbook } = useParts();
  const { activeSheet: sheet } = workbook;
  const { area: selected, activeRow, activeColumn } = sheet.selection;
  const table = workbook
    .tablesOf(sheet)
    .find(
      ({ dataArea: d }) =>
        activeRow >= d.row && activeRow <= lastRow(d) && activeColumn >= d.column && activeColumn <= lastColumn(d),
    );
  const rows = area(selected.row, 0, selected.rowCount, MAXIMUM_COLUMNS);
  const columns = area(0, selected.column, MAXIMUM_ROWS, selected.columnCount);
  const inTable = table ? { first: selected.row - table.dataArea.row, count: selected.rowCount } : null;

  const item = (label: string, work: () => void) => (
    <button
      type="button"
      key={label}
      className="menu-item"
      onClick={() => {
        attempt(work);
        onClose();
      }}
    >
      {label}
    </button>
  );
  const setHidden = (isHidden: boolean) => {
    for (let column = selected.column; column <= lastColumn(selected); column++) {
      if (isHidden) sheet.hiddenColumns.add(column);
      else sheet.hiddenColumns.delete(column);
    }
    workbook.touch();
  };

  return (
    <div className="popup" role="menu" style={{ left, top }}>
      {table && inTable
        ? [
            item("Insert table row above", () => void addTableRows(workbook, table, inTable.first, null)),
            item("Delete table rows", () =>
              deleteTableRows(
                workbook,
                table,
                Array.from({ length: inTable.count }, (_, index) => inTable.first + index),
              ),
            ),
            <hr key="line" />,
          ]
        : null}
      {item("Insert rows", () => insertCells(workbook, sheet, rows, "Down"))}
      {item("Insert columns", () => insertCells(workbook, sheet, columns, "Right"))}
      {item("Delete rows", () => deleteCells(workbook, sheet, rows, "Up"))}
      {item("Delete columns", () => deleteCells(workbook, sheet, columns, "Left"))}
      <hr />
      {item("Clear contents", () => clearCells(workbook, sheet, selected, "Contents"))}
      {item("Hide columns", () => setHidden(true))}
      {item("Unhide columns", () => setHidden(false))}
    </div>
  );
}
