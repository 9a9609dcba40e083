import type { PlainDate } from "../calendar/plain-date";
import type { SaleTerms } from "./quote-terms";

/** The day after the last of a phase: its own, else the start of the next, else the end of the term; null: none. */
export const endOfPhase = (
  { phases, endsBefore }: Pick<SaleTerms, "phases" | "endsBefore">,
  index: number,
): PlainDate | null => phases[index]?.endsBefore ?? phases[index + 1]?.startsOn ?? endsBefore;
