import {
  type Area,
  area,
  boundingArea,
  containsCell,
  formatArea,
  intersection,
  isEntireColumn,
  isEntireRow,
  lastColumn,
  lastRow,
  MAXIMUM_COLUMNS,
  MAXIMUM_ROWS,
  quoteSheetName,
} from "../../model/area";
import { valueTypeOf } from "../../model/cell";
import { type CellInput, clearCells, copyCells, styleCells, textOf, writeCells } from "../../model/edit";
import { ModelError } from "../../model/model-error";
import type { Sheet } from "../../model/sheet";
import { sortRows } from "../../model/sort-and-filter";
import { deleteCells, insertCells } from "../../model/structure";
import type { Workbook } from "../../model/workbook";
import type { ObjectType, Property } from "../object-type";
import { oneOf, sortFieldsArgument, textArgument, truth, wholeNumber } from "./arguments";
import { areaOf, rangeArgument, rangeOf } from "./range-target";
import { type ObjectReference, type RangeTarget, reference } from "./targets";

/** Values of more cells than this come back as null, as those of whole columns do. */
const MAXIMUM_CELLS_READ = 2_000_000;

type Read<Value> = (sheet: Sheet, row: number, column: number) => Value;

function matrix<Value>(range: RangeTarget, read: Read<Value>): Value[][] | null {
  const { row, column, rowCount, columnCount } = areaOf(range);
  if (rowCount * columnCount > MAXIMUM_CELLS_READ) return null;
  return Array.from({ length: rowCount }, (_, r) =>
    Array.from({ length: columnCount }, (_, c) => read(range.sheet, row + r, column + c)),
  );
}

const calculated =
  <Value>(read: Read<Value>): NonNullable<Property<RangeTarget>["get"]> =>
  (range, { workbook }) => {
    workbook.ensureCalculated();
    return matrix(range, read);
  };

const valueAt: Read<unknown> = (sheet, row, column) => sheet.cell(row, column)?.value ?? "";
const formulaAt: Read<unknown> = (sheet, row, column) => {
  const cell = sheet.cell(row, column);
  return cell?.formula ?? cell?.value ?? "";
};

/** One value for all cells, or a value for each; anything between is refused, as Excel does. */
export function inputMatrix(value: unknown, place: Area): (row: number, column: number) => unknown {
  if (!Array.isArray(value)) return () => value;
  const isFitting =
    value.length === place.rowCount && value.every((row) => Array.isArray(row) && row.length === place.columnCount);
  if (!isFitting) throw new ModelError("InvalidArgument");
  return (row, column) => value[row]?.[column];
}

const isCellInput = (value: unknown): value is CellInput =>
  value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean";

const write: NonNullable<Property<RangeTarget>["set"]> = (range, value, { workbook }) => {
  const place = areaOf(range);
  const inputAt = inputMatrix(value, place);
  const isAllRight = Array.isArray(value) ? value.flat().every(isCellInput) : isCellInput(value);
  if (!isAllRight) throw new ModelError("InvalidArgument");
  writeCells(workbook, range.sheet, place, (row, column) => inputAt(row, column) as CellInput);
};

/** True or false if all lines agree, else null. */
function agreed(from: number, count: number, isHidden: (line: number) => boolean): boolean | null {
  const first = isHidden(from);
  for (let line = from + 1; line < from + Math.min(count, 100_000); line++) if (isHidden(line) !== first) return null;
  return first;
}

function setHidden(hidden: Set<number>, from: number, count: number, isHidden: boolean): void {
  for (let line = from; line < from + count; line++) {
    if (isHidden) hidden.add(line);
    else hidden.delete(line);
  }
}

function extent(sizeOf: (line: number) => number, from: number, to: number): number {
  let pixels = 0;
  for (let line = from; line < to; line++) pixels += sizeOf(line);
  return pixels * 0.75;
}

function part(range: RangeTarget, place: Area): ObjectReference {
  if (place.row < 0 || place.column < 0 || place.rowCount < 1 || place.columnCount < 1)
    throw new ModelError("InvalidArgument");
  if (lastRow(place) >= MAXIMUM_ROWS || lastColumn(place) >= MAXIMUM_COLUMNS) throw new ModelError("InvalidArgument");
  return rangeOf(range.sheet, place);
}

function common(range: RangeTarget, other: unknown, workbook: Workbook): Area | null {
  const { sheet, area: place } = rangeArgument(workbook, other, range.sheet);
  return sheet === range.sheet ? intersection(areaOf(range), place) : null;
}

export const rangeType: ObjectType<RangeTarget> = {
  identity: ({ referenceId }) => (referenceId ? { _ReferenceId: referenceId } : {}),
  properties: {
    Address: { get: (range) => `${quoteSheetName(range.sheet.name)}!${formatArea(areaOf(range))}` },
    AddressLocal: { get: (range) => `${quoteSheetName(range.sheet.name)}!${formatArea(areaOf(range))}` },
    RowIndex: { get: (range) => areaOf(range).row },
    ColumnIndex: { get: (range) => areaOf(range).column },
    RowCount: { get: (range) => areaOf(range).rowCount },
    ColumnCount: { get: (range) => areaOf(range).columnCount },
    CellCount: { get: (range) => areaOf(range).rowCount * areaOf(range).columnCount },
    IsEntireColumn: { get: (range) => isEntireColumn(areaOf(range)) },
    IsEntireRow: { get: (range) => isEntireRow(areaOf(range)) },
    HasSpill: { get: () => false },
    Values: { get: calculated(valueAt), set: write },
    Formulas: { get: calculated(formulaAt), set: write },
    FormulasLocal: { get: calculated(formulaAt), set: write },
    Text: { get: calculated((sheet, row, column) => textOf(sheet.cell(row, column))) },
    ValueTypes: { get: calculated((sheet, row, column) => valueTypeOf(sheet.cell(row, column))) },
    NumberFormat: {
      get: (range) => matrix(range, (sheet, row, column) => sheet.styleAt(row, column).numberFormat),
      set: (range, value, { workbook }) => {
        const place = areaOf(range);
        const formatAt = inputMatrix(value, place);
        const check = (format: unknown) => (format === null ? null : { numberFormat: textArgument(format) });
        styleCells(workbook, range.sheet, place, (row, column) => check(formatAt(row, column)));
      },
    },
    RowHidden: {
      get: ({ sheet, ...range }) =>
        agreed(range.area?.row ?? 0, range.area?.rowCount ?? 1, (row) => sheet.isRowHidden(row)),
      set: (range, value, { workbook }) => {
        setHidden(range.sheet.hiddenRows, areaOf(range).row, areaOf(range).rowCount, truth(value));
        workbook.structureChanged();
        workbook.touch();
      },
    },
    ColumnHidden: {
      get: ({ sheet, ...range }) =>
        agreed(range.area?.column ?? 0, range.area?.columnCount ?? 1, (column) => sheet.isColumnHidden(column)),
      set: (range, value, { workbook }) => {
        setHidden(range.sheet.hiddenColumns, areaOf(range).column, areaOf(range).columnCount, truth(value));
        workbook.touch();
      },
    },
    Hidden: {
      get: (range) => {
        const { row, rowCount, column, columnCount } = areaOf(range);
        const rows = agreed(row, rowCount, (one) => range.sheet.isRowHidden(one));
        const columns = agreed(column, columnCount, (one) => range.sheet.isColumnHidden(one));
        return rows === true || columns === true ? true : rows === null || columns === null ? null : false;
      },
    },
    Left: { get: (range) => extent((column) => range.sheet.columnWidth(column), 0, areaOf(range).column) },
    Top: { get: (range) => extent((row) => range.sheet.rowHeight(row), 0, areaOf(range).row) },
    Width: {
      get: (range) =>
        extent((column) => range.sheet.columnWidth(column), areaOf(range).column, lastColumn(areaOf(range)) + 1),
    },
    Height: {
      get: (range) => extent((row) => range.sheet.rowHeight(row), areaOf(range).row, lastRow(areaOf(range)) + 1),
    },
    Hyperlink: {
      get: (range) => range.sheet.cell(areaOf(range).row, areaOf(range).column)?.hyperlink ?? null,
      set: (range, value, { workbook }) => {
        const link = value as { address?: unknown; screenTip?: unknown; textToDisplay?: unknown };
        const { row, column } = areaOf(range);
        const cell = range.sheet.ensureCell(row, column);
        cell.hyperlink = { address: textArgument(link.address ?? ""), screenTip: textArgument(link.screenTip ?? "") };
        if (typeof link.textToDisplay === "string")
          writeCells(workbook, range.sheet, area(row, column), () => link.textToDisplay as string);
        styleCells(workbook, range.sheet, area(row, column), () => ({ color: "#0563C1", underline: "Single" }));
      },
    },
    _ReferenceId: { get: (range) => range.referenceId },
  },
  navigation: {
    Format: (range) => reference("RangeFormat", range),
    Worksheet: (range) => reference("Worksheet", range.sheet),
    ConditionalFormats: (range) => reference("ConditionalFormatCollection", range),
    Sort: (range) => reference("RangeSort", range),
    DataValidation: (range) => reference("DataValidation", range),
  },
  methods: {
    _KeepReference: (range, _args, host) => host.keep(range),
    _ValidateArraySize: (range, [rows, columns]) => {
      if (rows !== areaOf(range).rowCount || columns !== areaOf(range).columnCount)
        throw new ModelError("InvalidArgument");
      return null;
    },
    Calculate: (_range, _args, { workbook }) => workbook.calculate(),
    Clear: (range, [applyTo], { workbook }) =>
      clearCells(
        workbook,
        range.sheet,
        areaOf(range),
        oneOf(applyTo ?? "All", ["All", "Contents", "Formats", "Hyperlinks", "RemoveHyperlinks", "ResetContents"]),
      ),
    CopyFrom: (range, [source, what], { workbook }) => {
      const from = rangeArgument(workbook, source, range.sheet);
      const to = areaOf(range);
      const target = area(
        to.row,
        to.column,
        Math.max(to.rowCount, from.area.rowCount),
        Math.max(to.columnCount, from.area.columnCount),
      );
      copyCells(
        workbook,
        from,
        { sheet: range.sheet, area: target },
        oneOf(what ?? "All", ["All", "Formulas", "Values", "Formats"]),
      );
    },
    Delete: (range, [shift], { workbook }) =>
      deleteCells(workbook, range.sheet, areaOf(range), oneOf(shift, ["Up", "Left"])),
    Insert: (range, [shift], { workbook }) => {
      const place = areaOf(range);
      insertCells(workbook, range.sheet, place, oneOf(shift, ["Down", "Right"]));
      return rangeOf(range.sheet, place);
    },
    Select: (range, _args, { workbook }) => {
      const place = areaOf(range);
      workbook.select(range.sheet, { area: place, activeRow: place.row, activeColumn: place.column });
    },
    GetCell: (range, [row, column]) =>
      part(range, area(areaOf(range).row + wholeNumber(row), areaOf(range).column + wholeNumber(column))),
    GetRow: (range, [row]) => {
      const place = areaOf(range);
      if (wholeNumber(row) < 0 || wholeNumber(row) >= place.rowCount) throw new ModelError("InvalidArgument");
      return part(range, { ...place, row: place.row + wholeNumber(row), rowCount: 1 });
    },
    GetColumn: (range, [column]) => {
      const place = areaOf(range);
      if (wholeNumber(column) < 0 || wholeNumber(column) >= place.columnCount) throw new ModelError("InvalidArgument");
      return part(range, { ...place, column: place.column + wholeNumber(column), columnCount: 1 });
    },
    GetLastRow: (range) => part(range, { ...areaOf(range), row: lastRow(areaOf(range)), rowCount: 1 }),
    GetLastColumn: (range) => part(range, { ...areaOf(range), column: lastColumn(areaOf(range)), columnCount: 1 }),
    GetLastCell: (range) => part(range, area(lastRow(areaOf(range)), lastColumn(areaOf(range)))),
    GetEntireRow: (range) => part(range, { ...areaOf(range), column: 0, columnCount: MAXIMUM_COLUMNS }),
    GetEntireColumn: (range) => part(range, { ...areaOf(range), row: 0, rowCount: MAXIMUM_ROWS }),
    GetOffsetRange: (range, [rows, columns]) => {
      const place = areaOf(range);
      return part(range, { ...place, row: place.row + wholeNumber(rows), column: place.column + wholeNumber(columns) });
    },
    GetResizedRange: (range, [rows, columns]) => {
      const place = areaOf(range);
      return part(range, {
        ...place,
        rowCount: place.rowCount + wholeNumber(rows),
        columnCount: place.columnCount + wholeNumber(columns),
      });
    },
    GetAbsoluteResizedRange: (range, [rows, columns]) =>
      part(range, { ...areaOf(range), rowCount: wholeNumber(rows), columnCount: wholeNumber(columns) }),
    GetRowsBelow: (range, [count]) => {
      const place = areaOf(range);
      return part(range, { ...place, row: lastRow(place) + 1, rowCount: wholeNumber(count ?? 1) });
    },
    GetRowsAbove: (range, [count]) => {
      const place = areaOf(range);
      return part(range, { ...place, row: place.row - wholeNumber(count ?? 1), rowCount: wholeNumber(count ?? 1) });
    },
    GetColumnsAfter: (range, [count]) => {
      const place = areaOf(range);
      return part(range, { ...place, column: lastColumn(place) + 1, columnCount: wholeNumber(count ?? 1) });
    },
    GetBoundingRect: (range, [other], { workbook }) => {
      const { area: place } = rangeArgument(workbook, other, range.sheet);
      return part(range, boundingArea(areaOf(range), place));
    },
    GetIntersection: (range, [other], { workbook }) => {
      const place = common(range, other, workbook);
      if (!place) throw new ModelError("ItemNotFound");
      return rangeOf(range.sheet, place);
    },
    GetIntersectionOrNullObject: (range, [other], { workbook }) => {
      const place = common(range, other, workbook);
      return place && rangeOf(range.sheet, place);
    },
    GetUsedRange: (range, [isValuesOnly]) => {
      const used = range.sheet.usedArea(isValuesOnly === true);
      return rangeOf(
        range.sheet,
        (used && intersection(used, areaOf(range))) ?? area(areaOf(range).row, areaOf(range).column),
      );
    },
    GetUsedRangeOrNullObject: (range, [isValuesOnly]) => {
      const used = range.sheet.usedArea(isValuesOnly === true);
      const place = used && intersection(used, areaOf(range));
      return place && rangeOf(range.sheet, place);
    },
    GetRowProperties: (range, [wanted]) => {
      const { row, rowCount } = areaOf(range);
      const asked = Object.keys(wanted ?? {});
      if (asked.some((name) => name !== "rowHidden" && name !== "rowIndex")) throw new ModelError("NotImplemented");
      return Array.from({ length: rowCount }, (_, index) => ({
        ...(asked.includes("rowHidden") ? { rowHidden: range.sheet.isRowHidden(row + index) } : {}),
        ...(asked.includes("rowIndex") ? { rowIndex: row + index } : {}),
      }));
    },
    GetTables: (range, [isFullyContained], { workbook }) => {
      const place = areaOf(range);
      const isIn = (table: { area: Area }) =>
        isFullyContained === true
          ? containsCell(place, table.area.row, table.area.column) &&
            containsCell(place, lastRow(table.area), lastColumn(table.area))
          : intersection(place, table.area) !== null;
      return reference("TableCollection", { sheet: range.sheet, tables: workbook.tablesOf(range.sheet).filter(isIn) });
    },
  },
};

export const rangeSortType: ObjectType<RangeTarget> = {
  methods: {
    Apply: (range, [fields, , hasHeaders], { workbook }) => {
      const place = areaOf(range);
      const data = hasHeaders === true ? { ...place, row: place.row + 1, rowCount: place.rowCount - 1 } : place;
      sortRows(workbook, range.sheet, data, sortFieldsArgument(fields));
    },
  },
};
