import type { Area } from "../../model/area";
import type { ConditionalFormat } from "../../model/conditional-format";
import type { Sheet } from "../../model/sheet";
import type { Table, TableColumn } from "../../model/table";
import type { NamedItem, Workbook } from "../../model/workbook";

/** A range in the hands of the add-in. It moves with its cells; deleted cells leave it without an area. */
export interface RangeTarget {
  readonly sheet: Sheet;
  area: Area | null;
  referenceId: string;
}

export interface FormatTarget {
  readonly sheet: Sheet;
  readonly format: ConditionalFormat;
}

export interface BorderTarget {
  readonly range: RangeTarget;
  readonly side: string;
}

export interface TablesTarget {
  /** Null: those of the whole workbook. */
  readonly sheet: Sheet | null;
  readonly tables: readonly Table[];
}

export interface ColumnTarget {
  readonly table: Table;
  readonly column: TableColumn;
}

export interface RowTarget {
  readonly table: Table;
  readonly index: number;
}

export interface NamesTarget {
  /** Null: names known everywhere. */
  readonly sheet: Sheet | null;
}

/** Every class of the API that the workbench answers for, and what stands behind an object of it. */
export interface Targets {
  Application: Workbook;
  AddinInternalService: null;
  AppRuntimeService: null;
  AutoFilter: Table;
  CellValueConditionalFormat: FormatTarget;
  ConditionalFormat: FormatTarget;
  ConditionalFormatCollection: RangeTarget;
  ConditionalFormatRule: FormatTarget;
  ConditionalRangeFill: FormatTarget;
  ConditionalRangeFont: FormatTarget;
  ConditionalRangeFormat: FormatTarget;
  CustomConditionalFormat: FormatTarget;
  CustomXmlPart: string;
  CustomXmlPartCollection: Workbook;
  CustomXmlPartScopedCollection: readonly string[];
  DataValidation: RangeTarget;
  Filter: ColumnTarget;
  FormatProtection: RangeTarget;
  NamedItem: NamedItem;
  NamedItemCollection: NamesTarget;
  Range: RangeTarget;
  RangeBorder: BorderTarget;
  RangeBorderCollection: RangeTarget;
  RangeFill: RangeTarget;
  RangeFont: RangeTarget;
  RangeFormat: RangeTarget;
  RangeSort: RangeTarget;
  Runtime: Workbook;
  Setting: string;
  SettingCollection: Workbook;
  Table: Table;
  TableCollection: TablesTarget;
  TableColumn: ColumnTarget;
  TableColumnCollection: Table;
  TableRow: RowTarget;
  TableRowCollection: Table;
  TableSort: Table;
  Workbook: Workbook;
  Worksheet: Sheet;
  WorksheetCollection: Workbook;
  WorksheetFreezePanes: Sheet;
  WorksheetProtection: Sheet;
}

export type TypeName = keyof Targets;

/** A thing that the add-in may hold: of which class, and which one. */
export class ObjectReference<Name extends TypeName = TypeName> {
  constructor(
    readonly typeName: Name,
    readonly target: Targets[Name],
  ) {}
}

export function reference<Name extends TypeName>(typeName: Name, target: Targets[Name]): ObjectReference {
  return new ObjectReference(typeName, target);
}
