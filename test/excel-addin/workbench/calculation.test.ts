import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  joinTokens,
  offsetFormula,
  shiftFormula,
  tokenizeFormula,
} from "../../../excel-addin/workbench/calculation/formula-tokens";
import { formatValue } from "../../../excel-addin/workbench/calculation/number-format";
import {
  renameColumnInFormula,
  resolveStructuredReferences,
  type TableShape,
} from "../../../excel-addin/workbench/calculation/structured-references";
import { area, formatArea, parseArea, type Shift, shiftArea } from "../../../excel-addin/workbench/model/area";

describe("a number format", () => {
  const cases: [number | string | boolean | null, string, string][] = [
    [1234.5, "#,##0.00", "1,234.50"],
    [-1234.5, "#,##0.00", "-1,234.50"],
    [-0.001, "#,##0.00", "0.00"],
    [1.005, "0.00", "1.01"],
    [2.675, "0.00", "2.68"],
    [0, "+#,##0.00;-#,##0.00;0.00", "0.00"],
    [-5, "+#,##0.00;-#,##0.00;0.00", "-5.00"],
    [5, "+#,##0.00;-#,##0.00;0.00", "+5.00"],
    [-5, "(#,##0);[Red](#,##0)", "(5)"],
    [0.1234, "0.0%", "12.3%"],
    [0.1234, '▲ 0.0%;▼ 0.0%;"–"', "▲ 12.3%"],
    [-0.1234, '▲ 0.0%;▼ 0.0%;"–"', "▼ 12.3%"],
    [0, '▲ 0.0%;▼ 0.0%;"–"', "–"],
    [1234567, '#,##0,"k"', "1,235k"],
    [12, "00000", "00012"],
    [0.5, "#.##", ".5"],
    [1500, "[$€-407] #,##0.00", "€ 1,500.00"],
    [1500, "$#,##0.00", "$1,500.00"],
    [12345.678, "0.00E+00", "1.23E+04"],
    [46326, "yyyy-mm-dd", "2026-10-31"],
    [46326, "d mmm yyyy", "31 Oct 2026"],
    [46326.75, "dd/mm/yyyy hh:mm", "31/10/2026 18:00"],
    [46326.5, "h:mm AM/PM", "12:00 PM"],
    [1 / 3, "General", "0.333333333"],
    [123456789012, "General", "1.23457E+11"],
    [1e-10, "General", "1E-10"],
    ["text", "#,##0.00", "text"],
    ["text", '0;-0;0;"<"@">"', "<text>"],
    [true, "0.00", "TRUE"],
    [null, "0.00", ""],
  ];

  it.each(cases)("shows %s under %s as %s", (value, format, shown) => {
    expect(formatValue(value, format).text).toBe(shown);
  });

  it("may ask for a colour", () => {
    expect(formatValue(-1, "0;[Red]-0").color).toBe("#ff0000");
    expect(formatValue(1, "0;[Red]-0").color).toBeNull();
  });
});

describe("a formula", () => {
  it("cut into tokens and joined again is the same", () => {
    const formulas = [
      "=SUM($A$1:B2,'My sheet'!C3)+Rate*2",
      '=IF([@Total]>100,"A1:B2 & ""quoted""",Invoices[[#Totals],[Net ]]]])',
      "=A:A+1:1+LOG10(5)-1.5E-3",
    ];
    for (const formula of formulas) expect(joinTokens(tokenizeFormula(formula))).toBe(formula);
    fc.assert(fc.property(fc.string(), (text) => joinTokens(tokenizeFormula(`=${text}`)) === `=${text}`));
  });

  it("moves its free references when it is copied, and keeps the fixed ones and texts", () => {
    expect(offsetFormula('=A1+$A1+A$1+$A$1&"A1"', 2, 1)).toBe('=B3+$A3+B$1+$A$1&"A1"');
    expect(offsetFormula("=A1", -1, 0)).toBe("=#REF!");
    expect(offsetFormula("=[@Q1]+LOG10(1)", 5, 5)).toBe("=[@Q1]+LOG10(1)");
  });

  it("follows rows that are put in, grows over them and loses what is taken out", () => {
    const rows = (kind: Shift["kind"], at: number, count: number): Shift => ({
      kind,
      axis: "row",
      at,
      count,
      crossAt: 0,
      crossCount: 16_384,
    });
    const here = () => true;
    expect(shiftFormula("=SUM(B3:B5)+C1", here, rows("insert", 3, 2))).toBe("=SUM(B3:B7)+C1");
    expect(shiftFormula("=SUM(B3:B5)", here, rows("insert", 0, 1))).toBe("=SUM(B4:B6)");
    expect(shiftFormula("=SUM(B3:B5)", here, rows("delete", 3, 5))).toBe("=SUM(B3:B3)");
    expect(shiftFormula("=B4", here, rows("delete", 3, 1))).toBe("=#REF!");
    expect(shiftFormula("=B4+Other!B4", (sheet) => sheet === null, rows("insert", 0, 1))).toBe("=B5+Other!B4");
  });
});

describe("a structured reference", () => {
  const invoices: TableShape = {
    name: "Invoices",
    sheetName: "Oct 2026",
    area: area(3, 1, 5, 3),
    hasHeaders: true,
    hasTotals: true,
    columnNames: ["Customer", "Total", "Net [EUR]"],
  };
  const inside = { sheetName: "Oct 2026", row: 5, column: 3 };
  const outside = { sheetName: "Sheet1", row: 5, column: 0 };

  const cases: [string, typeof inside, string][] = [
    ["=[@Total]*2", inside, "=C6*2"],
    ["=[@[Net '[EUR']]]", inside, "=D6"],
    ["=Invoices[@Total]", inside, "=C6"],
    ["=SUM(Invoices[Total])", outside, "=SUM('Oct 2026'!$C$5:$C$7)"],
    ["=SUM([Total])", inside, "=SUM($C$5:$C$7)"],
    ["=ROWS(Invoices)", outside, "=ROWS('Oct 2026'!$B$5:$D$7)"],
    ["=Invoices[[#Totals],[Total]]", inside, "=$C$8"],
    ["=Invoices[[#Headers],[Customer]:[Total]]", inside, "=$B$4:$C$4"],
    ["=COUNTA(Invoices[#All])", inside, "=COUNTA($B$4:$D$8)"],
    ["=SUM(Invoices[[#Data],[#Totals],[Total]])", inside, "=SUM($C$5:$C$8)"],
    ["=[@Missing]", inside, "=#REF!"],
    ["=Other[Total]", inside, "=#REF!"],
    ['="[@Total]"', inside, '="[@Total]"'],
  ];

  it.each(cases)("%s becomes an address", (formula, place, resolved) => {
    expect(resolveStructuredReferences(formula, place, [invoices])).toBe(resolved);
  });

  it("follows a column that is renamed, and leaves those of other tables alone", () => {
    const rename = (formula: string, isInTable: boolean) =>
      renameColumnInFormula(formula, invoices, isInTable, "Total", "Net");
    expect(rename("=[@Total]+SUM(Invoices[Total])+Other[Total]", true)).toBe(
      "=[@[Net]]+SUM(Invoices[Net])+Other[Total]",
    );
    expect(rename("=[@Total]", false)).toBe("=[@Total]");
  });
});

describe("an area", () => {
  const anyArea = fc
    .tuple(fc.nat(500), fc.nat(500), fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 200 }))
    .map(([row, column, rows, columns]) => area(row, column, rows, columns));

  it("reads back from what it is written as", () => {
    fc.assert(
      fc.property(anyArea, (one) => {
        expect(parseArea(formatArea(one))).toEqual(one);
      }),
    );
  });

  it("is where it was after rows are put in and taken out again", () => {
    fc.assert(
      fc.property(anyArea, fc.nat(700), fc.integer({ min: 1, max: 50 }), (one, at, count) => {
        const shift: Shift = { kind: "insert", axis: "row", at, count, crossAt: 0, crossCount: 16_384 };
        const inserted = shiftArea(one, shift);
        expect(inserted && shiftArea(inserted, { ...shift, kind: "delete" })).toEqual(one);
      }),
    );
  });
});
