import { settleHead } from "./cells-of-head";
import { settleLine } from "./cells-of-line";
import type { QuotePhase, SaleTerms } from "./quote-terms";

/**
 * What follows from edits: the first phase starts with the term where it did before, the last ends with it, and what was
 * left without the cell that makes it whole is none. A phase whose day was itself edited follows nothing.
 */
export function followed(before: SaleTerms, written: SaleTerms, edited: ReadonlySet<string>): SaleTerms {
  const { startsOn, endsBefore } = written;
  const last = before.phases.length - 1;
  const phases = written.phases.map((phase, index): QuotePhase => {
    const follows = (field: "startsOn" | "endsBefore") =>
      before.phases[index]?.[field] === before[field] && !edited.has(pathOf(phase, field));
    return {
      ...phase,
      ...(index === 0 && follows("startsOn") && { startsOn }),
      ...(index === last && before.endsBefore !== null && follows("endsBefore") && { endsBefore }),
      lines: phase.lines.map(settleLine),
    };
  });
  return settleHead({ ...written, phases });
}

/** The day of a phase that would follow an edit of the term. */
export function followingDay({ phases }: SaleTerms, edited: "startsOn" | "endsBefore") {
  const phase = edited === "startsOn" ? phases[0] : phases.at(-1);
  return phase ? { path: pathOf(phase, edited), day: phase[edited] } : null;
}

const pathOf = ({ id }: QuotePhase, field: "startsOn" | "endsBefore"): string => `phases.${id}.${field}`;
