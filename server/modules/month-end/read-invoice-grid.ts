import { GraphQLError } from "graphql";
import type { PlainDate } from "../../domain/calendar/plain-date";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import { ok, type Result } from "../../domain/result";
import { notFound, type Refusal } from "../../platform/refusal";
import type { Caller, RequestContext } from "../../platform/request-context";
import { withoutComparison } from "./compare-bills";
import { cellOf, columnsOf, USUAL_COLUMNS } from "./grid-column";
import { type GridLine, isFlagged } from "./grid-line";
import { gridTotals } from "./grid-totals";
import { invoicesOfMonth } from "./month-bills.store";
import { pageOfLines } from "./page-of-lines";
import { baselineMonthOf, comparedLines, loadBills } from "./read-bills";
import { filterTextOf, isVisibleTo } from "./read-saved-views";
import { type GridComparison, type SavedView, type ViewFilter, type ViewSort, WHOLE_MONTH } from "./saved-view";
import { savedViewsById } from "./saved-view.store";
import { isStale, toBill } from "./shared-bill";
import { sortLines } from "./sort-lines";
import { isInState } from "./state-filter";

export type GridRequest = {
  readonly viewId: string | null;
  readonly month: PlainMonth;
  readonly comparison: GridComparison | null;
  readonly first: number;
  readonly after: string | null;
};

/** The bills of a month as a view shows them, as arrays for spreadsheets. */
export async function readInvoiceGrid(context: RequestContext, request: GridRequest) {
  const caller = context.require("read");
  const view = request.viewId === null ? null : await mustSeeView(caller, request.viewId);
  const { month } = request;
  const comparison = request.comparison ?? view?.comparison ?? "none";
  const filter = view?.filter ?? WHOLE_MONTH;
  const lines = await readLines({ month, filter, sort: view?.sort ?? [], comparison, today: caller.today });
  const page = pageOfLines(lines, request);
  const columns = columnsOf(view?.columns ?? USUAL_COLUMNS).filter(
    (column) => comparison !== "none" || !column.needsComparison,
  );
  return {
    month,
    baselineMonth: comparison === "none" ? null : baselineMonthOf(month),
    pulledAt: caller.now,
    view,
    filterText: await filterTextOf(context, filter),
    columns: columns.map((column) => ({ ...column, editable: false })),
    rows: page.lines.map((line) => ({
      id: line.id,
      invoiceId: line.invoice?.id ?? null,
      version: line.invoice?.version ?? null,
      cells: columns.map((column) => cellOf(column, line)),
    })),
    totals: gridTotals(lines),
    flagged: lines.filter(isFlagged).length,
    stale: lines.filter(isStale).length,
    hasMore: page.hasMore,
    endCursor: page.endCursor,
  };
}

/** The invoices of a view in a month, exactly those that the grid shows, in its order. */
export async function invoiceIdsOfView(
  { caller }: { readonly caller: Caller },
  viewId: string,
  month: PlainMonth,
): Promise<Result<string[], Refusal>> {
  const view = await findView(caller, viewId);
  if (!view) return notFound("saved view", viewId, ["viewId"]);
  const lines = await readLines({ ...view, month, today: caller.today });
  return ok(lines.flatMap(({ invoice }) => invoice?.id ?? []));
}

/** All rows in their order. Flags that a view filters by are always those against the baseline, whatever is shown. */
async function readLines(asked: {
  readonly month: PlainMonth;
  readonly filter: ViewFilter;
  readonly sort: readonly ViewSort[];
  readonly comparison: GridComparison;
  readonly today: PlainDate;
}): Promise<GridLine[]> {
  const { month, filter, sort, comparison } = asked;
  const lines =
    comparison === "none" && filter.flagged === null
      ? (await invoicesOfMonth(month, filter)).map((invoice) => withoutComparison(toBill(invoice, month)))
      : await comparedLines(await loadBills(month, filter), asked.today);
  const shown = lines.filter((line) => (comparison !== "none" || line.invoice !== null) && isInState(line, filter));
  return sortLines(shown, sort);
}

async function findView(caller: Caller, viewId: string): Promise<SavedView | null> {
  const view = (await savedViewsById([viewId])).get(viewId);
  return view && isVisibleTo(view, caller) ? view : null;
}

async function mustSeeView(caller: Caller, viewId: string): Promise<SavedView> {
  const view = await findView(caller, viewId);
  if (view) return view;
  throw new GraphQLError(`There is no saved view ${viewId}. Ask for savedViews to see those there are.`, {
    extensions: { code: "BAD_USER_INPUT" },
  });
}
