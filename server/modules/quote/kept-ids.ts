import { InputProblems } from "../../platform/input-problems";
import type { Problem } from "../../platform/refusal";

type WithId = { readonly id: string };

/**
 * The parts of a list that takes the place of another: those sent with an id stay what they are to everything that names
 * them, the others are new. Refused: an id that is not of the list, or is there twice.
 */
export function withKeptIds<Part extends WithId>(
  parts: readonly Part[],
  asked: readonly (string | null)[],
  { known, noun, field }: { readonly known: ReadonlySet<string>; readonly noun: string; readonly field: string },
): { readonly parts: readonly Part[]; readonly problems: readonly Problem[] } {
  const problems = new InputProblems();
  const seen = new Set<string>();
  const kept = parts.map((part, index) => {
    const id = asked[index] ?? null;
    if (id === null) return part;
    const place = [field, String(index), "id"];
    if (!known.has(id))
      problems.report("ID_UNKNOWN", `There is no ${noun} ${id} here. Leave the id of a new one out.`, ...place);
    else if (seen.has(id)) problems.report("ID_TWICE", `The ${noun} ${id} is there twice. Send it once.`, ...place);
    seen.add(id);
    return { ...part, id };
  });
  return { parts: kept, problems: problems.found };
}
