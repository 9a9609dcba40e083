import type { TableShape } from "../calculation/structured-references";
import { type Area, area } from "./area";
import type { CellValue } from "./cell";
import type { Sheet } from "./sheet";

export interface TableColumn {
  /** Stays when the column is renamed or moved. */
  readonly id: number;
  name: string;
  filter: FilterCriteria | null;
}

/** What a column's drop-down asks for; the words are Excel's. */
export interface FilterCriteria {
  readonly filterOn: string;
  readonly values?: readonly string[];
  readonly criterion1?: string;
  readonly criterion2?: string;
  readonly operator?: string;
}

export interface SortField {
  /** Column of the table, counted from its left. */
  readonly key: number;
  readonly ascending: boolean;
}

export class Table {
  showHeaders = true;
  showTotals = false;
  style = "TableStyleMedium2";
  showBandedRows = true;
  showBandedColumns = false;
  showFilterButton = true;
  highlightFirstColumn = false;
  highlightLastColumn = false;
  sortFields: readonly SortField[] = [];
  private nextColumnId: number;

  constructor(
    readonly id: string,
    readonly legacyId: string,
    public name: string,
    readonly sheet: Sheet,
    /** With header and totals. */
    public area: Area,
    public columns: TableColumn[],
  ) {
    this.nextColumnId = columns.length + 1;
  }

  newColumn(name: string): TableColumn {
    return { id: this.nextColumnId++, name, filter: null };
  }

  get dataArea(): Area {
    const { row, column, rowCount, columnCount } = this.area;
    const top = this.showHeaders ? 1 : 0;
    return area(row + top, column, rowCount - top - (this.showTotals ? 1 : 0), columnCount);
  }

  get headerArea(): Area {
    return area(this.area.row, this.area.column, 1, this.area.columnCount);
  }

  get totalsArea(): Area {
    return area(this.area.row + this.area.rowCount - 1, this.area.column, 1, this.area.columnCount);
  }

  get shape(): TableShape {
    return {
      name: this.name,
      sheetName: this.sheet.name,
      area: this.area,
      hasHeaders: this.showHeaders,
      hasTotals: this.showTotals,
      columnNames: this.columns.map((column) => column.name),
    };
  }

  get isFiltered(): boolean {
    return this.columns.some((column) => column.filter !== null);
  }
}

/** Whether a cell passes a filter, by what it shows and what it holds. */
export function passesFilter(criteria: FilterCriteria, text: string, value: CellValue): boolean {
  if (criteria.filterOn === "Values") return (criteria.values ?? []).some((one) => one === text);
  if (criteria.filterOn !== "Custom") return true;
  const first = passesCriterion(criteria.criterion1 ?? "", text, value);
  if (criteria.criterion2 === undefined) return first;
  const second = passesCriterion(criteria.criterion2, text, value);
  return criteria.operator === "Or" ? first || second : first && second;
}

function passesCriterion(criterion: string, text: string, value: CellValue): boolean {
  const [, operator = "=", operand = ""] = /^(<=|>=|<>|<|>|=)?(.*)$/s.exec(criterion) ?? [];
  const limit = operand === "" ? Number.NaN : Number(operand);
  if (typeof value === "number" && Number.isFinite(limit)) {
    switch (operator) {
      case "<":
        return value < limit;
      case "<=":
        return value <= limit;
      case ">":
        return value > limit;
      case ">=":
        return value >= limit;
      case "<>":
        return value !== limit;
      default:
        return value === limit;
    }
  }
  const pattern = new RegExp(
    `^${operand
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".")}$`,
    "is",
  );
  const isMatch = pattern.test(text);
  if (operator === "<>") return !isMatch;
  return operator === "=" ? isMatch : false;
}
