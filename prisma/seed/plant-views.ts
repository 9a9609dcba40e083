import { createSavedView } from "../../server/modules/month-end/create-saved-view";
import { USUAL_COLUMNS } from "../../server/modules/month-end/grid-column";
import { type ViewFilter, WHOLE_MONTH } from "../../server/modules/month-end/saved-view";
import type { RequestContext } from "../../server/platform/request-context";
import { carryOut } from "./carry-out";

const VIEWS: { readonly [name: string]: Partial<ViewFilter> } = {
  "Month-end: all invoices": {},
  "Drafts to review": { statuses: ["draft"] },
  "Large changes": { flagged: true },
  USD: { currencies: ["USD"] },
  Sent: { statuses: ["sent"] },
};

/** What finance opens each month, for everybody. */
export async function plantViews(context: RequestContext): Promise<void> {
  for (const [name, filter] of Object.entries(VIEWS)) {
    const view = { columns: USUAL_COLUMNS, sort: [], comparison: "previous_month" as const };
    await carryOut(createSavedView, context, {
      terms: { name, isShared: true, filter: { ...WHOLE_MONTH, ...filter }, ...view },
    });
  }
}
