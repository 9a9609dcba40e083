/**
 * What the add-in needs from a spreadsheet. Nothing here knows Office.js: `office-workbook.ts` does, and only that file.
 *
 * A **table key** is the add-in's own name for one of its tables ("invoices", "quote:Q-1001"). It is stored in the workbook, so
 * that the table is found again after people renamed it, moved it, sorted it, or reopened the file.
 */

/** A value of one cell. `null` is an empty cell; 0 and "" are not. Dates travel as plain days, "2026-10-31". */
export type CellValue = string | number | boolean | null;

/** `text` never becomes a number, a date or a formula, whatever it begins with. `date` takes and gives "YYYY-MM-DD". */
export type ColumnType = "text" | "number" | "date" | "boolean";

export interface TableColumn {
  /** Stable identity of the column; survives a renamed header and columns that people insert. */
  readonly key: string;
  /** Header text, unique in the table. Given once: a header that people renamed keeps their name. */
  readonly title: string;
  readonly type: ColumnType;
  /** Excel number format, such as `#,##0.00` or `0.0%`. Default by type; ignored for text. */
  readonly format?: string;
  /** In characters, as Excel counts. Given once: widths that people changed stay. Default: wide enough for the content. */
  readonly width?: number;
  readonly hidden?: boolean;
  readonly align?: "left" | "center" | "right";
  /**
   * A visible formula for every row, with `{key}` for this row's cell of another column:
   * `=IF({previous}=0,"",({current}-{previous})/{previous})`. The row's value for this column is ignored.
   */
  readonly formula?: string;
  /** Shown in the totals row, over the visible rows. */
  readonly total?: "sum" | "count" | "average";
}

export interface TableRow {
  /** Written to a hidden column; rows are matched by it, never by their place. */
  readonly id: string;
  /** One value per column, in the order of the columns. */
  readonly cells: readonly CellValue[];
}

export interface CellStyle {
  /** `#rrggbb` */
  readonly fill?: string;
  readonly color?: string;
  readonly bold?: boolean;
  readonly italic?: boolean;
  /** Excel number format that takes the place of the column's, such as `#,##0` for amounts in yen. */
  readonly numberFormat?: string;
}

/**
 * One rule over whole columns. Where several are true, each adds what the others leave open. Colour is never the only sign:
 * say it in a word or an arrow as well.
 */
export interface ConditionalFormat {
  /** Columns that change their looks. */
  readonly columns: readonly string[];
  /** True or false per row, with `{key}` for a cell of the same row: `={change}<0`, `=ABS({change})>1000`. */
  readonly formula: string;
  readonly style: CellStyle;
}

/** A line above the table: what this is, when it was pulled, by whom, with which view and filters. */
export interface TitleLine {
  readonly text: string;
  readonly style?: "title" | "subtitle" | "note";
}

export interface TableSpecification {
  readonly tableKey: string;
  /** Where a new table goes: the sheet is added if missing. A table that exists already stays where people put it. */
  readonly sheetName: string;
  /** Name of the table in Excel, for formulas and pivots; made unique if taken. A renamed table keeps its name. */
  readonly tableName: string;
  readonly titleLines: readonly TitleLine[];
  readonly columns: readonly TableColumn[];
  readonly rows: readonly TableRow[];
  readonly conditionalFormats?: readonly ConditionalFormat[];
  /** Columns, counted from the left, that stay in view when scrolling sideways. Set when the table is created. */
  readonly frozenColumns?: number;
  /** Facts to find again when the file is reopened, such as view id, month and server. No secrets: they are saved in the file. */
  readonly connection?: Readonly<Record<string, string>>;
}

export interface Progress {
  readonly rowsDone: number;
  readonly rowsTotal: number;
}

export interface WriteOptions {
  readonly onProgress?: (progress: Progress) => void;
  /** Brings the table's sheet to the front afterwards. Default: true for a new table, false for a refresh. */
  readonly activate?: boolean;
}

export interface WrittenTable {
  readonly tableKey: string;
  readonly sheetName: string;
  readonly tableName: string;
  /** Whole table with header and totals, such as `A4:K210`. */
  readonly address: string;
  readonly created: boolean;
  readonly rowsAdded: number;
  readonly rowsRemoved: number;
  /**
   * Rows that are no longer in the data but stay, because somebody typed something beside them. Their figures are emptied,
   * so that totals still tie; their texts and the typed notes remain.
   */
  readonly rowIdsKept: readonly string[];
  /** Headers of columns that are not ours. Nothing in them was touched. */
  readonly userColumns: readonly string[];
}

export interface ReadRow {
  readonly id: string;
  /** By column key; a column of the users' own appears under its header. */
  readonly cells: Readonly<Record<string, CellValue>>;
}

export interface ReadTable {
  readonly sheetName: string;
  readonly tableName: string;
  readonly rows: readonly ReadRow[];
  /** Rows without an id, which people added themselves. */
  readonly rowsWithoutId: number;
  readonly connection: Readonly<Record<string, string>>;
}

export interface ConnectedTable {
  readonly tableKey: string;
  readonly sheetName: string;
  readonly tableName: string;
  readonly connection: Readonly<Record<string, string>>;
}

/** Ends a subscription. Safe to call twice. */
export type Unsubscribe = () => Promise<void>;

/** Every method rejects with a `WorkbookError` and nothing else. */
export interface Workbook {
  /**
   * Creates the table, or refreshes it in place when the workbook has one with this key: our columns are overwritten, rows
   * that are new are added, rows that are gone are removed. The users' own columns, formulas, formats, filters, sort order,
   * widths and notes stay with their row.
   */
  writeTable(specification: TableSpecification, options?: WriteOptions): Promise<WrittenTable>;

  /** Overwrites one of our columns in the rows named, and nothing else. Ids that the table does not have are answered back. */
  writeColumn(
    tableKey: string,
    columnKey: string,
    valueByRowId: ReadonlyMap<string, CellValue>,
  ): Promise<{ missingRowIds: string[] }>;

  /** Refused with TABLE_NOT_FOUND when the workbook has no such table. */
  readTable(tableKey: string): Promise<ReadTable>;

  /** The tables of the add-in in this workbook, in the order of the sheets. */
  listTables(): Promise<ConnectedTable[]>;

  /** Ids of the rows that the selection touches, top down; rows hidden by a filter are left out. Empty if it is elsewhere. */
  selectedRowIds(tableKey: string): Promise<string[]>;

  /** Tells which rows of the table are selected, whenever the selection moves, also out of the table (then none). */
  onSelectionChanged(tableKey: string, listener: (rowIds: string[]) => void): Promise<Unsubscribe>;

  /** Brings the table to the front and, if given, selects this row. Answers false if the table or the row is gone. */
  show(tableKey: string, rowId?: string): Promise<boolean>;

  /** Forgets the table: it stays in the sheet as an ordinary one, but is no longer refreshed. */
  disconnect(tableKey: string): Promise<void>;
}
