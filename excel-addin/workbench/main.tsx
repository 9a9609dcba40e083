import wasmUrl from "@ironcalc/wasm/wasm_bg.wasm?url";
import "@fontsource/carlito/400.css";
import "@fontsource/carlito/400-italic.css";
import "@fontsource/carlito/700.css";
import "@fontsource/open-sans/400.css";
import "@fontsource/open-sans/600.css";
import { createRoot } from "react-dom/client";
import { ConditionEvaluator } from "./calculation/condition-evaluator";
import { startEngine } from "./calculation/engine";
import { SheetCalculator } from "./calculation/sheet-calculator";
import { canvasMeasure } from "./grid/canvas-measure";
import { CellEditor } from "./grid/cell-editor";
import { PaneHost } from "./grid/pane-host";
import { WorkbenchWindow } from "./grid/workbench-window";
import "./grid/workbench.css";
import { HostSession } from "./host/host-session";
import { Workbook } from "./model/workbook";
import { type WorkbenchHandle, workbenchHandle } from "./workbench-handle";

declare global {
  interface Window {
    workbench: WorkbenchHandle;
  }
}

const container = document.getElementById("workbench");
if (!container) throw new Error("workbench.html has no element with the id workbench.");

// Columns are fitted by measuring text, which does not load a font by itself.
await Promise.all(["", "bold ", "italic "].map((style) => document.fonts.load(`${style}15px Carlito`)));
startEngine(await (await fetch(wasmUrl)).arrayBuffer());
const workbook = new Workbook("Month-end.xlsx", new SheetCalculator());
workbook.measureText = canvasMeasure();
const session = new HostSession(workbook);
const editor = new CellEditor(workbook, session);
const conditions = new ConditionEvaluator(workbook);
const pane = new PaneHost(session, () => document.querySelector<HTMLElement>(".grid-scroller")?.focus());
window.workbench = workbenchHandle({ workbook, session, editor, conditions }, pane);
createRoot(container).render(<WorkbenchWindow parts={{ workbook, session, editor, conditions }} pane={pane} />);
