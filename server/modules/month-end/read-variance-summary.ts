import type { PlainMonth } from "../../domain/calendar/plain-month";
import { groupBy } from "../../domain/group-by";
import { type CurrencyCode, currency } from "../../domain/money/currency";
import { type Decimal, ZERO } from "../../domain/money/decimal";
import { subtract, sum } from "../../domain/money/money";
import { type DriverTotals, sumOfDrivers } from "../../domain/variance/driver";
import type { RequestContext } from "../../platform/request-context";
import { loadOrganization } from "../organization";
import type { GridComparison } from "../view";
import { baselineMonthsOf } from "./comparison-request";
import { type GridLine, isFlagged, isSignedOff } from "./grid-line";
import { lineInBase, loadMonthRates } from "./in-base-currency";
import { mustSeeView } from "./read-invoice-grid";
import { type DriverAmount, driverAmounts } from "./read-invoice-variance";
import { readLines } from "./read-lines";
import { type ShownMoney, showMoney } from "./shown-money";

export type SummaryAsked = {
  readonly viewId: string | null;
  readonly month: PlainMonth;
  readonly comparison: Exclude<GridComparison, "none">;
  readonly isGross: boolean;
};

export type VarianceTotal = {
  readonly current: ShownMoney;
  readonly previous: ShownMoney;
  readonly change: ShownMoney;
  readonly drivers: readonly DriverAmount[];
};

export type VarianceSummary = {
  readonly month: PlainMonth;
  readonly baselineMonths: readonly PlainMonth[];
  readonly customersUp: number;
  readonly customersDown: number;
  readonly customersNew: number;
  readonly customersLost: number;
  readonly customersUnchanged: number;
  readonly flagged: number;
  readonly unsigned: number;
  readonly totals: readonly VarianceTotal[];
  /** Null where a rate is missing. */
  readonly inBase: VarianceTotal | null;
};

/** What moved a view in a month: whose bills rose and fell, and the drivers of each currency and of all together. */
export async function readVarianceSummary(context: RequestContext, asked: SummaryAsked): Promise<VarianceSummary> {
  const { today } = context.require("read");
  const { month, comparison, isGross } = asked;
  const view = asked.viewId === null ? null : await mustSeeView(context, asked.viewId);
  const request = { comparison, isGross, isInBase: false };
  const lines = await readLines({ month, view, sort: [], request, today });
  const { baseCurrency: base } = await loadOrganization();
  const baselineMonths = baselineMonthsOf(month, comparison);
  const codes = lines.map((line) => line.currency);
  const rates = await loadMonthRates(codes, [month, ...baselineMonths], base);
  const inBase = lines.map((line) => lineInBase(line, rates, { base, baselineMonths }));
  const movements = [...groupBy(inBase, ({ customerId }) => customerId).values()].map(movementOf);
  const count = (wanted: Movement) => movements.filter((movement) => movement === wanted).length;
  return {
    month,
    baselineMonths,
    customersUp: count("up"),
    customersDown: count("down"),
    customersNew: count("new"),
    customersLost: count("lost"),
    customersUnchanged: count("unchanged"),
    flagged: lines.filter(isFlagged).length,
    unsigned: lines.filter((line) => isFlagged(line) && !isSignedOff(line)).length,
    totals: [...groupBy(lines, ({ shownIn }) => shownIn)]
      .map(([code, own]) => totalOf(own, code))
      .sort((a, b) => (a.current.currency < b.current.currency ? -1 : 1)),
    inBase: inBase.every(({ shownIn }) => shownIn === base) ? totalOf(inBase, base) : null,
  };
}

type Movement = "up" | "down" | "new" | "lost" | "unchanged";

/** By all currencies of a customer together; where a rate is missing, by those that there is one for. */
function movementOf(lines: readonly GridLine[]): Movement {
  const [{ shownIn }] = lines as readonly [GridLine, ...GridLine[]];
  const added = lines.filter((line) => line.shownIn === shownIn);
  const total = (amountOf: (line: GridLine) => Decimal) =>
    added.reduce((sofar, line) => sofar.plus(amountOf(line)), ZERO);
  const [previous, current] = [total((line) => line.previous.amount), total((line) => line.current.amount)];
  if (previous.isZero() && !total(({ drivers }) => drivers.new ?? ZERO).isZero()) return "new";
  if (current.isZero() && !total(({ drivers }) => drivers.lost ?? ZERO).isZero()) return "lost";
  return current.equals(previous) ? "unchanged" : current.gt(previous) ? "up" : "down";
}

function totalOf(lines: readonly GridLine[], code: CurrencyCode): VarianceTotal {
  const of = currency(code);
  const [current, previous] = [
    sum(
      lines.map((line) => line.current),
      of,
    ),
    sum(
      lines.map((line) => line.previous),
      of,
    ),
  ];
  const drivers: DriverTotals = sumOfDrivers(lines.map((line) => line.drivers));
  const fx = lines.reduce((total, line) => total.plus(line.fx ?? ZERO), ZERO);
  return {
    current: showMoney(current),
    previous: showMoney(previous),
    change: showMoney(subtract(current, previous)),
    drivers: driverAmounts(drivers, code, fx),
  };
}
