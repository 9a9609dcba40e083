import type { HostSession } from "../host/host-session";
import { area } from "../model/area";
import { ModelError } from "../model/model-error";
import type { Sheet } from "../model/sheet";
import { typeIntoCell } from "../model/type-into-cell";
import type { Workbook } from "../model/workbook";
import { moveSelection } from "./navigation";

export interface Editing {
  readonly sheet: Sheet;
  readonly row: number;
  readonly column: number;
  readonly text: string;
  /** Typing over a cell moves on with the arrow keys; editing it (F2) moves the caret. */
  readonly mode: "typing" | "editing";
}

const PROTECTED = "The cell is on a protected sheet. To change it, unprotect the sheet first.";
const UNREADABLE = "There is a problem with this formula. Check its brackets and quotation marks.";

/** The one cell that is being edited, if any; shared by the grid and the formula bar. */
export class CellEditor {
  editing: Editing | null = null;
  /** What the last attempt was refused with. */
  problem: string | null = null;
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly workbook: Workbook,
    private readonly session: HostSession,
  ) {}

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  begin(mode: Editing["mode"], text?: string): void {
    const { activeSheet: sheet } = this.workbook;
    const { activeRow: row, activeColumn: column } = sheet.selection;
    if (sheet.protection.isProtected && sheet.styleAt(row, column).locked) {
      this.refuse(PROTECTED);
      return;
    }
    this.editing = { sheet, row, column, mode, text: text ?? editText(sheet, row, column) };
    this.session.setCellEdited(true);
    this.tell();
  }

  change(text: string): void {
    if (!this.editing) return;
    this.editing = { ...this.editing, text };
    this.tell();
  }

  /** Writes the text into the cell and moves on. Answers false when the text is refused and editing goes on. */
  commit(rows = 0, columns = 0): boolean {
    const { editing } = this;
    if (!editing) return true;
    try {
      if (editing.text !== editText(editing.sheet, editing.row, editing.column)) {
        typeIntoCell(this.workbook, editing.sheet, editing.row, editing.column, editing.text);
      }
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      this.refuse(error.code === "AccessDenied" ? PROTECTED : UNREADABLE);
      return false;
    }
    this.end();
    if (rows !== 0 || columns !== 0) moveSelection(this.workbook, rows, columns);
    return true;
  }

  cancel(): void {
    this.end();
  }

  refuse(problem: string): void {
    this.problem = problem;
    this.tell();
  }

  dismiss(): void {
    this.problem = null;
    this.tell();
  }

  private end(): void {
    this.editing = null;
    this.session.setCellEdited(false);
    this.tell();
    this.workbook.touch();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

/** What the formula bar shows: the formula, or the value as one would type it. */
export function editText(sheet: Sheet, row: number, column: number): string {
  const cell = sheet.cell(row, column);
  if (!cell) return "";
  if (cell.formula) return cell.formula;
  if (cell.value === null) return "";
  if (typeof cell.value === "boolean") return cell.value ? "TRUE" : "FALSE";
  if (typeof cell.value === "number") return editNumber(cell.value, cell.style.numberFormat);
  const looksOtherwise = cell.style.numberFormat !== "@" && /^[=+\-@']|^\s*[\d.]/.test(cell.value);
  return looksOtherwise ? `'${cell.value}` : cell.value;
}

function editNumber(value: number, format: string): string {
  if (/%/.test(format)) return `${Number((value * 100).toPrecision(15))}%`;
  if (/[ymd]/i.test(format.replace(/"[^"]*"|\[[^\]]*\]/g, "")) && value >= 61) {
    return new Date(Date.UTC(1899, 11, 30) + Math.round(value) * 86_400_000).toISOString().slice(0, 10);
  }
  // Fifteen digits are what Excel keeps; the rest is noise of the binary number.
  return String(Number(value.toPrecision(15)));
}

export const oneCell = (row: number, column: number) => ({
  area: area(row, column),
  activeRow: row,
  activeColumn: column,
});
