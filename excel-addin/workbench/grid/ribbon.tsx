import { useState } from "react";
import { area, MAXIMUM_COLUMNS } from "../model/area";
import { styleCells } from "../model/edit";
import { ModelError } from "../model/model-error";
import { deleteCells, insertCells } from "../model/structure";
import type { Style } from "../model/style";
import type { RibbonButton, RibbonGroup } from "./manifest";
import { useEditing, useWorkbook } from "./parts";
import { explain } from "./sheet-grid";

const NUMBER_FORMATS: readonly (readonly [string, string])[] = [
  ["General", "General"],
  ["Number", "#,##0.00"],
  ["Currency", "$#,##0.00"],
  ["Percentage", "0.0%"],
  ["Date", "yyyy-mm-dd"],
  ["Text", "@"],
];

export interface RibbonProps {
  readonly group: RibbonGroup | null;
  readonly onButton: (button: RibbonButton) => Promise<void>;
}

/** The Home tab, as far as one needs it here, with the buttons that the add-in brings. */
export function Ribbon({ group, onButton }: RibbonProps) {
  const workbook = useWorkbook();
  const { editor } = useEditing();
  const [busy, setBusy] = useState<string | null>(null);
  const { activeSheet: sheet } = workbook;
  const { area: selected, activeRow, activeColumn } = sheet.selection;
  const style = sheet.styleAt(activeRow, activeColumn);

  const attempt = (work: () => void) => {
    if (!editor.commit()) return;
    try {
      work();
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      editor.refuse(explain(error));
    }
  };
  const dress = (change: Partial<Style>) => attempt(() => styleCells(workbook, sheet, selected, () => change));
  const rows = area(selected.row, 0, selected.rowCount, MAXIMUM_COLUMNS);
  const known = NUMBER_FORMATS.find(([, format]) => format === style.numberFormat);

  const small = (label: string, face: React.ReactNode, isPressed: boolean, work: () => void) => (
    <button
      type="button"
      className="ribbon-small"
      title={label}
      aria-label={label}
      aria-pressed={isPressed}
      onClick={work}
    >
      {face}
    </button>
  );
  const run = async (button: RibbonButton) => {
    setBusy(button.id);
    try {
      await onButton(button);
    } finally {
      setBusy(null);
    }
  };

  return (
    <div className="ribbon" role="toolbar" aria-label="Home">
      <div className="ribbon-tools">
        <div className="ribbon-group">
          <div className="ribbon-row">
            {small("Bold", <b>B</b>, style.bold, () => dress({ bold: !style.bold }))}
            {small("Italic", <i>I</i>, style.italic, () => dress({ italic: !style.italic }))}
            {small("Underline", <u>U</u>, style.underline !== "None", () =>
              dress({ underline: style.underline === "None" ? "Single" : "None" }),
            )}
          </div>
          <span className="ribbon-label">Font</span>
        </div>
        <div className="ribbon-group">
          <div className="ribbon-row">
            {(["Left", "Center", "Right"] as const).map((side) => (
              <span key={side}>
                {small(`Align ${side.toLowerCase()}`, <Lines side={side} />, style.horizontalAlignment === side, () =>
                  dress({ horizontalAlignment: style.horizontalAlignment === side ? "General" : side }),
                )}
              </span>
            ))}
          </div>
          <span className="ribbon-label">Alignment</span>
        </div>
        <div className="ribbon-group">
          <div className="ribbon-row">
            <select
              aria-label="Number format"
              value={known?.[1] ?? style.numberFormat}
              onChange={(event) => dress({ numberFormat: event.target.value })}
            >
              {NUMBER_FORMATS.map(([name, format]) => (
                <option key={format} value={format}>
                  {name}
                </option>
              ))}
              {!known && <option value={style.numberFormat}>{style.numberFormat}</option>}
            </select>
            {small("Percent", "%", style.numberFormat.includes("%"), () => dress({ numberFormat: "0.0%" }))}
            {small("Thousands", ",", false, () => dress({ numberFormat: "#,##0.00" }))}
          </div>
          <span className="ribbon-label">Number</span>
        </div>
        <div className="ribbon-group">
          <div className="ribbon-row">
            <button
              type="button"
              className="ribbon-text"
              onClick={() => attempt(() => insertCells(workbook, sheet, rows, "Down"))}
            >
              Insert rows
            </button>
            <button
              type="button"
              className="ribbon-text"
              onClick={() => attempt(() => deleteCells(workbook, sheet, rows, "Up"))}
            >
              Delete rows
            </button>
          </div>
          <span className="ribbon-label">Cells</span>
        </div>
        <div className="ribbon-group">
          <div className="ribbon-row">
            <button
              type="button"
              className="ribbon-text"
              onClick={() => {
                sheet.protection = { isProtected: !sheet.protection.isProtected, options: {}, password: null };
                workbook.emit({ kind: "protectionChanged", sheet });
                workbook.touch();
              }}
            >
              {sheet.protection.isProtected ? "Unprotect sheet" : "Protect sheet"}
            </button>
          </div>
          <span className="ribbon-label">Review</span>
        </div>
      </div>
      {group && (
        <div className="ribbon-group addin-group">
          <div className="ribbon-row">
            {group.buttons.map((button) => (
              <button
                key={button.id}
                type="button"
                className="ribbon-large"
                title={button.description || button.label}
                disabled={busy === button.id}
                onClick={() => void run(button)}
              >
                <img src={button.iconUrl} alt="" width={26} height={26} />
                <span>{button.label}</span>
              </button>
            ))}
          </div>
          <span className="ribbon-label">{group.label}</span>
        </div>
      )}
    </div>
  );
}

function Lines({ side }: { side: "Left" | "Center" | "Right" }) {
  const offset = side === "Left" ? 0 : side === "Center" ? 2 : 4;
  return (
    <svg width="14" height="12" viewBox="0 0 14 12" aria-hidden="true">
      {[0, 4, 8].map((y, index) => (
        <rect
          key={y}
          x={index % 2 === 0 ? 0 : offset}
          y={y}
          width={index % 2 === 0 ? 14 : 10}
          height="1.6"
          fill="currentColor"
        />
      ))}
    </svg>
  );
}
