import type { QuoteLine, QuotePhase, SaleTerms } from "../../domain/quote/quote-terms";
import { ok, type Result } from "../../domain/result";
import { notFound, type Refusal } from "../../platform/refusal";

type FoundPhase = { readonly phase: QuotePhase; readonly index: number };
type FoundLine = FoundPhase & { readonly line: QuoteLine; readonly place: number };

/** The phase with this id, and where it stands. */
export function findPhase({ phases }: SaleTerms, id: string, path = ["phaseId"]): Result<FoundPhase, Refusal> {
  const index = phases.findIndex((phase) => phase.id === id);
  const phase = phases[index];
  return phase ? ok({ phase, index }) : notFound("quote phase", id, path);
}

/** The line with this id, and where it stands. */
export function findLine({ phases }: SaleTerms, id: string): Result<FoundLine, Refusal> {
  for (const [index, phase] of phases.entries()) {
    const place = phase.lines.findIndex((line) => line.id === id);
    const line = phase.lines[place];
    if (line) return ok({ phase, index, line, place });
  }
  return notFound("quote line", id, ["lineId"]);
}

export const withPhase = (terms: SaleTerms, index: number, phase: QuotePhase): SaleTerms => ({
  ...terms,
  phases: terms.phases.with(index, phase),
});

export const withLine = (terms: SaleTerms, { phase, index, place }: FoundLine, line: QuoteLine): SaleTerms =>
  withPhase(terms, index, { ...phase, lines: phase.lines.with(place, line) });

export const placeOfPhase = (index: number): string[] => ["phases", String(index)];
export const placeOfLine = ({ index, place }: Pick<FoundLine, "index" | "place">): string[] => [
  ...placeOfPhase(index),
  "lines",
  String(place),
];

/** The prices of all lines and of the steps of their ramps. */
export function priceIdsIn(...terms: readonly SaleTerms[]): string[] {
  const lines = terms.flatMap(({ phases }) => phases.flatMap((phase) => phase.lines));
  const ids = lines.flatMap(({ priceId, ramp }) => [priceId, ...ramp.map((step) => step.priceId)]);
  return [...new Set(ids.filter((id) => id !== null))];
}
