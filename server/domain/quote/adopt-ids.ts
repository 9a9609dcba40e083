import type { SaleTerms } from "./quote-terms";
import { withIds } from "./rename-ids";

/**
 * Terms that were sent anew as a whole, with the ids of those that they take the place of wherever a part is the same
 * one: a phase by its first day, else its turn; a line by its price; a step by its turn; a bound or a discount by its
 * description, else its turn. So the same terms sent again are equal, and a change keeps what it does not touch.
 */
export function adoptIds(sent: SaleTerms, present: SaleTerms): SaleTerms {
  const adopted = new Adopted();
  for (const [phase, was] of pairs(sent.phases, present.phases, ({ startsOn }) => startsOn)) {
    adopted.take(phase, was);
    for (const [line, old] of pairs(phase.lines, was.lines, ({ priceId }) => priceId, { byTurn: false })) {
      adopted.take(line, old);
      adopted.takeAll(pairs(line.discounts, old.discounts, described));
      adopted.takeAll(pairs(line.ramp, old.ramp, () => ""));
    }
  }
  adopted.takeAll(pairs(sent.minimums, present.minimums, described));
  adopted.takeAll(pairs(sent.maximums, present.maximums, described));
  adopted.takeAll(pairs(sent.discounts, present.discounts, described));
  return withIds(sent, (id) => adopted.ids.get(id) ?? id);
}

type Part = { readonly id: string };

const described = ({ description }: { readonly description: string }): string => description;

/** What is one discount in several phases is paired once. */
class Adopted {
  readonly ids = new Map<string, string>();
  private readonly taken = new Set<string>();

  take(sent: Part, present: Part): void {
    if (this.ids.has(sent.id) || this.taken.has(present.id)) return;
    this.ids.set(sent.id, present.id);
    this.taken.add(present.id);
  }

  takeAll(found: readonly (readonly [Part, Part])[]): void {
    for (const [sent, present] of found) this.take(sent, present);
  }
}

/** Each with the first that is alike and not paired yet; what is left over by turn, where that means something. */
function pairs<T extends Part>(
  sent: readonly T[],
  present: readonly T[],
  likenessOf: (part: T) => string,
  { byTurn } = { byTurn: true },
): readonly (readonly [T, T])[] {
  const left = [...present];
  const found = new Map<T, T>();
  const pair = (part: T, match: (candidate: T) => boolean): void => {
    const index = left.findIndex(match);
    const [old] = index === -1 ? [] : left.splice(index, 1);
    if (old) found.set(part, old);
  };
  for (const part of sent) pair(part, (candidate) => likenessOf(candidate) === likenessOf(part));
  if (byTurn) for (const part of sent) if (!found.has(part)) pair(part, () => true);
  return [...found];
}
