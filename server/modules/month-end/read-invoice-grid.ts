import { GraphQLError } from "graphql";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import { ok, type Result } from "../../domain/result";
import { EVERYTHING } from "../../domain/view/condition";
import { USUAL_COLUMNS } from "../../domain/view/view-columns";
import { notFound, type Refusal } from "../../platform/refusal";
import type { Caller, RequestContext } from "../../platform/request-context";
import { filterTextOf, findSavedView, type GridComparison, type SavedView, visibleView } from "../view";
import { baselineMonthsOf, type ComparisonRequest, USUAL_COMPARISON } from "./comparison-request";
import { cellOf, columnsOf, titleOf } from "./grid-column";
import { isFlagged } from "./grid-line";
import { gridTotals } from "./grid-totals";
import { pageOfLines } from "./page-of-lines";
import { readLines } from "./read-lines";
import { isStale } from "./shared-bill";

export type GridRequest = {
  readonly viewId: string | null;
  readonly month: PlainMonth;
  readonly comparison: GridComparison | null;
  readonly isGross?: boolean;
  readonly isInBase?: boolean;
  readonly first: number;
  readonly after: string | null;
};

/** The bills of a month as a view shows them, as arrays for spreadsheets. */
export async function readInvoiceGrid(context: RequestContext, asked: GridRequest) {
  const caller = context.require("read");
  const view = asked.viewId === null ? null : await mustSeeView(context, asked.viewId);
  const { month } = asked;
  const request: ComparisonRequest = {
    comparison: asked.comparison ?? view?.comparison ?? "none",
    isGross: asked.isGross ?? false,
    isInBase: asked.isInBase ?? false,
  };
  const baselineMonths = baselineMonthsOf(month, request.comparison);
  const lines = await readLines({ month, view, sort: view?.sort ?? [], request, today: caller.today });
  const page = pageOfLines(lines, asked);
  const columns = columnsOf(view?.columns ?? USUAL_COLUMNS).filter(
    (column) => baselineMonths.length > 0 || !column.needsComparison,
  );
  return {
    month,
    baselineMonth: baselineMonths[0] ?? null,
    baselineMonths,
    pulledAt: caller.now,
    view,
    filterText: await filterTextOf(context, view?.filter ?? EVERYTHING),
    columns: columns.map((column) => ({ ...column, title: titleOf(column, request), editable: false })),
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

type AsCaller = { readonly caller: Caller };

/** The invoices of a view in a month, exactly those that the grid shows, in its order. */
export async function invoiceIdsOfView(
  { caller }: AsCaller,
  viewId: string,
  month: PlainMonth,
): Promise<Result<string[], Refusal>> {
  const view = await visibleView(caller, viewId);
  if (!view) return notFound("saved view", viewId, ["viewId"]);
  const request = { ...USUAL_COMPARISON, comparison: view.comparison };
  const lines = await readLines({ month, view, sort: view.sort, request, today: caller.today });
  return ok(lines.flatMap(({ invoice }) => invoice?.id ?? []));
}

/** The rows of a view that somebody should look at. */
export async function flaggedRowIdsOfView(
  { caller }: AsCaller,
  viewId: string,
  month: PlainMonth,
): Promise<Result<string[], Refusal>> {
  const view = await visibleView(caller, viewId);
  if (!view) return notFound("saved view", viewId, ["viewId"]);
  const lines = await readLines({ month, view, sort: view.sort, request: USUAL_COMPARISON, today: caller.today });
  return ok(lines.filter(isFlagged).map(({ id }) => id));
}

export async function mustSeeView(context: RequestContext, viewId: string): Promise<SavedView> {
  const view = await findSavedView(context, viewId);
  if (view) return view;
  throw new GraphQLError(`There is no saved view ${viewId}. Ask for savedViews to see those there are.`, {
    extensions: { code: "BAD_USER_INPUT" },
  });
}
