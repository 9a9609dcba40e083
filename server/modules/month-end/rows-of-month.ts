import type { PlainDate } from "../../domain/calendar/plain-date";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import { VIEW_COLUMNS } from "../../domain/view/view-columns";
import { USUAL_COMPARISON } from "./comparison-request";
import { cellOf, columnsOf, type GridCell, titleOf } from "./grid-column";
import { readLines } from "./read-lines";

/** All bills of a month beside those of the month before, with every column there is: what was looked at when it was closed. */
export async function rowsOfMonth(
  month: PlainMonth,
  today: PlainDate,
): Promise<{ readonly titles: readonly string[]; readonly rows: readonly (readonly GridCell[])[] }> {
  const columns = columnsOf(VIEW_COLUMNS);
  const lines = await readLines({ month, view: null, sort: [], request: USUAL_COMPARISON, today });
  return {
    titles: columns.map((column) => titleOf(column, USUAL_COMPARISON)),
    rows: lines.map((line) => columns.map((column) => cellOf(column, line))),
  };
}
