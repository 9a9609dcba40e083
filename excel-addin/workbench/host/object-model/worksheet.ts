import {
  area,
  isEntireColumn,
  isEntireRow,
  lastColumn,
  lastRow,
  MAXIMUM_COLUMNS,
  MAXIMUM_ROWS,
} from "../../model/area";
import { ModelError } from "../../model/model-error";
import type { Sheet } from "../../model/sheet";
import type { Workbook } from "../../model/workbook";
import type { ObjectType } from "../object-type";
import { colorArgument, oneOf, textArgument, truth, wholeNumber } from "./arguments";
import { rangeArgument, rangeOf } from "./range-target";
import { type ObjectReference, reference } from "./targets";

const ref = (sheet: Sheet | undefined): ObjectReference => {
  if (!sheet) throw new ModelError("ItemNotFound");
  return reference("Worksheet", sheet);
};

const visible = (workbook: Workbook, isVisibleOnly: unknown): Sheet[] =>
  isVisibleOnly === true ? workbook.sheets.filter((sheet) => sheet.visibility === "Visible") : workbook.sheets;

/** Registering is only noted by the library; the workbench tells every change anyway. */
const eventMethods = (names: readonly string[]): Record<string, () => null> =>
  Object.fromEntries(
    names.flatMap((name) => [
      [`_Register${name}`, () => null],
      [`_Unregister${name}`, () => null],
    ]),
  );

const SHEET_EVENTS = [
  "ActivatedEvent",
  "DeactivatedEvent",
  "DataChangedEvent",
  "SelectionChangedEvent",
  "RowSortedEvent",
  "ProtectionChangedEvent",
];

export const worksheetsType: ObjectType<Workbook> = {
  items: ({ sheets }) => sheets.map((sheet) => ref(sheet)),
  getItem: (workbook, key) => ref(workbook.findSheet(textArgument(key))),
  methods: {
    Add: (workbook, [name]) =>
      ref(workbook.addSheet(name === null || name === undefined ? undefined : textArgument(name))),
    GetActiveWorksheet: ({ activeSheet }) => ref(activeSheet),
    GetCount: (workbook, [isVisibleOnly]) => visible(workbook, isVisibleOnly).length,
    GetFirst: (workbook, [isVisibleOnly]) => ref(visible(workbook, isVisibleOnly)[0]),
    GetLast: (workbook, [isVisibleOnly]) => ref(visible(workbook, isVisibleOnly).at(-1)),
    GetItemOrNullObject: (workbook, [key]) => {
      const sheet = workbook.findSheet(textArgument(key));
      return sheet ? ref(sheet) : null;
    },
    ...eventMethods([...SHEET_EVENTS, "AddedEvent", "DeletedEvent", "WorksheetAddedEvent", "WorksheetDeletedEvent"]),
  },
};

function neighbour(workbook: Workbook, sheet: Sheet, step: 1 | -1, isVisibleOnly: unknown): Sheet | undefined {
  const sheets = visible(workbook, isVisibleOnly);
  return sheets[sheets.indexOf(sheet) + step];
}

export const worksheetType: ObjectType<Sheet> = {
  identity: ({ id }) => ({ Id: id }),
  properties: {
    Id: { get: ({ id }) => id },
    Name: {
      get: ({ name }) => name,
      set: (sheet, value, { workbook }) => workbook.renameSheet(sheet, textArgument(value)),
    },
    Position: {
      get: (sheet, { workbook }) => workbook.sheets.indexOf(sheet),
      set: (sheet, value, { workbook }) => workbook.moveSheet(sheet, wholeNumber(value)),
    },
    Visibility: {
      get: ({ visibility }) => visibility,
      set: (sheet, value, { workbook }) => {
        sheet.visibility = oneOf(value, ["Visible", "Hidden", "VeryHidden"]);
        const other = workbook.sheets.find((one) => one.visibility === "Visible");
        if (!other) {
          sheet.visibility = "Visible";
          throw new ModelError("InvalidOperation");
        }
        if (workbook.activeSheet.visibility !== "Visible") workbook.activate(other);
        workbook.touch();
      },
    },
    TabColor: {
      get: ({ tabColor }) => tabColor,
      set: (sheet, value, { workbook }) => {
        sheet.tabColor = colorArgument(value);
        workbook.touch();
      },
    },
    TabId: { get: (sheet, { workbook }) => workbook.sheets.indexOf(sheet) + 1 },
    ShowGridlines: {
      get: ({ showGridlines }) => showGridlines,
      set: (sheet, value, { workbook }) => {
        sheet.showGridlines = truth(value);
        workbook.touch();
      },
    },
    ShowHeadings: {
      get: ({ showHeadings }) => showHeadings,
      set: (sheet, value, { workbook }) => {
        sheet.showHeadings = truth(value);
        workbook.touch();
      },
    },
    StandardWidth: { get: () => 8.43 },
    StandardHeight: { get: () => 15 },
    EnableCalculation: { get: () => true },
  },
  navigation: {
    Tables: (sheet, { workbook }) => reference("TableCollection", { sheet, tables: workbook.tablesOf(sheet) }),
    Names: (sheet) => reference("NamedItemCollection", { sheet }),
    Protection: (sheet) => reference("WorksheetProtection", sheet),
    FreezePanes: (sheet) => reference("WorksheetFreezePanes", sheet),
  },
  methods: {
    Activate: (sheet, _args, { workbook }) => workbook.activate(sheet),
    Calculate: (_sheet, _args, { workbook }) => workbook.calculate(),
    Delete: (sheet, _args, { workbook }) => workbook.deleteSheet(sheet),
    GetCell: (sheet, [row, column], { workbook }) =>
      rangeOf(sheet, workbook.checkArea(area(wholeNumber(row), wholeNumber(column)))),
    GetRange: (sheet, [address], { workbook }) => {
      if (address === null || address === undefined || address === "")
        return rangeOf(sheet, area(0, 0, MAXIMUM_ROWS, MAXIMUM_COLUMNS));
      const place = workbook.resolveAddress(textArgument(address), sheet);
      return rangeOf(place.sheet, place.area);
    },
    GetRangeByIndexes: (sheet, [row, column, rows, columns], { workbook }) =>
      rangeOf(
        sheet,
        workbook.checkArea(area(wholeNumber(row), wholeNumber(column), wholeNumber(rows), wholeNumber(columns))),
      ),
    GetUsedRange: (sheet, [isValuesOnly]) => rangeOf(sheet, sheet.usedArea(isValuesOnly === true) ?? area(0, 0)),
    GetUsedRangeOrNullObject: (sheet, [isValuesOnly]) => {
      const used = sheet.usedArea(isValuesOnly === true);
      return used && rangeOf(sheet, used);
    },
    GetNext: (sheet, [isVisibleOnly], { workbook }) => ref(neighbour(workbook, sheet, 1, isVisibleOnly)),
    GetPrevious: (sheet, [isVisibleOnly], { workbook }) => ref(neighbour(workbook, sheet, -1, isVisibleOnly)),
    GetNextOrNullObject: (sheet, [isVisibleOnly], { workbook }) => {
      const next = neighbour(workbook, sheet, 1, isVisibleOnly);
      return next ? ref(next) : null;
    },
    GetPreviousOrNullObject: (sheet, [isVisibleOnly], { workbook }) => {
      const previous = neighbour(workbook, sheet, -1, isVisibleOnly);
      return previous ? ref(previous) : null;
    },
    _GetSheetById: (_sheet, [id], { workbook }) => ref(workbook.findSheet(textArgument(id))),
    ...eventMethods(SHEET_EVENTS),
  },
};

export const protectionType: ObjectType<Sheet> = {
  properties: {
    Protected: { get: ({ protection }) => protection.isProtected },
    Options: { get: ({ protection }) => (protection.isProtected ? protection.options : null) },
  },
  methods: {
    Protect: (sheet, [options, password], { workbook }) => {
      if (sheet.protection.isProtected) throw new ModelError("InvalidOperation");
      const granted = (options ?? {}) as Readonly<Record<string, unknown>>;
      sheet.protection = {
        isProtected: true,
        options: granted,
        password: typeof password === "string" && password ? password : null,
      };
      workbook.emit({ kind: "protectionChanged", sheet });
      workbook.touch();
    },
    Unprotect: (sheet, [password], { workbook }) => {
      if (sheet.protection.password !== null && sheet.protection.password !== password)
        throw new ModelError("AccessDenied");
      sheet.protection = { isProtected: false, options: {}, password: null };
      workbook.emit({ kind: "protectionChanged", sheet });
      workbook.touch();
    },
  },
};

export const freezePanesType: ObjectType<Sheet> = {
  methods: {
    FreezeRows: (sheet, [count], { workbook }) => freeze(workbook, sheet, wholeNumber(count ?? 1), 0),
    FreezeColumns: (sheet, [count], { workbook }) => freeze(workbook, sheet, 0, wholeNumber(count ?? 1)),
    FreezeAt: (sheet, [range], { workbook }) => {
      const { area: a } = rangeArgument(workbook, range, sheet);
      freeze(workbook, sheet, isEntireColumn(a) ? 0 : lastRow(a) + 1, isEntireRow(a) ? 0 : lastColumn(a) + 1);
    },
    Unfreeze: (sheet, _args, { workbook }) => freeze(workbook, sheet, 0, 0),
    GetLocationOrNullObject: (sheet) => {
      const { rows, columns } = sheet.frozen;
      return rows + columns === 0 ? null : rangeOf(sheet, area(0, 0, rows || MAXIMUM_ROWS, columns || MAXIMUM_COLUMNS));
    },
  },
};

function freeze(workbook: Workbook, sheet: Sheet, rows: number, columns: number): void {
  if (rows < 0 || columns < 0) throw new ModelError("InvalidArgument");
  sheet.frozen = { rows, columns };
  workbook.touch();
}
