import { type Area, intersection } from "../../model/area";
import type { CellValueRule, ConditionalFormat, ConditionalStyle } from "../../model/conditional-format";
import { ModelError } from "../../model/model-error";
import type { ObjectType, Property } from "../object-type";
import { colorArgument, oneOf, textArgument, truth, wholeNumber } from "./arguments";
import { areaOf, rangeOf } from "./range-target";
import { type FormatTarget, type ObjectReference, type RangeTarget, reference } from "./targets";

const formatsOf = (range: RangeTarget): FormatTarget[] =>
  range.sheet.conditionalFormats
    .filter((format) => intersection(format.area, areaOf(range)) !== null)
    .map((format) => ({ sheet: range.sheet, format }));

export const conditionalFormatsType: ObjectType<RangeTarget> = {
  items: (range) => formatsOf(range).map((target) => reference("ConditionalFormat", target)),
  getItem: (range, id) => {
    const found = formatsOf(range).find(({ format }) => format.id === id);
    if (!found) throw new ModelError("ItemNotFound");
    return reference("ConditionalFormat", found);
  },
  methods: {
    /** The newest one comes first, as in Excel. */
    Add: (range, [type], { workbook }) => {
      if (range.sheet.protection.isProtected) throw new ModelError("AccessDenied");
      const place: Area = areaOf(range);
      const kind = oneOf(type, ["Custom", "CellValue"]);
      const rule: CellValueRule = { formula1: "=0", operator: "GreaterThan" };
      const format: ConditionalFormat = {
        id: workbook.newId(),
        area: place,
        kind,
        formula: "=FALSE",
        rule,
        style: {},
        stopIfTrue: false,
      };
      range.sheet.conditionalFormats.unshift(format);
      workbook.touch();
      return reference("ConditionalFormat", { sheet: range.sheet, format });
    },
    ClearAll: (range, _args, { workbook }) => {
      const gone = new Set(formatsOf(range).map(({ format }) => format));
      range.sheet.conditionalFormats = range.sheet.conditionalFormats.filter((format) => !gone.has(format));
      workbook.touch();
    },
    GetCount: (range) => formatsOf(range).length,
    GetItemOrNullObject: (range, [id]) => {
      const found = formatsOf(range).find(({ format }) => format.id === id);
      return found ? reference("ConditionalFormat", found) : null;
    },
  },
};

export const conditionalFormatType: ObjectType<FormatTarget> = {
  identity: ({ format }) => ({ Id: format.id }),
  properties: {
    Id: { get: ({ format }) => format.id },
    Type: { get: ({ format }) => format.kind },
    StopIfTrue: {
      get: ({ format }) => format.stopIfTrue,
      set: ({ format }, value, { workbook }) => {
        format.stopIfTrue = truth(value);
        workbook.touch();
      },
    },
    Priority: {
      get: ({ sheet, format }) => sheet.conditionalFormats.indexOf(format),
      set: ({ sheet, format }, value, { workbook }) => {
        sheet.conditionalFormats = sheet.conditionalFormats.filter((one) => one !== format);
        sheet.conditionalFormats.splice(wholeNumber(value), 0, format);
        workbook.touch();
      },
    },
  },
  navigation: {
    Custom: (target) => ofKind(target, "Custom"),
    CustomOrNullObject: (target) => (target.format.kind === "Custom" ? ofKind(target, "Custom") : null),
    CellValue: (target) => ofKind(target, "CellValue"),
    CellValueOrNullObject: (target) => (target.format.kind === "CellValue" ? ofKind(target, "CellValue") : null),
  },
  methods: {
    Delete: ({ sheet, format }, _args, { workbook }) => {
      sheet.conditionalFormats = sheet.conditionalFormats.filter((one) => one !== format);
      workbook.touch();
    },
    GetRange: ({ sheet, format }) => rangeOf(sheet, format.area),
    GetRangeOrNullObject: ({ sheet, format }) => rangeOf(sheet, format.area),
  },
};

function ofKind(target: FormatTarget, kind: ConditionalFormat["kind"]): ObjectReference {
  if (target.format.kind !== kind) throw new ModelError("InvalidOperation");
  return reference(kind === "Custom" ? "CustomConditionalFormat" : "CellValueConditionalFormat", target);
}

export const customType: ObjectType<FormatTarget> = {
  navigation: {
    Rule: (target) => reference("ConditionalFormatRule", target),
    Format: (target) => reference("ConditionalRangeFormat", target),
  },
};

export const ruleType: ObjectType<FormatTarget> = {
  properties: {
    Formula: {
      get: ({ format }) => format.formula,
      set: ({ format }, value, { workbook }) => {
        const formula = textArgument(value);
        format.formula = formula.startsWith("=") ? formula : `=${formula}`;
        workbook.touch();
      },
    },
  },
};

export const cellValueType: ObjectType<FormatTarget> = {
  properties: {
    Rule: {
      get: ({ format }) => format.rule,
      set: ({ format }, value, { workbook }) => {
        const { formula1, formula2, operator } = value as Partial<Record<string, unknown>>;
        const operators = [
          "Between",
          "NotBetween",
          "EqualTo",
          "NotEqualTo",
          "GreaterThan",
          "LessThan",
          "GreaterThanOrEqual",
          "LessThanOrEqual",
        ];
        const rule = { formula1: textArgument(formula1), operator: oneOf(operator, operators) };
        format.rule = formula2 === undefined ? rule : { ...rule, formula2: textArgument(formula2) };
        workbook.touch();
      },
    },
  },
  navigation: { Format: (target) => reference("ConditionalRangeFormat", target) },
};

function styled<Key extends keyof ConditionalStyle>(
  key: Key,
  read: (value: unknown) => ConditionalStyle[Key],
): Property<FormatTarget> {
  return {
    get: ({ format }) => format.style[key] ?? null,
    set: ({ format }, value, { workbook }) => {
      format.style[key] = read(value);
      workbook.touch();
    },
  };
}

export const conditionalFontType: ObjectType<FormatTarget> = {
  properties: {
    Color: styled("color", colorArgument),
    Bold: styled("bold", truth),
    Italic: styled("italic", truth),
    Strikethrough: styled("strikethrough", truth),
    Underline: styled("underline", (value) => oneOf(value, ["None", "Single", "Double"])),
  },
};

export const conditionalFillType: ObjectType<FormatTarget> = {
  properties: { Color: styled("fill", colorArgument) },
  methods: {
    Clear: ({ format }, _args, { workbook }) => {
      delete format.style.fill;
      workbook.touch();
    },
  },
};

export const conditionalRangeFormatType: ObjectType<FormatTarget> = {
  properties: { NumberFormat: styled("numberFormat", textArgument) },
  navigation: {
    Font: (target) => reference("ConditionalRangeFont", target),
    Fill: (target) => reference("ConditionalRangeFill", target),
  },
};
