import type { PlainDate } from "../../domain/calendar/plain-date";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import { groupBy } from "../../domain/group-by";
import { moneyText } from "../../domain/money/money";
import type { RequestContext } from "../../platform/request-context";
import { loadOrganization } from "../organization";
import { type SavedView, savedViewsById } from "../view";
import { baselineMonthsOf, USUAL_COMPARISON } from "./comparison-request";
import { type GridLine, isFlagged, isSignedOff } from "./grid-line";
import { billTotals } from "./grid-totals";
import { comparedLines, loadBills, within } from "./read-bills";
import { thresholdsOf } from "./read-lines";
import { type Bill, isStale, type MonthBills, previousOf, sharedBills } from "./shared-bill";
import { signOffsByRow } from "./sign-off";
import { isInState, selectionsOf, type ViewSelection } from "./view-selection";

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
    const known = wanted.flatMap(({ key, viewId, today }) => {
      const view = views.get(viewId);
      return view ? [{ key, view, today }] : [];
    });
    const [first] = known;
    if (!first) continue;
    const all = await loadBills(month, "previous_month");
    const selections = await selectionsOf(
      known.map(({ view }) => view.filter),
      { months: [month, ...baselineMonthsOf(month, "previous_month")], today: first.today },
    );
    for (const [index, { key, view, today }] of known.entries()) {
      const selection = selections[index];
      if (selection) summaries.set(key, summarize(await shownBills(all, { view, selection, today })));
    }
  }
  return summaries;
}

type ShownBill = Bill & Pick<GridLine, "previous" | "shownIn">;

async function shownBills(
  all: MonthBills,
  {
    view,
    selection,
    today,
  }: { readonly view: SavedView; readonly selection: ViewSelection; readonly today: PlainDate },
): Promise<readonly ShownBill[]> {
  const bills = within(all, selection.members);
  const { flagged, isSignedOff: signed } = selection;
  if (flagged === null && signed === null) {
    const shown: ShownBill[] = [];
    for (const shared of sharedBills(bills)) {
      if (isInState(shared.bill, selection))
        shown.push({ ...shared.bill, previous: previousOf(shared), shownIn: shared.bill.currency });
    }
    return shown;
  }
  const signOffs = signed === null ? new Map() : await signOffsByRow(all.month, today);
  const thresholds = thresholdsOf(view, await loadOrganization());
  const lines = await comparedLines(bills, { today, request: USUAL_COMPARISON, thresholds });
  return lines
    .map((line) => ({ ...line, signOff: signOffs.get(line.id) ?? null }))
    .filter(
      (line) =>
        isInState(line, selection) &&
        (flagged === null || isFlagged(line) === flagged) &&
        (signed === null || isSignedOff(line) === signed),
    );
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
