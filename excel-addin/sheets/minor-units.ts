import type { InvoiceGrid } from "../api/invoices";
import { longestPlaces } from "./decimal-text";

/** How many decimal places the amounts of a grid have: those of the minor units of their currencies, JPY 0, GBP 2, KWD 3. */
export interface MinorUnits {
  /** For the format of the columns: what most rows have. In a view without the currency, what every row can do with. */
  readonly usual: number;
  readonly longest: number;
  /** Currencies, in alphabetical order, whose amounts have other places than the usual ones. */
  readonly exceptions: readonly { readonly currency: string; readonly places: number }[];
}

/** Counted in the amounts themselves, so that the add-in keeps no list of currencies. Without any amount: 2 places. */
export function minorUnitsOf(grid: InvoiceGrid): MinorUnits {
  const money = grid.columns.flatMap(({ type }, place) => (type === "MONEY" ? [place] : []));
  const currencyPlace = grid.columns.findIndex(({ key }) => key === "currency");
  const rows = grid.rows.flatMap(({ cells }) => {
    const amounts = money.map((place) => cells[place]).filter((cell) => typeof cell === "string");
    return amounts.length === 0 ? [] : [{ currency: String(cells[currencyPlace] ?? ""), amounts }];
  });

  const byCurrency = new Map<string, number>();
  for (const { currency, amounts } of rows)
    byCurrency.set(currency, Math.max(byCurrency.get(currency) ?? 0, longestPlaces(amounts)));
  const rowsWith = new Map<number, number>();
  for (const { currency } of rows) {
    const places = byCurrency.get(currency) ?? 0;
    rowsWith.set(places, (rowsWith.get(places) ?? 0) + 1);
  }
  const [[usual] = [2]] = [...rowsWith].sort(([a, aRows], [b, bRows]) => bRows - aRows || b - a);
  return {
    usual,
    longest: Math.max(usual, ...byCurrency.values()),
    exceptions: [...byCurrency]
      .filter(([, places]) => places !== usual)
      .map(([currency, places]) => ({ currency, places }))
      .sort((a, b) => (a.currency < b.currency ? -1 : 1)),
  };
}
