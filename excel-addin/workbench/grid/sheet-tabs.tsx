import { useState } from "react";
import { ModelError } from "../model/model-error";
import type { Sheet } from "../model/sheet";
import { useEditing, useWorkbook } from "./parts";

export function SheetTabs() {
  const workbook = useWorkbook();
  const { editor } = useEditing();
  const [renamed, setRenamed] = useState<Sheet | null>(null);

  const rename = (sheet: Sheet, name: string) => {
    setRenamed(null);
    try {
      workbook.renameSheet(sheet, name);
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      editor.refuse("This name is taken or has characters that a sheet cannot have.");
    }
  };

  return (
    <div className="sheet-tabs" role="tablist" aria-label="Sheets">
      {workbook.sheets
        .filter((sheet) => sheet.visibility === "Visible")
        .map((sheet) =>
          sheet === renamed ? (
            <input
              key={sheet.id}
              className="sheet-rename"
              aria-label="Name of the sheet"
              defaultValue={sheet.name}
              ref={(field) => field?.select()}
              onBlur={(event) => rename(sheet, event.target.value)}
              onKeyDown={(event) => {
                if (event.key === "Enter") event.currentTarget.blur();
                if (event.key === "Escape") setRenamed(null);
              }}
            />
          ) : (
            <button
              key={sheet.id}
              type="button"
              role="tab"
              aria-selected={sheet === workbook.activeSheet}
              className="sheet-tab"
              style={sheet.tabColor ? { boxShadow: `inset 0 -3px ${sheet.tabColor}` } : undefined}
              onClick={() => editor.commit() && workbook.activate(sheet)}
              onDoubleClick={() => setRenamed(sheet)}
            >
              {sheet.name}
              {sheet.protection.isProtected && <Lock />}
            </button>
          ),
        )}
      <button
        type="button"
        className="sheet-add"
        aria-label="New sheet"
        onClick={() => workbook.activate(workbook.addSheet())}
      >
        +
      </button>
    </div>
  );
}

function Lock() {
  return (
    <svg className="sheet-lock" width="10" height="12" viewBox="0 0 10 12" role="img" aria-label="Protected">
      <rect x="0.5" y="5" width="9" height="6.5" rx="1" fill="currentColor" />
      <path d="M2.5 5V3.5a2.5 2.5 0 0 1 5 0V5" fill="none" stroke="currentColor" strokeWidth="1.3" />
    </svg>
  );
}
