import { describe, expect, it } from "vitest";
import { minorUnitsOf } from "../../../excel-addin/sheets/minor-units";
import { gridRow, invoiceGrid } from "./invoice-grid";

const sterling = { currency: "GBP", net: "10.00", gross: "12.00", previousNet: "8.00", change: "2.00" };
const yen = { currency: "JPY", net: "1000", gross: "1100", previousNet: "900", change: "100" };
const dinar = { currency: "KWD", net: "1.250", gross: "1.250", previousNet: "1.000", change: "0.250" };

const minorUnitsIn = (...rows: (typeof sterling)[]) =>
  minorUnitsOf(invoiceGrid(rows.map((row, index) => gridRow({ id: `inv-${index}`, ...row }))));

describe("minor units of a grid", () => {
  it("are those that most rows have, and who differs", () => {
    expect(minorUnitsIn(sterling, yen, sterling, dinar)).toEqual({
      usual: 2,
      longest: 3,
      exceptions: [
        { currency: "JPY", places: 0 },
        { currency: "KWD", places: 3 },
      ],
    });
    expect(minorUnitsIn(yen, yen, sterling)).toEqual({
      usual: 0,
      longest: 2,
      exceptions: [{ currency: "GBP", places: 2 }],
    });
  });

  it("are the longer ones where two are as frequent", () => {
    expect(minorUnitsIn(yen, sterling)).toMatchObject({ usual: 2, exceptions: [{ currency: "JPY", places: 0 }] });
    expect(minorUnitsIn(sterling, dinar)).toMatchObject({ usual: 3, exceptions: [{ currency: "GBP", places: 2 }] });
  });

  it("are enough for every row where the view leaves out the currency", () => {
    const grid = invoiceGrid([gridRow({ id: "1", ...yen }), gridRow({ id: "2", ...yen }), gridRow({ id: "3" })]);
    const columns = grid.columns.map((column) => (column.key === "currency" ? { ...column, key: "other" } : column));
    expect(minorUnitsOf({ ...grid, columns })).toEqual({ usual: 2, longest: 2, exceptions: [] });
  });

  it("are two without any row", () => {
    expect(minorUnitsOf(invoiceGrid([]))).toEqual({ usual: 2, longest: 2, exceptions: [] });
  });
});
