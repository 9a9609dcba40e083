import type { PlainDate } from "../../domain/calendar/plain-date";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import { hashOf } from "./compare-bills";
import type { SignOff } from "./grid-line";
import { EVERYBODY } from "./month-bills";
import { eachCompared, loadBills } from "./read-bills";
import { type StoredSignOff, signOffsOfMonth } from "./sign-off.store";

/** What a row is now, whatever view it is looked at in: by its customer's whole month against the previous one. */
export type SignableRow = { readonly rowId: string; readonly customerId: string; readonly varianceHash: string };

export async function signableRows(
  month: PlainMonth,
  customerIds: readonly string[] | null,
  today: PlainDate,
): Promise<ReadonlyMap<string, SignableRow>> {
  const rows = new Map<string, SignableRow>();
  const bills = await loadBills(month, "previous_month", { ...EVERYBODY, customerIds });
  await eachCompared(bills, { today, isSettled: false }, (compared) => {
    const { id: rowId, customerId } = compared.bill;
    rows.set(rowId, { rowId, customerId, varianceHash: hashOf(compared) });
  });
  return rows;
}

/** The sign-offs of a month by row. Only the customers that have one are compared for it. */
export async function signOffsByRow(month: PlainMonth, today: PlainDate): Promise<ReadonlyMap<string, SignOff>> {
  const stored = await signOffsOfMonth(month);
  if (stored.length === 0) return new Map();
  const customerIds = [...new Set(stored.map(({ customerId }) => customerId))];
  const rows = await signableRows(month, customerIds, today);
  return new Map(stored.map((each) => [each.rowId, toSignOff(each, rows)]));
}

export const toSignOff = (
  { id, rowId, note, signedBy, signedAt, varianceHash }: StoredSignOff,
  rows: ReadonlyMap<string, SignableRow>,
): SignOff => ({ id, note, signedBy, signedAt, isCurrent: rows.get(rowId)?.varianceHash === varianceHash });
