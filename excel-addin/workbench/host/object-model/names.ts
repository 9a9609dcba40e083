import { columnName, quoteSheetName } from "../../model/area";
import { ModelError } from "../../model/model-error";
import type { NamedItem, Workbook } from "../../model/workbook";
import type { ObjectType } from "../object-type";
import { textArgument, truth } from "./arguments";
import { rangeArgument, rangeOf } from "./range-target";
import { type NamesTarget, ObjectReference, reference } from "./targets";

const namesOf = (workbook: Workbook, { sheet }: NamesTarget): NamedItem[] =>
  workbook.names.filter((item) => item.sheet === sheet);

const findName = (workbook: Workbook, target: NamesTarget, name: unknown): NamedItem | undefined =>
  namesOf(workbook, target).find((item) => item.name.toLowerCase() === textArgument(name).toLowerCase());

export const namesType: ObjectType<NamesTarget> = {
  items: (target, { workbook }) => namesOf(workbook, target).map((item) => reference("NamedItem", item)),
  getItem: (target, name, { workbook }) => {
    const item = findName(workbook, target, name);
    if (!item) throw new ModelError("ItemNotFound");
    return reference("NamedItem", item);
  },
  methods: {
    Add: (target, [name, what, comment], { workbook }) => {
      if (!/^[A-Za-z_\\][\w.\\]*$/.test(textArgument(name))) throw new ModelError("InvalidArgument");
      if (findName(workbook, target, name)) throw new ModelError("ItemAlreadyExists");
      const item: NamedItem = {
        name: textArgument(name),
        formula: what instanceof ObjectReference ? formulaOfRange(workbook, what) : textArgument(what),
        comment: typeof comment === "string" ? comment : "",
        visible: true,
        sheet: target.sheet,
      };
      workbook.names.push(item);
      workbook.structureChanged();
      return reference("NamedItem", item);
    },
    GetCount: (target, _args, { workbook }) => namesOf(workbook, target).length,
    GetItemOrNullObject: (target, [name], { workbook }) => {
      const item = findName(workbook, target, name);
      return item ? reference("NamedItem", item) : null;
    },
  },
};

function formulaOfRange(workbook: Workbook, what: ObjectReference): string {
  const { sheet, area: a } = rangeArgument(workbook, what, null);
  return `=${quoteSheetName(sheet.name)}!${absolute(a.row, a.column)}:${absolute(a.row + a.rowCount - 1, a.column + a.columnCount - 1)}`;
}

const absolute = (row: number, column: number): string => `$${columnName(column)}$${row + 1}`;

export const namedItemType: ObjectType<NamedItem> = {
  identity: ({ name }) => ({ _Id: name }),
  properties: {
    Name: { get: ({ name }) => name },
    Formula: {
      get: ({ formula }) => formula,
      set: (item, value, { workbook }) => {
        item.formula = textArgument(value);
        workbook.structureChanged();
      },
    },
    Value: { get: ({ formula }) => formula.slice(1) },
    Type: { get: ({ formula }) => (/[A-Z]+\$?\d/.test(formula) ? "Range" : "String") },
    Comment: {
      get: ({ comment }) => comment,
      set: (item, value) => {
        item.comment = textArgument(value);
      },
    },
    Visible: {
      get: ({ visible }) => visible,
      set: (item, value) => {
        item.visible = truth(value);
      },
    },
    Scope: { get: ({ sheet }) => (sheet ? "Worksheet" : "Workbook") },
  },
  navigation: {
    Worksheet: ({ sheet }) => {
      if (!sheet) throw new ModelError("InvalidOperation");
      return reference("Worksheet", sheet);
    },
    WorksheetOrNullObject: ({ sheet }) => sheet && reference("Worksheet", sheet),
  },
  methods: {
    Delete: (item, _args, { workbook }) => {
      workbook.names = workbook.names.filter((one) => one !== item);
      workbook.structureChanged();
    },
    GetRange: ({ formula, sheet }, _args, { workbook }) => {
      const place = workbook.resolveAddress(formula.slice(1), sheet);
      return rangeOf(place.sheet, place.area);
    },
    GetRangeOrNullObject: ({ formula, sheet }, _args, { workbook }) => {
      try {
        const place = workbook.resolveAddress(formula.slice(1), sheet);
        return rangeOf(place.sheet, place.area);
      } catch {
        return null;
      }
    },
  },
};
