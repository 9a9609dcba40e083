import type { PlainDate } from "../../domain/calendar/plain-date";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import { ok, type Result } from "../../domain/result";
import { all, EVERYTHING, test } from "../../domain/view/condition";
import type { FilterRecord } from "../../domain/view/filter-record";
import { readFilter } from "../../domain/view/read-filter";
import { asksComparison } from "../../domain/view/split";
import { invalid, invalidInput, type Refusal } from "../../platform/refusal";
import { idsOfInvoices } from "./invoice-list.store";
import type { OrderStep } from "./invoice-order";

const IN_ORDER_OF_WORK: readonly OrderStep[] = [
  { by: "customer", direction: "ascending" },
  { by: "billsOn", direction: "ascending" },
];

/** The invoices that a filter selects, by customer and day; one more than the limit where there are more. */
export async function selectInvoices(
  { filter, month }: { readonly filter: FilterRecord; readonly month: PlainMonth | null },
  { today, limit }: { readonly today: PlainDate; readonly limit: number },
): Promise<Result<string[], Refusal>> {
  const { condition, problems } = readFilter(filter);
  if (problems.length > 0) {
    return invalidInput(problems.map(({ path, ...problem }) => ({ ...problem, path: ["filter", ...path] })));
  }
  if (asksComparison(condition)) {
    return invalid(
      "COMPARISON_NEEDED",
      "flagged and isSignedOff are answered by comparing a month. Save a view and select by viewId and month.",
      ["filter"],
    );
  }
  const inMonth = month === null ? EVERYTHING : test("billingMonth", { kind: "between", from: month, through: month });
  return ok(
    await idsOfInvoices({ condition: all(condition, inMonth), today }, { order: IN_ORDER_OF_WORK, limit: limit + 1 }),
  );
}
