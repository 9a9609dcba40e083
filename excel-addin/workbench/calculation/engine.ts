import { initSync, Model } from "@ironcalc/wasm";

/** All digits that Excel keeps: the engine hands values out as text only. */
const FULL_PRECISION = "0.00000000000000E+00";
const NUMBER = 1;
const BOOLEAN = 4;
const ERROR = 16;

let isReady = false;

/** The engine is WebAssembly: the page fetches it, a test reads it from disk. Must happen before the first `newEngine`. */
export function startEngine(wasm: BufferSource | WebAssembly.Module): void {
  if (isReady) return;
  initSync({ module: wasm });
  isReady = true;
}

/** Values go in as the engine's own notation: texts with an apostrophe, so that "=1" stays a text. */
export function engineInput(value: string | number | boolean | null, isError: boolean): string {
  if (value === null) return "";
  if (typeof value === "string") return isError ? value : `'${value}`;
  return typeof value === "boolean" ? (value ? "TRUE" : "FALSE") : String(value);
}

export function newEngine(): Model {
  if (!isReady) throw new Error("The calculation engine has not been started.");
  const engine = new Model("workbench", "en", "UTC", "en");
  engine.pauseEvaluation();
  return engine;
}

export interface EngineValue {
  readonly value: string | number | boolean | null;
  readonly isError: boolean;
}

/** Rows and columns count from 0, as everywhere but in the engine. */
export function readEngine(engine: Model, sheet: number, row: number, column: number): EngineValue {
  const type = engine.getCellType(sheet, row + 1, column + 1);
  const text = engine.getFormattedCellValue(sheet, row + 1, column + 1);
  if (type === ERROR) return { value: errorName(text), isError: true };
  if (type === BOOLEAN) return { value: text === "TRUE", isError: false };
  if (type !== NUMBER) return { value: text, isError: false };
  return {
    value: Number(/^-?[\d.]+E[+-]\d+$/.test(text) ? text : numberText(engine, sheet, row, column)),
    isError: false,
  };
}

function numberText(engine: Model, sheet: number, row: number, column: number): string {
  // A formula such as TODAY() brings its own date format along.
  engine.updateRangeStyle({ sheet, row: row + 1, column: column + 1, width: 1, height: 1 }, "num_fmt", FULL_PRECISION);
  return engine.getFormattedCellValue(sheet, row + 1, column + 1);
}

export function showAllDigits(engine: Model, sheet: number, column: number): void {
  engine.updateRangeStyle(
    { sheet, row: 1, column: column + 1, width: 1, height: 1_048_576 },
    "num_fmt",
    FULL_PRECISION,
  );
}

/** The engine has words of its own for what Excel calls otherwise. */
function errorName(text: string): string {
  if (text === "#ERROR!" || text === "#N/IMPL!") return "#NAME?";
  return text === "#CIRC!" ? "#REF!" : text;
}
