import { useRef, useState } from "react";
import { cellAddress, formatArea, lastColumn, lastRow } from "../model/area";
import { ModelError } from "../model/model-error";
import { editText } from "./cell-editor";
import { useEditing, useWorkbook } from "./parts";
import { finishOnKey } from "./sheet-grid";

/** Where one is, and what is in the cell. */
export function FormulaBar() {
  const workbook = useWorkbook();
  const { editor, editing } = useEditing();
  const [wanted, setWanted] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const { activeSheet: sheet } = workbook;
  const { area: selected, activeRow, activeColumn } = sheet.selection;
  const isMany = selected.rowCount * selected.columnCount > 1;
  const size = `${lastRow(selected) - selected.row + 1}R × ${lastColumn(selected) - selected.column + 1}C`;
  const place = isMany ? size : cellAddress(activeRow, activeColumn);

  const go = () => {
    try {
      const target = workbook.resolveAddress(wanted ?? "", sheet);
      workbook.select(target.sheet, {
        area: target.area,
        activeRow: target.area.row,
        activeColumn: target.area.column,
      });
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      editor.refuse("There is no such place in this workbook.");
    }
    setWanted(null);
  };

  return (
    <div className="formula-bar">
      <input
        className="name-box"
        aria-label="Name box"
        title={formatArea(selected)}
        value={wanted ?? place}
        onChange={(event) => setWanted(event.target.value)}
        onFocus={(event) => event.target.select()}
        onBlur={() => setWanted(null)}
        onKeyDown={(event) => {
          if (event.key === "Enter") go();
          if (event.key === "Escape") setWanted(null);
        }}
      />
      <div className="formula-actions">
        <button type="button" aria-label="Cancel" disabled={!editing} onClick={() => editor.cancel()}>
          ✕
        </button>
        <button type="button" aria-label="Enter" disabled={!editing} onClick={() => editor.commit()}>
          ✓
        </button>
        <span className="function-sign">fx</span>
      </div>
      <input
        ref={input}
        className="formula-input"
        aria-label="Formula bar"
        spellCheck={false}
        value={editing ? editing.text : editText(sheet, activeRow, activeColumn)}
        onFocus={() => {
          if (!editor.editing) editor.begin("editing");
          if (!editor.editing) input.current?.blur();
        }}
        onChange={(event) => editor.change(event.target.value)}
        onKeyDown={(event) => {
          if (finishOnKey(editor, event, false)) {
            event.preventDefault();
            input.current?.blur();
          }
        }}
      />
    </div>
  );
}
