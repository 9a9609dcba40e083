import type { PlainDate } from "../../domain/calendar/plain-date";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import { groupBy } from "../../domain/group-by";
import { moneyText } from "../../domain/money/money";
import type { RequestContext } from "../../platform/request-context";
import type { GridLine } from "./grid-line";
import { billTotals } from "./grid-totals";
import { EVERYBODY } from "./month-bills";
import { comparedLines, loadBills, within } from "./read-bills";
import type { SavedView } from "./saved-view";
import { savedViewsById } from "./saved-view.store";
import { type Bill, isStale, type MonthBills, previousOf, sharedBills } from "./shared-bill";
import { isInState, isInStateButFlags } from "./state-filter";

/** What a view holds in a month, before it is pulled. */
export type ViewSummary = {
  readonly count: number;
  readonly staleCount: number;
  readonly totals: readonly { readonly currency: string; readonly previous: string; readonly current: string }[];
};

export function summaryOf(context: RequestContext, view: SavedView, month: PlainMonth): Promise<ViewSummary> {
  return context.mustLoad(summariesByViewAndMonth, `${view.id}|${month}|${context.caller.today}`);
}

/** A batch: each month is read once for all views, and compared at most once more where a view asks for flags. */
async function summariesByViewAndMonth(keys: readonly string[]): Promise<ReadonlyMap<string, ViewSummary>> {
  const asked = keys.map((key) => {
    const [viewId, month, today] = key.split("|") as [string, PlainMonth, PlainDate];
    return { key, viewId, month, today };
  });
  const views = await savedViewsById(asked.map(({ viewId }) => viewId));
  const summaries = new Map<string, ViewSummary>();
  for (const [month, wanted] of groupBy(asked, (each) => each.month)) {
    const all = await loadBills(month, EVERYBODY);
    for (const { key, viewId, today } of wanted) {
      const view = views.get(viewId);
      if (view) summaries.set(key, summarize(await shownBills(all, view, today)));
    }
  }
  return summaries;
}

type ShownBill = Bill & Pick<GridLine, "previous">;

async function shownBills(all: MonthBills, { filter }: SavedView, today: PlainDate): Promise<readonly ShownBill[]> {
  const bills = within(all, filter);
  if (filter.flagged !== null) return (await comparedLines(bills, today)).filter((line) => isInState(line, filter));
  const shown: ShownBill[] = [];
  for (const shared of sharedBills(bills)) {
    if (isInStateButFlags(shared.bill, filter)) shown.push({ ...shared.bill, previous: previousOf(shared) });
  }
  return shown;
}

function summarize(bills: readonly ShownBill[]): ViewSummary {
  return {
    count: bills.filter(({ invoice }) => invoice !== null).length,
    staleCount: bills.filter(isStale).length,
    totals: billTotals(bills).map(({ currency, previous, current }) => ({
      currency,
      previous: moneyText(previous),
      current: moneyText(current),
    })),
  };
}
