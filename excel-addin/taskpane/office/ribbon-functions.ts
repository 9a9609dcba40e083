import type { RibbonCommand } from "../pane-environment";

/** The names that manifest.xml gives to the buttons which run code. */
export const RIBBON_FUNCTIONS = {
  refreshSheet: "REFRESH",
  recalculateInvoices: "RECALCULATE",
} as const satisfies Record<string, RibbonCommand>;
