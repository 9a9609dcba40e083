import { useEffect, useRef, useState } from "react";
import { boundingArea } from "../model/area";
import { clearCells, fitColumns } from "../model/edit";
import { ModelError } from "../model/model-error";
import type { Table } from "../model/table";
import type { CellEditor } from "./cell-editor";
import { CellMenu } from "./cell-menu";
import { type Copied, copySelection, paste } from "./clipboard";
import { FilterMenu } from "./filter-menu";
import { distanceToEdge, extendSelection, farCorner, moveSelection, selectCell, selectTo } from "./navigation";
import { useEditing, useParts } from "./parts";
import { type Box, SheetCanvas } from "./sheet-canvas";

interface OpenFilter {
  readonly table: Table;
  readonly index: number;
  readonly left: number;
  readonly top: number;
}

const MENU_WIDTH = 220;
const MENU_HEIGHT = 330;

const ARROWS: Readonly<Record<string, readonly [-1 | 0 | 1, -1 | 0 | 1]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** The cells, with everything one does to them by mouse and keyboard. */
export function SheetGrid() {
  const parts = useParts();
  const { workbook } = parts;
  const { editor, editing } = useEditing();
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const scrollerRef = useRef<HTMLDivElement>(null);
  const spacerRef = useRef<HTMLDivElement>(null);
  const drawn = useRef<SheetCanvas | null>(null);
  const copied = useRef<Copied | null>(null);
  const drag = useRef<((x: number, y: number) => void) | null>(null);
  const input = useRef<HTMLTextAreaElement>(null);
  const [filter, setFilter] = useState<OpenFilter | null>(null);
  const [menu, setMenu] = useState<{ left: number; top: number } | null>(null);
  const [editBox, setEditBox] = useState<Box | null>(null);

  useEffect(() => {
    const [canvas, scroller, spacer] = [canvasRef.current, scrollerRef.current, spacerRef.current];
    if (!canvas || !scroller || !spacer) return;
    const sheetCanvas = new SheetCanvas(parts, canvas, scroller, spacer);
    drawn.current = sheetCanvas;
    const stopView = workbook.onView(() => sheetCanvas.plan());
    const stopEvents = workbook.subscribe((event) => {
      if (event.kind === "selectionChanged" && event.sheet === workbook.activeSheet) {
        const corner = farCorner(event.sheet);
        if (event.sheet.selection.area.rowCount < 10_000 && event.sheet.selection.area.columnCount < 1000) {
          sheetCanvas.reveal(corner.row, corner.column);
        }
      }
    });
    const resize = new ResizeObserver(() => sheetCanvas.plan());
    resize.observe(scroller);
    sheetCanvas.draw();
    // A font arrives only after it was asked for by drawing with it.
    const redraw = () => sheetCanvas.plan();
    document.fonts.addEventListener("loadingdone", redraw);
    return () => {
      stopView();
      stopEvents();
      resize.disconnect();
      document.fonts.removeEventListener("loadingdone", redraw);
    };
  }, [parts, workbook]);

  const isEditing = editing !== null;
  useEffect(() => {
    const { activeRow, activeColumn } = workbook.activeSheet.selection;
    if (isEditing) drawn.current?.reveal(activeRow, activeColumn);
    setEditBox(isEditing ? (drawn.current?.boxOf(activeRow, activeColumn) ?? null) : null);
    if (!document.activeElement?.classList.contains("formula-input")) focusInput();
  }, [isEditing, workbook]);

  const focusInput = () => input.current?.focus({ preventScroll: true });

  const attempt = (work: () => void) => {
    try {
      work();
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      editor.refuse(explain(error));
    }
  };

  const point = (event: { clientX: number; clientY: number }) => {
    const box = scrollerRef.current?.getBoundingClientRect();
    return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) };
  };

  const onPointerDown = (event: React.PointerEvent<HTMLDivElement>) => {
    const sheetCanvas = drawn.current;
    const scroller = scrollerRef.current;
    const { x, y } = point(event);
    if (!sheetCanvas || !scroller || x > scroller.clientWidth || y > scroller.clientHeight) return;
    event.preventDefault();
    setMenu(null);
    setFilter(null);
    if (!editor.commit()) return;
    focusInput();
    const place = sheetCanvas.placeAt(x, y);
    if (event.button === 2 && place.kind === "cell" && isSelected(place.row, place.column)) return;
    if (place.kind === "columnHeader" && place.resizes !== null) {
      startResize(place.resizes, x);
      event.currentTarget.setPointerCapture(event.pointerId);
      return;
    }
    if (place.kind === "cell" && place.isFilterButton) {
      openFilter(place.row, place.column);
      return;
    }
    const chosen = sheetCanvas.selectionFor(place);
    if (event.shiftKey && place.kind === "cell") selectTo(workbook, place.row, place.column);
    else workbook.select(workbook.activeSheet, chosen);
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = (toX, toY) => {
      const to = sheetCanvas.placeAt(Math.max(toX, 0), Math.max(toY, 0));
      if (place.kind === "cell") {
        if (to.kind === "cell") selectTo(workbook, to.row, to.column);
      } else if (to.kind === place.kind) {
        const { activeRow, activeColumn } = chosen;
        workbook.select(workbook.activeSheet, {
          area: boundingArea(chosen.area, sheetCanvas.selectionFor(to).area),
          activeRow,
          activeColumn,
        });
      }
    };
  };

  const isSelected = (row: number, column: number) => {
    const { area: a } = workbook.activeSheet.selection;
    return row >= a.row && row < a.row + a.rowCount && column >= a.column && column < a.column + a.columnCount;
  };

  const startResize = (column: number, fromX: number) => {
    const { activeSheet: sheet } = workbook;
    const width = sheet.columnWidth(column);
    drag.current = (toX) => {
      sheet.columnWidths.set(column, Math.max(8, Math.round(width + toX - fromX)));
      workbook.touch();
    };
  };

  const openFilter = (row: number, column: number) => {
    const table = workbook
      .tablesOf(workbook.activeSheet)
      .find(({ area: a }) => row === a.row && column >= a.column && column < a.column + a.columnCount);
    const box = drawn.current?.boxOf(row, column);
    if (table && box)
      setFilter({
        table,
        index: column - table.area.column,
        left: Math.max(4, box.left + box.width - 260),
        top: box.top + box.height + 2,
      });
  };

  const onPointerMove = (event: React.PointerEvent<HTMLDivElement>) => {
    const { x, y } = point(event);
    if (drag.current) drag.current(x, y);
    const place = drawn.current?.placeAt(x, y);
    const isGrip = place?.kind === "columnHeader" && place.resizes !== null;
    const isButton = place?.kind === "cell" && place.isFilterButton;
    event.currentTarget.style.cursor = isGrip
      ? "col-resize"
      : isButton
        ? "pointer"
        : place?.kind === "cell"
          ? "cell"
          : "default";
  };

  const onDoubleClick = (event: React.MouseEvent<HTMLDivElement>) => {
    const { x, y } = point(event);
    const place = drawn.current?.placeAt(x, y);
    if (place?.kind === "cell" && !place.isFilterButton) editor.begin("editing");
    if (place?.kind === "columnHeader" && place.resizes !== null) fitColumn(place.resizes);
  };

  const fitColumn = (column: number) => {
    const { activeSheet: sheet } = workbook;
    fitColumns(workbook, sheet, { row: 0, column, rowCount: sheet.rowEnd, columnCount: 1 });
    workbook.touch();
  };

  const onKeyDown = (event: React.KeyboardEvent) => {
    const isHandled = editing ? finishOnKey(editor, event, editing.mode === "typing") : attemptKey(event);
    if (isHandled) event.preventDefault();
  };

  const attemptKey = (event: React.KeyboardEvent): boolean => {
    const { activeSheet: sheet } = workbook;
    const { activeRow, activeColumn } = sheet.selection;
    const isCommand = event.ctrlKey || event.metaKey;
    const arrow = ARROWS[event.key];
    if (arrow) {
      const from = event.shiftKey ? farCorner(sheet) : { row: activeRow, column: activeColumn };
      const distance = isCommand ? distanceToEdge(sheet, from.row, from.column, arrow[0], arrow[1]) : 1;
      (event.shiftKey ? extendSelection : moveSelection)(workbook, arrow[0] * distance, arrow[1] * distance);
      return true;
    }
    switch (event.key) {
      case "Enter":
        moveSelection(workbook, event.shiftKey ? -1 : 1, 0);
        return true;
      case "Tab":
        moveSelection(workbook, 0, event.shiftKey ? -1 : 1);
        return true;
      case "PageDown":
      case "PageUp": {
        const page = (event.key === "PageDown" ? 1 : -1) * (drawn.current?.rowsPerPage ?? 20);
        (event.shiftKey ? extendSelection : moveSelection)(workbook, page, 0);
        return true;
      }
      case "Home":
        selectCell(workbook, isCommand ? sheet.frozen.rows : activeRow, isCommand ? sheet.frozen.columns : 0);
        return true;
      case "End": {
        const used = sheet.usedArea();
        if (isCommand && used) selectCell(workbook, used.row + used.rowCount - 1, used.column + used.columnCount - 1);
        return true;
      }
      case "F2":
        editor.begin("editing");
        return true;
      case "Delete":
        attempt(() => clearCells(workbook, sheet, sheet.selection.area, "Contents"));
        return true;
      case "Backspace":
        editor.begin("typing", "");
        return true;
      case "Escape":
        setMenu(null);
        setFilter(null);
        copied.current = null;
        if (drawn.current) drawn.current.copied = null;
        workbook.touch();
        return true;
    }
    if (isCommand && event.key.toLowerCase() === "a") {
      const used = sheet.usedArea();
      if (used) workbook.select(sheet, { area: used, activeRow: used.row, activeColumn: used.column });
      return true;
    }
    return false;
  };

  const onCopy = (event: React.ClipboardEvent, isCut: boolean) => {
    if (editing) return;
    copied.current = copySelection(workbook, isCut);
    event.clipboardData.setData("text/plain", copied.current.text);
    if (drawn.current) drawn.current.copied = copied.current.area;
    event.preventDefault();
    workbook.touch();
  };

  const onPaste = (event: React.ClipboardEvent) => {
    if (editing) return;
    event.preventDefault();
    const text = event.clipboardData.getData("text/plain");
    attempt(() => paste(workbook, text, copied.current));
    if (copied.current?.isCut) copied.current = null;
    if (drawn.current) drawn.current.copied = null;
  };

  return (
    <div className="grid">
      <canvas ref={canvasRef} className="grid-canvas" aria-hidden="true" />
      <div
        ref={scrollerRef}
        className="grid-scroller"
        role="grid"
        aria-label={`Cells of ${workbook.activeSheet.name}`}
        tabIndex={-1}
        onFocus={focusInput}
        onScroll={() => drawn.current?.onScroll()}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={() => {
          drag.current = null;
        }}
        onDoubleClick={onDoubleClick}
        onContextMenu={(event) => {
          event.preventDefault();
          const { x, y } = point(event);
          const { clientWidth, clientHeight } = event.currentTarget;
          setMenu({
            left: Math.max(4, Math.min(x, clientWidth - MENU_WIDTH)),
            top: Math.max(4, Math.min(y, clientHeight - MENU_HEIGHT)),
          });
        }}
      >
        <div ref={spacerRef} className="grid-spacer" />
      </div>
      {/* There all the time, so that no key that is typed gets lost; seen only while a cell is edited. */}
      <textarea
        ref={input}
        className="cell-input"
        aria-label="Cell"
        spellCheck={false}
        value={editing?.text ?? ""}
        style={
          editing && editBox
            ? inputStyle(editing.text, editBox)
            : { opacity: 0, pointerEvents: "none", width: 1, height: 1 }
        }
        onChange={(event) => {
          if (editing) editor.change(event.target.value);
          else editor.begin("typing", event.target.value);
        }}
        onKeyDown={onKeyDown}
        onCopy={(event) => onCopy(event, false)}
        onCut={(event) => onCopy(event, true)}
        onPaste={onPaste}
      />
      {filter && <FilterMenu {...filter} onClose={() => setFilter(null)} />}
      {menu && <CellMenu {...menu} attempt={attempt} onClose={() => setMenu(null)} />}
    </div>
  );
}

const inputStyle = (text: string, box: Box): React.CSSProperties => ({
  left: box.left - 1,
  top: box.top - 1,
  width: Math.max(box.width, text.length * 7.4 + 16) + 1,
  maxWidth: `calc(100% - ${box.left + 16}px)`,
  height: box.height + 1,
});

/** Keys that end editing, the same in the cell and in the formula bar. */
export function finishOnKey(editor: CellEditor, event: React.KeyboardEvent, movesByArrows: boolean): boolean {
  if (event.key === "Enter" && !event.altKey) editor.commit(event.shiftKey ? -1 : 1, 0);
  else if (event.key === "Tab") editor.commit(0, event.shiftKey ? -1 : 1);
  else if (event.key === "Escape") editor.cancel();
  else if (movesByArrows && ARROWS[event.key]) editor.commit(...(ARROWS[event.key] ?? [0, 0]));
  else return false;
  return true;
}

export function explain(error: ModelError): string {
  if (error.code === "AccessDenied") return "The sheet is protected. To change it, unprotect the sheet first.";
  if (error.code === "InvalidOperation") return "This would tear a table apart. Choose whole rows of the table.";
  return error.message;
}
