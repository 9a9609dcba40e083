import type { ObjectType } from "../object-type";
import {
  cellValueType,
  conditionalFillType,
  conditionalFontType,
  conditionalFormatsType,
  conditionalFormatType,
  conditionalRangeFormatType,
  customType,
  ruleType,
} from "./conditional-format";
import { dataValidationType } from "./data-validation";
import { customXmlPartsType, customXmlPartType, scopedXmlPartsType, settingsType, settingType } from "./kept-in-file";
import { namedItemType, namesType } from "./names";
import { rangeSortType, rangeType } from "./range";
import {
  formatProtectionType,
  rangeBordersType,
  rangeBorderType,
  rangeFillType,
  rangeFontType,
  rangeFormatType,
} from "./range-format";
import { tableColumnsType, tableColumnType, tableRowsType, tableRowType, tablesType, tableType } from "./table";
import { autoFilterType, filterType, tableSortType } from "./table-sort-and-filter";
import type { ObjectReference, Targets, TypeName } from "./targets";
import {
  addinInternalServiceType,
  applicationType,
  appRuntimeServiceType,
  runtimeType,
  workbookType,
} from "./workbook";
import { freezePanesType, protectionType, worksheetsType, worksheetType } from "./worksheet";

/** All classes that the workbench answers for. */
const OBJECT_TYPES: { readonly [Name in TypeName]: ObjectType<Targets[Name]> } = {
  AddinInternalService: addinInternalServiceType,
  AppRuntimeService: appRuntimeServiceType,
  Application: applicationType,
  AutoFilter: autoFilterType,
  CellValueConditionalFormat: cellValueType,
  ConditionalFormat: conditionalFormatType,
  ConditionalFormatCollection: conditionalFormatsType,
  ConditionalFormatRule: ruleType,
  ConditionalRangeFill: conditionalFillType,
  ConditionalRangeFont: conditionalFontType,
  ConditionalRangeFormat: conditionalRangeFormatType,
  CustomConditionalFormat: customType,
  CustomXmlPart: customXmlPartType,
  CustomXmlPartCollection: customXmlPartsType,
  CustomXmlPartScopedCollection: scopedXmlPartsType,
  DataValidation: dataValidationType,
  Filter: filterType,
  FormatProtection: formatProtectionType,
  NamedItem: namedItemType,
  NamedItemCollection: namesType,
  Range: rangeType,
  RangeBorder: rangeBorderType,
  RangeBorderCollection: rangeBordersType,
  RangeFill: rangeFillType,
  RangeFont: rangeFontType,
  RangeFormat: rangeFormatType,
  RangeSort: rangeSortType,
  Runtime: runtimeType,
  Setting: settingType,
  SettingCollection: settingsType,
  Table: tableType,
  TableCollection: tablesType,
  TableColumn: tableColumnType,
  TableColumnCollection: tableColumnsType,
  TableRow: tableRowType,
  TableRowCollection: tableRowsType,
  TableSort: tableSortType,
  Workbook: workbookType,
  Worksheet: worksheetType,
  WorksheetCollection: worksheetsType,
  WorksheetFreezePanes: freezePanesType,
  WorksheetProtection: protectionType,
};

/** Objects that the library makes by name, outside the workbook. */
export const SERVICES: Readonly<Record<string, TypeName>> = {
  "Microsoft.InternalService.AddinInternalService": "AddinInternalService",
  "Microsoft.AppRuntime.AppRuntimeService": "AppRuntimeService",
};

/** An object with its class. The two belong together by `Targets`, which the compiler cannot follow through a union. */
export interface OpenObject {
  readonly name: TypeName;
  readonly type: ObjectType<unknown>;
  readonly target: unknown;
}

export function open({ typeName, target }: ObjectReference): OpenObject {
  return { name: typeName, type: OBJECT_TYPES[typeName] as ObjectType<unknown>, target };
}
