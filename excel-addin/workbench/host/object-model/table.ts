import { area } from "../../model/area";
import type { CellInput } from "../../model/edit";
import { ModelError } from "../../model/model-error";
import { refreshFilters } from "../../model/sort-and-filter";
import type { Table, TableColumn } from "../../model/table";
import { renameColumn } from "../../model/table-columns";
import {
  addTable,
  addTableColumn,
  addTableRows,
  deleteTableColumn,
  deleteTableRows,
  removeTable,
  renameTable,
  resizeTable,
  setShowTotals,
} from "../../model/tables";
import type { HostContext } from "../host-context";
import type { ObjectType, Property } from "../object-type";
import { textArgument, truth, wholeNumber } from "./arguments";
import { rangeArgument, rangeOf } from "./range-target";
import { type ColumnTarget, type ObjectReference, type RowTarget, reference, type TablesTarget } from "./targets";

function tableIn({ tables }: TablesTarget, key: unknown): Table | undefined {
  const wanted = String(key).toLowerCase();
  return tables.find((table) => [table.id, table.name, table.legacyId].some((one) => one.toLowerCase() === wanted));
}

export const tablesType: ObjectType<TablesTarget> = {
  properties: { Count: { get: ({ tables }) => tables.length } },
  items: ({ tables }) => tables.map((table) => reference("Table", table)),
  getItem: (target, key) => {
    const table = tableIn(target, key);
    if (!table) throw new ModelError("ItemNotFound");
    return reference("Table", table);
  },
  methods: {
    Add: ({ sheet }, [address, hasHeaders], { workbook }) => {
      const place = rangeArgument(workbook, address, sheet);
      if (sheet && place.sheet !== sheet) throw new ModelError("InvalidArgument");
      return reference("Table", addTable(workbook, place.sheet, place.area, truth(hasHeaders)));
    },
    GetCount: ({ tables }) => tables.length,
    GetItemOrNullObject: (target, [key]) => {
      const table = tableIn(target, key);
      return table ? reference("Table", table) : null;
    },
    _RegisterDataChangedEvent: () => null,
    _UnregisterDataChangedEvent: () => null,
    _RegisterTableAddedEvent: () => null,
    _UnregisterTableAddedEvent: () => null,
    _RegisterTableDeletedEvent: () => null,
    _UnregisterTableDeletedEvent: () => null,
  },
};

function flag(
  key: "showBandedRows" | "showBandedColumns" | "showFilterButton" | "highlightFirstColumn" | "highlightLastColumn",
): Property<Table> {
  return {
    get: (table) => table[key],
    set: (table, value, { workbook }) => {
      table[key] = truth(value);
      workbook.touch();
    },
  };
}

function liveTable(table: Table, { workbook }: HostContext): Table {
  if (!workbook.tables.includes(table)) throw new ModelError("ItemNotFound");
  return table;
}

export const tableType: ObjectType<Table> = {
  identity: ({ id }) => ({ Id: id }),
  properties: {
    Id: { get: ({ id }) => id },
    LegacyId: { get: ({ legacyId }) => legacyId },
    Name: {
      get: ({ name }) => name,
      set: (table, value, { workbook }) => renameTable(workbook, table, textArgument(value)),
    },
    ShowHeaders: { get: ({ showHeaders }) => showHeaders },
    ShowTotals: {
      get: ({ showTotals }) => showTotals,
      set: (table, value, { workbook }) => setShowTotals(workbook, table, truth(value)),
    },
    Style: {
      get: ({ style }) => style,
      set: (table, value, { workbook }) => {
        table.style = textArgument(value);
        workbook.touch();
      },
    },
    ShowBandedRows: flag("showBandedRows"),
    ShowBandedColumns: flag("showBandedColumns"),
    ShowFilterButton: flag("showFilterButton"),
    HighlightFirstColumn: flag("highlightFirstColumn"),
    HighlightLastColumn: flag("highlightLastColumn"),
  },
  navigation: {
    Columns: (table) => reference("TableColumnCollection", table),
    Rows: (table) => reference("TableRowCollection", table),
    Sort: (table) => reference("TableSort", table),
    AutoFilter: (table) => reference("AutoFilter", table),
    Worksheet: (table) => reference("Worksheet", table.sheet),
  },
  methods: {
    GetRange: (table, _args, host) => rangeOf(table.sheet, liveTable(table, host).area),
    GetHeaderRowRange: (table, _args, host) => rangeOf(table.sheet, liveTable(table, host).headerArea),
    GetDataBodyRange: (table, _args, host) => rangeOf(table.sheet, liveTable(table, host).dataArea),
    GetTotalRowRange: (table, _args, host) => {
      if (!liveTable(table, host).showTotals) throw new ModelError("ItemNotFound");
      return rangeOf(table.sheet, table.totalsArea);
    },
    Resize: (table, [range], { workbook }) => {
      const place = rangeArgument(workbook, range, table.sheet);
      if (place.sheet !== table.sheet) throw new ModelError("InvalidArgument");
      resizeTable(workbook, table, place.area);
    },
    Delete: (table, _args, { workbook }) => removeTable(workbook, table, false),
    ConvertToRange: (table, _args, { workbook }) => {
      removeTable(workbook, table, true);
      return rangeOf(table.sheet, table.area);
    },
    ClearFilters: (table, _args, { workbook }) => {
      for (const column of table.columns) column.filter = null;
      refreshFilters(workbook, table.sheet);
    },
    ReapplyFilters: (table, _args, { workbook }) => refreshFilters(workbook, table.sheet),
    _RegisterDataChangedEvent: () => null,
    _UnregisterDataChangedEvent: () => null,
    _RegisterSelectionChangedEvent: () => null,
    _UnregisterSelectionChangedEvent: () => null,
  },
};

// ── columns ─────────────────────────────────────────────────────────────────

/** By id, which is a number, or by name. */
function columnIn(table: Table, key: unknown): TableColumn | undefined {
  const wanted = String(key).toLowerCase();
  return (
    (typeof key === "number" ? table.columns.find((column) => column.id === key) : undefined) ??
    table.columns.find((column) => column.name.toLowerCase() === wanted) ??
    table.columns.find((column) => String(column.id) === wanted)
  );
}

const columnRef = (table: Table, column: TableColumn): ObjectReference => reference("TableColumn", { table, column });

export const tableColumnsType: ObjectType<Table> = {
  properties: { Count: { get: ({ columns }) => columns.length } },
  items: (table) => table.columns.map((column) => columnRef(table, column)),
  getItem: (table, key) => {
    const column = columnIn(table, key);
    if (!column) throw new ModelError("ItemNotFound");
    return columnRef(table, column);
  },
  methods: {
    Add: (table, [index, values, name], { workbook }) => {
      const rows = values === null || values === undefined ? null : (values as CellInput[][]);
      const at = typeof index === "number" ? index : null;
      return columnRef(table, addTableColumn(workbook, table, at, rows, typeof name === "string" ? name : null));
    },
    GetCount: ({ columns }) => columns.length,
    GetItemOrNullObject: (table, [key]) => {
      const column = columnIn(table, key);
      return column ? columnRef(table, column) : null;
    },
  },
};

function columnPlace({ table, column }: ColumnTarget): number {
  const index = table.columns.indexOf(column);
  if (index < 0) throw new ModelError("ItemNotFound");
  return table.area.column + index;
}

export const tableColumnType: ObjectType<ColumnTarget> = {
  identity: ({ column }) => ({ Id: column.id }),
  properties: {
    Id: { get: ({ column }) => column.id },
    Index: { get: ({ table, column }) => table.columns.indexOf(column) },
    Name: {
      get: ({ column }) => column.name,
      set: ({ table, column }, value, { workbook }) => {
        renameColumn(workbook, table, column, textArgument(value));
        workbook.touch();
      },
    },
    Values: {
      get: (target, { workbook }) => {
        workbook.ensureCalculated();
        const { area: a, sheet } = target.table;
        const at = columnPlace(target);
        return Array.from({ length: a.rowCount }, (_, row) => [sheet.cell(a.row + row, at)?.value ?? ""]);
      },
    },
  },
  navigation: { Filter: (target) => reference("Filter", target) },
  methods: {
    Delete: ({ table, column }, _args, { workbook }) => deleteTableColumn(workbook, table, column),
    GetRange: (target) =>
      rangeOf(target.table.sheet, { ...target.table.area, column: columnPlace(target), columnCount: 1 }),
    GetDataBodyRange: (target) =>
      rangeOf(target.table.sheet, { ...target.table.dataArea, column: columnPlace(target), columnCount: 1 }),
    GetHeaderRowRange: (target) =>
      rangeOf(target.table.sheet, { ...target.table.headerArea, column: columnPlace(target), columnCount: 1 }),
    GetTotalRowRange: (target) => {
      if (!target.table.showTotals) throw new ModelError("ItemNotFound");
      return rangeOf(target.table.sheet, { ...target.table.totalsArea, column: columnPlace(target), columnCount: 1 });
    },
  },
};

// ── rows ────────────────────────────────────────────────────────────────────

export const tableRowsType: ObjectType<Table> = {
  properties: { Count: { get: ({ dataArea }) => dataArea.rowCount } },
  items: (table) =>
    Array.from({ length: table.dataArea.rowCount }, (_, index) => reference("TableRow", { table, index })),
  methods: {
    Add: (table, [index, values], { workbook }) => {
      const rows = values === null || values === undefined ? null : (values as CellInput[][]);
      return reference("TableRow", {
        table,
        index: addTableRows(workbook, table, typeof index === "number" ? index : null, rows),
      });
    },
    GetCount: ({ dataArea }) => dataArea.rowCount,
    GetItemAt: (table, [index]) => {
      if (wholeNumber(index) < 0 || wholeNumber(index) >= table.dataArea.rowCount)
        throw new ModelError("InvalidArgument");
      return reference("TableRow", { table, index: wholeNumber(index) });
    },
  },
};

const rowArea = ({ table, index }: RowTarget) =>
  area(table.dataArea.row + index, table.area.column, 1, table.area.columnCount);

export const tableRowType: ObjectType<RowTarget> = {
  properties: {
    Index: { get: ({ index }) => index },
    Values: {
      get: (target, { workbook }) => {
        workbook.ensureCalculated();
        const place = rowArea(target);
        const cells = Array.from(
          { length: place.columnCount },
          (_, offset) => target.table.sheet.cell(place.row, place.column + offset)?.value ?? "",
        );
        return [cells];
      },
    },
  },
  methods: {
    Delete: ({ table, index }, _args, { workbook }) => deleteTableRows(workbook, table, [index]),
    GetRange: (target) => rangeOf(target.table.sheet, rowArea(target)),
  },
};
