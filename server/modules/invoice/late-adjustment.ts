import type { PlainDate } from "../../domain/calendar/plain-date";
import type { Line } from "../../domain/invoice/line";
import type { IgnoredUsage } from "../../domain/invoice/propose-invoices";
import type { CurrencyCode } from "../../domain/money/currency";

/** `waiting` for the next invoice; or `ignored`, as agreed, and reported with what it would have brought. */
export type LateAdjustmentState = "waiting" | "ignored";

/** What came too late for the invoice of its period, and stands on no draft. Amounts are decimal text. */
export type LateAdjustment = {
  readonly id: string;
  readonly contractId: string;
  readonly state: LateAdjustmentState;
  readonly billingKey: string;
  readonly description: string;
  readonly serviceStartsOn: PlainDate;
  readonly serviceEndsBefore: PlainDate;
  /** of the line that it corrects: a calculation that looks back as far judges it again */
  readonly dueOn: PlainDate;
  readonly currency: CurrencyCode;
  /** before tax; with it where prices include it */
  readonly amount: string;
  readonly noticedAt: Date;
};

export type NoticedAdjustment = Omit<LateAdjustment, "id" | "noticedAt">;

export function noticedAdjustments(
  contractId: string,
  waiting: readonly Line[],
  ignored: readonly IgnoredUsage[],
): NoticedAdjustment[] {
  const noticed = [
    ...waiting.map((line) => ({ state: "waiting" as const, line, amount: line.net })),
    ...ignored.map(({ line, amount }) => ({ state: "ignored" as const, line, amount })),
  ];
  return noticed.map(({ state, line, amount }) => ({
    contractId,
    state,
    billingKey: line.key,
    description: line.description,
    serviceStartsOn: line.servicePeriod.startsOn,
    serviceEndsBefore: line.servicePeriod.endsBefore,
    dueOn: line.dueOn,
    currency: amount.currency.code,
    amount: amount.amount.toFixed(),
  }));
}
