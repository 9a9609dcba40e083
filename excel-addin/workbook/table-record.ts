import type { ColumnType } from "./workbook";

/** What is kept in the file about one of our tables, so that it is found again. */
export interface TableRecord {
  readonly version: 1;
  readonly tableId: string;
  readonly tableName: string;
  readonly idColumnId: number;
  readonly columns: readonly ColumnRecord[];
  readonly conditionalFormatIds: readonly string[];
  /** A hidden name over the lines above the table, which moves with them; null if there are none. */
  readonly titleName: string | null;
  readonly connection: Readonly<Record<string, string>>;
}

export interface ColumnRecord {
  readonly key: string;
  /** Excel's id of the column: stays when people rename or move it. */
  readonly columnId: number;
  readonly type: ColumnType;
}

const PREFIX = "billgrid.table:";

export const settingKeyOf = (tableKey: string): string => PREFIX + tableKey;
export const tableKeyOf = (settingKey: string): string | null =>
  settingKey.startsWith(PREFIX) ? settingKey.slice(PREFIX.length) : null;

/** Null for what is not ours or was damaged: such a table counts as not connected. */
export function readRecord(value: unknown): TableRecord | null {
  if (typeof value !== "object" || value === null) return null;
  const record = value as Partial<TableRecord>;
  const isWhole = record.version === 1 && typeof record.tableId === "string" && Array.isArray(record.columns);
  return isWhole ? (record as TableRecord) : null;
}
