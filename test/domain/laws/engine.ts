import type * as fc from "fast-check";

/** What the laws know of the engine: its public functions, as the shell calls them. */
export async function loadEngine() {
  const { planSegments } = await import("../../../server/domain/invoice/plan-segments");
  const { expectedLines } = await import("../../../server/domain/invoice/expected-lines");
  const { proposeInvoices } = await import("../../../server/domain/invoice/propose-invoices");
  const { explainInWords } = await import("../../../server/domain/invoice/explain-in-words");
  const { applyAmendments } = await import("../../../server/domain/contract/apply-amendments");
  const { rateUsage } = await import("../../../server/domain/pricing/rate");
  return { planSegments, expectedLines, proposeInvoices, explainInWords, applyAmendments, rateUsage };
}

export type Engine = Awaited<ReturnType<typeof loadEngine>>;

/** What holds for an engine whatever the contract, the usage and the days. */
export type Law = {
  readonly title: string;
  readonly property: (engine: Engine) => fc.IRawProperty<unknown>;
};
