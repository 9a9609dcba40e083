import type { Area } from "../../model/area";
import { ModelError } from "../../model/model-error";
import type { Sheet } from "../../model/sheet";
import type { Workbook } from "../../model/workbook";
import type { ObjectType } from "../object-type";
import { oneOf, textArgument, truth } from "./arguments";
import { rangeOf } from "./range-target";
import { type ObjectReference, reference } from "./targets";

export const workbookType: ObjectType<Workbook> = {
  properties: {
    Name: { get: ({ name }) => name },
    ReadOnly: { get: () => false },
    IsDirty: { get: () => true },
    AutoSave: { get: () => true },
    PreviouslySaved: { get: () => true },
  },
  navigation: {
    Application: (workbook) => reference("Application", workbook),
    Worksheets: (workbook) => reference("WorksheetCollection", workbook),
    Tables: (workbook) => reference("TableCollection", { sheet: null, tables: workbook.tables }),
    Names: () => reference("NamedItemCollection", { sheet: null }),
    Settings: (workbook) => reference("SettingCollection", workbook),
    CustomXmlParts: (workbook) => reference("CustomXmlPartCollection", workbook),
    _Runtime: (workbook) => reference("Runtime", workbook),
  },
  methods: {
    GetSelectedRange: ({ activeSheet }) => rangeOf(activeSheet, activeSheet.selection.area),
    GetActiveCell: (workbook) => rangeOf(workbook.activeSheet, workbook.activeCell().area),
    _GetRangeForEventByReferenceId: (_workbook, [id], host) => eventRange(host.keptRanges.get(textArgument(id))),
    _GetRangeOrNullObjectForEventByReferenceId: (_workbook, [id], host) => {
      const range = host.keptRanges.get(textArgument(id));
      return range?.area ? rangeOf(range.sheet, range.area) : null;
    },
    _RemoveReference: (_workbook, [id], host) => {
      host.keptRanges.delete(textArgument(id));
    },
    _RemoveAllReferences: (_workbook, _args, host) => host.keptRanges.clear(),
    _GetReferenceCount: (_workbook, _args, host) => host.keptRanges.size,
  },
};

function eventRange(range: { sheet: Sheet; area: Area | null } | undefined): ObjectReference {
  if (!range?.area) throw new ModelError("ItemNotFound");
  return rangeOf(range.sheet, range.area);
}

export const applicationType: ObjectType<Workbook> = {
  properties: {
    CalculationMode: {
      get: ({ calculationMode }) => calculationMode,
      set: (workbook, value) => {
        workbook.calculationMode = oneOf(value, ["Automatic", "AutomaticExceptTables", "Manual"]);
      },
    },
    CalculationState: { get: () => "Done" },
    CalculationEngineVersion: { get: () => 191_029 },
    DecimalSeparator: { get: () => "." },
    ThousandsSeparator: { get: () => "," },
    UseSystemSeparators: { get: () => true },
  },
  methods: {
    Calculate: (workbook, [kind]) => {
      oneOf(kind, ["Recalculate", "Full", "FullRebuild"]);
      if (kind !== "Recalculate") workbook.structureChanged();
      workbook.calculate();
    },
    SuspendApiCalculationUntilNextSync: (workbook) => workbook.suspendCalculation(),
    // Nothing is drawn while a request is being carried out, so there is nothing to hold back.
    SuspendScreenUpdatingUntilNextSync: () => null,
  },
};

export const runtimeType: ObjectType<Workbook> = {
  properties: {
    EnableEvents: {
      get: ({ areEventsEnabled }) => areEventsEnabled,
      set: (workbook, value) => {
        workbook.areEventsEnabled = truth(value);
      },
    },
  },
};

/** The library says that it is ready for ribbon commands. */
export const addinInternalServiceType: ObjectType<null> = { methods: { NotifyActionHandlerReady: () => null } };

/** The add-in shows or hides its pane. */
export const appRuntimeServiceType: ObjectType<null> = {
  methods: {
    GetAppRuntimeState: (_service, _args, { pane }) => (pane.isVisible ? "Visible" : "Background"),
    SetAppRuntimeState: (_service, [state], { pane }) =>
      pane.setVisible(oneOf(state, ["Visible", "Background", "Inactive"]) === "Visible"),
  },
};
