import type { CellEdit } from "../../domain/quote/edit";
import type { SaleTerms } from "../../domain/quote/quote-terms";
import type { Problem } from "../../platform/refusal";

/** An edit with the path of the cell that it is stored in. */
export type StoredEdit = Pick<CellEdit, "path"> & { readonly index: number };

/**
 * Problems of the terms at the edits that brought them about: of the cell itself, else of the same line, phase or other
 * part. What cannot be told of one edit is told of all; only `isNear` problems are wanted where others are old news.
 */
export function atEdits(
  problems: readonly Problem[],
  terms: SaleTerms,
  edits: readonly StoredEdit[],
): (Problem & { readonly isNear: boolean })[] {
  return problems.map((problem) => {
    const place = cellSteps(problem.path, terms);
    const nearest = edits
      .map((edit) => ({ edit, shared: sharedSteps(place, edit.path.split(".")) }))
      .reduce<Near | null>((best, each) => (each.shared > (best?.shared ?? 0) ? each : best), null);
    const isNear = nearest !== null && nearest.shared >= Math.min(place.length, partLength(place));
    const index = isNear ? nearest.edit.index : edits.length === 1 ? edits[0]?.index : undefined;
    return { ...problem, isNear, path: index === undefined ? ["edits"] : ["edits", String(index), "value"] };
  });
}

type Near = { readonly edit: StoredEdit; readonly shared: number };

/** phases.<id>.lines.<id>, minimums.<id>; of the whole the cell itself. */
const partLength = ([group, , inner]: readonly string[]): number =>
  group === "phases" ? (inner === "lines" ? 4 : 2) : LISTS.includes(group ?? "") ? 2 : 1;
const LISTS = ["minimums", "maximums", "discounts"];

/** ["phases", "0", "lines", "1", "quantity"] with ids in the place of positions; the price as its cells name it. */
function cellSteps(path: readonly string[], terms: SaleTerms): string[] {
  const steps: string[] = [];
  let within: unknown = terms;
  for (const [index, step] of path.entries()) {
    if (step === "customTerms") return [...steps, ...priceSteps(path.slice(index + 1))];
    const inner: unknown = (within as Readonly<Record<string, unknown>> | null)?.[step];
    steps.push(Array.isArray(within) ? ((inner as { readonly id?: string } | undefined)?.id ?? step) : step);
    within = inner;
  }
  return steps;
}

/** ["terms", "graduated", "tiers", "1", "upTo"] as ["price", "tiers", "1", "upTo"]; the headline is the price itself. */
function priceSteps(path: readonly string[]): readonly string[] {
  const [first = ""] = path;
  if (first === "timing") return ["timing"];
  if (first === "cadence" || first === "cadenceMonths") return ["cadence"];
  const own = path[0] === "terms" ? path.slice(2) : path;
  const steps = own[0] === "perUnit" || own[0] === "graduated" || own[0] === "volume" ? own.slice(1) : own;
  return ["price", ...(steps.length === 1 && HEADLINES.includes(steps[0] ?? "") ? [] : steps)];
}
const HEADLINES = ["fee", "unitPrice", "packagePrice", "percent"];

function sharedSteps(a: readonly string[], b: readonly string[]): number {
  const different = a.findIndex((step, index) => step !== b[index]);
  return different === -1 ? a.length : different;
}
