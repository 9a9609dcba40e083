import { area, columnName } from "../model/area";
import type { ConditionalFormat, ConditionalStyle } from "../model/conditional-format";
import type { Sheet } from "../model/sheet";
import type { Workbook } from "../model/workbook";
import { engineInput, newEngine, readEngine } from "./engine";
import { offsetFormula, tokenizeFormula } from "./formula-tokens";
import { resolveStructuredReferences } from "./structured-references";

/** Far from any data: formulas are worked out here, one below the other. */
const SCRATCH_COLUMN = 16_383;

/**
 * Tells which conditional formats hold. They are worked out for what is in view only, in a small engine of their own that is given
 * nothing but the cells the conditions look at; answers are kept until something changes.
 */
export class ConditionEvaluator {
  private known = new Map<string, boolean>();
  private revision = -1;

  constructor(private readonly workbook: Workbook) {}

  /** The looks that conditions add to a cell, later rules giving way to earlier ones. */
  styleAt(sheet: Sheet, row: number, column: number): ConditionalStyle | null {
    let style: ConditionalStyle = {};
    let isAny = false;
    for (const format of sheet.conditionalFormats) {
      const { area: a } = format;
      const isInside =
        row >= a.row && row < a.row + a.rowCount && column >= a.column && column < a.column + a.columnCount;
      if (!isInside || !this.known.get(keyOf(format, row, column))) continue;
      style = { ...format.style, ...style };
      isAny = true;
      if (format.stopIfTrue) break;
    }
    return isAny ? style : null;
  }

  /** Works out everything that is needed for these rows and columns. */
  prepare(sheet: Sheet, rows: readonly number[], columns: readonly number[]): void {
    if (this.revision !== this.workbook.revision) {
      this.known.clear();
      this.revision = this.workbook.revision;
    }
    const asked: { key: string; formula: string }[] = [];
    for (const format of sheet.conditionalFormats) {
      const { area: a } = format;
      for (const row of rows) {
        if (row < a.row || row >= a.row + a.rowCount) continue;
        for (const column of columns) {
          if (column < a.column || column >= a.column + a.columnCount) continue;
          const key = keyOf(format, row, column);
          if (this.known.has(key)) continue;
          const formula = conditionOf(format, row, column);
          asked.push({
            key,
            formula: resolveStructuredReferences(
              formula,
              { sheetName: sheet.name, row, column },
              this.workbook.tableShapes,
            ),
          });
        }
      }
    }
    if (asked.length > 0) this.evaluate(sheet, asked);
  }

  private evaluate(sheet: Sheet, asked: readonly { key: string; formula: string }[]): void {
    const engine = newEngine();
    const indexes = new Map<Sheet, number>([[sheet, 0]]);
    engine.renameSheet(0, sheet.name);
    const copied = new Set<string>();
    const copy = (target: Sheet, row: number, column: number): void => {
      const index = indexes.get(target) ?? 0;
      const key = `${index}:${row}:${column}`;
      if (copied.has(key)) return;
      copied.add(key);
      const cell = target.cell(row, column);
      if (cell && cell.value !== null)
        engine.setUserInput(index, row + 1, column + 1, engineInput(cell.value, cell.isError));
    };
    asked.forEach(({ formula }, line) => {
      for (const token of tokenizeFormula(formula)) {
        if (token.kind !== "reference") continue;
        const name = token.sheetPrefix.replace(/!$/, "").replace(/^'|'$/g, "").replaceAll("''", "'");
        const target = name === "" ? sheet : this.workbook.findSheet(name);
        if (!target) continue;
        if (!indexes.has(target)) {
          engine.newSheet();
          engine.renameSheet(indexes.size, target.name);
          indexes.set(target, indexes.size);
        }
        const to = token.to ?? token.from;
        const top = token.from.row ?? 0;
        const left = token.from.column ?? 0;
        const block = area(top, left, (to.row ?? target.rowEnd) - top + 1, (to.column ?? target.columnEnd) - left + 1);
        if (block.rowCount * block.columnCount === 1) copy(target, top, left);
        else if (!copied.has(token.text)) {
          copied.add(token.text);
          target.forEachCell(block, (_, row, column) => copy(target, row, column));
        }
      }
      engine.setUserInput(0, line + 1, SCRATCH_COLUMN + 1, formula);
    });
    engine.evaluate();
    asked.forEach(({ key }, line) => {
      const { value, isError } = readEngine(engine, 0, line, SCRATCH_COLUMN);
      this.known.set(key, !isError && (value === true || (typeof value === "number" && value !== 0)));
    });
    engine.free();
  }
}

const keyOf = (format: ConditionalFormat, row: number, column: number): string => `${format.id}:${row}:${column}`;

/** The condition as it reads for one cell: written for the top left cell, it moves along. */
function conditionOf(format: ConditionalFormat, row: number, column: number): string {
  if (format.kind === "Custom") {
    const formula = format.formula.startsWith("=") ? format.formula : `=${format.formula}`;
    return offsetFormula(formula, row - format.area.row, column - format.area.column);
  }
  const own = `$${columnName(column)}$${row + 1}`;
  const operand = (formula: string | undefined) => {
    const text = (formula ?? "0").replace(/^=/, "");
    return `(${offsetFormula(text, row - format.area.row, column - format.area.column)})`;
  };
  const { operator, formula1, formula2 } = format.rule;
  const isNumber = `ISNUMBER(${own})`;
  switch (operator) {
    case "Between":
      return `=AND(${isNumber},${own}>=${operand(formula1)},${own}<=${operand(formula2)})`;
    case "NotBetween":
      return `=AND(${isNumber},OR(${own}<${operand(formula1)},${own}>${operand(formula2)}))`;
    default:
      return `=AND(NOT(ISBLANK(${own})),${own}${COMPARISONS[operator] ?? "="}${operand(formula1)})`;
  }
}

const COMPARISONS: Readonly<Record<string, string>> = {
  EqualTo: "=",
  NotEqualTo: "<>",
  GreaterThan: ">",
  LessThan: "<",
  GreaterThanOrEqual: ">=",
  LessThanOrEqual: "<=",
};
