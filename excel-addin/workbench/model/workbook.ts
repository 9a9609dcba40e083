import type { TableShape } from "../calculation/structured-references";
import { type Area, area, isWithinSheet, parseArea, splitSheetName } from "./area";
import { type Cell, type CellValue, type ValueType } from "./cell";
import { ModelError } from "./model-error";
import { type Selection, Sheet } from "./sheet";
import type { Style } from "./style";
import type { Table } from "./table";

/** Works out formulas. The workbook tells it what changed, and asks when somebody wants to see values. */
export interface Calculator {
  cellChanged(sheet: Sheet, row: number, column: number): void;
  /** Sheets, tables, names or the order of cells changed: everything is read anew. */
  structureChanged(): void;
  recalculate(workbook: Workbook): void;
}

export interface NamedItem {
  readonly name: string;
  /** With its leading "=". */
  formula: string;
  comment: string;
  visible: boolean;
  /** Null: known in the whole workbook. */
  readonly sheet: Sheet | null;
}

export interface ChangeDetail {
  readonly valueBefore: CellValue;
  readonly valueAfter: CellValue;
  readonly valueTypeBefore: ValueType;
  readonly valueTypeAfter: ValueType;
}

export type ChangeType =
  | "RangeEdited"
  | "RowInserted"
  | "RowDeleted"
  | "ColumnInserted"
  | "ColumnDeleted"
  | "CellInserted"
  | "CellDeleted";

/** Who did it: a person in the grid, or the add-in through the API. */
export type Origin = "user" | "add-in";

export type WorkbookEvent =
  | {
      readonly kind: "cellsChanged";
      readonly sheet: Sheet;
      readonly area: Area;
      readonly changeType: ChangeType;
      readonly shiftDirection: string;
      /** Only for a single cell, as in Excel: pastes and fills tell nothing. */
      readonly detail: ChangeDetail | null;
      readonly origin: Origin;
    }
  | {
      readonly kind: "selectionChanged" | "sheetActivated" | "sheetDeactivated" | "sheetDeleted";
      readonly sheet: Sheet;
    }
  | { readonly kind: "sheetAdded"; readonly sheet: Sheet }
  | { readonly kind: "sheetRenamed"; readonly sheet: Sheet; readonly nameBefore: string }
  | { readonly kind: "tableAdded" | "tableDeleted"; readonly table: Table }
  | { readonly kind: "rowsSorted"; readonly sheet: Sheet; readonly area: Area }
  | { readonly kind: "protectionChanged"; readonly sheet: Sheet };

const INVALID_SHEET_NAME = /[\\/?*[\]:]/;

/** Everything that is in the file. */
export class Workbook {
  sheets: Sheet[] = [];
  activeSheet: Sheet;
  tables: Table[] = [];
  names: NamedItem[] = [];
  readonly settings = new Map<string, unknown>();
  readonly customXmlParts = new Map<string, string>();
  calculationMode = "Automatic";
  /** Grows with every change that can be seen. */
  revision = 0;
  origin: Origin = "user";
  areEventsEnabled = true;
  /** Width of a text in pixels. Good enough without a screen: digits of the standard font are 7 pixels wide. */
  measureText: (text: string, style: Style) => number = (text, { fontSize, bold }) =>
    text.length * 7 * (fontSize / 11) * (bold ? 1.06 : 1);
  private isCalculationPending = false;
  private isCalculationSuspended = false;
  private nextNumber = 1;
  private readonly listeners = new Set<(event: WorkbookEvent) => void>();
  private readonly viewers = new Set<() => void>();

  constructor(
    public name: string,
    private readonly calculator: Calculator | null,
  ) {
    this.activeSheet = this.addSheet("Sheet1");
  }

  // ── telling others ────────────────────────────────────────────────────────

  subscribe(listener: (event: WorkbookEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Called after anything that changes what is to be seen. */
  onView(viewer: () => void): () => void {
    this.viewers.add(viewer);
    return () => this.viewers.delete(viewer);
  }

  emit(event: WorkbookEvent): void {
    for (const listener of this.listeners) listener(event);
  }

  touch(): void {
    this.revision++;
    for (const viewer of this.viewers) viewer();
  }

  newId(): string {
    const number = (this.nextNumber++).toString(16).toUpperCase().padStart(12, "0");
    return `{00000000-0001-0000-0000-${number}}`;
  }

  // ── calculation ───────────────────────────────────────────────────────────

  cellChanged(sheet: Sheet, row: number, column: number): void {
    this.calculator?.cellChanged(sheet, row, column);
    this.isCalculationPending = true;
  }

  structureChanged(): void {
    this.calculator?.structureChanged();
    this.isCalculationPending = true;
  }

  suspendCalculation(): void {
    this.isCalculationSuspended = true;
  }

  resumeCalculation(): void {
    this.isCalculationSuspended = false;
    this.ensureCalculated();
  }

  /** Brings all formulas up to date, unless calculation is suspended or left to the person. */
  ensureCalculated(): void {
    if (this.calculationMode !== "Manual") this.calculate();
  }

  calculate(): void {
    if (!this.isCalculationPending || this.isCalculationSuspended) return;
    this.isCalculationPending = false;
    this.calculator?.recalculate(this);
  }

  get tableShapes(): TableShape[] {
    return this.tables.map((table) => table.shape);
  }

  // ── sheets ────────────────────────────────────────────────────────────────

  addSheet(name?: string): Sheet {
    const sheet = new Sheet(this.newId(), name === undefined ? this.freeSheetName() : this.checkedSheetName(name));
    this.sheets.push(sheet);
    this.structureChanged();
    this.emit({ kind: "sheetAdded", sheet });
    this.touch();
    return sheet;
  }

  renameSheet(sheet: Sheet, name: string): void {
    const nameBefore = sheet.name;
    if (name === nameBefore) return;
    sheet.name = this.checkedSheetName(name, sheet);
    this.structureChanged();
    this.emit({ kind: "sheetRenamed", sheet, nameBefore });
    this.touch();
  }

  deleteSheet(sheet: Sheet): void {
    const visible = this.sheets.filter((one) => one.visibility === "Visible");
    if (visible.length === 1 && visible[0] === sheet) throw new ModelError("InvalidOperation");
    const position = this.sheets.indexOf(sheet);
    this.tables = this.tables.filter((table) => table.sheet !== sheet);
    this.names = this.names.filter((item) => item.sheet !== sheet);
    this.sheets = this.sheets.filter((one) => one !== sheet);
    if (this.activeSheet === sheet) {
      const next = [...this.sheets.slice(position), ...this.sheets.slice(0, position).reverse()].find(
        (one) => one.visibility === "Visible",
      );
      if (next) this.activate(next);
    }
    this.structureChanged();
    this.emit({ kind: "sheetDeleted", sheet });
    this.touch();
  }

  moveSheet(sheet: Sheet, position: number): void {
    if (!Number.isInteger(position) || position < 0 || position >= this.sheets.length)
      throw new ModelError("InvalidArgument");
    this.sheets = this.sheets.filter((one) => one !== sheet);
    this.sheets.splice(position, 0, sheet);
    this.touch();
  }

  activate(sheet: Sheet): void {
    if (sheet.visibility !== "Visible") throw new ModelError("InvalidOperation");
    if (sheet === this.activeSheet) return;
    const before = this.activeSheet;
    this.activeSheet = sheet;
    this.emit({ kind: "sheetDeactivated", sheet: before });
    this.emit({ kind: "sheetActivated", sheet });
    this.emit({ kind: "selectionChanged", sheet });
    this.touch();
  }

  findSheet(nameOrId: string): Sheet | undefined {
    const wanted = nameOrId.toLowerCase();
    return this.sheets.find((sheet) => sheet.id.toLowerCase() === wanted || sheet.name.toLowerCase() === wanted);
  }

  select(sheet: Sheet, selection: Selection): void {
    sheet.selection = selection;
    if (sheet !== this.activeSheet) this.activate(sheet);
    else this.emit({ kind: "selectionChanged", sheet });
    this.touch();
  }

  private checkedSheetName(name: string, self?: Sheet): string {
    const isValid = name.length > 0 && name.length <= 31 && !INVALID_SHEET_NAME.test(name) && !/^'|'$/.test(name);
    if (!isValid) throw new ModelError("InvalidArgument");
    const other = this.findSheet(name);
    if (other && other !== self) throw new ModelError("ItemAlreadyExists");
    return name;
  }

  private freeSheetName(): string {
    for (let number = this.sheets.length + 1; ; number++) {
      if (!this.findSheet(`Sheet${number}`)) return `Sheet${number}`;
    }
  }

  // ── finding places ────────────────────────────────────────────────────────

  tablesOf(sheet: Sheet): Table[] {
    return this.tables.filter((table) => table.sheet === sheet);
  }

  findTable(nameOrId: string): Table | undefined {
    const wanted = nameOrId.toLowerCase();
    return this.tables.find(
      (table) =>
        table.name.toLowerCase() === wanted || table.id.toLowerCase() === wanted || table.legacyId === nameOrId,
    );
  }

  /** Reads an address such as `Sheet2!A1:B2`, a name or the name of a table. */
  resolveAddress(address: string, home: Sheet | null): { sheet: Sheet; area: Area } {
    const { sheetName, rest } = splitSheetName(address.trim().replace(/^=/, ""));
    const sheet = sheetName === null ? (home ?? this.activeSheet) : this.findSheet(sheetName);
    if (!sheet) throw new ModelError("InvalidArgument");
    const place = parseArea(rest);
    if (place) return { sheet, area: place };
    const named = this.names.find((item) => item.name.toLowerCase() === rest.toLowerCase());
    if (named && named.formula.slice(1) !== rest) return this.resolveAddress(named.formula.slice(1), home);
    const table = sheetName === null ? this.findTable(rest) : undefined;
    if (table) return { sheet: table.sheet, area: table.dataArea };
    throw new ModelError("InvalidArgument");
  }

  checkArea(a: Area): Area {
    if (!isWithinSheet(a)) throw new ModelError("InvalidArgument");
    return a;
  }

  activeCell(): { sheet: Sheet; cell: Cell | undefined; area: Area } {
    const { activeRow, activeColumn } = this.activeSheet.selection;
    return {
      sheet: this.activeSheet,
      cell: this.activeSheet.cell(activeRow, activeColumn),
      area: area(activeRow, activeColumn),
    };
  }
}
