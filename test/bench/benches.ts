import { measureDrafting } from "./drafting";
import { run as finalize } from "./finalize";
import { run as invoiceGrid } from "./invoice-grid";
import type { Bench } from "./measurement";
import { measureQuotePreview } from "./quote-preview";
import { measureRating } from "./rating";
import { measureRecalculation, measureRecalculationGrowth } from "./recalculation";
import { run as viewPage } from "./view-page";

/** What `npm run bench` knows, by name. */
export const benches: Readonly<Record<string, Bench>> = {
  rating: async ({ isSmoke }) => measureRating(isSmoke ? { rounds: 1, ratingsPerRound: 100 } : {}),
  drafting: async ({ isSmoke }) => measureDrafting(isSmoke ? { invoices: 50, rounds: 1 } : {}),
  "quote-preview": ({ isSmoke }) => measureQuotePreview(isSmoke ? { lines: 8, rounds: 1 } : {}),
  "invoice-grid": ({ isSmoke }) => invoiceGrid(isSmoke ? { invoices: 20, rounds: 1 } : {}),
  "view-page": ({ isSmoke }) => viewPage(isSmoke ? { invoices: 200, rounds: 1 } : {}),
  finalize: ({ isSmoke }) => finalize(isSmoke ? { invoices: 20, documents: 5 } : {}),
  recalculation: ({ isSmoke }) => measureRecalculation(isSmoke ? { invoices: 20, rounds: 1 } : {}),
  "recalculation-growth": ({ isSmoke }) => measureRecalculationGrowth(isSmoke ? { invoices: 40, tenth: 20 } : {}),
};
