import type { PlainMonth } from "../../domain/calendar/plain-month";
import type { Finding } from "../../domain/close/checklist";
import { missingCounters } from "../../domain/close/missing-numbers";
import { formatNumber } from "../../domain/invoice/numbering";
import { seriesUsedSince, takenCounters, type UsedSeries } from "./findings.store";

/** Numbers of series in use that no document has. Series without gaps cost one count. */
export async function missingNumbers(month: PlainMonth): Promise<Finding[]> {
  const withGaps = (await seriesUsedSince(month)).filter(({ taken, last }) => taken !== last);
  const findings = await Promise.all(withGaps.map(gapsOf));
  return findings.flat();
}

async function gapsOf(series: UsedSeries): Promise<Finding[]> {
  const numberOf = (counter: number) =>
    formatNumber({ prefix: series.prefix, isYearly: true, digits: 5 }, { year: series.year, counter });
  return missingCounters(await takenCounters(series), series.last).map(({ first, last }) => {
    const numbers = first === last ? numberOf(first) : `${numberOf(first)} to ${numberOf(last)}`;
    return {
      subjectId: numbers,
      subject: numbers,
      problem:
        first === last ? "No document has this number." : `No document has any of these ${last - first + 1} numbers.`,
      remedy: "Find out where it went, and say so in the reason for which you let it pass.",
      amount: null,
      currency: null,
    };
  });
}
