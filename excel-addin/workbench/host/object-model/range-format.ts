import { lastColumn, lastRow } from "../../model/area";
import { fitColumns, styleCells } from "../../model/edit";
import { ModelError } from "../../model/model-error";
import { STANDARD_COLUMN_WIDTH, STANDARD_ROW_HEIGHT } from "../../model/sheet";
import type { BorderLine, BorderSide, Style } from "../../model/style";
import type { HostContext } from "../host-context";
import type { ObjectType, Property } from "../object-type";
import { colorArgument, oneOf, textArgument, truth } from "./arguments";
import { areaOf } from "./range-target";
import { type BorderTarget, type RangeTarget, reference } from "./targets";

const PIXELS_PER_POINT = 4 / 3;
const BORDER_SIDES = ["EdgeTop", "EdgeBottom", "EdgeLeft", "EdgeRight"] as const;
const NO_BORDER: BorderLine = { style: "None", color: "", weight: "Thin" };

/** The value that all cells share, else null. */
function shared<Value>(range: RangeTarget, read: (style: Style) => Value): Value | null {
  const { row, column, rowCount, columnCount } = areaOf(range);
  const first = read(range.sheet.styleAt(row, column));
  const rowEnd = row + Math.min(rowCount, Math.max(1, range.sheet.rowEnd - row));
  const columnEnd = column + Math.min(columnCount, Math.max(1, range.sheet.columnEnd - column));
  for (let r = row; r < rowEnd; r++) {
    for (let c = column; c < columnEnd; c++) if (read(range.sheet.styleAt(r, c)) !== first) return null;
  }
  return first;
}

function styled<Key extends keyof Style>(key: Key, read: (value: unknown) => Style[Key]): Property<RangeTarget> {
  return {
    get: (range) => shared(range, (style) => style[key]),
    set: (range, value, { workbook }) => {
      const change = { [key]: read(value) } as unknown as Partial<Style>;
      styleCells(workbook, range.sheet, areaOf(range), () => change);
    },
  };
}

const number = (value: unknown): number => {
  if (typeof value !== "number" || !(value >= 0)) throw new ModelError("InvalidArgument");
  return value;
};

export const rangeFontType: ObjectType<RangeTarget> = {
  properties: {
    Name: styled("fontName", textArgument),
    Size: styled("fontSize", number),
    Color: styled("color", colorArgument),
    Bold: styled("bold", truth),
    Italic: styled("italic", truth),
    Strikethrough: styled("strikethrough", truth),
    Underline: styled("underline", (value) =>
      oneOf(value, ["None", "Single", "Double", "SingleAccountant", "DoubleAccountant"]),
    ),
  },
};

export const rangeFillType: ObjectType<RangeTarget> = {
  properties: {
    Color: {
      get: (range) => {
        const color = shared(range, (style) => style.fill);
        return color === null ? "" : color || "#FFFFFF";
      },
      set: (range, value, { workbook }) => {
        const fill = colorArgument(value);
        styleCells(workbook, range.sheet, areaOf(range), () => ({ fill }));
      },
    },
  },
  methods: {
    Clear: (range, _args, { workbook }) => styleCells(workbook, range.sheet, areaOf(range), () => ({ fill: "" })),
  },
};

export const formatProtectionType: ObjectType<RangeTarget> = {
  properties: { Locked: styled("locked", truth), FormulaHidden: styled("formulaHidden", truth) },
};

function borderOf({ range, side }: BorderTarget): BorderLine {
  const { row, column } = areaOf(range);
  const line = (BORDER_SIDES as readonly string[]).includes(side)
    ? range.sheet.styleAt(row, column).borders[side as BorderSide]
    : undefined;
  return line ?? NO_BORDER;
}

/** An edge lies on the outer cells, an inside line on all between. */
function drawBorder({ range, side }: BorderTarget, change: Partial<BorderLine>, { workbook }: HostContext): void {
  const place = areaOf(range);
  const sidesAt = (row: number, column: number): BorderSide[] => {
    const isLastRow = row === place.rowCount - 1;
    const isLastColumn = column === place.columnCount - 1;
    if (side === "EdgeTop") return row === 0 ? ["EdgeTop"] : [];
    if (side === "EdgeBottom") return isLastRow ? ["EdgeBottom"] : [];
    if (side === "EdgeLeft") return column === 0 ? ["EdgeLeft"] : [];
    if (side === "EdgeRight") return isLastColumn ? ["EdgeRight"] : [];
    if (side === "InsideHorizontal") return isLastRow ? [] : ["EdgeBottom"];
    return side === "InsideVertical" && !isLastColumn ? ["EdgeRight"] : [];
  };
  styleCells(workbook, range.sheet, place, (row, column) => {
    const sides = sidesAt(row, column);
    if (sides.length === 0) return null;
    const { borders } = range.sheet.styleAt(place.row + row, place.column + column);
    const drawn = { style: "Continuous", color: "#000000", weight: "Thin" };
    return {
      borders: {
        ...borders,
        ...Object.fromEntries(sides.map((one) => [one, { ...drawn, ...borders[one], ...change }])),
      },
    };
  });
}

export const rangeBorderType: ObjectType<BorderTarget> = {
  identity: ({ side }) => ({ Id: side }),
  properties: {
    SideIndex: { get: ({ side }) => side },
    Style: {
      get: (target) => borderOf(target).style,
      set: (target, value, host) =>
        drawBorder(
          target,
          {
            style: oneOf(value, [
              "None",
              "Continuous",
              "Dash",
              "DashDot",
              "DashDotDot",
              "Dot",
              "Double",
              "SlantDashDot",
            ]),
          },
          host,
        ),
    },
    Weight: {
      get: (target) => borderOf(target).weight,
      set: (target, value, host) =>
        drawBorder(target, { weight: oneOf(value, ["Hairline", "Thin", "Medium", "Thick"]) }, host),
    },
    Color: {
      get: (target) => borderOf(target).color,
      set: (target, value, host) => drawBorder(target, { color: colorArgument(value) }, host),
    },
  },
};

const ALL_SIDES = [...BORDER_SIDES, "InsideHorizontal", "InsideVertical"] as const;

export const rangeBordersType: ObjectType<RangeTarget> = {
  properties: { Count: { get: () => ALL_SIDES.length } },
  items: (range) => ALL_SIDES.map((side) => reference("RangeBorder", { range, side })),
  getItem: (range, side) =>
    reference("RangeBorder", { range, side: oneOf(side, [...ALL_SIDES, "DiagonalDown", "DiagonalUp"]) }),
};

function sharedSize(from: number, to: number, sizeOf: (line: number) => number): number | null {
  const first = sizeOf(from);
  for (let line = from + 1; line <= Math.min(to, from + 20_000); line++) if (sizeOf(line) !== first) return null;
  return first / PIXELS_PER_POINT;
}

export const rangeFormatType: ObjectType<RangeTarget> = {
  properties: {
    HorizontalAlignment: styled("horizontalAlignment", (value) =>
      oneOf(value, ["General", "Left", "Center", "Right", "Fill", "Justify", "CenterAcrossSelection", "Distributed"]),
    ),
    VerticalAlignment: styled("verticalAlignment", (value) =>
      oneOf(value, ["Top", "Center", "Bottom", "Justify", "Distributed"]),
    ),
    WrapText: styled("wrapText", truth),
    IndentLevel: styled("indentLevel", number),
    ColumnWidth: {
      get: (range) =>
        sharedSize(areaOf(range).column, lastColumn(areaOf(range)), (column) => range.sheet.columnWidth(column)),
      set: (range, value, { workbook }) => {
        const pixels = Math.round(number(value) * PIXELS_PER_POINT);
        for (let column = areaOf(range).column; column <= lastColumn(areaOf(range)); column++)
          range.sheet.columnWidths.set(column, pixels);
        workbook.touch();
      },
    },
    RowHeight: {
      get: (range) => sharedSize(areaOf(range).row, lastRow(areaOf(range)), (row) => range.sheet.rowHeight(row)),
      set: (range, value, { workbook }) => {
        const pixels = Math.round(number(value) * PIXELS_PER_POINT);
        const { row, rowCount } = areaOf(range);
        for (let at = row; at < row + Math.min(rowCount, range.sheet.rowEnd + 1000); at++)
          range.sheet.rowHeights.set(at, pixels);
        workbook.touch();
      },
    },
    UseStandardWidth: {
      get: (range) => range.sheet.columnWidth(areaOf(range).column) === STANDARD_COLUMN_WIDTH,
    },
    UseStandardHeight: {
      get: (range) => range.sheet.rowHeight(areaOf(range).row) === STANDARD_ROW_HEIGHT,
    },
  },
  navigation: {
    Font: (range) => reference("RangeFont", range),
    Fill: (range) => reference("RangeFill", range),
    Borders: (range) => reference("RangeBorderCollection", range),
    Protection: (range) => reference("FormatProtection", range),
  },
  methods: {
    AutofitColumns: (range, _args, { workbook }) => {
      workbook.ensureCalculated();
      fitColumns(workbook, range.sheet, areaOf(range));
      workbook.touch();
    },
    AutofitRows: (range, _args, { workbook }) => {
      const { row, rowCount } = areaOf(range);
      for (let at = row; at < Math.min(row + rowCount, range.sheet.rowEnd); at++) range.sheet.rowHeights.delete(at);
      workbook.touch();
    },
  },
};
