import { addDays } from "../../domain/calendar/plain-date";
import { firstDayOf, type PlainMonth, periodOf, shiftMonth } from "../../domain/calendar/plain-month";
import { Decimal } from "../../domain/money/decimal";
import { measure } from "../../domain/usage/aggregate";
import { isDaily } from "../../domain/usage/metric";
import type { RequestContext } from "../../platform/request-context";
import { estimatedValues } from "../catalog";
import { metricsById, type UsageMetric } from "../usage";
import type { Leakage, PastDiscount, TermEnding, UnbilledUsage } from "./leakage";
import {
  contractsEnding,
  type DiscountPastTerm,
  discountsPastTerm,
  type EndingContract,
  type UnbilledSums,
  unbilledSums,
} from "./leakage.store";

/** Terms that end within so many months after the month. */
const AHEAD_MONTHS = 3;

/** What a month may have lost, in a number of statements that does not grow with what is found. */
export async function readLeakage(context: RequestContext, month: PlainMonth): Promise<Leakage> {
  context.require("read");
  const days = periodOf(month);
  const ahead = { startsOn: days.endsBefore, endsBefore: firstDayOf(shiftMonth(month, 1 + AHEAD_MONTHS)) };
  return {
    month,
    unbilledUsage: await valued(await unbilledSums(days)),
    pastDiscounts: (await discountsPastTerm(days)).map(toPastDiscount),
    termsEnding: (await contractsEnding(ahead)).map(toTermEnding),
  };
}

async function valued(rows: readonly UnbilledSums[]): Promise<UnbilledUsage[]> {
  const metrics = await metricsById([...new Set(rows.map(({ metricId }) => metricId))]);
  const measured = rows.map(({ sum, maximum, ...row }) => {
    const metric = metrics.get(row.metricId) as UsageMetric;
    const events = new Decimal(row.eventCount);
    const sums = { count: events, sum: new Decimal(sum), maximum: new Decimal(maximum) };
    const quantity = isDaily(metric.aggregation) ? measure(metric.aggregation, sums) : null;
    return { row, quantity, used: quantity && { metric, quantity, events, groups: [] } };
  });
  const valueOf = await estimatedValues(measured.flatMap(({ used }) => used ?? []));
  return measured.map(({ row, quantity, used }) => ({
    ...row,
    quantity,
    // A price by groups would put all of it under its default.
    estimatedValue: used && used.metric.groupBy.length === 0 ? valueOf(used) : null,
  }));
}

const toPastDiscount = ({ kind, value, ...rest }: DiscountPastTerm): PastDiscount => ({
  ...rest,
  percent: kind === "percent" ? value : null,
  fixed: kind === "fixed" ? value : null,
});

const toTermEnding = (ending: EndingContract): TermEnding => {
  const { contractId, endsBefore, renewalKind, renewalMonths, renewalNoticeDays } = ending;
  const renews = renewalKind === "automatic";
  return {
    contractId,
    endsBefore,
    renewalMonths: renews ? renewalMonths : null,
    noticeBy: renews && renewalNoticeDays !== null ? addDays(endsBefore, -renewalNoticeDays - 1) : null,
  };
};
