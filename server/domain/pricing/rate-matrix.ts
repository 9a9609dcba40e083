import { Decimal, ZERO } from "../money/decimal";
import type { MatrixPrice, PriceTerms } from "./price";
import { type RatedSlice, slice } from "./slice";

/** Usage of events that say the same of themselves: property → value. A property that an event lacks has none. */
export type UsageGroup = { readonly values: { readonly [property: string]: string }; readonly quantity: Decimal };

/**
 * The quantity of the groups at the price of the first row that names all their values, the rest at the default price:
 * a slice for each row with usage, in the order of the rows, the default last. Included units are used up in that
 * order. Rows that corrections take below zero cost nothing and are used up with them, so that the slices always hold
 * the billable units of the total, neither more nor less.
 */
export function rateMatrix(price: MatrixPrice & PriceTerms, groups: readonly UsageGroup[]): RatedSlice[] {
  const used = sumByRow(price, groups);
  const belowZero = used.reduce((total, quantity) => (quantity.isNegative() ? total.minus(quantity) : total), ZERO);
  let free = belowZero.plus(price.includedUnits ?? ZERO);

  return used.flatMap((quantity, index) => {
    if (quantity.lte(0)) return [];
    const taken = Decimal.min(free, quantity);
    free = free.minus(taken);
    const row = price.rows[index];
    const billable = quantity.minus(taken);
    if (row === undefined) return [slice("matrix_default", billable, price.defaultUnitPrice)];
    const dimensions = price.dimensions.map((property, at) => ({ property, value: row.values[at] ?? "" }));
    return [{ ...slice("matrix_row", billable, row.unitPrice), dimensions }];
  });
}

/** What each row holds, and behind the last what none does. */
function sumByRow({ dimensions, rows }: MatrixPrice, groups: readonly UsageGroup[]): Decimal[] {
  const rowOf = new Map<string, number>();
  rows.forEach(({ values }, index) => {
    const key = JSON.stringify(values);
    if (!rowOf.has(key)) rowOf.set(key, index);
  });
  const used = Array.from({ length: rows.length + 1 }, () => ZERO);
  for (const { values, quantity } of groups) {
    // A value that is missing is written as null, which no row names.
    const index = rowOf.get(JSON.stringify(dimensions.map((property) => values[property]))) ?? rows.length;
    used[index] = (used[index] ?? ZERO).plus(quantity);
  }
  return used;
}
