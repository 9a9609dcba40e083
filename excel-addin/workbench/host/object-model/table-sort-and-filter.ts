import { ModelError } from "../../model/model-error";
import { refreshFilters, sortTable } from "../../model/sort-and-filter";
import type { FilterCriteria, Table } from "../../model/table";
import type { HostContext } from "../host-context";
import type { ObjectType } from "../object-type";
import { oneOf, sortFieldsArgument, textArgument } from "./arguments";
import { rangeOf } from "./range-target";
import type { ColumnTarget } from "./targets";

export const tableSortType: ObjectType<Table> = {
  properties: {
    Fields: { get: ({ sortFields }) => sortFields },
    MatchCase: { get: () => false },
    Method: { get: () => "PinYin" },
  },
  methods: {
    Apply: (table, [fields], { workbook }) => sortTable(workbook, table, sortFieldsArgument(fields)),
    Clear: (table, _args, { workbook }) => {
      table.sortFields = [];
      workbook.touch();
    },
    Reapply: (table, _args, { workbook }) => sortTable(workbook, table, table.sortFields),
  },
};

export const autoFilterType: ObjectType<Table> = {
  properties: {
    Enabled: { get: ({ showFilterButton }) => showFilterButton },
    IsDataFiltered: { get: ({ isFiltered }) => isFiltered },
    Criteria: { get: ({ columns }) => columns.map(({ filter }) => filter) },
  },
  methods: {
    ClearCriteria: (table, _args, { workbook }) => {
      for (const column of table.columns) column.filter = null;
      refreshFilters(workbook, table.sheet);
    },
    Reapply: (table, _args, { workbook }) => refreshFilters(workbook, table.sheet),
    GetRange: ({ sheet, area: a, showTotals }) => rangeOf(sheet, { ...a, rowCount: a.rowCount - (showTotals ? 1 : 0) }),
    GetRangeOrNullObject: ({ sheet, area: a, showTotals }) =>
      rangeOf(sheet, { ...a, rowCount: a.rowCount - (showTotals ? 1 : 0) }),
  },
};

function applyFilter({ table, column }: ColumnTarget, filter: FilterCriteria | null, { workbook }: HostContext): void {
  column.filter = filter;
  refreshFilters(workbook, table.sheet);
}

export const filterType: ObjectType<ColumnTarget> = {
  properties: { Criteria: { get: ({ column }) => column.filter } },
  methods: {
    Apply: (target, [criteria], host) => {
      const { filterOn } = criteria as { filterOn?: unknown };
      oneOf(filterOn, ["Values", "Custom"]);
      applyFilter(target, criteria as FilterCriteria, host);
    },
    ApplyValuesFilter: (target, [values], host) => {
      if (!Array.isArray(values)) throw new ModelError("InvalidArgument");
      applyFilter(target, { filterOn: "Values", values: values.map(textArgument) }, host);
    },
    ApplyCustomFilter: (target, [criterion1, criterion2, operator], host) => {
      const first = {
        filterOn: "Custom",
        criterion1: textArgument(criterion1),
        operator: oneOf(operator ?? "And", ["And", "Or"]),
      };
      applyFilter(target, typeof criterion2 === "string" ? { ...first, criterion2 } : first, host);
    },
    Clear: (target, _args, host) => applyFilter(target, null, host),
  },
};
