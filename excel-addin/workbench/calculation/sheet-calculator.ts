import type { Model } from "@ironcalc/wasm";
import { type Area, area, containsCell, intersection } from "../model/area";
import type { Sheet } from "../model/sheet";
import type { Calculator, Workbook } from "../model/workbook";
import { engineInput, newEngine, readEngine, showAllDigits } from "./engine";
import { type ReferenceToken, sheetNameOf, tokenizeFormula } from "./formula-tokens";
import { resolveStructuredReferences } from "./structured-references";

/** What the engine holds of one sheet: the formulas, and the cells that formulas look at. Nothing else is copied over. */
interface Mirror {
  readonly index: number;
  readonly formulas: Map<number, string>;
  readonly singleCells: Set<number>;
  readonly blocks: Area[];
  readonly precise: Set<number>;
}

const keyOf = (row: number, column: number): number => row * 16_384 + column;
const rowOf = (key: number): number => Math.floor(key / 16_384);
const columnOfKey = (key: number): number => key % 16_384;

/** Calculates with IronCalc. It knows no tables, so structured references are resolved before a formula is handed over. */
export class SheetCalculator implements Calculator {
  private engine: Model | null = null;
  private mirrors = new Map<Sheet, Mirror>();
  private changed = new Map<Sheet, Set<number>>();
  private isStale = true;

  cellChanged(sheet: Sheet, row: number, column: number): void {
    if (this.isStale) return;
    const cells = this.changed.get(sheet) ?? new Set();
    this.changed.set(sheet, cells.add(keyOf(row, column)));
  }

  structureChanged(): void {
    this.isStale = true;
    this.changed.clear();
  }

  recalculate(workbook: Workbook): void {
    const hasWork = this.isStale ? this.rebuild(workbook) : this.applyChanges(workbook);
    if (!hasWork || !this.engine) return;
    this.engine.evaluate();
    for (const [sheet, mirror] of this.mirrors) this.readResults(this.engine, sheet, mirror);
  }

  /** Answers whether there is anything to calculate. */
  private rebuild(workbook: Workbook): boolean {
    this.isStale = false;
    this.changed.clear();
    this.mirrors.clear();
    this.engine?.free();
    this.engine = null;
    const found: [Sheet, number, number, string][] = [];
    for (const sheet of workbook.sheets) {
      sheet.forEachCell(area(0, 0, sheet.rowEnd, sheet.columnEnd), (cell, row, column) => {
        if (cell.formula) found.push([sheet, row, column, cell.formula]);
      });
    }
    this.engine = newEngine();
    workbook.sheets.forEach((sheet, index) => {
      if (index > 0) this.engine?.newSheet();
      this.mirrors.set(sheet, { index, formulas: new Map(), singleCells: new Set(), blocks: [], precise: new Set() });
    });
    if (found.length === 0) return false;
    this.nameSheets(workbook);
    this.defineNames(workbook);
    for (const [sheet, row, column, formula] of found) this.putFormula(workbook, sheet, row, column, formula);
    for (const sheet of workbook.sheets) {
      for (const row of [...sheet.filteredRows, ...sheet.hiddenRows]) {
        this.engine.setRowsHidden(this.mirrorOf(sheet).index, row + 1, row + 1, true);
      }
    }
    return true;
  }

  /** Two steps, because a new name may be the old one of another sheet. */
  private nameSheets(workbook: Workbook): void {
    workbook.sheets.forEach((_, index) => {
      this.engine?.renameSheet(index, `~${index}`);
    });
    workbook.sheets.forEach((sheet, index) => {
      this.engine?.renameSheet(index, sheet.name);
    });
  }

  private defineNames(workbook: Workbook): void {
    for (const item of workbook.names) {
      const scope = item.sheet ? this.mirrorOf(item.sheet).index : null;
      const place = { sheetName: item.sheet?.name ?? "", row: 0, column: 0 };
      try {
        this.engine?.newDefinedName(
          item.name,
          scope,
          resolveStructuredReferences(item.formula, place, workbook.tableShapes).slice(1),
        );
        for (const token of tokenizeFormula(item.formula)) {
          const sheet = token.kind === "reference" ? workbook.findSheet(sheetNameOf(token) ?? "") : undefined;
          if (sheet && token.kind === "reference") this.mirrorReference(sheet, token);
        }
      } catch {
        // A name that the engine cannot read makes its formulas answer #NAME?, as a broken name does in Excel.
      }
    }
  }

  private applyChanges(workbook: Workbook): boolean {
    let hasWork = false;
    for (const [sheet, cells] of this.changed) {
      const mirror = this.mirrorOf(sheet);
      for (const key of cells) {
        const row = rowOf(key);
        const column = columnOfKey(key);
        const formula = sheet.cell(row, column)?.formula;
        if (formula) {
          if (mirror.formulas.get(key) === undefined && this.totalFormulas === 0) {
            this.nameSheets(workbook);
            this.defineNames(workbook);
          }
          this.putFormula(workbook, sheet, row, column, formula);
        } else if (mirror.formulas.delete(key) || this.isMirrored(mirror, row, column)) {
          this.putValue(sheet, mirror, row, column);
        } else continue;
        hasWork = true;
      }
    }
    this.changed.clear();
    return hasWork;
  }

  private get totalFormulas(): number {
    return [...this.mirrors.values()].reduce((total, mirror) => total + mirror.formulas.size, 0);
  }

  private putFormula(workbook: Workbook, sheet: Sheet, row: number, column: number, formula: string): void {
    const mirror = this.mirrorOf(sheet);
    const resolved = resolveStructuredReferences(formula, { sheetName: sheet.name, row, column }, workbook.tableShapes);
    for (const token of tokenizeFormula(resolved)) {
      if (token.kind !== "reference") continue;
      const sheetName = sheetNameOf(token);
      const target = sheetName === null ? sheet : workbook.findSheet(sheetName);
      if (target) this.mirrorReference(target, token);
    }
    if (!mirror.precise.has(column)) {
      mirror.precise.add(column);
      if (this.engine) showAllDigits(this.engine, mirror.index, column);
    }
    mirror.formulas.set(keyOf(row, column), resolved);
    this.engine?.setUserInput(mirror.index, row + 1, column + 1, resolved);
  }

  private mirrorReference(sheet: Sheet, token: ReferenceToken): void {
    const mirror = this.mirrorOf(sheet);
    const to = token.to ?? token.from;
    const top = token.from.row ?? 0;
    const left = token.from.column ?? 0;
    const bottom = Math.max(top, to.row ?? sheet.rowEnd - 1);
    const right = Math.max(left, to.column ?? sheet.columnEnd - 1);
    if (top === bottom && left === right) {
      this.mirrorCell(sheet, mirror, top, left);
      return;
    }
    const block = area(
      Math.min(top, bottom),
      Math.min(left, right),
      Math.abs(bottom - top) + 1,
      Math.abs(right - left) + 1,
    );
    if (mirror.blocks.some((known) => isInside(block, known))) return;
    sheet.forEachCell(block, (_, row, column) => {
      if (!this.isMirrored(mirror, row, column)) this.putValue(sheet, mirror, row, column);
    });
    mirror.blocks.push(block);
  }

  private mirrorCell(sheet: Sheet, mirror: Mirror, row: number, column: number): void {
    if (this.isMirrored(mirror, row, column)) return;
    mirror.singleCells.add(keyOf(row, column));
    this.putValue(sheet, mirror, row, column);
  }

  private isMirrored(mirror: Mirror, row: number, column: number): boolean {
    return (
      mirror.singleCells.has(keyOf(row, column)) || mirror.blocks.some((block) => containsCell(block, row, column))
    );
  }

  private putValue(sheet: Sheet, mirror: Mirror, row: number, column: number): void {
    const cell = sheet.cell(row, column);
    if (cell?.formula) return;
    this.engine?.setUserInput(
      mirror.index,
      row + 1,
      column + 1,
      engineInput(cell?.value ?? null, cell?.isError ?? false),
    );
  }

  private readResults(engine: Model, sheet: Sheet, mirror: Mirror): void {
    for (const key of mirror.formulas.keys()) {
      const cell = sheet.cell(rowOf(key), columnOfKey(key));
      if (!cell?.formula) continue;
      const result = readEngine(engine, mirror.index, rowOf(key), columnOfKey(key));
      cell.value = result.value;
      cell.isError = result.isError;
    }
  }

  private mirrorOf(sheet: Sheet): Mirror {
    const mirror = this.mirrors.get(sheet);
    if (!mirror) throw new Error(`Sheet ${sheet.name} is not known to the calculator.`);
    return mirror;
  }
}

function isInside(inner: Area, outer: Area): boolean {
  const common = intersection(inner, outer);
  return common !== null && common.rowCount === inner.rowCount && common.columnCount === inner.columnCount;
}
