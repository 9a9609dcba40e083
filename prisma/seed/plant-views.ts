import { type Condition, EVERYTHING, test } from "../../server/domain/view/condition";
import { USUAL_COLUMNS, type ViewColumn } from "../../server/domain/view/view-columns";
import { createSavedView } from "../../server/modules/view";
import type { RequestContext } from "../../server/platform/request-context";
import { carryOut } from "./carry-out";

const VIEWS: { readonly [name: string]: Condition } = {
  "Month-end: all invoices": EVERYTHING,
  "Drafts to review": test("status", ["draft"]),
  "Large changes": test("flagged", true),
  USD: test("currencies", ["USD"]),
  Sent: test("status", ["sent"]),
};

/** Finance wants to see at once what moved a bill, before it reads why. */
const COLUMNS = USUAL_COLUMNS.flatMap((column): ViewColumn[] =>
  column === "reason" ? ["topDriver", column] : [column],
);

/** What finance opens each month, for everybody. */
export async function plantViews(context: RequestContext): Promise<void> {
  for (const [name, filter] of Object.entries(VIEWS)) {
    await carryOut(createSavedView, context, {
      terms: {
        name,
        isShared: true,
        sharedWithRoles: [],
        filter,
        columns: COLUMNS,
        sort: [],
        comparison: "previous_month",
        thresholdAmount: null,
        thresholdPercent: null,
      },
    });
  }
}
