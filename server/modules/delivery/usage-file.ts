import type { PlainDate } from "../../domain/calendar/plain-date";
import { type Invoice, type InvoiceLine, linesByInvoice } from "../invoice";
import { type DayOfUsage, usageByDay } from "../usage";

/** What a line bills by usage, by the day: as it is recorded now, which later events may have changed. */
export type UsageOfLine = {
  readonly line: InvoiceLine;
  readonly days: readonly DayOfUsage[];
  /** of the days together; decimal text, as billed */
  readonly billed: string;
};

/** Lines that bill a metric which can be told by the day, those alone that have usage. */
export async function usageOfInvoice({ id, customerId, documentKind }: Invoice): Promise<UsageOfLine[]> {
  if (documentKind === "credit_note") return [];
  const lines = (await linesByInvoice([id])).get(id) ?? [];
  const asked = lines.flatMap((line) => {
    const { quantity, ratedPeriod, servicePeriod } = line.explanation;
    if (line.kind !== "charge" || quantity?.source.kind !== "usage") return [];
    const { metricId } = quantity.source;
    const period = (ratedPeriod ?? servicePeriod) as { startsOn: PlainDate; endsBefore: PlainDate };
    const owners = quantity.breakdown.length > 0 ? quantity.breakdown.map((share) => share.customerId) : [customerId];
    return owners.map((owner) => ({ line, metricId, period, owner, billed: quantity.measured }));
  });
  const days = await usageByDay(asked.map(({ metricId, period, owner }) => ({ metricId, period, owner })));
  const byLine = new Map<string, UsageOfLine>();
  asked.forEach(({ line, billed }, index) => {
    const earlier = byLine.get(line.id)?.days ?? [];
    byLine.set(line.id, { line, billed, days: added(earlier, days[index] ?? []) });
  });
  return [...byLine.values()].filter((usage) => usage.days.length > 0);
}

/** Whether the invoice bills usage at all. */
export async function hasUsage({ id, documentKind }: Invoice): Promise<boolean> {
  if (documentKind === "credit_note") return false;
  const lines = (await linesByInvoice([id])).get(id) ?? [];
  return lines.some(({ kind, explanation }) => kind === "charge" && explanation.quantity?.source.kind === "usage");
}

export const usageFileName = ({ number }: Invoice): string => `${number}-usage.csv`;

/** The usage of an invoice as a table for spreadsheets. */
export function usageCsv(usage: readonly UsageOfLine[]): string {
  const rows = usage.flatMap(({ line, days }) =>
    days.map(({ day, quantity, events }) => [line.description, day, quantity, events]),
  );
  return [["Item", "Day", "Quantity", "Events"], ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

/** Text that a spreadsheet would take for a formula gets an apostrophe before it. */
const cell = (text: string): string => {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

function added(one: readonly DayOfUsage[], other: readonly DayOfUsage[]): DayOfUsage[] {
  return [...one, ...other].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}
