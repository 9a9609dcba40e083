import type { PlainDate } from "../../domain/calendar/plain-date";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import type { CurrencyCode } from "../../domain/money/currency";
import type { VarianceThresholds } from "../../domain/variance/flag";
import { loadOrganization, type Organization } from "../organization";
import type { SavedView, ViewSort } from "../view";
import { withoutComparison } from "./compare-bills";
import { baselineMonthsOf, type ComparisonRequest, USUAL_COMPARISON } from "./comparison-request";
import { type GridLine, isFlagged, isSignedOff } from "./grid-line";
import { lineInBase, loadMonthRates } from "./in-base-currency";
import { EVERYBODY } from "./month-bills";
import { invoicesOfMonth } from "./month-bills.store";
import { comparedLines, loadBills } from "./read-bills";
import { toBill } from "./shared-bill";
import { signOffsByRow } from "./sign-off";
import { sortLines } from "./sort-lines";
import { isInState, selectionsOf, type ViewSelection } from "./view-selection";

export type LinesAsked = {
  readonly month: PlainMonth;
  /** null: all invoices of the month */
  readonly view: Pick<SavedView, "filter" | "thresholdAmount" | "thresholdPercent"> | null;
  readonly sort: readonly ViewSort[];
  readonly request: ComparisonRequest;
  readonly today: PlainDate;
};

/**
 * All rows in their order. Flags and sign-offs that a view filters by are always those against the month before, whatever
 * is shown.
 */
export async function readLines({ month, view, sort, request, today }: LinesAsked): Promise<GridLine[]> {
  const { comparison } = request;
  const isShown = comparison !== "none";
  const selection = view && (await selectionOf(view, month, request, today));
  const isAsked = selection !== null && (selection.flagged !== null || selection.isSignedOff !== null);
  const signOffs = isShown || isAsked ? await signOffsByRow(month, today) : new Map<string, never>();
  const organization = await loadOrganization();
  const thresholds = thresholdsOf(view, organization);
  const population = selection?.members ? { ...EVERYBODY, invoiceIds: [...selection.members] } : EVERYBODY;
  const lines =
    isShown || isAsked
      ? await comparedLines(await loadBills(month, isShown ? comparison : "previous_month", population), {
          today,
          request,
          thresholds,
        })
      : (await invoicesOfMonth(month, population)).map((invoice) => withoutComparison(toBill(invoice, month)));
  const signed = lines.map((line) => {
    const signOff = signOffs.get(line.id);
    return signOff ? { ...line, signOff } : line;
  });
  const shown = signed.filter(
    (line) => (isShown || line.invoice !== null) && (selection === null || isSelected(line, selection)),
  );
  const inCurrency = request.isInBase ? await linesInBase(shown, { month, request, organization }) : shown;
  return sortLines(inCurrency, sort);
}

/** Of a view that says nothing of its own: as the organization does. */
export function thresholdsOf(
  view: Pick<SavedView, "thresholdAmount" | "thresholdPercent"> | null,
  { varianceThresholds }: Pick<Organization, "varianceThresholds">,
): VarianceThresholds {
  return {
    amount: view?.thresholdAmount ?? varianceThresholds.amount,
    percent: view?.thresholdPercent ?? varianceThresholds.percent,
  };
}

async function selectionOf(
  view: Pick<SavedView, "filter">,
  month: PlainMonth,
  { comparison }: ComparisonRequest,
  today: PlainDate,
): Promise<ViewSelection | null> {
  const months = baselineMonthsOf(month, comparison === "none" ? USUAL_COMPARISON.comparison : comparison);
  const [selection] = await selectionsOf([view.filter], { months: [month, ...months], today });
  return selection ?? null;
}

const isSelected = (line: GridLine, selection: ViewSelection): boolean =>
  isInState(line, selection) &&
  (selection.flagged === null || isFlagged(line) === selection.flagged) &&
  (selection.isSignedOff === null || isSignedOff(line) === selection.isSignedOff);

async function linesInBase(
  lines: readonly GridLine[],
  {
    month,
    request,
    organization,
  }: { readonly month: PlainMonth; readonly request: ComparisonRequest; readonly organization: Organization },
): Promise<GridLine[]> {
  const baselineMonths = baselineMonthsOf(month, request.comparison);
  const base: CurrencyCode = organization.baseCurrency;
  const codes = lines.map((line) => line.currency);
  const rates = await loadMonthRates(codes, [month, ...baselineMonths], base);
  return lines.map((line) => lineInBase(line, rates, { base, baselineMonths }));
}
