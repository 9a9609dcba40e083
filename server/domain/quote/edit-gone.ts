import type { SaleTerms } from "./quote-terms";

/** Whether a path that leads to no cell would if something were still there: a phase, a line, a tier of its price. */
export function isGone(path: string, { phases, minimums, maximums, discounts }: SaleTerms): boolean {
  const [group = "", id, inner, innerId, part, partId] = path.split(".");
  if (id === undefined) return false;
  const top = { phases, minimums, maximums, discounts }[group];
  if (!top) return false;
  if (isMissing(top, id)) return true;
  if (group !== "phases" || inner !== "lines" || innerId === undefined) return false;
  const lines = phases.find((phase) => phase.id === id)?.lines ?? [];
  const line = lines.find((each) => each.id === innerId);
  if (!line) return true;
  if (part === "price") return IN_A_PRICE.test(path);
  return (part === "discounts" || part === "ramp") && partId !== undefined && isMissing(line[part], partId);
}

const isMissing = (parts: readonly { readonly id: string }[], id: string): boolean =>
  !parts.some((part) => part.id === id);

/** Another model took the place of the one that had this. */
const IN_A_PRICE = /\.price(\.(tiers|rows)\.\d+)?(\.[A-Za-z]+)?$/;
